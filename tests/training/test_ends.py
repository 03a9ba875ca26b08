"""What teaches how likely mentions are ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.extract import ends
from kg.extract.ends import KNOWN
from kg.reading import load_reader
from kg.training.ends import fit, read_mentions, write
from kg.training.logistic import likeliest
from kg.vocabulary import load_vocabulary


def test_weights_tell_mentions_by_vector_and_kind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    known = np.ones((4000, 3 + len(KNOWN)), dtype=np.float32)
    known[:, :-1] = rng.integers(0, 2, (4000, 2 + len(KNOWN)))
    odds = 2 * known[:, 0] - 3 * known[:, 2]
    right = rng.random(4000) < 1 / (1 + np.exp(-odds))
    path = tmp_path / "ends.json"
    write(path, fit(known, right), articles=1, mentions=len(right))
    monkeypatch.setattr(ends, "FILE", path)
    weights = ends.fitted.__wrapped__()
    assert weights.shape == (3 + len(KNOWN),)
    assert weights[0] > 0.8
    assert weights[2] < -1.2
    assert np.abs(np.delete(weights, [0, 2, len(weights) - 1])).max() < 0.3


def test_weights_may_be_kept_from_being_negative_and_cases_count_as_told() -> None:
    values, right = np.asarray([[1.0, 1.0], [1.0, 0.0]] * 50), np.asarray([False, True] * 50)
    penalty = np.full(2, 0.01)
    assert likeliest(values, right, penalty)[1] < -2
    assert likeliest(values, right, penalty, not_negative=[1])[1] == pytest.approx(0.0)
    alone = np.ones((2, 1))
    share = likeliest(alone, np.asarray([True, False]), np.zeros(1), counts=np.asarray([3.0, 1.0]))
    assert 1 / (1 + np.exp(-share[0])) == pytest.approx(0.75, abs=0.01)


@pytest.mark.model
def test_mentions_are_right_where_the_annotators_are() -> None:
    text = "Ada Lund met Omar Reyes in Oslo."
    record = {"id": "x", "text": text, "mentions": [{"start": 0, "end": 8, "entity": "a"}]}
    known, right = read_mentions(load_reader(load_vocabulary(), threads=1), [record])
    assert len(known) == len(right) >= 3
    assert right.sum() == 1
