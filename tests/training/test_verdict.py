"""How the two witnesses are weighed: by what came true of what they said."""

from __future__ import annotations

import random

import numpy as np

from kg.extract.verdict import Witnesses, confidence
from kg.training.verdict import Judged, fit

NAMES = ("name", "name")
NOTHING = np.zeros(0, dtype=np.float32)


def judged(witnesses: Witnesses, is_right: bool) -> Judged:
    return Judged(witnesses, NOTHING, is_right)


def test_weights_give_the_share_that_is_right() -> None:
    rng = random.Random(3)
    told = [
        (Witnesses("visited", 0.8, 2.0, NAMES), 0.9),
        (Witnesses("visited", 0.8, None, NAMES), 0.4),
        (Witnesses("visited", None, 1.0, NAMES), 0.2),
    ]
    found = [judged(witnesses, rng.random() < share) for witnesses, share in told for _ in range(2000)]
    weights = fit(found)
    for witnesses, share in told:
        assert abs(confidence(witnesses, weights) - share) < 0.04


def test_relations_differ_where_there_is_enough_to_tell() -> None:
    told = [("visited", 0.9), ("leads", 0.3)]
    found = [judged(Witnesses(name, 0.8, None, NAMES), i < 1000 * share) for name, share in told for i in range(1000)]
    weights = fit(found)
    for name, share in told:
        assert abs(confidence(Witnesses(name, 0.8, None, NAMES), weights) - share) < 0.03


def test_what_counts_less_moves_the_share_less() -> None:
    witnesses = Witnesses("visited", 0.8, 2.0, NAMES)
    right, wrong = judged(witnesses, True), judged(witnesses, False)
    found = [right, wrong] * 1000
    assert abs(confidence(witnesses, fit(found, [0.9, 0.1] * 1000)) - 0.9) < 0.03
    assert abs(confidence(witnesses, fit(found)) - 0.5) < 0.03


def test_a_surer_witness_makes_nothing_less_likely() -> None:
    told = [(Witnesses("visited", None, score, NAMES), score < 0) for score in (-2.0, 2.0)]
    weights = fit([judged(*one) for one in told] * 200)
    low, high = (confidence(witnesses, weights) for witnesses, _ in told)
    assert low == high == 0.5
