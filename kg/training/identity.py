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
from dataclasses import dataclass, replace
from itertools import combinations
from math import log
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from kg.gazetteer import load_gazetteer
from kg.ids import digest
from kg.records import ArticleRecord
from kg.resolve.chain import Chain
from kg.resolve.chains import chains_of
from kg.resolve.compare import THRESHOLD
from kg.resolve.evidence import LEARNED
from kg.resolve.register import Register
from kg.resolve.relations import NAMES, relation
from kg.resolve.resolving import ubiquitous
from kg.resolve.words import Key
from kg.training.logistic import Floats, likeliest, lost

#: What one of log-odds is worth in the score of a comparison: evidence of ten to one takes a short name over the bar.
STEP = (THRESHOLD - NAMES["short_name"]) / log(10)
#: How strongly weights may be drawn to nothing.
PENALTIES = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
_FOLDS = 5
#: A difference in log-likelihood below this tells nothing: of penalties that near, the strongest is taken.
_TELLING = 1.0
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


def fit(same: Sequence[Pair], other: Sequence[Pair]) -> tuple[dict[str, float], float]:
    """The weight of each learned feature, its log-odds times :data:`STEP`; and the penalty, by cross-validation.

    Both sorts of pairs count for a half.
    """
    told = _Told(
        np.array([[1.0, *(feature(a.profile, b.profile) for feature in LEARNED)] for a, b in (*same, *other)]),
        np.repeat([True, False], [len(same), len(other)]),
        np.repeat([1.0, len(same) / len(other)], [len(same), len(other)]),
    )
    folds = np.array([int(digest(*a.key, length=8), 16) % _FOLDS for a, _ in (*same, *other)])
    losses = {penalty: _loss_unseen(told, folds, penalty) for penalty in PENALTIES}
    penalty = max(it for it in losses if losses[it] < min(losses.values()) + _TELLING)
    weights = _weights(told, penalty)[1:].tolist()
    return {feature.__name__: round(STEP * it, 3) for feature, it in zip(LEARNED, weights, strict=True)}, penalty


@dataclass(frozen=True, slots=True)
class _Told:
    """Pairs: their features behind a one, whether they are one, and how much each counts."""

    values: Floats
    one: NDArray[np.bool_]
    shares: Floats

    def some(self, which: NDArray[np.bool_]) -> _Told:
        return _Told(self.values[which], self.one[which], self.shares[which])

    def loss(self, weights: Floats) -> float:
        return lost(weights, self.values, self.one, self.shares)


def _loss_unseen(told: _Told, folds: NDArray[np.int64], penalty: float) -> float:
    """How badly names are judged that weights were not learned from: the pairs of one name are in one fold."""
    return sum(told.some(folds == fold).loss(_weights(told.some(folds != fold), penalty)) for fold in np.unique(folds))


def _weights(told: _Told, penalty: float) -> Floats:
    """Logistic regression, the weights but the first drawn to nothing."""
    drawn = np.full(told.values.shape[1], penalty)
    drawn[0] = 0.0
    return likeliest(told.values, told.one, drawn, counts=told.shares)


def write(path: Path, weights: Mapping[str, float], *, source: str, same: int, other: int, penalty: float) -> None:
    """What resolving reads, and what it was learned from."""
    learned = {"source": source, "same": same, "other": other, "penalty": penalty}
    told = {"weights": weights, "learned from": learned}
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
