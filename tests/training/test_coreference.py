"""MUC, B³ and CEAF-e on clusters small enough to count by hand."""

from __future__ import annotations

import pytest

from kg.training.coreference import Cluster, CoreferenceScores, score_clusters


def clusters(text: str) -> list[Cluster]:
    """One cluster a word, one mention a letter: ``ab c`` are two clusters."""
    return [frozenset((ord(letter), ord(letter) + 1) for letter in word) for word in text.split()]


@pytest.mark.parametrize(
    ("gold", "predicted", "muc", "b3", "ceafe"),
    [
        ("abc de", "abc de", 1, 1, 1),
        # MUC: 2 of 3 links found, none wrong. B³: recall (2 * 2/3 + 1/3) / 4, precision 1. CEAF-e: 0.8 + 0 of 1 and 2.
        ("abcd", "ab cd", 2 * (2 / 3) * 1 / (2 / 3 + 1), 2 * 0.5 * 1 / 1.5, 2 * (2 / 3) * (1 / 3) / 1),
        ("ab", "cd", 0, 0, 0),
        ("ab", "", 0, 0, 0),
    ],
    ids=["all", "split", "other mentions", "nothing"],
)
def test_measures(gold: str, predicted: str, muc: float, b3: float, ceafe: float) -> None:
    found = score_clusters([(clusters(gold), clusters(predicted))])
    assert (found.muc, found.b3, found.ceafe) == pytest.approx((muc, b3, ceafe))


def test_the_conll_score_is_the_mean() -> None:
    assert CoreferenceScores(0.3, 0.6, 0.9).conll == pytest.approx(0.6)


def test_documents_are_added_up_before_dividing() -> None:
    right, wrong = (clusters("ab"), clusters("ab")), (clusters("cd"), [])
    assert score_clusters([right, wrong]).muc == pytest.approx(2 * 0.5 * 1 / 1.5)
