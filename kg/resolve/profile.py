"""What is known of one candidate entity, whichever mentions it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from kg.resolve.offices import Office, united
from kg.resolve.words import Key, Words

T = TypeVar("T")
#: What stands with "the", which no person's name does.
THING = "thing"


@dataclass(slots=True)
class Profile:
    """What is known of one candidate entity: of the mentions of one chain, or of many chains found to be one.

    It is filled in while an article is read, and not changed afterwards.

    ``forms`` are its full names as folded words, the fullest first; ``names`` the same as written; ``given`` other
    names that articles give it. It is ``vague`` where the name does not tell it apart from others. ``country`` is a
    gazetteer code, ``known`` the id of an entry of a register. ``homes`` are codes of the countries that it belongs to,
    ``regions`` parts of countries; ``fields`` say what a person does; ``born`` is the first and last possible year, if
    known; ``offices`` what posts it holds, when. ``context`` holds what statements say of it, as (relation, side, the
    other's key), ``companions`` who is named beside it; ``years`` when what recurs took place. ``institution``: every
    country has one. ``told`` is the type that a noun tells, or :data:`THING` where only that it is no person.
    """

    type: str
    forms: tuple[Words, ...] = ()
    names: tuple[str, ...] = ()
    context: frozenset[Key] = frozenset()
    descriptions: frozenset[str] = frozenset()
    country: str = ""
    known: str = ""
    given: frozenset[Words] = frozenset()
    gender: str = ""
    born: tuple[int, int] | None = None
    fields: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    offices: frozenset[Office] = frozenset()
    companions: frozenset[Key] = frozenset()
    articles: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    institution: bool = False
    vague: bool = False
    told: str = ""

    @property
    def traits(self) -> tuple[object, ...]:
        """What tells namesakes apart."""
        return (self.known, self.gender, self.born, self.fields, self.homes, self.regions, self.years, self._held)

    @property
    def _held(self) -> frozenset[Key]:
        return frozenset((office.role, *office.place) for office in self.offices)


@dataclass(frozen=True, slots=True)
class Match:
    """How likely two profiles are one entity, from 0 to 1, and why. A conflict rules it out; ``against`` says whether
    anything speaks against it: a conflict, other names, or a feature that takes away; ``backed``, whether anything but
    the names speaks for it.
    """

    score: float
    reason: str
    conflict: bool = False
    against: bool = False
    backed: bool = False


def merge(*profiles: Profile) -> Profile:
    """All that is known of several profiles that are one. The first says the type and the fullest name."""
    if len(profiles) == 1:
        return profiles[0]
    first = profiles[0]
    genders = Counter(profile.gender for profile in profiles if profile.gender)
    return Profile(
        type=first.type,
        forms=_ordered(form for profile in profiles for form in profile.forms),
        names=_ordered(name for profile in profiles for name in profile.names),
        context=_union(profile.context for profile in profiles),
        descriptions=_union(profile.descriptions for profile in profiles),
        country=next((profile.country for profile in profiles if profile.country), ""),
        known=next((profile.known for profile in profiles if profile.known), ""),
        given=_union(profile.given for profile in profiles),
        gender=min(genders, key=lambda name: (-genders[name], name)) if genders else "",
        born=_narrow(profile.born for profile in profiles if profile.born),
        fields=_union(profile.fields for profile in profiles),
        homes=_union(profile.homes for profile in profiles),
        regions=_union(profile.regions for profile in profiles),
        offices=united(office for profile in profiles for office in profile.offices),
        companions=_union(profile.companions for profile in profiles),
        articles=_union(profile.articles for profile in profiles),
        years=_union(profile.years for profile in profiles),
        institution=first.institution,
        vague=all(profile.vague for profile in profiles),
        told=first.told,
    )


def _union(parts: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset().union(*parts)


def _ordered(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _narrow(spans: Iterable[tuple[int, int] | None]) -> tuple[int, int] | None:
    """What all spans of years have in common; the first where they have nothing."""
    found: tuple[int, int] | None = None
    for span in spans:
        if found and span and max(found[0], span[0]) <= min(found[1], span[1]):
            found = max(found[0], span[0]), min(found[1], span[1])
        elif not found:
            found = span
    return found
