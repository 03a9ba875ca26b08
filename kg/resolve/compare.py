"""Whether two profiles are one entity: pure functions from two profiles to a score and a reason, weighed by a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.naming import abbreviates, is_acronym, shortens_organization, shortens_person

#: What one profile must reach against another to be the same entity.
THRESHOLD = 0.8

_COMPATIBLE = frozenset(
    frozenset(pair) for pair in [("Organization", "Group"), ("Organization", "Place"), ("Event", "Work")]
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one candidate entity: all chains that have the same full name, or one chain that has none.

    ``words`` is the folded full name, empty where the entity has no name; ``names`` holds every name as written, the
    fullest first; ``context`` what the statements say of it, as (relation, side, the other end's key). ``country`` is a
    gazetteer code.
    """

    type: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    context: frozenset[tuple[str, ...]] = frozenset()
    descriptions: frozenset[str] = frozenset()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How likely two profiles are one entity, from 0 to 1, and why."""

    score: float
    reason: str


def same_country(left: Profile, right: Profile) -> bool:
    """The gazetteer knows both as names of one country."""
    return bool(left.country) and left.country == right.country


def same_name(left: Profile, right: Profile) -> bool:
    """Both have the same full name of two words or more, or the same one-word name of no person."""
    return bool(left.words) and left.words == right.words and (len(left.words) > 1 or left.type != "Person")


def given_acronym(left: Profile, right: Profile) -> bool:
    """An article gives one name as the short form of the other."""
    return any(
        short.type != "Person" and bool(short.names) and is_acronym(short.names[0]) and short.names[0] in long.names
        for short, long in ((left, right), (right, left))
    )


def acronym(left: Profile, right: Profile) -> bool:
    """One name is made of the first letters of the other, three or more, and no article says so."""
    return any(
        short.type != "Person"
        and bool(short.names)
        and len(short.names[0]) > 2
        and any(abbreviates(short.names[0], name) for name in long.names)
        for short, long in ((left, right), (right, left))
    )


def middle_name(left: Profile, right: Profile) -> bool:
    """Two full names of a person of which one leaves out what stands between first and last name."""
    short, long = sorted((left.words, right.words), key=len)
    return (
        left.type == "Person"
        and len(short) > 1
        and short[0] == long[0]
        and short[-1] == long[-1]
        and _fits(short, long)
    )


def short_name(left: Profile, right: Profile) -> bool:
    """One name is a part of the other."""
    short, long = sorted((left.words, right.words), key=len)
    if left.type == "Person":
        return short == long or shortens_person(short, long)
    return shortens_organization(short, long)


def shared_context(left: Profile, right: Profile) -> bool:
    """The statements relate both in the same way to the same named entity."""
    return not left.context.isdisjoint(right.context)


def shared_description(left: Profile, right: Profile) -> bool:
    """Both are called the same in a noun phrase ("the prime minister")."""
    return not left.descriptions.isdisjoint(right.descriptions)


def _fits(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


#: Features that tell by the name: the best one counts.
NAMES: Mapping[Callable[[Profile, Profile], bool], float] = {
    same_country: 1.0,
    same_name: 1.0,
    given_acronym: 0.9,
    middle_name: 0.85,
    acronym: 0.6,
    short_name: 0.5,
}
#: Features that tell by what is said: they add up, and never reach the threshold without a name.
CONTEXT: Mapping[Callable[[Profile, Profile], bool], float] = {
    shared_context: 0.3,
    shared_description: 0.1,
}
#: The whole table by name, for documentation and reports.
WEIGHTS: Mapping[str, float] = {f.__name__: weight for table in (NAMES, CONTEXT) for f, weight in table.items()}


def compatible(left: str, right: str) -> bool:
    """Whether two types may be two views of one entity."""
    return left == right or frozenset((left, right)) in _COMPATIBLE


def compare(left: Profile, right: Profile) -> Match:
    """Score two profiles: the best feature of the names plus all of the context, at most 1."""
    if not compatible(left.type, right.type):
        return Match(0.0, " and ".join(sorted((left.type, right.type))))
    by_name = max(((weight, f.__name__) for f, weight in NAMES.items() if f(left, right)), default=None)
    if by_name is None:
        return Match(0.0, "different names")
    score, reasons = by_name[0], [by_name[1]]
    for feature, weight in CONTEXT.items():
        if score < 1.0 and feature(left, right):
            score += weight
            reasons.append(feature.__name__)
    return Match(min(score, 1.0), " + ".join(reasons))
