from __future__ import annotations

import pytest

from kg.naming import organization_words, person_words
from kg.resolve import THRESHOLD, WEIGHTS, Profile, compare


def person(*names: str, context: tuple[tuple[str, ...], ...] = ()) -> Profile:
    return Profile("Person", person_words(names[0]), names, frozenset(context))


def organization(*names: str, context: tuple[tuple[str, ...], ...] = ()) -> Profile:
    return Profile("Organization", organization_words(names[0]), names, frozenset(context))


LEADS = (("leads", "0", "country", "NO"),)


@pytest.mark.parametrize(
    ("left", "right", "same", "reason"),
    [
        (person("Ada Lund"), person("Ada Lund"), True, "same_name"),
        (person("Dr. Ada Lund"), person("Ada Lund"), True, "same_name"),
        (person("Ada Lund"), person("Ada Marie Lund"), True, "middle_name"),
        (person("Ada Lund"), person("Lund"), False, "short_name"),
        (person("Ada Lund", context=LEADS), person("Lund", context=LEADS), True, "short_name + shared_context"),
        (person("Lund"), person("Lund"), False, "short_name"),
        (person("Lund", context=LEADS), person("Lund", context=LEADS), True, "short_name + shared_context"),
        (person("Ada Lund"), person("Tor Lund"), False, "different names"),
        (person("Ada Lund Jr."), person("Ada Lund"), False, "short_name"),
        (person("Lund"), organization("Lund"), False, "Organization and Person"),
        (organization("Nordic Seed Bank"), organization("the Nordic Seed Bank"), True, "same_name"),
        (organization("Orkla Inc."), organization("Orkla"), True, "same_name"),
        (organization("NSB"), organization("Nordic Seed Bank", "NSB"), True, "given_acronym"),
        (organization("NSB"), organization("Nordic Seed Bank"), False, "acronym"),
        (organization("Orkla"), Profile("Group", ("orkla",), ("Orkla",)), True, "same_name"),
        (
            Profile("Country", ("us",), ("US",), country="US"),
            Profile("Country", (), (), country="US"),
            True,
            "same_country",
        ),
        (Profile("Event"), Profile("Event"), False, "different names"),
    ],
)
def test_pairs(left: Profile, right: Profile, same: bool, reason: str) -> None:
    for match in (compare(left, right), compare(right, left)):
        assert (match.score >= THRESHOLD, match.reason) == (same, reason)


def test_context_alone_makes_nobody_the_same() -> None:
    assert WEIGHTS["shared_context"] + WEIGHTS["shared_description"] < THRESHOLD
    assert compare(person("Ada Lund", context=LEADS), person("Tor Dahl", context=LEADS)).score == 0
