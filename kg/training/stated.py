"""Pairs of mentions in one sentence, with the relations that an annotated article states between them.

Statements are annotated once an article, where it says them best. A pair of other mentions of the same two entities may
or may not say the same: such a relation is unclear there, and trains nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kg.language.relation_pairs import TYPES

#: Words between two mentions at the most.
GAP = 40
#: Values of each feature of a pair: types of both ends, which comes first and how far apart, whether one holds the
#: other.
PAIR_FEATURES = (64, 14, 3)

#: One article in so many teaches no relations, so that confidence can be fitted on it.
HELD_OUT = 8
ENDS = ("subject", "object")

_SENTENCE_ENDS = frozenset({".", "!", "?"})
_NEAR = PAIR_FEATURES[1] // 2 - 1

Span = tuple[int, int]


def is_held_out(article: str) -> bool:
    """Whether an article teaches no relations; a matter of its id alone."""
    return crc32(article.encode()) % HELD_OUT == 0


class Stated(NamedTuple):
    """Two mentions by their numbers, the relations stated of them, and those that are unclear."""

    subject: int
    object: int
    relations: frozenset[str]
    unclear: frozenset[str]


class Statements:
    """The statements of one article, by entities and by the mentions that stand for them; symmetric ones both ways."""

    def __init__(self, statements: Iterable[Mapping[str, Any]], symmetric: Container[str]) -> None:
        self.facts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.spans: dict[tuple[Span, ...], set[str]] = defaultdict(set)
        for statement in statements:
            relation = statement["relation"]
            facts, spans = (statement["subject"], statement["object"]), [statement[f"{end}_span"] for end in ENDS]
            for ways in (1, -1) if relation in symmetric else (1,):
                self.facts[facts[::ways]].add(relation)
                if all(spans):
                    self.spans[tuple(tuple(span) for span in spans[::ways])].add(relation)

    def between(self, mentions: Sequence[tuple[Span, str, Span]], words: Sequence[str]) -> list[Stated]:
        """The pairs of mentions of different entities in one sentence.

        :param mentions: first character and end, entity, first word and end of each.
        """
        ends = np.cumsum([word in _SENTENCE_ENDS for word in words])
        none: Set[str] = frozenset()
        found: list[Stated] = []
        for i, (chars, entity, (start, end)) in enumerate(mentions):
            for j, (other_chars, other, (other_start, other_end)) in enumerate(mentions):
                apart = max(start - other_end, other_start - end)
                if entity == other or apart > GAP or ends[start] != ends[other_start]:
                    continue
                found.append(self.stated(i, j, self.spans.get((chars, other_chars), none), (entity, other)))
        return found

    def stated(self, subject: int, obj: int, relations: Set[str], entities: tuple[str, str]) -> Stated:
        """A pair with the relations stated of its mentions; those of their entities elsewhere are unclear here."""
        told: Set[str] = self.facts.get(entities, frozenset())
        return Stated(subject, obj, frozenset(relations), frozenset(told - relations))


def features(subject: Span, obj: Span, subject_type: str, object_type: str) -> tuple[int, int, int]:
    """What the scorer is told of a pair beside its words."""
    apart = max(subject[0] - obj[1], obj[0] - subject[1], 0)
    distance = min(int(np.log2(apart + 1)), _NEAR)
    inside = obj[0] <= subject[0] and subject[1] <= obj[1]
    holds = subject[0] <= obj[0] and obj[1] <= subject[1]
    types = TYPES.index(subject_type) * len(TYPES) + TYPES.index(object_type)
    return types, distance + (0 if subject[0] < obj[0] else _NEAR + 1), 1 if inside else 2 if holds else 0


def targets(pairs: Sequence[Stated], relations: Mapping[str, int]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """``[pairs, relations]``: which relations are stated, and which of them train."""
    wanted = np.zeros((len(pairs), len(relations)), dtype=np.float32)
    known = np.ones((len(pairs), len(relations)), dtype=np.bool_)
    for row, pair in enumerate(pairs):
        wanted[row, [relations[name] for name in pair.relations]] = 1.0
        known[row, [relations[name] for name in pair.unclear]] = False
    return wanted, known
