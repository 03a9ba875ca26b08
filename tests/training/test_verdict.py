"""How the two witnesses are weighed: by what came true of what they said."""

from __future__ import annotations

import random

from kg.extract.verdict import Witnesses, confidence
from kg.training.verdict import fit

NAMES = ("name", "name")


def test_weights_give_the_share_that_is_right() -> None:
    rng = random.Random(3)
    told = [
        (Witnesses("visited", 0.8, 2.0, NAMES), 0.9),
        (Witnesses("visited", 0.8, None, NAMES), 0.4),
        (Witnesses("visited", None, 1.0, NAMES), 0.2),
    ]
    found = [(witnesses, rng.random() < share) for witnesses, share in told for _ in range(2000)]
    weights = fit(found)
    for witnesses, share in told:
        assert abs(confidence(witnesses, weights) - share) < 0.04


def test_relations_differ_where_there_is_enough_to_tell() -> None:
    told = [("visited", 0.9), ("leads", 0.3)]
    found = [(Witnesses(name, 0.8, None, NAMES), i < 1000 * share) for name, share in told for i in range(1000)]
    weights = fit(found)
    for name, share in told:
        assert abs(confidence(Witnesses(name, 0.8, None, NAMES), weights) - share) < 0.03


def test_what_counts_less_moves_the_share_less() -> None:
    right, wrong = (Witnesses("visited", 0.8, 2.0, NAMES), True), (Witnesses("visited", 0.8, 2.0, NAMES), False)
    found = [right, wrong] * 1000
    assert abs(confidence(right[0], fit(found, [0.9, 0.1] * 1000)) - 0.9) < 0.03
    assert abs(confidence(right[0], fit(found)) - 0.5) < 0.03
