"""Chunks: where a text is cut and what the encoder gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.encoder import MODEL
from kg.language.encoding import CHUNK_PIECES, WORD_PIECES, WordEncoder, cut

SENTENCE = [*("The envoys met again in the capital on".split()), "Monday", "."]


def test_a_short_text_is_one_chunk() -> None:
    assert list(cut(SENTENCE, [True] + [False] * 9)) == [(0, 10)]


def test_a_long_text_is_cut_where_sentences_start() -> None:
    words = SENTENCE * 20
    stretches = list(cut(words, [False] * len(words)))
    assert len(stretches) == 2
    assert all(start % len(SENTENCE) == 0 for start, _ in stretches)


def test_a_paragraph_break_is_a_place_to_cut() -> None:
    words = ["word"] * 200
    breaks = [i == 90 for i in range(200)]
    assert list(cut(words, breaks)) == [(0, 90), (90, 200)]


def test_an_abbreviation_before_a_lower_case_word_is_no_place_to_cut() -> None:
    words = ["Inc", ".", "said"] * 80
    assert next(iter(cut(words, [False] * 240))) == (0, 150)


@pytest.mark.parametrize(
    ("words", "joined", "place"),
    [
        (["left", ".", '"', "We", "stay"], "01001", 2),  # the mark opens what "We" goes on with
        (["left", ".", '"', "We", "stay"], "01100", 3),  # the mark closes
        (
            ["left", ".", "[", "19", "]", "We"],
            "011110",
            40,
        ),  # a note's number starts none: the cut falls after 100 words
        (["left", ".", '"', "We", "stay"], "00000", 3),  # nothing told: marks are taken to close
    ],
)
def test_white_space_tells_on_which_side_of_a_mark_a_sentence_starts(words: list[str], joined: str, place: int) -> None:
    text = ["word"] * 60 + words + ["word"] * 60
    spaces = [False] * 60 + [sign == "1" for sign in joined] + [False] * 60
    assert next(iter(cut(text, [False] * len(text), 100, joined=spaces))) == (0, 60 + place)


@given(st.lists(st.sampled_from(["word", ".", "The", "”", "?"]), max_size=700), st.integers(3, 150))
def test_cuts_cover_the_text_once_and_keep_to_the_size(words: list[str], size: int) -> None:
    stretches = list(cut(words, [False] * len(words), size))
    assert [i for start, end in stretches for i in range(start, end)] == list(range(len(words)))
    assert all(0 < end - start <= size for start, end in stretches)


def test_every_word_has_a_first_piece_and_a_bounded_number_of_them() -> None:
    encoder = WordEncoder(MODEL / "tokenizer.json")
    chunk = encoder.chunk(["Kazan", "🙂", "\u200d", "x" * 100_000, "U.S."])
    assert len(chunk.first) == 5
    assert sorted(set(chunk.first.tolist())) == chunk.first.tolist()
    assert len(chunk.ids) == len(chunk.look) <= 2 + 5 * WORD_PIECES


def test_words_of_many_pieces_make_shorter_chunks() -> None:
    encoder = WordEncoder(MODEL / "tokenizer.json")
    words = ["المحادثات"] * 150 + SENTENCE
    chunks = list(encoder.chunks(words, [False] * 160, [False] * 160))
    assert [i for chunk in chunks for i in range(chunk.start, chunk.end)] == list(range(160))
    assert max(len(chunk.ids) for chunk in chunks) <= CHUNK_PIECES
    assert len(chunks) < 6
