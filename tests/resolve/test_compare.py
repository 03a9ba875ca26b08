from __future__ import annotations

import doctest
from dataclasses import replace
from typing import Any

import pytest

from kg.naming import organization_words, person_words
from kg.resolve import CONFLICTS, NAMES, THRESHOLD, Profile, compare, context_weights, persons
from kg.resolve.persons import core, person_names


def person(*names: str, **known: Any) -> Profile:
    words = person_words(names[0])
    return Profile("Person", (words,), names, vague=len(core(words)) < 2, **known)


def organization(*names: str, **known: Any) -> Profile:
    return Profile("Organization", (organization_words(names[0]),), names, **known)


def place(name: str, **known: Any) -> Profile:
    return Profile("Place", ((name.lower(),),), (name,), **known)


def operation(code: str, **known: Any) -> Profile:
    return Profile("Event", (("operation", code.lower()),), (f"Operation {code}",), **known)


LEADS = frozenset([("leads", "0", "country", "NO")])
NORWAY, PERU = frozenset(["NO"]), frozenset(["PE"])
SPORT, ARTS, LAW, POLITICS = (frozenset([field]) for field in ("sport", "arts", "law", "politics"))
FRIENDS = frozenset([("Person", "tor", "dahl"), ("Organization", "orkla")])


def test_the_examples_in_the_documentation() -> None:
    assert doctest.testmod(persons).failed == 0


@pytest.mark.parametrize(
    ("left", "right", "same", "reason"),
    [
        (person("Ada Lund"), person("Ada Lund"), True, "same_name"),
        (person("Dr. Ada Lund"), person("Ada Lund"), True, "same_name"),
        (person("Ada Lund"), person("Ada Marie Lund"), True, "middle_name"),
        (person("Ada Lund"), person("Lund"), False, "short_name"),
        (person("Ada Lund", context=LEADS), person("Lund", context=LEADS), True, "short_name, shared_context"),
        (person("Lund"), person("Lund"), False, "short_name"),
        (person("Lund", context=LEADS), person("Lund", context=LEADS), True, "short_name, shared_context"),
        (person("Ada Lund"), person("Tor Lund"), False, "different names"),
        (person("Ada Lund Jr."), person("Ada Lund"), False, "same_name, but one_generation"),
        (person("Ada Lund Jr."), person("Ada Lund Sr."), False, "other_generation"),
        (person("Ada K. Lund"), person("Ada Marie Lund"), False, "other_middle_name"),
        (person("Lund"), organization("Lund"), False, "Organization and Person"),
        (person("Omar al-Masri"), person("Omar Masri"), True, "particles"),
        (person("Lund Ada"), person("Ada Lund"), True, "name_order"),
        (person("Ada Lund"), person("Ada Lund-Rau"), True, "double_name"),
        (person("Ada Lund"), person("Ada Lund Rau"), False, "part_of_name"),
        (
            person("A. M. Lund", companions=FRIENDS),
            person("Ada Marie Lund", companions=FRIENDS),
            True,
            "two_initials, shared_companions",
        ),
        (person("Zhang Wei"), person("Zhang Wei"), False, "same_name, but common_name"),
        (person("Abdel Aziz Masri"), person("Abdulaziz al-Masri"), True, "particles"),
        (person("Abdel Aziz Masri"), person("Abdallah Masri"), False, "different names"),
        (organization("Sava"), organization("Sava Insurance"), False, "part_of_name"),
        (person("Bill Lund"), person("William Lund"), False, "nickname"),
        (
            person("Bill Lund", homes=NORWAY),
            person("William Lund", homes=NORWAY),
            True,
            "nickname, shared_home",
        ),
        (person("Kang Seo-yeon"), person("Kang Seoyeon"), True, "particles"),
        (person("Kang Seo-yeon"), person("Seoyeon Kang"), True, "name_order"),
        (person("Abdel Rahman Fouad"), person("Abdelrahman Fuad"), False, "spelling"),
        (person("Abdel Rahim Fouad"), person("Abdelrahman Fuad"), False, "different names"),
        (person("Jo S. Lund"), person("Jos Lund"), False, "different names"),
        (organization("Hartwick"), place("Hartwick"), False, "same_word"),
        (
            organization("Hartwick", companions=FRIENDS),
            place("Hartwick", companions=FRIENDS),
            True,
            "same_word, shared_companions",
        ),
        (organization("Suva"), place("Suva", known="geo"), False, "same_word"),
        (organization("Suva College"), Profile("Place", (("suva", "college"),), ("Suva College",)), True, "same_name"),
        (organization("Graz University"), organization("University of Graz"), False, "other_order"),
        (
            organization("Graz University", companions=FRIENDS),
            organization("University of Graz", companions=FRIENDS),
            True,
            "other_order, shared_companions",
        ),
        (operation("Dawn"), operation("Dawn"), False, "same_name, but common_name"),
        (
            operation("Dawn", companions=FRIENDS),
            operation("Dawn", companions=FRIENDS),
            True,
            "same_name, shared_companions, but common_name",
        ),
        (person("A. Lund"), person("Ada Lund"), False, "initials"),
        (
            person("A. Lund", companions=FRIENDS),
            person("Ada Lund", companions=FRIENDS),
            True,
            "initials, shared_companions",
        ),
        (person("Evgeny Lundin"), person("Yevgeniy Lundin"), False, "spelling"),
        (
            person("Evgeny Lundin", fields=LAW, homes=PERU),
            person("Yevgeniy Lundin", fields=LAW, homes=PERU),
            True,
            "spelling, shared_field, shared_home",
        ),
        (
            person("Evgeny Lundin", companions=FRIENDS, articles=frozenset(["a"])),
            person("Yevgeniy Lundin", companions=FRIENDS, articles=frozenset(["a"])),
            False,
            "spelling, shared_companions, but same_article",
        ),
        (organization("Nordic Seed Bank"), organization("the Nordic Seed Bank"), True, "same_name"),
        (organization("Orkla Inc."), organization("Orkla"), True, "same_name"),
        (organization("NSB"), organization("Nordic Seed Bank", given=frozenset([("nsb",)])), True, "given_name"),
        (organization("NSB"), organization("Nordic Seed Bank"), False, "acronym"),
        (organization("Lark"), organization("Finch", given=frozenset([("lark",)])), True, "given_name"),
        (organization("Orkla"), Profile("Group", (("orkla",),), ("Orkla",)), True, "same_name"),
        (
            organization("Supreme Court", institution=True, homes=NORWAY),
            organization("Supreme Court", institution=True, homes=PERU),
            False,
            "other_institution",
        ),
        (place("Marlow", homes=NORWAY), place("Marlow", homes=PERU), False, "other_region"),
        (place("Marlow", homes=NORWAY), place("Marlow"), True, "same_name"),
        (Profile("Country", (("us",),), ("US",), country="US"), Profile("Country", country="US"), True, "same_country"),
        (Profile("Event"), Profile("Event"), False, "different names"),
    ],
)  # fmt: skip
def test_pairs(left: Profile, right: Profile, same: bool, reason: str) -> None:
    for match in (compare(left, right), compare(right, left)):
        assert (match.score >= THRESHOLD, match.reason) == (same, reason)


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ({}, {"fields": SPORT, "homes": NORWAY}, True),  # what is not said tells nothing
        ({"fields": SPORT}, {"fields": ARTS}, False),
        ({"fields": LAW}, {"fields": POLITICS}, True),  # careers lead from one to the other
        ({"fields": LAW, "homes": NORWAY}, {"fields": POLITICS, "homes": PERU}, False),
        ({"fields": SPORT, "homes": NORWAY}, {"fields": ARTS, "homes": NORWAY}, False),
        ({"fields": SPORT, "homes": NORWAY}, {"fields": SPORT, "homes": PERU}, False),
        ({"fields": SPORT, "companions": FRIENDS}, {"fields": ARTS, "companions": FRIENDS}, False),
        ({"homes": NORWAY, "context": LEADS}, {"homes": PERU, "context": LEADS}, True),
        ({"gender": "m"}, {"gender": "f"}, False),
        ({"born": (1960, 1961)}, {"born": (1961, 1962)}, True),
        ({"born": (1960, 1961), "context": LEADS}, {"born": (1981, 1982), "context": LEADS}, False),
    ],
)
def test_what_tells_namesakes_apart(ours: dict[str, Any], theirs: dict[str, Any], same: bool) -> None:
    left, right = replace(person("Ada Lund"), **ours), replace(person("Ada Lund"), **theirs)
    for match in (compare(left, right), compare(right, left)):
        assert (match.score >= THRESHOLD) is same, match


def test_context_alone_makes_nobody_the_same() -> None:
    assert compare(person("Ada Lund", context=LEADS), person("Tor Dahl", context=LEADS)).score == 0


def test_every_feature_has_a_weight_and_every_conflict_a_reason() -> None:
    assert all(0 < weight <= 1.2 for weight in NAMES.values())
    for feature, weight in context_weights().items():
        against = feature.__name__.startswith(("other_", "one_", "same_article", "common_"))
        assert -1 < weight < 0 if against else 0 < weight < 0.5, feature
    assert all(rule.__doc__ for rule in CONFLICTS)


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("george w lund", "george walker lund", "middle_name"),
        ("george w lund", "george h w lund", None),
        ("pedro sierra", "pedro sierra campos", "part_of_name"),
        ("vera petrov", "vera petrova", None),
        ("mario lund", "maria lund", None),
        ("osama hadad", "usama haddad", "spelling"),
        ("kim jong un", "kim jong il", None),
        ("abu masri", "omar abu masri", "short_name"),
        ("peter hansen", "peter jensen", None),
        ("bob fox", "rob fox", "nickname"),
    ],
)
def test_relations_of_persons_names(left: str, right: str, relation: str | None) -> None:
    a, b = tuple(left.split()), tuple(right.split())
    assert (person_names(a, b), person_names(b, a)) == (relation, relation)
