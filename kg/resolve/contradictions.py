"""Which statements cannot both be true, driven by what the ontology says of their relations. Only what is sure.

- One voice denies what another says.
- Each way round, of a relation that holds one way (``kg:oneWay``).
- Two objects of somebody who has one only (``kg:oneObject``), told by two voices: neither is known to be part of the
  other, and of places the gazetteer knows that they are in different countries.
- Two exact counts of the same victims of one event, told by two voices.

What may change contradicts only what may be of the same time: times that overlap, or articles within a fortnight.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg.records import Article, Entity, Statement
from kg.resolve.places import load_places

if TYPE_CHECKING:
    from kg.ontology import Ontology

Triple = tuple[str, str, str]

_FORTNIGHT = 14  # days
#: Modalities of what is held to be so.
ASSERTED = frozenset(["actual", "possible"])
#: What ``kg:oneObject`` says of what never changes.
EVER = "ever"
#: Relations by which one thing is part of another; by way of one between them, too.
_PART_OF = frozenset("partOf memberOf basedIn locatedIn".split())
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
}


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the entities of its ends, the article that makes it and the voice that it is said in."""

    statement: Statement
    triple: Triple
    article: Article
    voice: tuple[str, str]


def contradictions(
    told: Sequence[Told], entities: Mapping[str, Entity], ontology: Ontology, named: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    """For each statement, by its id, those that contradict it.

    :param named: the entities that have a name.
    """
    asserted = [one for one in told if one.statement.modality in ASSERTED]
    found: dict[str, set[str]] = defaultdict(set)
    for left, right in (
        *_denied(asserted, told),
        *_both_ways(asserted, ontology),
        *_rivals(asserted, ontology, _Apart(told, entities, named)),
        *_counts(asserted, entities),
    ):
        found[left.statement.id].add(right.statement.id)
        found[right.statement.id].add(left.statement.id)
    return {id: tuple(sorted(ids)) for id, ids in sorted(found.items())}


def _grouped(told: Iterable[Told], key: Callable[[Told], tuple[str, ...]]) -> Mapping[tuple[str, ...], list[Told]]:
    found: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in told:
        found[key(one)].append(one)
    return found


def _denied(asserted: Iterable[Told], told: Iterable[Told]) -> Iterator[tuple[Told, Told]]:
    denials = [one for one in told if one.statement.modality == "negated"]
    if not denials:
        return
    same = _grouped(asserted, lambda one: one.triple)
    for denial in denials:
        for one in same.get(denial.triple, ()):
            if one.voice != denial.voice and _at_one_time(one, denial):
                yield one, denial


def _both_ways(asserted: Iterable[Told], ontology: Ontology) -> Iterator[tuple[Told, Told]]:
    one_way = {name for name, relation in ontology.properties.items() if relation.one_way}
    same = _grouped((one for one in asserted if one.triple[1] in one_way), lambda one: one.triple)
    for triple, ones in same.items():
        if triple < triple[::-1]:
            others = same.get(triple[::-1], ())
            yield from (pair for pair in product(ones, others) if _at_one_time(*pair))


class _Apart:
    """Whether two entities exclude each other: both named, of one type, and neither part of the other."""

    def __init__(self, told: Iterable[Told], entities: Mapping[str, Entity], named: frozenset[str]) -> None:
        self._entities, self.named = entities, named
        self._related: dict[str, set[str]] = defaultdict(set)
        self._wholes: dict[str, set[str]] = defaultdict(set)
        for one in told:
            subject, relation, obj = one.triple
            self._related[subject].add(obj)
            self._related[obj].add(subject)
            if relation in _PART_OF:
                self._wholes[subject].add(obj)

    def __call__(self, left: str, right: str) -> bool:
        one, other = self._entities[left], self._entities[right]
        if left == right or one.type != other.type or not {left, right} <= self.named:
            return False
        if one.type == "Country":
            return True
        if one.type == "Place":
            countries = [country for place in (one, other) if (country := _country(place))]
            return len(countries) == 2 and countries[0] != countries[1]
        return right not in self._related[left] and not self._share(left, right)

    def _share(self, left: str, right: str) -> bool:
        """Whether one is a part of a part of the other, or both are parts of one."""
        ours, theirs = self._wholes[left], self._wholes[right]
        above = {whole for part in ours for whole in self._wholes.get(part, ())}
        below = {whole for part in theirs for whole in self._wholes.get(part, ())}
        return right in above or left in below or not ours.isdisjoint(theirs)


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """The country of each place that the gazetteer knows, by its link."""
    return {spot.link: spot.country for spots in load_places().by_words.values() for spot in spots}


def _country(place: Entity) -> str:
    return next((country for link in place.links if (country := _countries().get(link))), "")


def _rivals(asserted: Iterable[Told], ontology: Ontology, apart: _Apart) -> Iterator[tuple[Told, Told]]:
    lasting = {name: relation.one_object for name, relation in ontology.properties.items() if relation.one_object}
    claims = (one for one in asserted if one.triple[1] in lasting and one.statement.subject.type == "Person")
    for (subject, relation), ones in _grouped(claims, lambda one: one.triple[:2]).items():
        for left, right in combinations(ones if subject in apart.named else (), 2):
            one_time = lasting[relation] == EVER or _at_one_time(left, right)
            if one_time and left.voice != right.voice and apart(left.triple[2], right.triple[2]):
                yield left, right


def _counts(asserted: Iterable[Told], entities: Mapping[str, Entity]) -> Iterator[tuple[Told, Told]]:
    counted = (
        one
        for one in asserted
        if one.statement.subject.kind == "nominal" and entities[one.triple[2]].type == "Event" and _number(one) >= 0
    )
    by_victims = _grouped(counted, lambda one: (*one.triple[1:], one.statement.subject.text.lower().split()[-1]))
    for ones in by_victims.values():
        for left, right in combinations(ones, 2):
            if left.voice != right.voice and _number(left) != _number(right) and _at_one_time(left, right):
                yield left, right


def _number(one: Told) -> int:
    """The count that a statement gives, if it is exact ("12", "twelve", but no "at least 12"); or -1."""
    words = (one.statement.qualifiers.number or "").lower().replace(",", "")
    return int(words) if re.fullmatch(r"\d+", words) else _NUMBERS.get(words, -1)


def _at_one_time(left: Told, right: Told) -> bool:
    """Whether two statements may be of one time: what they say of it, else when they were printed, as far as known."""
    ours, theirs = left.statement.qualifiers.time, right.statement.qualifiers.time
    if ours and theirs and ours.start and ours.end and theirs.start and theirs.end:
        return ours.start <= theirs.end and theirs.start <= ours.end
    if left.article.date and right.article.date:
        return abs(left.article.date - right.article.date) <= dt.timedelta(days=_FORTNIGHT)
    return True
