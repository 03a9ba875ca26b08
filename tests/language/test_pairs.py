"""Pairs of mentions: which are compared, and what is known of each pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.pairs import ANTECEDENT_FEATURES, SHARED, WINDOW, antecedents, log_bucket


def compared(mentions: list[tuple[int, int]], words: list[str]) -> dict[tuple[int, int], list[int]]:
    pairs = antecedents(mentions, words, "news")
    rows = zip(pairs.left.tolist(), pairs.right.tolist(), pairs.features.tolist(), strict=True)
    return {(left, right): features for left, right, features in rows}


def test_a_mention_is_compared_with_those_that_end_before_it() -> None:
    words = "The head of the port authority resigned ; she blames it .".split()
    mentions = [(0, 6), (3, 6), (8, 9), (10, 11)]
    assert set(compared(mentions, words)) == {(2, 0), (2, 1), (3, 0), (3, 1), (3, 2)}


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("the Harbour Board", "Harbour Board", 1),
        ("Mara Veld", "Veld", 2),
        ("a long strike", "the strike", 3),
        ("Veld", "Mara Veld", 3),
        ("Port of Ostrel", "Ostrel dockers", 4),
        ("the strike", "the port", 0),
    ],
)
def test_shared_words_are_a_feature(first: str, second: str, code: int) -> None:
    words = [*first.split(), "and", *second.split()]
    n = len(first.split())
    found = compared([(0, n), (n + 1, len(words))], words)
    assert found[1, 0][2] == code


def test_distances_count_mentions_and_words_between() -> None:
    words = ["Veld"] + ["x"] * 6 + ["she"]
    assert compared([(0, 1), (3, 4), (7, 8)], words)[2, 0][:2] == [1, 2]


def test_far_mentions_are_compared_where_they_share_a_word() -> None:
    words = ["Veld"] + ["he"] * (WINDOW + 5) + ["Veld"]
    found = compared([(i, i + 1) for i in range(len(words))], words)
    last = len(words) - 1
    assert (last, 0) in found and (last, 1) not in found and (last, last - WINDOW) in found


def test_no_mentions_give_no_pairs() -> None:
    pairs = antecedents([], [], "ontonotes")
    assert pairs.features.shape == (0, len(ANTECEDENT_FEATURES))


@given(st.lists(st.sampled_from(["Veld", "she", "port", "the", "of"]), max_size=200))
def test_features_lie_in_their_ranges_and_pairs_grow_linearly(words: list[str]) -> None:
    pairs = antecedents([(i, i + 1) for i in range(len(words))], words, "litbank")
    assert (pairs.right < pairs.left).all()
    assert (pairs.features < np.asarray(ANTECEDENT_FEATURES)).all() and (pairs.features >= 0).all()
    assert len(pairs.left) <= len(words) * (WINDOW + 2 * SHARED)


def test_buckets_double_in_width() -> None:
    assert log_bucket(np.asarray([0, 1, 2, 3, 6, 7, 10_000]), 5).tolist() == [0, 1, 1, 2, 2, 3, 5]
