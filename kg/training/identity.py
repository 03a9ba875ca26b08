"""Learns what tells two people of one name from one person: the weights of what is known beside names.

No corpus says which of many articles speak of one person, but news tells it by itself: the same full name in two
articles is the same person but for rare namesakes, and two names that share a word ("Ada Lund", "Tor Lund") but are no
forms of each other are of two. What articles tell beside the names of the first sort of pair and of the second is
weighed by logistic regression. How often namesakes are to be expected is not in such data: what names alone are worth
is set by hand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import log
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.gazetteer import load_gazetteer
from kg.records import ArticleRecord
from kg.resolve.chain import Chain
from kg.resolve.chains import chains_of
from kg.resolve.compare import LEARNED, NAMES, THRESHOLD, relation
from kg.resolve.register import Register
from kg.resolve.resolving import ubiquitous
from kg.resolve.words import Key

#: What one of log-odds is worth in the score of a comparison: evidence of ten to one takes a short name over the bar.
STEP = (THRESHOLD - NAMES["short_name"]) / log(10)
#: How strongly weights are drawn to nothing.
_PENALTY = 0.3
#: Most pairs of one name, and most names with a word in common: presidents are not all the world.
_MOST_PAIRS, _MOST_NAMES = 6, 60

Pair = tuple[Chain, Chain]


def pairs(records: Iterable[ArticleRecord], *, seed: int = 1) -> tuple[list[Pair], list[Pair]]:
    """Pairs of chains of different articles that are one person by their full names, and such that are two."""
    chance = Random(seed)
    by_name = _named(records)
    same = []
    for chains in by_name.values():
        across = [pair for pair in combinations(chains, 2) if pair[0].article != pair[1].article]
        same += chance.sample(across, min(_MOST_PAIRS, len(across)))
    other = []
    for left, right in sorted(_alike(by_name)):
        a, b = chance.choice(by_name[left]), chance.choice(by_name[right])
        if a.article != b.article and relation(a.profile, b.profile) is None:
            other.append((a, b))
    return same, other


def _named(records: Iterable[ArticleRecord]) -> dict[Key, list[Chain]]:
    """The persons of each article whose full name tells them apart, by that name."""
    gazetteer, register = load_gazetteer(), Register()
    chains = [chain for record in records for chain in chains_of(record, gazetteer, register)]
    common = ubiquitous(chains)
    found: dict[Key, list[Chain]] = defaultdict(list)
    for chain in chains:
        if chain.key[0] == "Person":
            chain.profile = replace(chain.profile, companions=chain.profile.companions - common)
            found[chain.key].append(chain)
    return found


def _alike(names: Iterable[Key]) -> Iterator[tuple[Key, Key]]:
    """Names that have a word in common."""
    by_word: dict[str, set[Key]] = defaultdict(set)
    for name in names:
        for word in name[1:]:
            if len(word) > 2:
                by_word[word].add(name)
    groups = [sorted(found) for found in by_word.values() if len(found) <= _MOST_NAMES]
    yield from {pair for group in groups for pair in combinations(group, 2)}


def fit(same: Sequence[Pair], other: Sequence[Pair]) -> dict[str, float]:
    """The weight of each learned feature: its log-odds, times :data:`STEP`. Both sorts of pairs count for a half."""
    rows = [[feature(a.profile, b.profile) for feature in LEARNED] for a, b in (*same, *other)]
    values = np.column_stack([np.ones(len(rows)), np.array(rows)])
    signs = np.repeat([1.0, -1.0], [len(same), len(other)])
    shares = np.repeat([1.0, len(same) / len(other)], [len(same), len(other)])
    penalty = np.array([0.0, *[_PENALTY] * len(LEARNED)])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (values @ weights)
        slope = -values.T @ (shares * signs / (1 + np.exp(margins))) + penalty * weights
        return float(shares @ np.logaddexp(0.0, -margins) + (penalty * weights) @ weights / 2), slope

    best = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B").x
    return {
        feature.__name__: round(STEP * weight, 3) for feature, weight in zip(LEARNED, best[1:].tolist(), strict=True)
    }


def write(path: Path, weights: Mapping[str, float], *, source: str, same: int, other: int) -> None:
    """What resolving reads, and what it was learned from."""
    told = {"weights": weights, "learned from": {"source": source, "same": same, "other": other}}
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
