from __future__ import annotations

import csv
import io

import pytest
from records_factory import reading, resolution, said
from small_graph import RUN, ontology, store

from kg.errors import QueryError
from kg.query import Table, query
from kg.query.table import guarded
from kg.rdf import Store, graphs, quads


def table(text: str) -> Table:
    answer = query(store(), text)
    assert isinstance(answer, Table)
    return answer


def test_a_table_for_the_terminal() -> None:
    found = table("SELECT ?who ?by { ?who kg:leads ?by }")
    assert (
        found.format("table") == "who             by\n──────────────  ──────────────\nentity:Ann_Lee  entity:Norland\n"
    )


def test_long_cells_are_cut_to_the_terminal() -> None:
    found = table("SELECT ?a ?b { BIND('short' AS ?a) BIND('a very long text that goes on and on' AS ?b) }")
    assert found.format("table", width=24) == ("a      b\n─────  ─────────────────\nshort  a very long text…\n")


def test_wide_and_combining_characters_keep_the_columns_straight() -> None:
    found = table("SELECT ?a ?b { VALUES (?a ?b) { ('東京' 'x') ('e\u0301a' 'y') } }")
    assert found.format("table") == "a     b\n────  ─\n東京  x\ne\u0301a    y\n"


def test_text_does_not_steer_the_terminal() -> None:
    found = table(r"SELECT ?a { BIND('a\nb\u001b[31m\u202e' AS ?a) }")
    assert found.format("table").splitlines()[2] == "a b\ufffd[31m\ufffd"


def test_plain_values() -> None:
    found = table("SELECT ?i ?d ?t ?s ?n { BIND(3 AS ?i) BIND(2.5 AS ?d) BIND(true AS ?t) BIND('x'@en AS ?s) }")
    assert found.rows == ((3, 2.5, True, "x", None),)
    assert found.n3 == (
        (
            '"3"^^<http://www.w3.org/2001/XMLSchema#integer>',
            '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
            '"x"@en',
            None,
        ),
    )


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("a=b", "a=b"),
        (-5, -5),
        (None, ""),
        (True, "true"),
        ("nul\0", "nul"),
    ],
)
def test_cells_are_no_formulas(cell: object, written: object) -> None:
    assert guarded(cell) == written


def test_csv_is_read_back() -> None:
    found = table("SELECT ?a ?b { VALUES (?a ?b) { ('x, \"y\"\\nz' 1) } }")
    assert list(csv.reader(io.StringIO(found.format("csv")))) == [["a", "b"], ['x, "y"\nz', "1"]]


def test_turtle_needs_triples() -> None:
    with pytest.raises(QueryError, match="CONSTRUCT"):
        table("SELECT * {}").format("ttl")
    with pytest.raises(QueryError, match="no format 'xls'"):
        table("SELECT * {}").format("xls")
    made = query(store(), "CONSTRUCT WHERE { ?a kg:leads ?b }")
    assert made.format("ttl").endswith("\nentity:Ann_Lee kg:leads entity:Norland .\n")
    assert made.format("csv").startswith("subject,predicate,object\n")


def test_html_is_escaped() -> None:
    name = "Ann <script>alert(1)</script>"
    record = reading(f"[[{name}|a:Person]] met [[Bo Ray|b:Person]].", said("a", "metWith", "b", "met"))
    found = query(
        Store.of(quads(graphs([record], resolution([record]), ontology(), run=RUN))), "SELECT ?l { ?x rdfs:label ?l }"
    )
    assert "<script>" not in found._repr_html_()
    assert "&lt;script&gt;" in found._repr_html_()
