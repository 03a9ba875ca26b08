"""A query's answer as a network: what it names, with the statements behind it, and what it makes up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner
from small_graph import RECORDS, RUN, ontology, resolved

from kg.errors import QueryError
from kg.network import network as network_of
from kg.query import query
from kg.rdf import Store, graphs
from kg.view import render
from kg.view.answer import TOGETHER, answered


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.write(graphs(RECORDS, resolved(), ontology(), run=RUN))
    return store


@pytest.fixture(scope="module")
def answer(store: Store) -> Callable[[str], nx.MultiDiGraph]:
    whole = network_of(store)
    return lambda text: answered(whole, query(store, text))


def told(network: nx.MultiDiGraph) -> set[tuple[str, str, str, str]]:
    return {(a, data["relation"], b, data["modality"]) for a, b, data in network.edges(data=True)}


ENTITIES = "SELECT ?who ?by { ?who kg:capturedBy ?by }"
STATEMENTS = "SELECT ?s { ?s kg:modality kg:planned }"
ALONE = "SELECT ?who { ?who a kg:Organization }"
NAMES = "SELECT ?who ?by { ?a rdfs:label ?who . ?b rdfs:label ?by . ?a kg:capturedBy ?b }"
SENTENCE = """SELECT ?who ?by ?sentence { ?s rdf:subject ?a ; rdf:object ?b .
  ?s kg:modality kg:possible ; kg:quote ?sentence . ?a rdfs:label ?who . ?b rdfs:label ?by }"""
FAR = "SELECT ?who ?place { ?who kg:leads ?x . ?place a kg:Place }"
CONSTRUCTED = "CONSTRUCT { ?b <https://example.net/terms#tookPrisoner> ?a } WHERE { ?a kg:capturedBy ?b }"
KNOWN = "CONSTRUCT { ?a kg:capturedBy ?b } WHERE { ?a kg:capturedBy ?b }"
LITERALS = """CONSTRUCT { ?a <https://example.net/terms#timesNamed> ?n } WHERE {
  SELECT ?a (COUNT(*) AS ?n) { ?s rdf:object ?a } GROUP BY ?a }"""
NEW_NODE = """CONSTRUCT { <https://example.net/side/1> rdfs:label "One side" . <https://example.net/side/1> kg:has ?a }
  WHERE { ?a a kg:Organization }"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENTITIES, {("Dan_Orr", "capturedBy", "Blue_Guard", "actual")}),
        (NAMES, {("Dan_Orr", "capturedBy", "Blue_Guard", "actual")}),
        (SENTENCE, {("Dan_Orr", "heldBy", "Red_Front", "possible")}),
        (STATEMENTS, {("Bo_Ray", "visited", "Norland", "planned")}),
        (ALONE, set()),
        (FAR, {("Ann_Lee", TOGETHER, "Eastport", "actual")}),
        (CONSTRUCTED, {("Blue_Guard", "tookPrisoner", "Dan_Orr", "actual")}),
        (KNOWN, {("Dan_Orr", "capturedBy", "Blue_Guard", "actual")}),
    ],
)
def test_what_an_answer_names_is_shown_with_its_statements(
    text: str, expected: set[Any], answer: Callable[[str], nx.MultiDiGraph]
) -> None:
    assert told(answer(text)) == expected


def test_what_a_query_makes_up_has_no_article_and_no_sentence(answer: Callable[[str], nx.MultiDiGraph]) -> None:
    ((_, _, made),) = answer(CONSTRUCTED).edges(data=True)
    assert (made["label"], made["article"], made["evidence"]) == ("took prisoner", None, [])
    ((_, _, known),) = answer(KNOWN).edges(data=True)
    assert known["evidence"][0]["text"].startswith("But officials say")


def test_a_speaker_comes_along(answer: Callable[[str], nx.MultiDiGraph]) -> None:
    assert "Ann_Lee" in answer(SENTENCE)


def test_literals_are_no_nodes(answer: Callable[[str], nx.MultiDiGraph]) -> None:
    found = answer(LITERALS)
    assert found.nodes["Norland"]["facts"] == [["times named", "3"]]
    assert not any(str(node).isdigit() for node in found)


def test_a_new_node_takes_the_name_that_the_query_gives_it(answer: Callable[[str], nx.MultiDiGraph]) -> None:
    node = answer(NEW_NODE).nodes["https://example.net/side/1"]
    assert (node["label"], node["type"]) == ("One side", "Other")


@pytest.mark.parametrize(
    "text", ["SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "ASK { ?s ?p ?o }", "SELECT ?s { ?s a kg:Work }"]
)
def test_an_answer_that_names_nothing_is_an_error_with_advice(
    text: str, answer: Callable[[str], nx.MultiDiGraph]
) -> None:
    with pytest.raises(QueryError, match="names nothing") as caught:
        answer(text)
    assert "SELECT" in str(caught.value.fix)


@pytest.mark.parametrize("text", [CONSTRUCTED, FAR, LITERALS, NEW_NODE])
def test_every_answer_makes_a_page(text: str, answer: Callable[[str], nx.MultiDiGraph]) -> None:
    page = render(answer(text), title="t", note="found")
    found = re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    assert json.loads(found[1])["note"] == "found"


def test_kg_view_takes_a_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    from kg.cli import main
    from kg.graph import Graph

    monkeypatch.setattr(Graph, "__init__", lambda self, folder: setattr(self, "folder", Path(folder)))
    monkeypatch.setattr(Graph, "store", store)
    file = tmp_path / "q.rq"
    file.write_text(ENTITIES)
    for asked in ([str(file)], ["claims-about", "--value", "name=Orr"]):
        page = tmp_path / "page.html"
        result = CliRunner().invoke(main, ["view", str(tmp_path), "-o", str(page), "--query", *asked])
        assert result.exit_code == 0, result.output
        assert "What a query found" in page.read_text()
    wrong = CliRunner().invoke(main, ["view", str(tmp_path), "--value", "name=Orr"])
    assert wrong.exit_code == 2
    assert "--query" in wrong.output
