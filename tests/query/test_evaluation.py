"""SPARQL 1.1 query evaluation: each form and function of the language once, by Oxigraph and by rdflib, the same answer.

A case is a query over the data below and its rows as a reader of the specification works them out (section numbers are
those of https://www.w3.org/TR/sparql11-query/). Terms are written short: ``:a`` for an IRI, text for a literal.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import Dataset, URIRef
from rdflib import Literal as RdfLiteral

from kg.errors import QueryError
from kg.rdf import Store
from kg.rdf.sparql import Solutions, evaluate
from kg.rdf.view import dataset

NS = "http://t.example/"
DATA = """
@prefix : <http://t.example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:g1 {
  :ann :name "Ann" ; :age 30 ; :knows :bob , :cid ; :born "1990-05-01"^^xsd:date ; :score 2.5 .
  :bob :name "Bob"@en , "Bobby" ; :age 25 ; :knows :cid ; :mail "bob@t.example" .
  :cid :name "Cid" ; :age 30 ; :knows :dot .
}
:g2 {
  :dot :name "Dot" ; :knows :ann ; :active true ; :score 1.0e1 .
  :ann :name "Ann" ; :likes :tea .
  :tea :kind :drink . :drink :kind :thing .
}
"""
PREFIX = f"PREFIX : <{NS}>\n"
Row = tuple[str | None, ...]

#: Section, query, rows. Numbers come back in their own lexical form, truth values as true and false.
CASES: list[tuple[str, str, list[Row]]] = [
    ("2.1 one pattern", "SELECT ?n { :ann :name ?n }", [("Ann",)]),
    ("2.2 several matches", "SELECT ?x { :ann :knows ?x }", [(":bob",), (":cid",)]),
    ("2.3.1 language tags", 'SELECT ?x { ?x :name "Bob" }', []),
    ("2.3.1 language tags", 'SELECT ?x { ?x :name "Bob"@en }', [(":bob",)]),
    ("2.3.2 numbers", "SELECT ?x { ?x :age 30 }", [(":ann",), (":cid",)]),
    ("2.3.3 datatypes", 'SELECT ?x { ?x :born "1990-05-01"^^xsd:date }', [(":ann",)]),
    ("3.1 regex", 'SELECT ?n { ?x :name ?n FILTER(REGEX(?n, "^bo", "i")) }', [("Bob",), ("Bobby",)]),
    ("3.2 comparing numbers", "SELECT ?x { ?x :age ?a FILTER(?a < 30) }", [(":bob",)]),
    ("4.2.1 predicate-object lists", "SELECT ?n { ?x :age 25 ; :name ?n }", [("Bob",), ("Bobby",)]),
    ("4.2.1 object lists", "SELECT ?x { ?x :knows :bob , :cid }", [(":ann",)]),
    ("5.2 empty group", "SELECT ?x {}", [(None,)]),
    ("5.2.2 filters hold for the group", "SELECT ?x { FILTER(?a > 26) ?x :age ?a }", [(":ann",), (":cid",)]),
    (
        "6.1 optional",
        "SELECT ?x ?m { ?x :age ?a OPTIONAL { ?x :mail ?m } }",
        [(":ann", None), (":bob", "bob@t.example"), (":cid", None)],
    ),
    (
        "6.2 constraints in optional",
        "SELECT ?x ?a { ?x :knows :cid OPTIONAL { ?x :age ?a FILTER(?a > 26) } }",
        [(":ann", "30"), (":bob", None)],
    ),
    (
        "6.3 several optionals",
        "SELECT ?m ?l { :ann :age 30 OPTIONAL { :ann :mail ?m } OPTIONAL { :ann :likes ?l } }",
        [(None, ":tea")],
    ),
    ("7 union", "SELECT ?v { { :bob :mail ?v } UNION { :dot :active ?v } }", [("bob@t.example",), ("true",)]),
    ("7 union of the same", "SELECT ?a { { :ann :age ?a } UNION { :cid :age ?a } }", [("30",), ("30",)]),
    ("8.1 not exists", "SELECT ?x { ?x :age ?a FILTER NOT EXISTS { ?x :mail ?m } }", [(":ann",), (":cid",)]),
    ("8.1 exists", "SELECT ?x { ?x :age ?a FILTER EXISTS { ?x :mail ?m } }", [(":bob",)]),
    ("8.2 minus", "SELECT ?x { ?x :age ?a MINUS { ?x :mail ?m } }", [(":ann",), (":cid",)]),
    ("8.3.1 minus shares no variable", "SELECT ?x { ?x :age 25 MINUS { ?y :mail ?m } }", [(":bob",)]),
    ("9 sequence", "SELECT ?x { :ann :knows/:knows ?x }", [(":cid",), (":dot",)]),
    ("9 inverse", "SELECT ?x { :cid ^:knows ?x }", [(":ann",), (":bob",)]),
    ("9 alternative", "SELECT ?v { :bob :mail|:age ?v }", [("bob@t.example",), ("25",)]),
    ("9 one or more", "SELECT ?x { :tea :kind+ ?x }", [(":drink",), (":thing",)]),
    ("9 zero or more", "SELECT ?x { :tea :kind* ?x }", [(":tea",), (":drink",), (":thing",)]),
    ("9 zero or one", "SELECT ?x { :tea :kind? ?x }", [(":tea",), (":drink",)]),
    ("9 in a circle", "SELECT ?x { :ann :knows+ ?x }", [(":ann",), (":bob",), (":cid",), (":dot",)]),
    ("9 negated set", "SELECT ?v { :tea !(:name|:age) ?v }", [(":drink",)]),
    ("9 negated inverse", "SELECT ?x { :tea !^:kind ?x }", [(":ann",)]),
    ("10.1 bind", "SELECT ?y { :bob :age ?a BIND(?a * 2 AS ?y) }", [("50",)]),
    ("10.1 bind of an error", "SELECT ?y { :bob :mail ?a BIND(?a * 2 AS ?y) }", [(None,)]),
    ("10.2 values", "SELECT ?x ?a { VALUES ?x { :ann :bob :nobody } ?x :age ?a }", [(":ann", "30"), (":bob", "25")]),
    (
        "10.2 values with gaps",
        "SELECT ?x ?a { VALUES (?x ?a) { (:ann UNDEF) (UNDEF 25) } ?x :age ?a }",
        [(":ann", "30"), (":bob", "25")],
    ),
    ("10.2 values at the end", "SELECT ?x { ?x :age ?a } VALUES ?a { 25 }", [(":bob",)]),
    ("11 count", "SELECT (COUNT(*) AS ?n) { ?x :age ?a }", [("3",)]),
    ("11 count of nothing", "SELECT (COUNT(*) AS ?n) { ?x :nothing ?a }", [("0",)]),
    ("11 distinct count", "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?x :age ?a }", [("2",)]),
    ("11 group by", "SELECT ?a (COUNT(?x) AS ?n) { ?x :age ?a } GROUP BY ?a", [("30", "2"), ("25", "1")]),
    ("11.3 having", "SELECT ?a { ?x :age ?a } GROUP BY ?a HAVING(COUNT(?x) > 1)", [("30",)]),
    (
        "11 sum, min, max, avg",
        "SELECT (SUM(?a) AS ?s) (MIN(?a) AS ?l) (MAX(?a) AS ?m) { ?x :age ?a }",
        [("85", "25", "30")],
    ),
    ("11 avg", "SELECT (AVG(?a) AS ?v) { VALUES ?x { :ann :cid } ?x :age ?a }", [("30",)]),
    ("11 group concat", 'SELECT (GROUP_CONCAT(?n; SEPARATOR="|") AS ?s) { SELECT ?n { :ann :name ?n } }', [("Ann",)]),
    ("11 sample", "SELECT (SAMPLE(?a) AS ?s) { :bob :age ?a }", [("25",)]),
    ("12 subquery", "SELECT ?x { ?x :age ?m { SELECT (MAX(?a) AS ?m) { ?y :age ?a } } }", [(":ann",), (":cid",)]),
    ("13.2 a graph", "SELECT ?x { GRAPH :g2 { ?x :name ?n } }", [(":dot",), (":ann",)]),
    ("13.3 which graph", "SELECT ?g { GRAPH ?g { :ann :name ?n } }", [(":g1",), (":g2",)]),
    ("13 the union has each triple once", "SELECT ?n { :ann :name ?n }", [("Ann",)]),
    ("13.2.1 from", "SELECT ?x FROM :g2 { ?x :name ?n }", [(":dot",), (":ann",)]),
    ("13.2.1 from two", "SELECT ?x FROM :g1 FROM :g2 { ?x :name 'Ann' }", [(":ann",)]),
    ("13.2.2 from named", "SELECT ?g FROM NAMED :g2 { GRAPH ?g { :ann :name ?n } }", [(":g2",)]),
    ("13.2.2 from named alone", "SELECT ?x FROM NAMED :g2 { ?x :name ?n }", []),
    (
        "13.2.3 both",
        "SELECT ?x ?g FROM :g1 FROM NAMED :g2 { ?x :mail ?m GRAPH ?g { :dot :name ?n } }",
        [(":bob", ":g2")],
    ),
    ("15.1 order", "SELECT ?x { ?x :age ?a } ORDER BY DESC(?a) ?x", [(":ann",), (":cid",), (":bob",)]),
    ("15.3 distinct", "SELECT DISTINCT ?a { ?x :age ?a }", [("30",), ("25",)]),
    ("15.4 offset, limit", "SELECT ?x { ?x :age ?a } ORDER BY ?x LIMIT 1 OFFSET 1", [(":bob",)]),
    ("16.1.2 expressions", "SELECT (?a + 1 AS ?b) { :bob :age ?a }", [("26",)]),
    ("17.3 and, or, not", "SELECT ?x { ?x :age ?a FILTER(!(?a = 25) && (?x = :ann || false)) }", [(":ann",)]),
    ("17.4.1.1 bound", "SELECT ?x { ?x :age ?a OPTIONAL { ?x :mail ?m } FILTER(BOUND(?m)) }", [(":bob",)]),
    ("17.4.1.2 if", "SELECT (IF(?a > 26, 'old', 'young') AS ?s) { :bob :age ?a }", [("young",)]),
    ("17.4.1.3 coalesce", "SELECT (COALESCE(?none, 1/0, 'x') AS ?s) {}", [("x",)]),
    ("17.4.1.9 in", "SELECT ?x { ?x :age ?a FILTER(?a IN (25, 26)) }", [(":bob",)]),
    ("17.4.1.10 not in", "SELECT ?x { ?x :age ?a FILTER(?a NOT IN (25, 26)) }", [(":ann",), (":cid",)]),
    (
        "17.4.2 kinds of terms",
        "SELECT (isIRI(:a) AS ?a) (isLiteral(1) AS ?b) (isBlank(:a) AS ?c) (isNumeric('1') AS ?d) {}",
        [("true", "true", "false", "false")],
    ),
    ("17.4.2.5 str", "SELECT (STR(:a) AS ?s) (STR(1) AS ?t) {}", [(NS + "a", "1")]),
    ("17.4.2.6 lang", "SELECT (LANG('x'@en) AS ?s) (LANG('x') AS ?t) {}", [("en", "")]),
    ("17.4.2.7 datatype", "SELECT (DATATYPE(1) AS ?s) {}", [("http://www.w3.org/2001/XMLSchema#integer",)]),
    ("17.4.2.8 iri", "SELECT (IRI('http://t.example/z') AS ?s) {}", [(":z",)]),
    (
        "17.4.3 strings",
        "SELECT (STRLEN('abc') AS ?a) (SUBSTR('abc', 2) AS ?b) (UCASE('a') AS ?c) (LCASE('A') AS ?d) {}",
        [("3", "bc", "A", "a")],
    ),
    (
        "17.4.3 tests of strings",
        "SELECT (STRSTARTS('ab', 'a') AS ?a) (STRENDS('ab', 'a') AS ?b) (CONTAINS('ab', 'b') AS ?c) {}",
        [("true", "false", "true")],
    ),
    ("17.4.3 before, after", "SELECT (STRBEFORE('a-b', '-') AS ?a) (STRAFTER('a-b', '-') AS ?b) {}", [("a", "b")]),
    (
        "17.4.3 concat, replace",
        "SELECT (CONCAT('a', 'b') AS ?a) (REPLACE('abc', '[bc]+', 'x') AS ?b) {}",
        [("ab", "ax")],
    ),
    ("17.4.3 encode", "SELECT (ENCODE_FOR_URI('a b/é') AS ?a) {}", [("a%20b%2F%C3%A9",)]),
    ("17.4.3 langMatches", "SELECT ?x { ?x :name ?n FILTER(LANGMATCHES(LANG(?n), 'EN')) }", [(":bob",)]),
    (
        "17.4.4 numbers",
        "SELECT (ABS(-1) AS ?a) (ROUND(2.5) AS ?b) (CEIL(1.2) AS ?c) (FLOOR(-1.2) AS ?d) {}",
        [("1", "3", "2", "-2")],
    ),
    ("17.4.5 dates", "SELECT (YEAR(?d) AS ?y) { BIND('2011-01-10T14:45:13Z'^^xsd:dateTime AS ?d) }", [("2011",)]),
    (
        "17.4.6 hashes",
        "SELECT (MD5('abc') AS ?a) (SHA1('abc') AS ?b) {}",
        [("900150983cd24fb0d6963f7d28e17f72", "a9993e364706816aba3e25717850c26c9cd0d89d")],
    ),
    (
        "17.5 casts",
        "SELECT (xsd:integer('7') AS ?a) (xsd:string(7) AS ?b) (xsd:boolean('1') AS ?c) {}",
        [("7", "7", "true")],
    ),
    ("18.2 join of unbound", "SELECT ?x ?m { OPTIONAL { :ann :mail ?m } ?x :mail ?m }", [(":bob", "bob@t.example")]),
    ("19.2 escapes", "SELECT ?x { ?x :name 'A\\u006En' }", [(":ann",)]),
    ("19.5 a at the head", "SELECT ?x { ?x a ?y }", []),
]


@cache
def store() -> Store:
    return Store.of(ox.parse(DATA, format=ox.RdfFormat.TRIG))


@cache
def copy() -> Dataset:
    return dataset(store())


def shown(term: object) -> str | None:
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    return term.value if isinstance(term, ox.Literal | ox.BlankNode) else None


def short(iri: str) -> str:
    return iri.replace(NS, ":") if iri.startswith(NS) else iri


def ours(text: str) -> list[Row]:
    answer = evaluate(store(), PREFIX + text)
    assert isinstance(answer, Solutions)
    return [tuple(map(shown, row)) for row in answer.rows]


def theirs(text: str) -> list[Row]:
    def plain(term: object) -> str | None:
        if isinstance(term, RdfLiteral) and isinstance(term.value, bool):
            return str(term.value).lower()
        return None if term is None else short(str(term)) if isinstance(term, URIRef) else str(term)

    return [tuple(map(plain, row)) for row in copy().query(PREFIX + text)]


@pytest.mark.parametrize(("section", "text", "rows"), CASES, ids=[f"{n}: {case[0]}" for n, case in enumerate(CASES)])
def test_rows_are_those_of_the_specification(section: str, text: str, rows: list[Row]) -> None:
    found = ours(text)
    if "ORDER BY" in text and "LIMIT" not in text:
        assert found == rows
    assert Counter(found) == Counter(rows)


#: Where rdflib (7.6) gives another answer than the specification. When one of these is mended there, it goes.
DIFFERS = {
    "5.2 empty group": "leaves out a row without bindings",
    "9 negated inverse": "does not know it alone",
    "10.1 bind of an error": "leaves out a row without bindings",
    "12 subquery": "joins the subquery's row with none of its variables bound",
}


@pytest.mark.parametrize(("section", "text", "rows"), CASES, ids=[f"{n}: {case[0]}" for n, case in enumerate(CASES)])
def test_rdflib_gives_the_same(section: str, text: str, rows: list[Row]) -> None:
    if section == "9 negated inverse":
        with pytest.raises(Exception, match="NegatedPath"):
            theirs(text)
        return
    assert (Counter(theirs(text)) == Counter(rows)) is (section not in DIFFERS)


@pytest.mark.parametrize(
    ("text", "triples"),
    [
        ("CONSTRUCT { ?y :knownBy ?x } WHERE { ?x :knows ?y FILTER(?y = :cid) }", 2),
        ("CONSTRUCT { ?x :is [] } WHERE { ?x :age 30 }", 2),
        ("CONSTRUCT WHERE { :tea :kind ?x }", 1),
        ("CONSTRUCT { ?x :is ?none } WHERE { ?x :age 30 }", 0),
        ("DESCRIBE :tea", 1),
    ],
)
def test_graphs_have_the_same_size(text: str, triples: int) -> None:
    answer = evaluate(store(), PREFIX + text)
    assert isinstance(answer, tuple) and len(answer) == triples
    assert len(copy().query(PREFIX + text).graph or ()) == triples


@pytest.mark.parametrize(("text", "truth"), [("ASK { :ann :age 30 }", True), ("ASK { :ann :age 31 }", False)])
def test_ask(text: str, truth: bool) -> None:
    assert evaluate(store(), PREFIX + text) is truth
    assert copy().query(PREFIX + text).askAnswer is truth


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x { ?x :age ?a } GROUP BY ?a",
        "SELECT (1 AS ?x) { ?x :age ?a }",
        "SELECT ?x { ?x :age ?a . BIND(1 AS ?a) }",
        "SELECT ?x { VALUES (?x ?y) { (1) } }",
        "SELECT ?x { ?x :age ?a ",
        "SELECT ?x { ?x nope:age ?a }",
        "SELECT ?x WHERE { ?x :age ?a } LIMIT -1",
        "CONSTRUCT { ?x :is ?y FILTER(?y) } WHERE { ?x :age ?y }",
        "CONSTRUCT { _:b :is ?y } WHERE { _:b :age ?y . OPTIONAL { _:b :mail ?m } _:b :x ?z }",
    ],
)
def test_what_the_grammar_forbids_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        evaluate(store(), PREFIX + text)
