"""Entities from drafts: their ids, the answers of services, and the few likeliest of the pairs that may be one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from kg.ids import slug
from kg.records import Candidate, Entity, Join, Resolution
from kg.resolve.draft import Draft, countries
from kg.resolve.register import Register

#: Most pairs that one entity is linked by as possibly the same: the likeliest.
MOST_CANDIDATES = 3


def entities(drafts: Iterable[Draft], open_: Iterable[Candidate], register: Register) -> Resolution:
    """One entity a draft, which of them each mention stands for, why, and which pairs may be one.

    :param open_: pairs of drafts, by their first mentions.
    """
    ordered = countries(drafts)
    keys = _ids(ordered)
    found: dict[str, Entity] = {}
    entity_of: dict[str, str] = {}
    for key, it in zip(keys, _answered([draft.entity for draft in ordered], register), strict=True):
        found[key] = Entity(key, it.type, it.name, it.aliases, it.mentions, it.links, it.identifiers)
        entity_of.update(dict.fromkeys(it.mentions, key))
    joins = [
        Join(entity_of[it.left], it.left, it.right, it.score, it.reason) for draft in ordered for it in draft.joins
    ]
    return Resolution(
        entities=dict(sorted(found.items())),
        entity_of=entity_of,
        possible=_possible(open_, entity_of),
        joins=tuple(sorted(joins, key=attrgetter("entity", "left", "right", "score", "reason"))),
    )


def _answered(drafts: Sequence[Entity], register: Register) -> Sequence[Entity]:
    """The entities with what services answered to their names; which of several of one name was meant nobody knows."""
    if not register.answers:
        return drafts
    bearers = Counter((draft.type, draft.name) for draft in drafts)
    return [
        replace(draft, links=tuple(dict.fromkeys((*draft.links, *answers))))
        if bearers[draft.type, draft.name] == 1 and (answers := register.answers.get((draft.type, draft.name)))
        else draft
        for draft in drafts
    ]


def _possible(open_: Iterable[Candidate], entity_of: Mapping[str, str]) -> tuple[Candidate, ...]:
    """The open pairs, each entity with its likeliest few."""
    counts = Counter[str]()
    kept = []
    pairs = []
    for pair in open_:
        left, right = sorted((entity_of[pair.left], entity_of[pair.right]))
        pairs.append(Candidate(left, right, pair.score, pair.reason))
    for pair in sorted(pairs, key=lambda pair: (pair.reason != "unsure", -pair.score, pair.left, pair.right)):
        if max(counts[pair.left], counts[pair.right]) < MOST_CANDIDATES or pair.reason == "unsure":
            counts.update((pair.left, pair.right))
            kept.append(pair)
    return tuple(sorted(kept, key=lambda pair: (pair.left, pair.right)))


def _ids(drafts: Sequence[Draft]) -> list[str]:
    """The slug of each name, with a hash where that is no name or another entity has the slug.

    Of several with one slug, the one that is spoken of most has it bare.
    """
    by_slug: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        by_slug[slug(draft.entity.name)].append(number)
    keys = [""] * len(drafts)
    for plain, numbers in by_slug.items():
        if len(numbers) == 1 and drafts[numbers[0]].tells:
            keys[numbers[0]] = plain
            continue
        codes = {number: drafts[number].code for number in numbers}
        numbers.sort(key=lambda n: _rank(drafts[n], codes[n]))
        for place, number in enumerate(numbers):
            keys[number] = plain if place == 0 and drafts[number].tells else f"{plain}-{codes[number]}"
    return keys


def _rank(draft: Draft, code: str) -> tuple[bool, int, str, str]:
    return not draft.tells, -len(draft.entity.mentions), draft.entity.type, code
