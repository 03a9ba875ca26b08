from __future__ import annotations

from pathlib import Path

from records_factory import reading

from kg.records import ArticleRecord
from kg.resolve.evidence import LEARNED
from kg.training.identity import PENALTIES, fit, pairs, write

JOBS = {"Ada Lund": "minister", "Tor Lund": "singer", "Mia Rau": "judge", "Kim Rau": "farmer"}


def articles(count: int) -> list[ArticleRecord]:
    """Each of four people in some articles, with an occupation, beside a friend of their own."""
    return [
        reading(
            f"[[{name}|c1:Person]], [[the {job}|c1]], met [[{name.split()[0]} Friend|c2:Person]].",
            id=f"{name[0]}{number}",
        )
        for name, job in JOBS.items()
        for number in range(count)
    ]


def test_pairs_are_of_one_name_or_of_two_that_share_a_word() -> None:
    same, other = pairs(articles(3))
    assert {left.key == right.key for left, right in same} == {True}
    assert {frozenset((left.key[1:], right.key[1:])) for left, right in other} >= {
        frozenset([("ada", "lund"), ("tor", "lund")]),
        frozenset([("mia", "rau"), ("kim", "rau")]),
    }
    assert all(left.article != right.article for left, right in (*same, *other))


def test_what_is_shared_speaks_for_one_and_what_differs_against(tmp_path: Path) -> None:
    same, other = pairs(articles(4))
    weights, penalty = fit(same, other)
    assert penalty in PENALTIES
    assert set(weights) == {feature.__name__ for feature in LEARNED}
    assert weights["shared_companions"] > 0.05
    assert weights["shared_field"] > 0.05
    assert weights["other_field"] < -0.05
    assert weights["shared_context"] == 0  # nothing in these articles tells
    write(tmp_path / "weights.json", weights, source="made up", same=len(same), other=len(other), penalty=penalty)
    assert '"made up"' in (tmp_path / "weights.json").read_text()
