from __future__ import annotations

import datetime as dt
import json
import random
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from records_factory import resolution
from small_graph import RUN, ontology, store

from kg import ids
from kg.errors import OutputError
from kg.rdf import Store, graphs, quads
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import FORMATS, serialise, serialise_triples
from kg.records import Article, ArticleRecord, Coverage, Evidence, Mention, Qualifiers, Span, Statement

NAMES = prefixes(ids.BASE_IRI)
RDFLIB = {"ttl": "turtle", "trig": "trig", "nq": "nquads", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}


def meeting(one: str, other: str, title: str) -> ArticleRecord:
    """An article in which two of any names meet."""
    text = f"{one} met {other}."
    article = Article("x", title, text, dt.date(2024, 1, 2), title)
    first = Mention(0, len(one), one, "x", "name", "Person", "a")
    second = Mention(len(text) - 1 - len(other), len(text) - 1, other, "x", "name", "Person", "b")
    trigger = Span(len(one) + 1, len(one) + 4, "met")
    evidence = Evidence("x", (Span(0, len(text), text),), first.span, second.span, trigger)
    said = Statement("s", first, "metWith", second, evidence, qualifiers=Qualifiers(place=one, status=other))
    return ArticleRecord(article, (first, second), (said,), Coverage(3, 1, 1, 1))


def graph(record: ArticleRecord) -> list[ox.Quad]:
    return list(quads(graphs([record], resolution([record]), ontology(), run=RUN)))


any_text = st.text(st.characters(), min_size=1, max_size=30)


@given(any_text, any_text, any_text)
@settings(max_examples=60, deadline=None)
def test_any_words_come_back_from_every_format_and_give_the_same_bytes_twice(one: str, other: str, title: str) -> None:
    found = graph(meeting(one, other, title))
    shuffled = random.Random(1).sample(found, len(found))
    for suffix in ("ttl", "trig", "nq", "jsonld"):
        format, named = FORMATS[suffix]
        text = serialise(Store.of(found).lines, suffix, prefixes=NAMES)
        assert text == serialise(Store.of(shuffled).lines, suffix, prefixes=NAMES)
        back = set(ox.parse(text, format=format))
        if named:
            assert back == set(found)
        else:
            assert {quad.triple for quad in back} == {quad.triple for quad in found}


@given(any_text, any_text)
@settings(max_examples=30, deadline=None)
def test_rdf_xml_is_well_formed_whatever_the_words(one: str, other: str) -> None:
    ElementTree.fromstring(serialise(Store.of(graph(meeting(one, other, "t"))).lines, "rdf", prefixes=NAMES))


@pytest.mark.parametrize("suffix", RDFLIB)
def test_rdflib_reads_the_same_triples(suffix: str) -> None:
    named = FORMATS[suffix][1]
    parsed: rdflib.Graph = rdflib.Dataset() if named else rdflib.Graph()
    parsed.parse(data=serialise(store().lines, suffix, prefixes=NAMES), format=RDFLIB[suffix])
    expected = set(store().quads()) if named else {quad.triple for quad in store().quads()}
    assert sum(1 for _ in (parsed.quads() if isinstance(parsed, rdflib.Dataset) else parsed)) == len(expected)


def test_numbers_languages_and_types_are_written_plainly() -> None:
    xsd, x = "http://www.w3.org/2001/XMLSchema#", "http://x.example/"
    values = [
        ox.Literal(7),
        ox.Literal("0.85", datatype=ox.NamedNode(xsd + "decimal")),
        ox.Literal(True),
        ox.Literal("2024-01-02", datatype=ox.NamedNode(xsd + "date")),
        ox.Literal("Kälte", language="de"),
        ox.Literal('a "b"\n'),
    ]
    triples = [ox.Triple(ox.NamedNode(x + "s"), ox.NamedNode(f"{x}p{i}"), value) for i, value in enumerate(values)]
    text = serialise_triples(triples, "ttl", prefixes={"x": x, "xsd": xsd, "unused": "http://u.example/"}).decode()
    assert text == (
        "@prefix x: <http://x.example/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "\n"
        "x:s x:p0 7 ;\n"
        "\tx:p1 0.85 ;\n"
        "\tx:p2 true ;\n"
        '\tx:p3 "2024-01-02"^^xsd:date ;\n'
        '\tx:p4 "Kälte"@de ;\n'
        '\tx:p5 "a \\"b\\"\\n" .\n'
    )


def test_rdf_xml_refuses_what_it_cannot_name() -> None:
    x = ox.NamedNode("http://x.example/1")
    with pytest.raises(OutputError, match="cannot name"):
        serialise_triples([ox.Triple(x, x, x)], "rdf", prefixes={})


def test_json_ld_is_json() -> None:
    assert json.loads(serialise(store().lines, "jsonld", prefixes=NAMES))
