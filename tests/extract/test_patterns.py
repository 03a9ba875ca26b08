"""Each construction once, on hand-built parses: who does what to whom, whatever the words stand like."""

from __future__ import annotations

import pytest
from parse_cases import read_parses, told

from kg.extract.arguments import Arguments
from kg.extract.mentions import MentionIndex
from kg.extract.patterns import matches
from kg.extract.stance import find_cues, index_stance
from kg.lexicon import Lexicon
from kg.ontology import Ontology

CASES = read_parses("patterns")


@pytest.mark.parametrize("case", CASES)
def test_construction(case: str, ontology: Ontology, lexicon: Lexicon) -> None:
    parsed = CASES[case].doc()
    arguments = Arguments(MentionIndex(parsed, ontology), lexicon, find_cues(parsed, index_stance(lexicon.stance)))
    assert {told(m) for m in matches(parsed, arguments, [])} == CASES[case].expected
