from __future__ import annotations

import datetime as dt
import random

import pytest

from kg.records import Article
from kg.resolve.copies import copies

SENTENCES = [
    "The flames broke out before dawn in a store of cotton.",
    "Two hundred traders lost everything they had in the halls.",
    "The head of the fire service spoke of an old cable.",
    "The market was built in the last century and survived two wars.",
    "The mayor promised money for a new roof and better pumps.",
    "Neighbours had warned of the danger for years, they said.",
    "A school nearby took in the families for the night.",
    "The harbour stayed closed until the smoke had gone.",
]
OTHER = [
    "The team from the valley won its first cup in thirty years.",
    "A goal in the last minute decided the match against the favourites.",
    "Thousands danced in the streets until the buses ran again.",
    "The captain thanked the groundsman, who had mown the grass at night.",
]


WORDS = [
    f"{one}{two}"
    for one in ("bar", "col", "dem", "fir", "gon", "lam")
    for two in ("ta", "sel", "ning", "ow", "ick", "ume")
]


def article(id: str, *sentences: str, day: int = 1) -> Article:
    return Article(id, "", " ".join(sentences), dt.date(2030, 5, day))


@pytest.mark.parametrize(
    "other",
    [
        SENTENCES,
        SENTENCES[:4],  # cut
        [sentence.replace("old", "worn") for sentence in SENTENCES],  # edited
        ["MIRBAT —", *SENTENCES, "Our reporters contributed."],
        [*SENTENCES[4:], *SENTENCES[:4]],  # in another order
    ],
)
def test_a_copy_is_found_whole_cut_or_edited(other: list[str]) -> None:
    texts = [article("b", *SENTENCES, day=2), article("a", *other, day=3), article("c", *OTHER)]
    assert copies(texts) == {"a": "b", "b": "b"}  # the first by date


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SENTENCES, OTHER),
        (SENTENCES, [SENTENCES[0], *OTHER]),  # a sentence quoted
        (SENTENCES[:1], SENTENCES[:1]),  # too short to tell
        ([], []),
    ],
)
def test_what_is_no_copy(one: list[str], other: list[str]) -> None:
    assert copies([article("a", *one), article("b", *other)]) == {}


def test_a_brief_is_a_copy_where_it_is_the_same_word_for_word() -> None:
    brief = "The market was built in the last century, and it survived two wars."
    texts = [article("a", brief, day=2), article("b", brief.upper()), article("c", brief.replace("two", "three"))]
    assert copies(texts) == {"a": "b", "b": "b"}


def test_copies_of_copies_have_one_first_whatever_their_order() -> None:
    texts = [
        article("a", *SENTENCES, day=4),
        article("b", *SENTENCES[:6], day=2),
        article("c", *SENTENCES[2:], day=3),
        article("d", *OTHER),
    ]
    expected = {"a": "b", "b": "b", "c": "b"}
    for seed in range(5):
        shuffled = texts[:]
        random.Random(seed).shuffle(shuffled)
        assert copies(shuffled) == expected


def test_runs_are_counted_alike_however_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [article("a1", *SENTENCES), article("a2", *SENTENCES[:4], day=2), article("a3", *OTHER, day=3)]
    monkeypatch.setattr("kg.resolve.copies._AT_ONCE", 7)
    assert copies(texts) == {"a1": "a1", "a2": "a1"}


def test_a_short_report_is_found_within_a_long_one() -> None:
    words = random.Random(3)
    long = [f"{' '.join(words.choices(WORDS, k=12)).capitalize()}." for _ in range(150)]
    texts = [article("a", *SENTENCES[:4], day=2), article("b", *long[:70], *SENTENCES[:4], *long[70:])]
    assert copies([*texts, article("c", *OTHER)]) == {"a": "b", "b": "b"}


def test_whether_two_are_copies_does_not_hang_on_the_rest() -> None:
    words = random.Random(4)
    rest = [article(f"r{n}", *(f"{' '.join(words.choices(WORDS, k=9))}." for _ in range(9))) for n in range(30)]
    cut = [article("a", *SENTENCES, day=2), article("b", *SENTENCES[:3], day=3)]
    assert copies(cut) == copies([*rest, *cut]) == {"a": "a", "b": "a"}
