"""Posts that nobody holds at once tell namesakes apart; those that go together do not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from records_factory import reading, said

from kg.gazetteer import load_gazetteer
from kg.records import ArticleRecord, Qualifiers, Time
from kg.resolve import Register, resolve
from kg.resolve.chains import chains_of
from kg.resolve.offices import Office, any_exclude, at_once, united

NORWAY, PERU, ARICA, TACNA = ("country", "NO"), ("country", "PE"), ("Place", "arica"), ("Place", "tacna")
LARKS, FINCHES = ("Organization", "larks"), ("Organization", "finches")


@pytest.mark.parametrize(
    ("ours", "theirs", "two"),
    [
        (Office("leader", NORWAY, "NO", 100, 100), Office("leader", PERU, "PE", 120, 120), True),
        (Office("leader", NORWAY, "NO", 100, 100), Office("leader", NORWAY, "NO", 900, 900), False),
        (Office("leader", NORWAY, "NO", 100, 100), Office("leader", PERU, "PE", 900, 900), False),  # years later
        (Office("leader", NORWAY, "NO", 100, 800), Office("leader", PERU, "PE", 900, 900), True),  # by then still
        (Office("mayor", ARICA, "", 100, 100), Office("mayor", TACNA, "", 100, 100), True),
        (Office("mayor", ARICA, "CL", 100, 100), Office("minister", PERU, "PE", 100, 100), True),
        (Office("mayor", TACNA, "PE", 100, 100), Office("minister", PERU, "PE", 100, 100), False),
        (Office("mayor", ARICA, "", 100, 100), Office("minister", PERU, "PE", 100, 100), False),  # of which country?
        (Office("ambassador", NORWAY, "NO", 100, 100), Office("minister", PERU, "PE", 100, 100), False),
        (Office("player", LARKS, "", 100, 100), Office("player", FINCHES, "", 110, 110), True),
        (Office("player", LARKS, "", 100, 100), Office("player", FINCHES, "", 160, 160), False),
    ],
)
def test_what_nobody_is_at_once(ours: Office, theirs: Office, two: bool) -> None:
    assert any_exclude(frozenset([ours]), frozenset([theirs])) is two
    assert any_exclude(frozenset([theirs]), frozenset([ours])) is two
    assert at_once([ours, theirs]) == (frozenset() if two else {ours, theirs})


def test_an_office_told_twice_is_one_with_all_its_time() -> None:
    assert united([Office("mayor", ARICA, "", 100, 100), Office("mayor", ARICA, "", 50, 60)]) == {
        Office("mayor", ARICA, "", 50, 100)
    }


def held(text: str, relation: str, position: str, *, id: str = "a1", time: Time | None = None) -> ArticleRecord:
    """An article by whose one statement ``c1`` holds a position of ``c2``."""
    record = reading(text, said("c1", relation, "c2", text.split()[-1].strip(".")), id=id)
    (statement,) = record.statements
    told = replace(statement, qualifiers=Qualifiers(time=time, position=position or None))
    return replace(record, statements=(told,))


@pytest.mark.parametrize(
    ("type_", "relation", "position", "role"),
    [
        ("Norway|c2:Country", "leads", "president", "leader"),
        ("Norway|c2:Country", "leads", "", "leader"),
        ("Norway|c2:Country", "officialOf", "foreign minister", "minister"),
        ("Norway|c2:Country", "leads", "Prime Minister", "leader"),
        ("Norway|c2:Country", "leads", "former president", ""),
        ("Norway|c2:Country", "officialOf", "spokesman", ""),
        ("Norway|c2:Country", "metWith", "president", ""),
        ("Arica|c2:Place", "leads", "mayor", "mayor"),
        ("Arica|c2:Place", "leads", "president", ""),
        ("Lark Bank|c2:Organization", "leads", "president", ""),
        ("Larks|c2:Organization", "memberOf", "", ""),  # of what, and as what?
    ],
)
def test_which_statements_tell_of_an_office(type_: str, relation: str, position: str, role: str) -> None:
    record = held(f"[[Ada Lund|c1:Person]] of [[{type_}]] spoke.", relation, position)
    chain = chains_of(record, load_gazetteer(), Register())[0]
    assert [office.role for office in chain.profile.offices] == ([role] if role else [])


def test_a_time_told_counts_and_not_the_day_of_the_article() -> None:
    time = Time("since 1990", "1990-01-01", "1994-12-31")
    record = held("[[Ada Lund|c1:Person]] of [[Norway|c2:Country]] spoke.", "leads", "president", time=time)
    (office,) = chains_of(record, load_gazetteer(), Register())[0].profile.offices
    assert (office.last - office.first) // 365 == 5


def test_two_ministers_of_one_name_are_two() -> None:
    norway = held("[[Ada Lund|c1:Person]] of [[Norway|c2:Country]] spoke.", "officialOf", "health minister", id="a1")
    peru = held("[[Ada Lund|c1:Person]] of [[Peru|c2:Country]] spoke.", "officialOf", "health minister", id="a2")
    again = held("[[Ada Lund|c1:Person]] of [[Peru|c2:Country]] left.", "officialOf", "health minister", id="a3")
    found = resolve([norway, peru, again]).entities.values()
    assert sorted(len(it.mentions) for it in found if it.type == "Person") == [1, 2]
