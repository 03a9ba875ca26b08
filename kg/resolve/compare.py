"""Whether two profiles are one entity: pure functions from two profiles to a score and a reason, weighed by a table.

The names give the start, what is known beside them adds or takes away. What contradicts weighs more than what agrees,
and what is missing weighs nothing. A conflict (:data:`CONFLICTS`) rules a merge out, whatever else agrees.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.resolve.evidence import evidence, generations, meet, other_home
from kg.resolve.persons import person_names
from kg.resolve.profile import Match, Profile
from kg.resolve.relations import NAMES, pairs, relation

#: What one profile must reach against another to be the same entity.
THRESHOLD = 0.8
#: From here on a pair is worth a look: it is linked as possibly the same.
POSSIBLE = 0.5

_COMPATIBLE = frozenset(
    frozenset(pair) for pair in [("Organization", "Group"), ("Organization", "Place"), ("Event", "Work")]
)


def other_entry(left: Profile, right: Profile) -> bool:
    """A register knows them as two."""
    return bool(left.known and right.known) and left.known != right.known


def other_birth(left: Profile, right: Profile) -> bool:
    """Their ages tell of different years of birth."""
    return left.born is not None and right.born is not None and not meet(left.born, right.born)


def other_gender(left: Profile, right: Profile) -> bool:
    """One is plainly a man, the other plainly a woman."""
    return {left.gender, right.gender} == {"m", "f"}


def other_generation(left: Profile, right: Profile) -> bool:
    """Father and son, or two kings: "Jr." and "Sr.", "II" and "III"."""
    a, b = generations(left), generations(right)
    return bool(a and b) and a.isdisjoint(b)


def other_middle_name(left: Profile, right: Profile) -> bool:
    """The same first and last name around middle names that do not fit each other."""
    return left.type == right.type == "Person" and any(
        a[0] == b[0] and a[-1] == b[-1] and person_names(a, b) is None
        for a, b in pairs(left, right)
        if len(a) > 2 and len(b) > 2
    )


def other_region(left: Profile, right: Profile) -> bool:
    """Two places of one name in different countries or states."""
    return left.type == right.type == "Place" and any(
        ours and theirs and ours.isdisjoint(theirs)
        for ours, theirs in ((left.homes, right.homes), (left.regions, right.regions))
    )


def other_institution(left: Profile, right: Profile) -> bool:
    """Institutions that every country has, of different countries."""
    return left.institution and right.institution and bool(other_home(left, right))


def other_time(left: Profile, right: Profile) -> bool:
    """What recurs, in different years."""
    return bool(left.years and right.years) and left.years.isdisjoint(right.years)


#: What rules out that two profiles are one.
CONFLICTS: tuple[Callable[[Profile, Profile], bool], ...] = (
    other_entry,
    other_birth,
    other_gender,
    other_generation,
    other_middle_name,
    other_region,
    other_institution,
    other_time,
)


def compatible(left: str, right: str) -> bool:
    """Whether two types may be two views of one entity."""
    return left == right or frozenset((left, right)) in _COMPATIBLE


def conflict(left: Profile, right: Profile) -> str:
    """What rules out that the two are one, or nothing."""
    if not compatible(left.type, right.type):
        return " and ".join(sorted((left.type, right.type)))
    return next((f.__name__ for f in CONFLICTS if f(left, right)), "")


def compare(left: Profile, right: Profile) -> Match:
    """Score two profiles: how their names relate, plus and minus what else is known, from 0 to 1."""
    if against := conflict(left, right):
        return Match(0.0, against, conflict=True, against=True)
    name = relation(left, right)
    if name is None:
        return Match(0.0, "different names", against=True)
    found = evidence(left, right) if name != "same_country" else {}
    score = NAMES[name] + sum(found.values())
    reasons = [name, *(f.__name__ if worth > 0 else f"but {f.__name__}" for f, worth in found.items())]
    doubt, backed = min(found.values(), default=0.0) < 0, max(found.values(), default=0.0) > 0
    return Match(round(min(max(score, 0.0), 1.0), 3), ", ".join(reasons), against=doubt, backed=backed)
