"""Which phrases of a tree may refer, and how far they reach."""

from __future__ import annotations

import pytest

from kg.language.phrases import noun_phrases


def phrases(rows: str) -> list[str]:
    """The phrases of a sentence whose words are given as ``word/UPOS/relation/head number from 1``."""
    words, upos, deps, heads = zip(*(row.rsplit("/", 3) for row in rows.split()), strict=True)
    above = [int(head) - 1 if head != "0" else i for i, head in enumerate(heads)]
    return [" ".join(words[a:b]) for a, b, _ in noun_phrases(upos, deps, above, words)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "The/DET/det/2 ship/NOUN/nsubj/6 that/PRON/nsubj/4 sank/VERB/acl:relcl/2 was/AUX/cop/6 new/ADJ/root/0",
            ["The ship that sank"],
        ),
        ("the/DET/det/2 mast/NOUN/root/0 of/ADP/case/5 a/DET/det/5 ship/NOUN/nmod/2", ["the mast of a ship", "a ship"]),
        ("Ann/PROPN/nmod:poss/3 's/PART/case/1 boat/NOUN/root/0", ["Ann 's", "Ann 's boat"]),
        ("in/ADP/case/2 Rome/PROPN/root/0 ,/PUNCT/punct/4 capital/NOUN/appos/2", ["Rome , capital", "capital"]),
        ("Ann/PROPN/root/0 and/CCONJ/cc/3 Bob/PROPN/conj/1 ./PUNCT/punct/1", ["Ann", "Ann and Bob", "Bob"]),
        (
            "It/PRON/nsubj/4 was/AUX/cop/4 a/DET/det/4 storm/NOUN/root/0 today/NOUN/obl:unmarked/4",
            ["It", "a storm", "today"],
        ),
    ],
    ids=["relative clause", "prepositional phrase", "possessive", "apposition", "coordination", "predicate"],
)
def test_noun_phrases(rows: str, expected: list[str]) -> None:
    assert phrases(rows) == expected


def test_no_words() -> None:
    assert noun_phrases([], [], [], []) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("each/DET/det/2 other/ADJ/obj/3 met/VERB/root/0", ["each other"]),
        ("It/PRON/expl/2 rained/VERB/root/0 there/ADV/advmod/2", ["there"]),
        ("who/PRON/nsubj/2 swims/VERB/root/0 often/ADV/advmod/2", []),
        ("Ann/PROPN/root/0 Lee/PROPN/flat/1", ["Ann Lee"]),
        ("port/NOUN/compound/2 towns/NOUN/root/0", ["port towns"]),
        ("Ghent/PROPN/compound/2 talks/NOUN/root/0", ["Ghent", "Ghent talks"]),
        ("ship/NOUN/root/0 (/PUNCT/punct/3 lost/VERB/acl/1 )/PUNCT/punct/3 ;/PUNCT/punct/1", ["ship ( lost )"]),
        ('a/DET/det/2 ship/NOUN/root/0 "/PUNCT/punct/2', ["a ship"]),
    ],
    ids=[
        "adjective",
        "deictic",
        "interrogative",
        "flat",
        "noun before noun",
        "name before noun",
        "bracket",
        "lone quote",
    ],
)
def test_what_may_refer(rows: str, expected: list[str]) -> None:
    assert phrases(rows) == expected
