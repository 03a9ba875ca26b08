"""From scores of antecedents to clusters."""

from __future__ import annotations

import numpy as np
import pytest

from kg.errors import MissingError
from kg.language.coreference.antecedents import AntecedentScorer, best_antecedents, clusters
from kg.language.pairs import Pairs


def pairs(*rows: tuple[int, int]) -> Pairs:
    left, right = (np.asarray(column, dtype=np.int64) for column in zip(*rows, strict=True))
    return Pairs(left, right, np.zeros((len(rows), 4), dtype=np.int64))


def test_the_best_antecedent_is_likelier_than_none() -> None:
    scored = pairs((1, 0), (2, 0), (2, 1), (3, 2))
    assert best_antecedents(scored, np.asarray([-0.5, 0.2, 1.5, 0.1], dtype=np.float32)) == {2: 1, 3: 2}


def test_of_two_as_good_antecedents_the_nearer_is_taken() -> None:
    assert best_antecedents(pairs((2, 0), (2, 1)), np.asarray([1.0, 1.0], dtype=np.float32)) == {2: 1}


@pytest.mark.parametrize(
    ("antecedent", "expected"),
    [({}, []), ({1: 0, 3: 2}, [[0, 1], [2, 3]]), ({2: 0, 4: 2}, [[0, 2, 4]]), ({1: 0, 2: 0}, [[0, 1, 2]])],
)
def test_clusters_follow_antecedents(antecedent: dict[int, int], expected: list[list[int]]) -> None:
    assert clusters(antecedent, 5) == expected


def test_a_missing_model_is_told(tmp_path) -> None:
    with pytest.raises(MissingError, match="language model"):
        AntecedentScorer(tmp_path)
