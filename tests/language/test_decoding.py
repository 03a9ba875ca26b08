"""Trees and spans from scores."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.decoding import CROSSING, best_tree, spans, tree, trees


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(head == i for i, head in enumerate(heads)) != 1:
        return False
    for word in range(len(heads)):
        for _ in heads:
            word = heads[word]
        if heads[word] != word:
            return False
    return True


def total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return sum(scores[i, 0 if head == i else head + 1] for i, head in enumerate(heads))


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_tree_is_a_tree_and_the_best_with_its_root(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)
    heads = tuple(best_tree(scores).tolist())
    assert is_tree(heads)
    root = next(i for i, head in enumerate(heads) if head == i)
    rivals = [h for h in itertools.product(range(n), repeat=n) if is_tree(h) and h[root] == root]
    assert total(scores, heads) == pytest.approx(max(total(scores, rival) for rival in rivals), abs=1e-4)


def test_a_cycle_is_broken_at_the_cheapest_place() -> None:
    scores = np.array([[1.0, 0.0, 5.0, 0.0], [0.5, 6.0, 0.0, 0.0], [0.0, 0.0, 4.0, 0.0]], dtype=np.float32)
    assert tree(scores).tolist() == [0, 0, 1]


@pytest.mark.parametrize(("lead", "head"), [(CROSSING + 1, 0), (CROSSING - 1, 1)])
def test_an_arc_across_the_root_must_score_clearly_higher(lead: float, head: int) -> None:
    scores = np.zeros((3, 4), dtype=np.float32)
    scores[1, 0] = scores[0, 2] = 20.0  # the second word is the root, the first hangs on it
    scores[2, 1], scores[2, 2] = lead, 0.0
    assert tree(scores).tolist() == [1, 1, head]


@settings(deadline=None)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=6), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 4.0]))
def test_the_trees_of_several_sentences_are_those_of_each(lengths: list[int], seed: int, lead: float) -> None:
    starts = np.cumsum([0, *lengths[:-1]])
    n = sum(lengths)
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)
    scores[starts, 0] += lead  # with it, best heads are trees more often
    each = [
        tree(np.delete(scores[a : a + k], [*range(1, a + 1), *range(a + k + 1, n + 1)], axis=1)) + a
        for a, k in zip(starts, lengths, strict=True)
    ]
    assert trees(scores, starts).tolist() == np.concatenate(each).tolist()


def test_spans_follow_iob2() -> None:
    scores = np.full((5, 5), -9.0, dtype=np.float32)
    for word, tag in enumerate([1, 2, 0, 3, 1]):  # B-A I-A O B-B B-A
        scores[word, tag] = 9.0
    assert spans(scores, ["A", "B"]) == [(0, 2, "A"), (3, 4, "B"), (4, 5, "A")]


def test_an_inside_tag_needs_its_own_beginning() -> None:
    scores = np.zeros((2, 5), dtype=np.float32)
    scores[0, 1], scores[1, 4], scores[1, 2] = 5.0, 4.0, 3.0  # B-A, then I-B scores above I-A
    assert spans(scores, ["A", "B"]) == [(0, 2, "A")]
    assert spans(np.zeros((0, 5), dtype=np.float32), ["A", "B"]) == []


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_the_spans_are_those_of_the_best_tags(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, 5)).astype(np.float32)

    def follows(tag: int, before: int) -> bool:
        return tag in {0, 1, 3} or before in {tag, tag - 1}

    allowed = [
        tags
        for tags in itertools.product(range(5), repeat=n)
        if all(follows(tag, before) for before, tag in itertools.pairwise((0, *tags)))
    ]
    best = max(allowed, key=lambda tags: sum(float(scores[i, tag]) for i, tag in enumerate(tags)))
    starts = [i for i, tag in enumerate(best) if tag % 2]
    ends = [next((j for j in range(i + 1, n) if best[j] != best[i] + 1), n) for i in starts]
    expected = [(i, j, "AB"[best[i] // 2]) for i, j in zip(starts, ends, strict=True)]
    assert spans(scores, ["A", "B"]) == expected
