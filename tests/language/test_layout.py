"""Which single line breaks set paragraphs apart."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language import load_parser
from kg.language.layout import paragraph_lines

PARAGRAPHS = [
    "Storm kills twelve in Oria",
    "Rescuers searched the coast on Monday for people who had lived in the villages that the storm destroyed",
    "The prime minister, Ann Lee, said that help was on its way to all in need. She thanked Gral, which had sent boats",
    "By Bob Ray",
    "The storm hit Oria on Sunday night",
]


def begun(text: str) -> list[str]:
    return [text[start:].split("\n", 1)[0] for start in sorted(paragraph_lines(text))]


def test_lines_are_paragraphs_where_they_are_as_long_as_they_like() -> None:
    assert begun("\n".join(PARAGRAPHS)) == PARAGRAPHS[1:]


@pytest.mark.parametrize("width", [30, 45, 60, 72])
def test_wrapped_lines_are_none_but_where_a_paragraph_ended_early(width: int) -> None:
    text = "\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS * 2)
    assert set(begun(text)) <= {textwrap.wrap(paragraph, width)[0] for paragraph in PARAGRAPHS}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ann Lee met Bob Ray.",
        "Ann Lee met\nher counterpart in\nParis",  # lines end anywhere
        "Ann Lee, the prime minister of Oria, met\nBob Ray in Paris.",  # no room for "Bob"
        "Ann Lee met Bob Ray.\n\nTalks went on.",  # the empty line says so
        "Ann Lee\n \nTalks went on for hours.",
    ],
)
def test_no_lines(text: str) -> None:
    assert not paragraph_lines(text)


@given(st.text(st.sampled_from("aB \n."), max_size=60))
def test_offsets_are_where_lines_with_words_begin(text: str) -> None:
    for start in paragraph_lines(text):
        assert text[start - 1] == "\n"
        assert text[start:].split("\n", 1)[0].strip()


@pytest.mark.model
def test_a_headline_is_a_sentence_of_its_own() -> None:
    doc = load_parser()("\n".join(PARAGRAPHS))
    assert {PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[3]} <= {sentence.text.strip() for sentence in doc.sents}
