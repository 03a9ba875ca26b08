"""Words put in the place of others of their kind."""

from __future__ import annotations

import random

from kg.training.corpora import Example
from kg.training.substitution import substituted

ANN = Example("a", tuple("Ann greets the old mayor and Ann leaves".split()), (0,))
BOB = Example("b", tuple("Bob warns a young baker".split()), (0,))
EXAMPLES = [
    Example(ANN.doc, ANN.words, (0,), upos=tuple("PROPN VERB DET ADJ NOUN CCONJ PROPN VERB".split())),
    Example(BOB.doc, BOB.words, (0,), upos=tuple("PROPN VERB DET ADJ NOUN".split())),
]


def drawn(share: float) -> list[tuple[Example, ...]]:
    return [tuple(substituted(EXAMPLES, random.Random(seed), share)) for seed in range(40)]


def test_without_a_share_nothing_changes() -> None:
    assert list(substituted(EXAMPLES, random.Random(1), 0.0)) == EXAMPLES


def test_only_open_words_change_and_to_words_of_their_kind() -> None:
    found = drawn(1.0)
    assert {first.words[2] + first.words[5] for first, _ in found} == {"theand"}
    assert {second.words[0] for _, second in found} == {"Ann", "Bob"}
    assert {first.words[3] for first, _ in found} == {"old", "young"}
    assert {second.words[1] for _, second in found} == {"greets", "warns", "leaves"}


def test_what_repeats_in_a_document_still_does() -> None:
    assert all(first.words[0] == first.words[6] for first, _ in drawn(0.5))


def test_what_is_annotated_stays() -> None:
    assert all(first.upos == EXAMPLES[0].upos and first.starts == (0,) for first, _ in drawn(1.0))
