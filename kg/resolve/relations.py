"""How the names of two profiles relate: the best relation that any two of their names have, and how much it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product

from kg.gazetteer import load_nouns
from kg.naming import abbreviates, fold, is_acronym, leaves_kind_out, shortens_organization
from kg.resolve.persons import person_names
from kg.resolve.profile import Profile
from kg.resolve.tokens import bag
from kg.resolve.words import Words

#: Relations of names that leave nothing out that tells persons apart.
WHOLE = frozenset(["same_name", "particles", "middle_name"])
#: Most name forms of a profile that are held against those of another.
_MOST_FORMS = 6

#: How much a relation between two names tells.
NAMES: Mapping[str, float] = {
    "known": 1.2,  # both are the same entry of a register: it takes more than one thing to speak against it
    "same_country": 1.0,  # the gazetteer knows both as names of one country
    "given_name": 0.85,  # an article gives one as another name of the other: an acronym, a former name, an alias
    "same_name": 0.9,  # the same full name of two words or more, or the same one-word name of no person
    "particles": 0.9,  # but for particles: "Assad" and "al-Assad" after the same given name
    "double_name": 0.8,  # "Ada Lund" and "Ada Lund-Rau": whoever marries keeps a name
    "middle_name": 0.85,  # one leaves out what stands between first and last name, or shortens it to initials
    "name_order": 0.85,  # the same words in another order
    "nickname": 0.7,  # "Bill" for "William"
    "part_of_name": 0.68,  # one is the beginning or the end of the other, of two words or more; "Ford" for "Ford Motor"
    "spelling": 0.68,  # two transliterations, or one with a slip
    "two_initials": 0.7,  # "A. M. Lund" and "Ada Marie Lund"
    "acronym": 0.6,  # one is made of the first letters of the other, and no article says so
    "initials": 0.6,  # "A. Lund" and "Ada Lund"
    "other_order": 0.66,  # "Graz University" and "University of Graz": they may be two that know of each other
    "same_word": 0.55,  # one name as that of an organization and of a place: a seat of power, or a team and its city
    "short_name": 0.5,  # one is the first or last name of the other; or both are the same word
}


def relation(left: Profile, right: Profile) -> str | None:
    """The best relation between names of the two, a key of :data:`NAMES`."""
    if left.known and left.known == right.known:
        return "known"
    if left.country and left.country == right.country:
        return "same_country"
    names = _person if left.type == right.type == "Person" else _other
    found = {name for a, b in pairs(left, right) if (name := names(a, b))}
    if "part_of_name" in found and _double_name(left, right):
        found.add("double_name")
    if given(left, right):
        found.add("given_name")
    if left.type != "Person" and "same_name" not in found and _acronym(left, right):
        found.add("acronym")
    if "same_name" in found and {left.type, right.type} == {"Organization", "Place"} and not _tells_kind(left):
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
    if len(left) > 1 and bag(left) == bag(right):
        return "other_order"
    short, long = sorted((left, right), key=len)
    if not shortens_organization(short, long):
        return None
    return "part_of_name" if leaves_kind_out(short, long) else "short_name"


def given(left: Profile, right: Profile) -> bool:
    """Whether an article gives a name of one as another name of the other."""
    return not left.given.isdisjoint(right.forms) or not right.given.isdisjoint(left.forms)


def _double_name(left: Profile, right: Profile) -> bool:
    """Whether two surnames joined by a hyphen begin with the surname that the other has alone."""
    return any(
        fold(joined).split()[-2:-1] == fold(alone).split()[-1:]
        for long, short in ((left, right), (right, left))
        for joined, alone in product(long.names[:_MOST_FORMS], short.names[:_MOST_FORMS])
        if "-" in joined.split()[-1] and "-" not in alone.split()[-1] and " " in alone
    )


def _acronym(left: Profile, right: Profile) -> bool:
    return any(
        bool(short.names)
        and is_acronym(short.names[0])
        and len(short.names[0]) > 2
        and any(abbreviates(short.names[0], name) and _capital(name) for name in long.names[:_MOST_FORMS])
        for short, long in ((left, right), (right, left))
    )


def _tells_kind(profile: Profile) -> bool:
    """Whether a name ends in a noun for organizations, which are places as well: "Graz College"."""
    form = profile.forms[0] if profile.forms else ()
    return len(form) > 1 and load_nouns().types.get(form[-1]) == "Organization"


def _capital(name: str) -> bool:
    """Whether all words of a name but small ones have capitals: there are no letters for "Northern League clubs"."""
    return not any(word.islower() and len(word) > 3 for word in name.split())


def pairs(left: Profile, right: Profile) -> Iterable[tuple[Words, Words]]:
    """Each of the fullest names of one with each of the other."""
    return product(left.forms[:_MOST_FORMS], right.forms[:_MOST_FORMS])
