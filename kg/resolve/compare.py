"""Whether two profiles are one entity: pure functions from two profiles to a score and a reason, weighed by a table.

The names give the start, what is known beside them adds or takes away. What contradicts weighs more than what agrees,
and what is missing weighs nothing. A conflict (:data:`CONFLICTS`) rules a merge out, whatever else agrees.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path

from kg.naming import abbreviates, is_acronym, shortens_organization
from kg.resolve.fields import load_fields
from kg.resolve.offices import any_exclude
from kg.resolve.persons import generation, person_names
from kg.resolve.profile import Match, Profile

#: What one profile must reach against another to be the same entity.
THRESHOLD = 0.8
#: From here on a pair is worth a look: it is linked as possibly the same.
POSSIBLE = 0.5

_COMPATIBLE = frozenset(
    frozenset(pair) for pair in [("Organization", "Group"), ("Organization", "Place"), ("Event", "Work")]
)
#: Relations of names that leave nothing out that tells persons apart.
_WHOLE = frozenset(["same_name", "particles", "middle_name"])
#: Articles that name what everybody knows, in full.
MANY = 8
#: Most name forms of a profile that are held against those of another.
_MOST_FORMS = 6

Words = tuple[str, ...]
Feature = Callable[[Profile, Profile], float]

#: How much a relation between two names tells.
NAMES: Mapping[str, float] = {
    "known": 1.2,  # both are the same entry of a register: it takes more than one thing to speak against it
    "same_country": 1.0,  # the gazetteer knows both as names of one country
    "given_name": 0.85,  # an article gives one as another name of the other: an acronym, a former name, an alias
    "same_name": 0.9,  # the same full name of two words or more, or the same one-word name of no person
    "particles": 0.9,  # but for particles: "Assad" and "al-Assad" after the same given name
    "middle_name": 0.85,  # one leaves out what stands between first and last name, or shortens it to initials
    "name_order": 0.85,  # the same words in another order
    "nickname": 0.7,  # "Bill" for "William"
    "part_of_name": 0.68,  # one is the beginning or the end of the other, of two words or more
    "spelling": 0.68,  # two transliterations, or one with a slip
    "acronym": 0.6,  # one is made of the first letters of the other, and no article says so
    "initials": 0.6,  # "A. Lund" and "Ada Lund"
    "same_word": 0.7,  # one name as that of an organization and of a place: a seat of power, or a team and its city
    "short_name": 0.5,  # one is the first or last name of the other; or both are the same word
}


def shared_context(left: Profile, right: Profile) -> float:
    """The statements relate both in the same way to the same named entity."""
    return float(not left.context.isdisjoint(right.context))


def shared_companions(left: Profile, right: Profile) -> float:
    """How many others articles name beside both, up to three."""
    return float(min(len(left.companions & right.companions), 3))


def same_birth(left: Profile, right: Profile) -> float:
    """Their ages tell of the same year of birth, or nearly."""
    return float(left.born is not None and right.born is not None and _meet(left.born, right.born))


def shared_field(left: Profile, right: Profile) -> float:
    """Both are at work in the same field."""
    return float(not left.fields.isdisjoint(right.fields))


def shared_home(left: Profile, right: Profile) -> float:
    """Both belong to the same country."""
    return float(not left.homes.isdisjoint(right.homes))


def shared_description(left: Profile, right: Profile) -> float:
    """Both are called the same in a noun phrase ("the minister")."""
    return float(not left.descriptions.isdisjoint(right.descriptions))


def well_known(left: Profile, right: Profile) -> float:
    """Many articles name one in full, few the other: then the few more likely mean the same."""
    few, many = sorted((len(left.articles), len(right.articles)))
    return float(few < MANY <= many and relation(left, right) in _WHOLE)


def other_field(left: Profile, right: Profile) -> float:
    """They are at work in different fields: whole, or a fifth where careers lead from one to the other."""
    return (0.0, 0.2, 1.0)[load_fields().distance(left.fields, right.fields)]


def other_home(left: Profile, right: Profile) -> float:
    """They belong to different countries."""
    return float(bool(left.homes and right.homes) and left.homes.isdisjoint(right.homes))


def one_generation(left: Profile, right: Profile) -> float:
    """One is a "Jr." or "III", and of the other it is not said."""
    return float(bool(_generations(left)) != bool(_generations(right)))


def other_office(left: Profile, right: Profile) -> float:
    """They hold offices at one time that nobody holds at once: presidents of two countries, mayors of two cities."""
    return float(any_exclude(left.offices, right.offices))


def same_article(left: Profile, right: Profile) -> float:
    """One article names both, in different words, and does not say that they are one."""
    told = left.forms == right.forms or _given(left, right)
    return float(not told and not left.articles.isdisjoint(right.articles))


#: What is known beside the names, with weights that ``kg train identity`` learns (:data:`FILE`).
LEARNED: tuple[Feature, ...] = (
    shared_context,
    shared_companions,
    shared_field,
    shared_home,
    shared_description,
    other_field,
    other_home,
    one_generation,
)
#: The same, where no data tell what they are worth.
SET: Mapping[Feature, float] = {same_birth: 0.3, well_known: 0.15, same_article: -0.3, other_office: -0.6}
FILE = Path(__file__).with_name("weights.json")


@lru_cache(maxsize=1)
def context_weights() -> Mapping[Feature, float]:
    """What is known beside the names, and how much it tells: it adds up, and reaches no threshold without a name."""
    learned = json.loads(FILE.read_text(encoding="utf-8"))["weights"]
    return {**{feature: learned[feature.__name__] for feature in LEARNED}, **SET}


def other_entry(left: Profile, right: Profile) -> bool:
    """A register knows them as two."""
    return bool(left.known and right.known) and left.known != right.known


def other_birth(left: Profile, right: Profile) -> bool:
    """Their ages tell of different years of birth."""
    return left.born is not None and right.born is not None and not _meet(left.born, right.born)


def other_gender(left: Profile, right: Profile) -> bool:
    """One is plainly a man, the other plainly a woman."""
    return {left.gender, right.gender} == {"m", "f"}


def other_generation(left: Profile, right: Profile) -> bool:
    """Father and son, or two kings: "Jr." and "Sr.", "II" and "III"."""
    a, b = _generations(left), _generations(right)
    return bool(a and b) and a.isdisjoint(b)


def other_middle_name(left: Profile, right: Profile) -> bool:
    """The same first and last name around middle names that do not fit each other."""
    return left.type == right.type == "Person" and any(
        a[0] == b[0] and a[-1] == b[-1] and person_names(a, b) is None
        for a, b in _pairs(left, right)
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


def evidence(left: Profile, right: Profile) -> dict[Feature, float]:
    """What beside the names speaks for it that the two are one, or against it, and how much it tells."""
    return {feature: weight * part for feature, weight in context_weights().items() if (part := feature(left, right))}


def relation(left: Profile, right: Profile) -> str | None:
    """The best relation between names of the two, a key of :data:`NAMES`."""
    if left.known and left.known == right.known:
        return "known"
    if left.country and left.country == right.country:
        return "same_country"
    names = _person if left.type == right.type == "Person" else _other
    found = {name for a, b in _pairs(left, right) if (name := names(a, b))}
    if _given(left, right):
        found.add("given_name")
    if left.type != "Person" and "same_name" not in found and _acronym(left, right):
        found.add("acronym")
    if (
        "same_name" in found
        and {left.type, right.type} == {"Organization", "Place"}
        and not (left.known or right.known)
    ):
        found.remove("same_name")
        found.add("same_word")
    if "same_name" in found and (left.vague or right.vague):
        found = {"short_name"} if left.type != "Event" else set()  # "Israeli airstrikes" are others every day
    return max(found, key=NAMES.__getitem__, default=None)


@lru_cache(maxsize=1 << 16)
def _person(left: Words, right: Words) -> str | None:
    return person_names(left, right)


def _other(left: Words, right: Words) -> str | None:
    if left == right:
        return "same_name"
    return "short_name" if shortens_organization(*sorted((left, right), key=len)) else None


def _given(left: Profile, right: Profile) -> bool:
    """Whether an article gives a name of one as another name of the other."""
    return not left.given.isdisjoint(right.forms) or not right.given.isdisjoint(left.forms)


def _acronym(left: Profile, right: Profile) -> bool:
    return any(
        bool(short.names)
        and is_acronym(short.names[0])
        and len(short.names[0]) > 2
        and any(abbreviates(short.names[0], name) for name in long.names[:_MOST_FORMS])
        for short, long in ((left, right), (right, left))
    )


def _pairs(left: Profile, right: Profile) -> Iterable[tuple[Words, Words]]:
    return product(left.forms[:_MOST_FORMS], right.forms[:_MOST_FORMS])


def _generations(profile: Profile) -> frozenset[int]:
    return frozenset(place for form in profile.forms if (place := generation(form)))


def _meet(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]
