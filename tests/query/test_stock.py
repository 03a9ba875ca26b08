"""Each stock query over the small graph, with the answer that a reader of the two articles would give."""

from __future__ import annotations

from functools import cache

import pytest
from small_graph import CAPTIVES, DENIAL, RECORDS, RUN, ontology, resolved

from kg.query import Table, query, stock
from kg.rdf import Store, graphs, quads
from kg.records import Corroboration

SAILORS = "twelve sailors"
HELD, CAPTURED, _, MET, *_, TWELVE, NINE = (statement.id for statement in CAPTIVES.statements)
DENIED = DENIAL.statements[0].id
PAIRS = ((HELD, CAPTURED), (MET, DENIED), (TWELVE, NINE))
AGAINST = {one: (other,) for pair in PAIRS for one, other in (pair, pair[::-1])}
TOLLS = (("twelve", ""), ("nine", "Red Front"))  # the count and who gives it
(FIRST, SPEAKER), (SECOND, OTHER) = TOLLS if TWELVE < NINE else TOLLS[::-1]
NUMBERS = (
    f"different numbers: {FIRST} / {SECOND}", SAILORS, "killedBy", "Red Front", SPEAKER, "killedBy", "Red Front", OTHER,
)  # fmt: skip

# query, parameters, columns to look at, rows
CASES: list[tuple[str, dict[str, str], str, set[tuple[object, ...]]]] = [
    ("who-met-whom", {}, "who whom modality speaker article", {("Ann Lee", "Bo Ray", "actual", "", "Orr's captors")}),
    (
        "held",
        {},
        "who relation by modality speaker time",
        {
            ("Dan Orr", "heldBy", "Red Front", "possible", "Ann Lee", None),
            ("Dan Orr", "capturedBy", "Blue Guard", "actual", "officials", "on Monday"),
        },
    ),
    ("held", {"name": "red"}, "who by", {("Dan Orr", "Red Front")}),
    ("designated", {}, "who by status speaker", {("Red Front", "Norland", "terrorist group", "")}),
    ("leaders", {}, "who of position", {("Ann Lee", "Norland", "president")}),
    (
        "attacks",
        {},
        "who relation whom number speaker",
        {
            ("Red Front", "attacked", "Eastport", None, ""),
            (SAILORS, "killedBy", "Red Front", "twelve", ""),
            (SAILORS, "killedBy", "Red Front", "nine", "Red Front"),
        },
    ),
    (
        "claims-about",
        {"name": "orr"},
        "relation object modality speaker",
        {("heldBy", "Red Front", "possible", "Ann Lee"), ("capturedBy", "Blue Guard", "actual", "officials")},
    ),
    ("claims-about", {"name": "norland"}, "subject relation modality", {("Bo Ray", "visited", "planned")}),
    ("said-by", {"name": "official"}, "subject relation speaker", {("Dan Orr", "capturedBy", "officials")}),
    ("said-by", {"name": "bo ray"}, "subject relation modality", {("Bo Ray", "metWith", "negated")}),
    ("denied", {}, "subject relation object speaker", {("Bo Ray", "metWith", "Ann Lee", "Bo Ray")}),
    ("plans", {}, "subject relation object modality", {("Bo Ray", "visited", "Norland", "planned")}),
    (
        "between",
        {"one": "lee", "other": "ray"},
        "subject object modality",
        {("Ann Lee", "Bo Ray", "actual"), ("Bo Ray", "Ann Lee", "negated")},
    ),
    (
        "timeline",
        {"name": "ray"},
        "when time subject relation",
        {("2024-03-05", None, "Ann Lee", "metWith"), ("2024-05-01", "in May", "Bo Ray", "visited")},
    ),
    ("timeline", {"name": "blue"}, "when relation", {("2024-03-04", "capturedBy")}),
    (
        "sources",
        {},
        "speaker type statements articles",
        {
            ("", None, 6, 2),
            ("Ann Lee", "Person", 1, 1),
            ("Bo Ray", "Person", 1, 1),
            ("Red Front", "Organization", 1, 1),
            ("officials", None, 1, 1),
        },
    ),
    (
        "contradictions",
        {},
        "conflict subject relation object speaker otherRelation otherObject otherSpeaker",
        {
            ("asserted and denied", "Ann Lee", "metWith", "Bo Ray", "", "metWith", "Ann Lee", "Bo Ray"),
            ("different captors", "Dan Orr", "heldBy", "Red Front", "Ann Lee", "capturedBy", "Blue Guard", "officials"),
            NUMBERS,
        },
    ),
    ("contradictions", {"name": "blue"}, "subject otherObject", {("Dan Orr", "Blue Guard")}),
    ("corroborated", {}, "subject relation object sources", set()),  # nothing is said by two
    ("possibly-same", {}, "entity other", set()),  # nor open who is who
    ("coverage", {}, "id sentences statements", {("captives", 6, 8), ("denial/2", 3, 2)}),
    (
        "articles",
        {},
        "id source statements article",
        {("captives", "Daily Test", 8, "Orr's captors"), ("denial/2", None, 2, "denial/2")},
    ),
    ("entities", {"name": "lee"}, "entity type aliases articles statements", {("Ann Lee", "Person", "Lee", 2, 3)}),
]


@cache
def store() -> Store:
    """The small graph with what contradicts what."""
    return Store.of(
        quads(graphs(RECORDS, resolved(), ontology(), run=RUN, corroboration=Corroboration(contradicts=AGAINST)))
    )


@pytest.mark.parametrize(("name", "parameters", "columns", "expected"), CASES)
def test_answers(name: str, parameters: dict[str, str], columns: str, expected: set[tuple[object, ...]]) -> None:
    answer = query(store(), name, parameters=parameters)
    assert isinstance(answer, Table)
    found = {tuple(row[column] for column in columns.split()) for row in answer}
    assert found == expected


def test_the_most_connected_come_first() -> None:
    answer = query(store(), "most-connected")
    assert isinstance(answer, Table)
    counts = [row["neighbours"] for row in answer]
    assert counts == sorted(counts, key=lambda count: -int(count or 0))
    assert next(iter(answer))["entity"] == "Red Front"


def test_there_is_an_answer_for_each_stock_query() -> None:
    assert {name for name, *_ in CASES} | {"most-connected"} == set(stock())


def test_facts_alone_have_no_captors() -> None:
    assert len(query(store(), "held", facts=True)) == 0
    assert len(query(store(), "who-met-whom", facts=True)) == 1


def test_both_accounts_come_with_their_sentence_and_article() -> None:
    answer = query(store(), "contradictions", parameters={"name": "Orr"})
    assert isinstance(answer, Table)
    (row,) = answer
    assert str(row["sentence"]).startswith("Dan Orr is held")
    assert str(row["otherSentence"]).startswith("But officials say")
    assert row["article"] == row["otherArticle"] == "Orr's captors"
