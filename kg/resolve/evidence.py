"""What beside the names speaks for it that two profiles are one, or against it: features, and how much each tells.

What contradicts weighs more than what agrees, and what is missing weighs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from kg.occupations import load_fields
from kg.resolve.offices import any_exclude
from kg.resolve.persons import generation, tells_little
from kg.resolve.profile import Profile
from kg.resolve.relations import WHOLE, given, relation

#: Articles that name what everybody knows, in full.
MANY = 8

Feature = Callable[[Profile, Profile], float]


def shared_context(left: Profile, right: Profile) -> float:
    """The statements relate both in the same way to the same named entity."""
    return float(not left.context.isdisjoint(right.context))


def shared_companions(left: Profile, right: Profile) -> float:
    """How many others articles name beside both, up to three."""
    return float(min(len(left.companions & right.companions), 3))


def same_birth(left: Profile, right: Profile) -> float:
    """Their ages tell of the same year of birth, or nearly."""
    return float(left.born is not None and right.born is not None and meet(left.born, right.born))


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
    return float(few < MANY <= many and relation(left, right) in WHOLE)


def other_field(left: Profile, right: Profile) -> float:
    """They are at work in different fields: whole, or a fifth where careers lead from one to the other."""
    return (0.0, 0.2, 1.0)[load_fields().distance(left.fields, right.fields)]


def other_home(left: Profile, right: Profile) -> float:
    """They belong to different countries."""
    return float(bool(left.homes and right.homes) and left.homes.isdisjoint(right.homes))


def one_generation(left: Profile, right: Profile) -> float:
    """One is a "Jr." or "III", and of the other it is not said."""
    return float(bool(generations(left)) != bool(generations(right)))


def common_name(left: Profile, right: Profile) -> float:
    """Both have a name that thousands have, or one that armies give to one operation after the other."""
    return float(left.type == right.type and (has_common_name(left) or has_common_name(right)))


def other_office(left: Profile, right: Profile) -> float:
    """They hold offices at one time that nobody holds at once: presidents of two countries, mayors of two cities."""
    return float(any_exclude(left.offices, right.offices))


def same_article(left: Profile, right: Profile) -> float:
    """One article names both, in different words or as things of two kinds, and does not say that they are one."""
    told = (left.forms == right.forms and left.type == right.type) or given(left, right)
    return float(not told and not left.articles.isdisjoint(right.articles))


def has_common_name(profile: Profile) -> bool:
    """Whether a name alone tells nothing: thousands have it, or armies give it to one operation after the other."""
    words = profile.forms[0] if profile.forms else ()
    if profile.type == "Event":
        return words[:1] == ("operation",)
    return profile.type == "Person" and tells_little(words)


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
SET: Mapping[Feature, float] = {
    same_birth: 0.3,
    well_known: 0.15,
    common_name: -0.15,
    same_article: -0.3,
    other_office: -0.6,
}
FILE = Path(__file__).with_name("weights.json")


@lru_cache(maxsize=1)
def context_weights() -> Mapping[Feature, float]:
    """What is known beside the names, and how much it tells: it adds up, and reaches no threshold without a name."""
    learned = json.loads(FILE.read_text(encoding="utf-8"))["weights"]
    return {**{feature: learned[feature.__name__] for feature in LEARNED}, **SET}


def evidence(left: Profile, right: Profile) -> dict[Feature, float]:
    """What beside the names speaks for it that the two are one, or against it, and how much it tells."""
    return {feature: weight * part for feature, weight in context_weights().items() if (part := feature(left, right))}


def generations(profile: Profile) -> frozenset[int]:
    """The places in a line of fathers and sons, or kings, that its names give."""
    return frozenset(place for form in profile.forms if (place := generation(form)))


def meet(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two spans of years have one in common."""
    return left[0] <= right[1] and right[0] <= left[1]
