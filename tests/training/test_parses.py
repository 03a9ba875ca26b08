"""The scores of parses: given words, words of our own, sentences."""

from __future__ import annotations

import pytest

from kg.training.parses import Parse, score_parses


def parse(rows: str, starts: tuple[int, ...] = (0,)) -> Parse:
    """A parse whose words are given as ``word/UPOS/relation/head number from 1``, 0 for a root."""
    words, upos, deps, heads = zip(*(row.rsplit("/", 3) for row in rows.split()), strict=True)
    return Parse(words, starts, upos, [int(head) - 1 if head != "0" else i for i, head in enumerate(heads)], deps)


GOLD = parse("I/PRON/nsubj/3 can/AUX/aux/3 go/VERB/root/0 now/ADV/advmod/3 !/PUNCT/punct/3")


def test_the_gold_parse_is_all_right() -> None:
    scores = score_parses([(GOLD, GOLD)])
    assert (scores.words, scores.sentence_spans, scores.upos, scores.uas, scores.las) == (1, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("rows", "upos", "uas", "las"),
    [
        ("I/NOUN/nsubj/3 can/AUX/aux/3 go/VERB/root/0 now/ADV/advmod/3 !/PUNCT/punct/3", 4, 5, 5),
        ("I/PRON/obj/3 can/AUX/aux/3 go/VERB/root/0 now/ADV/advmod/3 !/PUNCT/punct/3", 5, 5, 4),
        ("I/PRON/nsubj/2 can/AUX/aux/3 go/VERB/root/0 now/ADV/advmod/3 !/PUNCT/punct/3", 5, 4, 4),
        ("I/PRON/nsubj/3 can/AUX/root/0 go/VERB/root/2 now/ADV/advmod/3 !/PUNCT/punct/3", 5, 3, 3),
    ],
    ids=["part of speech", "relation", "head", "root"],
)
def test_given_words_count_as_shares(rows: str, upos: int, uas: int, las: int) -> None:
    scores = score_parses([(GOLD, parse(rows))])
    assert (scores.upos, scores.uas, scores.las) == (upos / 5, uas / 5, las / 5)


def test_words_split_otherwise_are_wrong_and_so_is_what_hangs_on_them() -> None:
    ours = parse("I/PRON/nsubj/3 can/AUX/aux/3 g/VERB/root/0 o/NOUN/obj/3 now!/ADV/advmod/2")
    scores = score_parses([(GOLD, ours)])
    assert scores.words == 2 * 2 / (5 + 5)  # "I" and "can"
    assert scores.upos == scores.words
    assert scores.uas == 0


def test_white_space_does_not_count_and_documents_are_added_up() -> None:
    ours = parse("Ican/PRON/root/0 go/VERB/root/1 now/ADV/advmod/2 !/PUNCT/punct/2")
    one, both = score_parses([(GOLD, ours)]), score_parses([(GOLD, ours), (GOLD, GOLD)])
    assert one.words == 2 * 3 / (4 + 5)
    assert one.las == 2 * 2 / (4 + 5)  # "now" and "!"; the root hangs on a word that is not there
    assert both.words == 2 * 8 / (9 + 10)


@pytest.mark.parametrize(
    ("starts", "spans", "places"),
    [((0, 2), 1, 1), ((0,), 0, 0), ((0, 2, 3), 2 * 1 / (3 + 2), 2 * 1 / (2 + 1)), ((0, 3), 0, 0)],
)
def test_sentences(starts: tuple[int, ...], spans: float, places: float) -> None:
    rows = "Go/VERB/root/0 !/PUNCT/punct/1 Stay/VERB/root/0 !/PUNCT/punct/3"
    scores = score_parses([(parse(rows, (0, 2)), parse(rows, starts))])
    assert (scores.sentence_spans, scores.sentence_f1) == (spans, places)


@pytest.mark.parametrize(("subtypes", "las"), [(True, 0.5), (False, 1.0)])
def test_subtypes_of_relations(subtypes: bool, las: float) -> None:
    gold, ours = (parse(f"They/PRON/{dep}/2 went/VERB/root/0") for dep in ("nsubj:pass", "nsubj"))
    assert score_parses([(gold, ours)], subtypes=subtypes).las == las


def test_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="differ"):
        score_parses([(GOLD, parse("I/PRON/root/0"))])
