"""Pairs of mentions with the relations stated between them, for training."""

from __future__ import annotations

import numpy as np

from kg.training.stated import PAIR_FEATURES, Statements, features, is_held_out, targets

WORDS = "Ann met Bob . She met him and Cai".split()
#: First character and end, entity, first word and end.
ANN, BOB = ((0, 3), "a", (0, 1)), ((8, 11), "b", (2, 3))
SHE, HIM, CAI = ((14, 17), "a", (4, 5)), ((22, 25), "b", (6, 7)), ((30, 33), "c", (8, 9))
SAID = {"subject": "a", "relation": "metWith", "object": "b", "subject_span": [0, 3], "object_span": [8, 11]}


def between(symmetric: set[str]) -> dict[tuple[int, int], tuple[frozenset[str], frozenset[str]]]:
    found = Statements([SAID], symmetric).between([ANN, BOB, SHE, HIM, CAI], WORDS)
    return {(pair.subject, pair.object): (pair.relations, pair.unclear) for pair in found}


def test_a_statement_is_of_its_two_mentions_and_unclear_of_others_of_theirs() -> None:
    found = between(set())
    assert found[0, 1] == ({"metWith"}, set())
    assert found[1, 0] == (set(), set())
    assert found[2, 3] == (set(), {"metWith"})
    assert found[2, 4] == (set(), set())
    assert (0, 3) not in found  # another sentence
    assert (0, 2) not in found  # the same entity


def test_a_symmetric_relation_holds_either_way() -> None:
    assert between({"metWith"})[1, 0] == ({"metWith"}, set())


def test_what_trains() -> None:
    pairs = Statements([SAID], ()).between([ANN, BOB, SHE, HIM], WORDS)
    wanted, known = targets(pairs, {"leads": 0, "metWith": 1})
    rows = {(pair.subject, pair.object): i for i, pair in enumerate(pairs)}
    assert wanted[rows[0, 1]].tolist() == [0.0, 1.0]
    assert known[rows[2, 3]].tolist() == [True, False]
    assert wanted.sum() == 1


def test_features_stay_within_their_sizes() -> None:
    for subject, obj in (((0, 1), (50, 51)), ((50, 51), (0, 1)), ((0, 5), (2, 3)), ((2, 3), (0, 5))):
        told = np.asarray(features(subject, obj, "Work", "Work"))
        assert ((told >= 0) & (told < np.asarray(PAIR_FEATURES))).all()


def test_one_article_in_eight_is_held_out() -> None:
    share = sum(is_held_out(f"article-{i}") for i in range(4000)) / 4000
    assert 0.1 < share < 0.15
