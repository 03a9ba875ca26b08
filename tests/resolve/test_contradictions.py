"""What cannot both be true, and what only seems so."""

from __future__ import annotations

import datetime as dt

import pytest
from records_factory import Said, reading, said

from kg.ontology import load_ontology
from kg.records import ArticleRecord, Qualifiers
from kg.resolve import resolve
from kg.resolve.corroboration import corroborate

MARCH, MAY = dt.date(2030, 3, 5), dt.date(2030, 5, 5)


def contradict(*records: ArticleRecord, more: ArticleRecord | None = None) -> bool:
    """Whether each first statement of two articles contradicts the other."""
    everything = [*records, *([more] if more else [])]
    found = corroborate(everything, resolve(everything), load_ontology()).contradicts
    one, other = (record.statements[0].id for record in records)
    assert found in ({}, {one: (other,), other: (one,)})
    return bool(found)


def article(id: str, text: str, *told: Said, date: dt.date | None = MARCH) -> ArticleRecord:
    return reading(text, *told, id=id, date=date)


def bombed(id: str, date: dt.date | None = MARCH, **how: str) -> ArticleRecord:
    text = "[[Red Front|red:Organization]] bombed [[Eastport|port:Place]], [[Ann Lee|ann:Person]] said."
    return article(id, text, said("red", "attacked", "port", "bombed", **how), date=date)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (bombed("a"), bombed("b", modality="negated"), True),
        (bombed("a", modality="possible"), bombed("b", modality="negated"), True),
        (bombed("a", modality="planned"), bombed("b", modality="negated"), False),
        (bombed("a"), bombed("b"), False),
        (bombed("a", date=MARCH), bombed("b", date=MAY, modality="negated"), False),  # of another time
        (bombed("a", date=None), bombed("b", date=None, modality="negated"), True),
        (bombed("a", by="ann"), bombed("b", by="ann", modality="negated"), False),  # nobody denies their own words
        (bombed("a", by="ann"), bombed("b", modality="negated"), True),
    ],
)
def test_a_denial(one: ArticleRecord, other: ArticleRecord, expected: bool) -> None:
    assert contradict(one, other) is expected


def beat(id: str, winner: str, loser: str, date: dt.date = MARCH) -> ArticleRecord:
    text = "[[Ann Lee|ann:Person]] played [[Bo Ray|bo:Person]]."
    return article(id, text, said(winner, "defeated", loser, "played"), date=date)


def test_each_way_round_of_what_holds_one_way() -> None:
    assert contradict(beat("a", "ann", "bo"), beat("b", "bo", "ann"))
    assert not contradict(beat("a", "ann", "bo"), beat("b", "bo", "ann", date=MAY))
    assert not contradict(beat("a", "ann", "bo"), beat("b", "ann", "bo"))


def held(id: str, captor: str, relation: str = "heldBy", date: dt.date | None = MARCH) -> ArticleRecord:
    text = "[[Ann Lee|ann:Person]] is held by [[{}|{}:{}]]."
    kinds = {"Red Front": "Organization", "Blue League": "Organization", "rebels": "Group", "Norway": "Country"}
    kinds |= {"Peru": "Country", "Oslo": "Place", "Lima": "Place", "Eastport": "Place", "Bergen": "Place"}
    key = captor.lower().replace(" ", "-")
    return article(id, text.format(captor, key, kinds[captor]), said("ann", relation, key, "held"), date=date)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (held("a", "Red Front"), held("b", "Blue League"), True),
        (held("a", "Red Front"), held("b", "Red Front"), False),
        (held("a", "Red Front"), held("b", "rebels"), False),  # who may be of it
        (held("a", "Red Front"), held("b", "Norway"), False),  # of another type
        (held("a", "Norway"), held("b", "Peru"), True),
        (held("a", "Norway", date=MARCH), held("b", "Peru", date=MAY), False),  # handed over
        (held("a", "Norway", date=None), held("b", "Peru", date=None), True),
        (held("a", "Norway", "metWith"), held("b", "Peru", "metWith"), False),
        (held("a", "Oslo", "bornIn", date=MARCH), held("b", "Lima", "bornIn", date=MAY), True),
        (held("a", "Oslo", "bornIn"), held("b", "Bergen", "bornIn"), False),  # in one country: may be within
        (held("a", "Oslo", "bornIn"), held("b", "Eastport", "bornIn"), False),  # nobody knows where that is
    ],
)
def test_two_objects_where_there_can_be_one(one: ArticleRecord, other: ArticleRecord, expected: bool) -> None:
    assert contradict(one, other) is expected


def test_a_captor_that_is_part_of_the_other_is_no_other() -> None:
    text = "[[Red Front|red-front:Organization]] is part of [[Blue League|blue-league:Organization]]."
    part = article("c", text, said("red-front", "partOf", "blue-league", "part"))
    assert not contradict(held("a", "Red Front"), held("b", "Blue League"), more=part)


def toll(id: str, victims: str, **how: str) -> ArticleRecord:
    text = f"[[{victims}|v{id}:Group]] were killed in the [[Eastport Fire|fire:Event]], [[Ann Lee|ann:Person]] said."
    number = victims.rpartition(" ")[0]
    return article(id, text, said(f"v{id}", "killedBy", "fire", "killed", qualifiers=Qualifiers(number=number), **how))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (toll("a", "12 people"), toll("b", "thirty people"), False),  # no number of ours
        (toll("a", "12 people"), toll("b", "fifteen people"), True),
        (toll("a", "12 people"), toll("b", "1,200 people"), True),
        (toll("a", "12 people"), toll("b", "twelve people"), False),
        (toll("a", "12 people"), toll("b", "at least 15 people"), False),
        (toll("a", "12 people"), toll("b", "15 sailors"), False),  # others
        (toll("a", "12 people", by="ann"), toll("b", "15 people", by="ann"), False),  # one voice, another day
    ],
)
def test_two_counts_of_one_events_victims(one: ArticleRecord, other: ArticleRecord, expected: bool) -> None:
    assert contradict(one, other) is expected
