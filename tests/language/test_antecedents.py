"""From scores of antecedents to clusters."""

from __future__ import annotations

import numpy as np
import pytest

from kg.errors import MissingError
from kg.language.coreference.antecedents import AntecedentScorer, Scored, clusters
from kg.language.pairs import Pairs


def pairs(*rows: tuple[int, int]) -> Pairs:
    left, right = (np.asarray(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return Pairs(left, right, np.zeros((len(rows), 4), dtype=np.int64))


def scored(*rows: tuple[int, int, float]) -> Scored:
    return Scored(pairs(*(row[:2] for row in rows)), np.asarray([row[2] for row in rows], dtype=np.float32))


def test_the_best_antecedent_is_likelier_than_none() -> None:
    assert scored((1, 0, -0.5), (2, 0, 0.2), (2, 1, 1.5), (3, 2, 0.1)).best() == {2: 1, 3: 2}


def test_a_lower_bar_gives_more_antecedents() -> None:
    assert scored((1, 0, -0.5), (2, 0, -1.5)).best(above=-0.75) == {1: 0}


def test_of_two_as_good_antecedents_the_nearer_is_taken() -> None:
    assert scored((2, 0, 1.0), (2, 1, 1.0)).best() == {2: 1}


def test_the_scores_of_one_mention() -> None:
    rows = scored((1, 0, -0.5), (3, 0, 0.25), (3, 2, 1.5))
    assert [rows.of(i) for i in range(4)] == [{}, {0: -0.5}, {}, {0: 0.25, 2: 1.5}]


@pytest.mark.parametrize(
    ("antecedent", "expected"),
    [({}, []), ({1: 0, 3: 2}, [[0, 1], [2, 3]]), ({2: 0, 4: 2}, [[0, 2, 4]]), ({1: 0, 2: 0}, [[0, 1, 2]])],
)
def test_clusters_follow_antecedents(antecedent: dict[int, int], expected: list[list[int]]) -> None:
    assert clusters(antecedent, 5) == expected


def test_a_missing_model_is_told(tmp_path) -> None:
    with pytest.raises(MissingError, match="language model"):
        AntecedentScorer(tmp_path)
