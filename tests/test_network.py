from __future__ import annotations

import json
import random
from pathlib import Path

import networkx as nx
import pytest
from records_factory import reading, resolution, said
from small_graph import RECORDS, RUN, ontology, resolved, store

from kg.ids import BASE_IRI
from kg.network import network
from kg.ontology import load_ontology
from kg.rdf import Store, graphs, quads
from kg.rdf.dataset import quote
from kg.records import Corroboration


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph[str]:
    return network(store())


def test_nodes_are_what_statements_speak_of(graph: nx.MultiDiGraph[str]) -> None:
    assert {data["label"] for _, data in graph.nodes(data=True)} == {
        "Ann Lee",
        "Blue Guard",
        "Bo Ray",
        "Dan Orr",
        "Eastport",
        "Norland",
        "Red Front",
        "twelve sailors",
    }
    assert graph.nodes["Norland"] == {
        "label": "Norland",
        "type": "Country",
        "base_type": "Country",
        "aliases": [],
        "iri": "https://example.org/kg/entity/Norland",
        "links": ["http://www.wikidata.org/entity/Q0"],
        "possibly_same": [],
        "statements": 3,
    }
    assert graph.nodes["Ann_Lee"]["aliases"] == ["Lee"]


def test_edges_are_statements(graph: nx.MultiDiGraph[str]) -> None:
    (edge,) = (data for data in graph["Dan_Orr"]["Blue_Guard"].values())
    assert edge == {
        "relation": "capturedBy",
        "label": "captured by",
        "symmetric": False,
        "modality": "actual",
        "speaker": "officials",
        "speaker_id": None,
        "attribution_kind": "said",
        "confidence": 1.0,
        "origin": "test",
        "article": "captives",
        "title": "Orr's captors",
        "date": "2024-03-05",
        "source": "Daily Test",
        "time": "on Monday",
        "time_start": "2024-03-04",
        "time_end": "2024-03-04",
        "place": None,
        "position": None,
        "status": None,
        "number": None,
        "independent": None,
        "contradicts": [],
        "copy_of": None,
        "evidence": [
            {
                "text": "But officials say Blue Guard captured Orr on Monday.",
                "start": RECORDS[0].article.text.index("But"),
                "subject": [38, 41],
                "object": [18, 28],
                "trigger": [29, 37],
            }
        ],
    }


def test_no_statement_is_lost_and_marks_are_the_words_of_the_record(graph: nx.MultiDiGraph[str]) -> None:
    statements = {statement.id: statement for record in RECORDS for statement in record.statements}
    assert {key for _, _, key in graph.edges(keys=True)} == set(statements)
    for start, end, key, data in graph.edges(keys=True, data=True):
        statement, (evidence,) = statements[key], data["evidence"]
        assert (start, end) == tuple(resolved().entity_of[m.id] for m in (statement.subject, statement.object))
        for role in ("subject", "object", "trigger"):
            first, last = evidence[role]
            assert evidence["text"][first:last] == getattr(statement.evidence, role).text
        assert json.loads(json.dumps(data)) == data


def test_speakers_who_are_in_no_statement_are_nodes_too() -> None:
    record = reading(
        "[[Ann Lee|a:Person]] met [[Bo Ray|b:Person]], [[Cy Fox|c:Person]] said.",
        said("a", "metWith", "b", "met", by="c", cue="said"),
    )
    graph = network(Store.of(quads(graphs([record], resolution([record]), ontology(), run=RUN))))
    assert graph.nodes["Cy_Fox"]["statements"] == 0
    (edge,) = graph["Ann_Lee"]["Bo_Ray"].values()
    assert (edge["speaker"], edge["speaker_id"], edge["symmetric"]) == ("Cy Fox", "Cy_Fox", True)


def test_two_sentences_are_one_text() -> None:
    record = reading(
        "[[Ann Lee|a:Person]] came.\nIt rained all day.\nThere was a meeting with [[Bo Ray|b:Person]].",
        said("a", "metWith", "b", "meeting"),
    )
    graph = network(Store.of(quads(graphs([record], resolution([record]), ontology(), run=RUN))))
    (edge,) = graph["Ann_Lee"]["Bo_Ray"].values()
    (found,) = edge["evidence"]
    assert found["text"] == "Ann Lee came. … There was a meeting with Bo Ray."
    marked = [found["text"][slice(*found[role])] for role in ("subject", "trigger", "object")]
    assert marked == ["Ann Lee", "meeting", "Bo Ray"]
    assert quote(record.statements[0]) == found["text"]


def test_the_order_of_the_quads_does_not_matter(graph: nx.MultiDiGraph[str]) -> None:
    found = list(store().quads())
    random.Random(2).shuffle(found)
    other = network(Store.of(found))
    assert list(other.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(other.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))


def test_a_type_of_ones_own_says_what_it_is_a_kind_of(tmp_path: Path) -> None:
    (tmp_path / "ships.ttl").write_text(
        """@prefix : <https://example.org/ships#> . @prefix kg: <https://w3id.org/newskg/ontology#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :Ship a owl:Class ; rdfs:label "ship"@en ; rdfs:subClassOf kg:Product .
        :Tanker a owl:Class ; rdfs:label "tanker"@en ; rdfs:subClassOf :Ship ."""
    )
    own = load_ontology(tmp_path / "ships.ttl")
    record = reading("[[Ann Lee|ann:Person]] owns the [[Aurora|ship:Tanker]].", said("ann", "owns", "ship", "owns"))
    made = network(Store.of(quads(graphs([record], resolution([record]), own, base=BASE_IRI, run=RUN))))
    assert {node: data["base_type"] for node, data in made.nodes(data=True)} == {
        "Ann_Lee": "Person",
        "Aurora": "Product",
    }


def test_an_empty_store_gives_an_empty_graph() -> None:
    assert len(network(Store())) == 0


def test_sources_contradictions_and_copies_come_along() -> None:
    held, captured = (statement.id for statement in RECORDS[0].statements[:2])
    known = Corroboration(
        sources={held: 2}, contradicts={held: (captured,)}, copies={RECORDS[0].article.id: RECORDS[1].article.id}
    )
    store = Store()
    store.write(graphs(RECORDS, resolved(), ontology(), run=RUN, corroboration=known))
    edges = {key: data for _, _, key, data in network(store).edges(keys=True, data=True)}
    assert (edges[held]["independent"], edges[held]["contradicts"]) == (2, [captured])
    assert edges[captured]["independent"] is None
    assert edges[held]["copy_of"] == RECORDS[1].article.id
