"""What the page gives to take along: Turtle that is a part of the graph's own RDF, CSV, pictures, citations."""

from __future__ import annotations

import base64
import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
import rdflib
from small_graph import RECORDS, RUN, ontology, resolved
from view_factory import add_entity, add_statement, marked

from kg.network import network as network_of
from kg.rdf import Store, graphs
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import serialise

pytestmark = pytest.mark.browser

HOSTILE = '</text><script>alert(1)</script> & "q" \\ \u202e ليلى 👩🏽‍🚀 \x0b =cmd()'


def test_turtle_says_what_the_graph_says(open_page: Callable[..., Any]) -> None:
    store = Store()
    store.write(graphs(RECORDS, resolved(), ontology(), run=RUN))
    page = open_page(network_of(store))
    taken = rdflib.Graph().parse(data=page.run("return kgExplorer.turtle()"), format="turtle")
    whole = rdflib.Dataset(default_union=True)
    whole.parse(data=serialise(store.lines, "trig", prefixes=prefixes(store.base)), format="trig")
    known = set(whole.triples((None, None, None)))
    assert len(taken) > 60
    assert [triple for triple in taken if triple not in known] == []
    # Only facts are plain triples; each statement has its node.
    relations = {data["relation"] for _, _, data in network_of(store).edges(data=True) if data["modality"] != "actual"}
    assert relations
    plain = {str(predicate).split("#")[-1] for _, predicate, _ in taken}
    assert "leads" in plain
    assert not plain & {"heldBy", "visited"}
    assert len(set(taken.subjects(rdflib.RDF.type, rdflib.RDF.Statement))) == len(network_of(store).edges)


def test_only_what_passes_the_filters_is_taken(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.driver.get(page.driver.current_url.split("#")[0] + "#only-tier=negated")
    rows = list(csv.DictReader(io.StringIO(page.run("return kgExplorer.csv()"))))
    assert [row["statement"] for row in rows] == ["s009", "s037"]
    assert rows[0] | {"sentence": "The Front denied holding the crew.", "how_sure": "Denied"} == rows[0]
    assert page.run("return kgExplorer.turtle()").count("a rdf:Statement") == 2


def test_the_selected_part_is_taken_by_itself(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)

    def taken() -> list[str]:
        return [row["statement"] for row in csv.DictReader(io.StringIO(page.run("return kgExplorer.csv()")))]

    page.run("kgExplorer.path('Sato', 'Estmark')")
    assert len(taken()) == 3
    page.run("kgExplorer.select({ entity: 'Treaty' })")
    told = {key for a, b, key in network.edges(keys=True) if "Treaty" in (a, b)}
    assert set(taken()) == told
    page.run("document.querySelector('#tools [aria-expanded]').click()")
    assert page.texts("#tools .menu button")[2:4] == ["3 statements selected (Turtle)", "3 statements selected (CSV)"]
    assert page.run("return kgExplorer.turtle()").count("a rdf:Statement") == len(told)


def test_pictures_hold_what_is_shown(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.settle()
    svg = ET.fromstring(page.run("return kgExplorer.svg()"))
    words = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Norland", "Marta Velin"} <= set(words)
    assert len(set(words) & {data["label"] for _, _, data in network.edges(data=True)}) > 8
    dashed = [one for one in svg.iter("{http://www.w3.org/2000/svg}path") if one.get("stroke-dasharray")]
    assert dashed
    assert not [value for element in svg.iter() for value in element.attrib.values() if "NaN" in value]
    kind, _, data = page.run("return kgExplorer.png()").partition(",")
    image = base64.b64decode(data)
    assert kind == "data:image/png;base64"
    box = page.run("return document.getElementById('graph').getBoundingClientRect().toJSON()")
    assert int.from_bytes(image[16:20], "big") == 2 * box["width"]
    assert len(image) > 20_000
    assert page.problems() == []


def test_hostile_text_stays_text_in_all_that_is_taken(open_page: Callable[..., Any]) -> None:
    network = nx.MultiDiGraph()
    add_entity(
        network, "a", HOSTILE, aliases=[HOSTILE + "!"], links=["javascript:alert(1)"], iri='https://x.example/<a> b"'
    )
    add_entity(network, "b", "Bo")
    add_statement(
        network,
        "a",
        "metWith",
        "b",
        marked("{s:Ann} {t:met} {o:Bo}.") | {"text": HOSTILE},
        title=HOSTILE,
        speaker=HOSTILE,
    )
    page = open_page(network, title=HOSTILE)
    page.settle()
    svg = ET.fromstring(page.run("return kgExplorer.svg()"))
    assert {element.tag.split("}")[1] for element in svg.iter()} == {"svg", "title", "rect", "path", "text"}
    taken = rdflib.Graph().parse(data=page.run("return kgExplorer.turtle()"), format="turtle")
    assert rdflib.Literal(HOSTILE) in set(taken.objects(None, rdflib.RDFS.label))
    assert list(taken.objects(None, rdflib.OWL.sameAs)) == []
    (row,) = csv.DictReader(io.StringIO(page.run("return kgExplorer.csv()"), newline=""))
    assert row["subject"] == HOSTILE
    assert page.run("return kgExplorer.citation('s000')") == f"“{HOSTILE}” — according to {HOSTILE} — {HOSTILE}"
    assert page.problems() == []


def test_a_citation_has_quote_speaker_title_outlet_date_and_link(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    assert page.run("return kgExplorer.citation('s008')") == (
        "“““The four sailors are held by the Coastal Front,” Oskarsen told the Courier.” — said by Ingrid Oskarsen — "
        "Crew of the Aurora still held, envoy says — courier.example — 5 March 2031 — "
        "https://courier.example/aurora?page=1&full=yes"
    ).replace("“““", "““")


def test_the_menu_opens_with_the_keyboard_and_closes(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    from selenium.webdriver.common.keys import Keys

    page = open_page(network)
    page.run("document.querySelector('#tools [aria-expanded]').focus()")
    page.type(Keys.ENTER)
    assert page.texts("#tools .menu button") == [
        "Picture (PNG)", "Picture (SVG)", "40 statements shown (Turtle)", "40 statements shown (CSV)",
        "Copy link to this view",
    ]  # fmt: skip
    assert page.run("return document.activeElement.textContent") == "Picture (PNG)"
    page.type(Keys.ESCAPE)
    assert page.run("return document.querySelector('#tools .menu').hidden")
