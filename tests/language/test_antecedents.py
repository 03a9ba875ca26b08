"""Scores of antecedents, and from them to clusters."""

from __future__ import annotations

import numpy as np
import pytest

from kg.errors import MissingError
from kg.language.coreference.antecedents import AntecedentScorer, Scored
from kg.language.coreference.clusters import ALONE, ClusterScorer, clusters
from kg.language.pairs import Pairs


def pairs(*rows: tuple[int, int]) -> Pairs:
    left, right = np.asarray(rows, dtype=np.int64).reshape(-1, 2).T
    return Pairs(left, right, np.zeros((len(rows), 4), dtype=np.int64))


def scored(*rows: tuple[int, int, float]) -> Scored:
    return Scored(pairs(*(row[:2] for row in rows)), np.asarray([row[2] for row in rows], dtype=np.float32))


def test_the_scores_of_one_mention() -> None:
    rows = scored((1, 0, -0.5), (3, 0, 0.25), (3, 2, 1.5))
    assert [rows.of(i) for i in range(4)] == [{}, {0: -0.5}, {}, {0: 0.25, 2: 1.5}]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        ([(1, 0, 1.5), (3, 2, 0.1)], [[0, 1], [2, 3]]),
        ([(2, 0, 1.0), (4, 2, 1.0)], [[0, 2, 4]]),
        ([(1, 0, 2.0), (2, 0, 2.0)], [[0, 1, 2]]),
        ([(1, 0, -2.0), (2, 1, ALONE)], []),
    ],
)
def test_clusters_follow_antecedents(rows: list[tuple[int, int, float]], expected: list[list[int]]) -> None:
    assert clusters(scored(*rows), 5) == expected


def test_the_members_of_a_cluster_add_up() -> None:
    """Two likely antecedents of one cluster are likelier together than a third that is a little likelier alone."""
    rows = [(1, 0, 3.0), (3, 0, 1.0), (3, 1, 1.0), (3, 2, 1.5)]
    assert clusters(scored(*rows), 4) == [[0, 1, 3]]
    assert clusters(scored(*rows[1:]), 4) == [[2, 3]]


def test_a_cluster_needs_one_antecedent_that_is_likely_alone() -> None:
    rows = [(1, 0, 3.0), (2, 0, -1.1), (2, 1, -1.1)]
    assert clusters(scored(*rows), 3, joined=-1.0) == [[0, 1]]
    assert clusters(scored(*rows), 3, joined=-1.2) == [[0, 1, 2]]


def test_a_cluster_is_joined_more_easily_than_begun() -> None:
    rows = [(1, 0, 3.0), (3, 1, -0.7), (4, 2, -0.7)]
    assert clusters(scored(*rows), 5, alone=-0.5, joined=-1.0) == [[0, 1, 3]]
    assert clusters(scored(*rows), 5, alone=-1.0, joined=-1.0) == [[0, 1, 3], [2, 4]]


def test_of_two_as_good_antecedents_the_nearer_is_taken() -> None:
    assert clusters(scored((2, 0, 1.0), (2, 1, 1.0)), 3) == [[1, 2]]


def test_a_missing_model_is_told(tmp_path) -> None:
    with pytest.raises(MissingError, match="language model"):
        AntecedentScorer(tmp_path)
    with pytest.raises(MissingError, match="language model"):
        ClusterScorer(tmp_path)
