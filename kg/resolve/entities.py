"""Entities from drafts: their ids, the answers of services, and the few likeliest of the pairs that may be one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from kg.records import Candidate, Entity, Join, Resolution
from kg.resolve.draft import Draft, countries
from kg.resolve.register import Register

#: Most pairs that one entity is linked by as possibly the same: the likeliest.
MOST_CANDIDATES = 3


def entities(drafts: Sequence[Draft], open_: Iterable[Candidate], register: Register) -> tuple[Resolution, list[Draft]]:
    """One entity a draft, which of them each mention stands for, why, and which pairs may be one; and the drafts with
    the ids that they have now, so that next time only those are made anew that have another.

    :param open_: pairs of drafts, by their first mentions.
    """
    ordered = countries(drafts)
    keys = _ids(ordered)
    ordered = [it if it.entity.id == key else _with_id(it, key) for key, it in zip(keys, ordered, strict=True)]
    found = dict(zip(keys, _answered([draft.entity for draft in ordered], register), strict=True))
    entity_of = {mention: key for key, it in found.items() for mention in it.mentions}
    joins = [
        Join(entity_of[it.left], it.left, it.right, it.score, it.reason) for draft in ordered for it in draft.joins
    ]
    resolution = Resolution(
        entities={key: found[key] for key in sorted(found)},
        entity_of=entity_of,
        possible=_possible(open_, entity_of),
        joins=tuple(sorted(joins, key=attrgetter("entity", "left", "right", "score", "reason"))),
    )
    return resolution, [*(it for it in drafts if it.country), *(it for it in ordered if it.owners)]


def _with_id(draft: Draft, key: str) -> Draft:
    return replace(draft, entity=replace(draft.entity, id=key))


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
    counts: dict[str, int] = defaultdict(int)
    kept = []
    pairs = []
    for pair in open_:
        ends = entity_of[pair.left], entity_of[pair.right]
        pairs.append((pair.reason != "unsure", -pair.score, min(ends), max(ends), pair.reason))
    for doubted, score, left, right, reason in sorted(pairs):
        if not doubted or (counts[left] < MOST_CANDIDATES and counts[right] < MOST_CANDIDATES):
            counts[left] += 1
            counts[right] += 1
            kept.append(Candidate(left, right, -score, reason))
    return tuple(sorted(kept, key=attrgetter("left", "right")))


def _ids(drafts: Sequence[Draft]) -> list[str]:
    """The slug of each name, with a hash where that is no name or another entity has the slug.

    Of several with one slug, the one that is spoken of most has it bare.
    """
    by_slug: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        by_slug[draft.slug].append(number)
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
