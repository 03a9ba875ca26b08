"""The first rows of a stock query: as many as are wanted, and the same as without a limit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from reading_factory import read_meetings
from records_factory import resolution
from small_graph import RECORDS, RUN, ontology, resolved

from kg.archive import Archive
from kg.cli import main
from kg.graph import Graph
from kg.query import Table, query, stock
from kg.rdf import Store, choosing, graphs, narrowing, quads
from kg.rdf.choosing import ORDERS, Choice
from kg.rdf.narrowing import statement_heads
from kg.records import Article, Corroboration

NAMES = {"name": "r", "one": "e", "other": "r"}


@cache
def graph() -> Store:
    """The small graph, in which some statements of all modalities contradict each other, or are borne out."""
    some = [it.id for record in RECORDS for it in record.statements][::2]
    against = {one: tuple(other for other in some if other != one) for one in some}
    found = Corroboration(sources={one: n % 3 + 1 for n, one in enumerate(some)}, contradicts=against)
    return Store.of(quads(graphs(RECORDS, resolved(), ontology(), run=RUN, corroboration=found)))


def asked(store: Store, name: str, given: Mapping[str, str], *, limit: int | None = None, facts: bool = False) -> Table:
    found = query(store, name, parameters=given, limit=limit, facts=facts)
    assert isinstance(found, Table)
    return found


def questions() -> list[tuple[str, dict[str, str]]]:
    both = [(name, given) for name, one in stock().items() for given in ({}, {it: NAMES[it] for it in one.parameters})]
    return [(name, given) for name, given in both if stock()[name].required <= given.keys()]


@pytest.mark.parametrize("crowd", [0, 100])
@pytest.mark.parametrize("facts", [False, True])
@pytest.mark.parametrize(("name", "given"), questions())
def test_the_first_rows_are_those_of_the_whole(
    name: str, given: dict[str, str], facts: bool, crowd: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "LEAST", 1)
    monkeypatch.setattr(choosing, "CROWD", crowd)
    everything = asked(graph(), name, given, facts=facts)
    for limit in (0, 1, 2, 3, 100):
        found = asked(graph(), name, given, limit=limit, facts=facts)
        assert found.columns == everything.columns
        assert found.terms == everything.terms[:limit]
        assert found.more == (len(everything) > limit)


def test_no_question_is_about_nothing() -> None:
    assert [name for name, given in questions() if not given and not asked(graph(), name, given)] == ["possibly-same"]


def test_a_limit_holds_for_any_query() -> None:
    found = query(graph(), "SELECT ?s { ?s ?p ?o } ORDER BY ?s", limit=2)
    assert isinstance(found, Table)
    assert (len(found), found.more) == (2, True)


def test_the_orders_of_the_queries_are_known() -> None:
    assert {key for one in stock().values() for key in one.order[1:]} <= ORDERS.keys()


def test_of_many_articles_without_a_day_few_statements_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    records = [
        read_meetings(Article(f"a{n:03}", f"T{n % 7}", "Ann Lee met Bob Ray.")) for n in range(choosing.CROWD + 1)
    ]
    store = Store.of(quads(graphs(records, resolution(records), ontology(), run=RUN)))
    everything = asked(store, "timeline", {})
    monkeypatch.setattr(narrowing, "LEAST", 1)
    first = next(statement_heads(store, Choice(("time", "article", "subject")), 3))
    assert first.count("/statement/") == len([it for it in everything if it["article"] == "T0"])
    assert asked(store, "timeline", {}, limit=20).terms == everything.terms[:20]


def test_the_command_says_that_there_are_more(tmp_path: Path) -> None:
    with Archive(tmp_path / "graph", write=True) as archive:
        for record in RECORDS:
            archive.put(record)
    Graph(tmp_path / "graph")  # derives the rest
    ran = CliRunner().invoke(main, ["query", str(tmp_path / "graph"), "timeline", "--limit", "2"])
    assert ran.exit_code == 0
    assert len(ran.stdout.splitlines()) == 4  # with the head and a line below it
    assert "there are more than 2 rows" in ran.stderr
