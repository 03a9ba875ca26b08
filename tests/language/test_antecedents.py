"""Scores of antecedents, and from them to clusters."""

from __future__ import annotations

import numpy as np
import pytest
from factory import doc

from kg.errors import MissingError
from kg.language.coreference.antecedents import AntecedentScorer, Scored
from kg.language.coreference.candidates import Candidates
from kg.language.coreference.clusters import LEAST, ClusterScorer, clusters, one_of_each_head
from kg.language.pairs import Pairs
from kg.language.referring import Parsed
from kg.language.syntax import Syntax


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
        ([(1, 0, -2.0), (2, 1, LEAST)], []),
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
    rows = [(1, 0, 3.0), (2, 0, -0.6), (2, 1, -0.6)]
    assert clusters(scored(*rows), 3, above=-0.5) == [[0, 1]]
    assert clusters(scored(*rows), 3, above=-0.7) == [[0, 1, 2]]


def test_of_two_as_good_antecedents_the_nearer_is_taken() -> None:
    assert clusters(scored((2, 0, 1.0), (2, 1, 1.0)), 3) == [[1, 2]]


def test_of_candidates_of_one_head_the_likeliest_is_left() -> None:
    """ "A port", "the port of Oria" beside "the port", and "Ada and Tor", which "Ada" does not exclude."""
    text = Syntax.of(
        doc("""A/DET/det/2 port/NOUN/nsubj/3 burned=burn/VERB/root/0
            the/DET/det/2 port/NOUN/nsubj/5 of/ADP/case/4 Oria/PROPN/nmod/2 closed=close/VERB/root/0
            Ada/PROPN/nsubj/4 and/CCONJ/cc/3 Tor/PROPN/conj/1 left=leave/VERB/root/0""")
    )
    spans = [(0, 2), (3, 7), (3, 5), (8, 11), (8, 9)]
    found = Candidates(spans, np.zeros(len(spans), dtype=np.bool_))
    given = scored((1, 0, 0.5), (2, 0, 2.0), (3, 0, -3.0), (4, 0, -4.0))
    left = one_of_each_head(given, found, np.asarray([1, 4, 4, 8, 8]), Parsed.of(text))
    assert list(zip(left.pairs.left.tolist(), left.pairs.right.tolist(), strict=True)) == [(2, 0), (3, 0), (4, 0)]
    assert left.scores.tolist() == [2.0, -3.0, -4.0]


def test_a_missing_model_is_told(tmp_path) -> None:
    with pytest.raises(MissingError, match="language model"):
        AntecedentScorer(tmp_path)
    with pytest.raises(MissingError, match="language model"):
        ClusterScorer(tmp_path)
