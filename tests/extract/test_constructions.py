"""What the order of words says without a word for it, and where it says nothing."""

from __future__ import annotations

import pytest
from parse_cases import read_parses, told

from kg.extract.constructions import constructions
from kg.extract.mentions import MentionIndex
from kg.lexicon import Lexicon
from kg.ontology import Ontology

CASES = read_parses("constructions")


@pytest.mark.parametrize("case", CASES)
def test_construction(case: str, ontology: Ontology, lexicon: Lexicon) -> None:
    parsed = CASES[case].doc()
    assert {told(m) for m in constructions(MentionIndex(parsed, ontology), lexicon, set())} == CASES[case].expected


def test_what_a_word_has_said_is_not_said_again(ontology: Ontology, lexicon: Lexicon) -> None:
    case = CASES["what one owns"]
    parsed = case.doc()
    first, second = parsed.spans["mentions"]
    assert case.expected
    assert list(constructions(MentionIndex(parsed, ontology), lexicon, {frozenset((first.id_, second.id_))})) == []
