"""Terms as N-Triples, and named graphs put in order."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf.ntriples import literal
from kg.rdf.shelf import Shelf

TRIPLES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("pq"), st.text(max_size=4)), max_size=9)
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def test_literals_are_written_as_oxigraph_writes_them() -> None:
    for code in (*range(0x3000), *range(0xD7F0, 0xD800), *range(0xE000, 0x10010), 0x10FFFF):
        assert literal(f"a{chr(code)}") == str(ox.Literal(f"a{chr(code)}"))
    assert literal("\ud83d") == '"\ufffd"'


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["x:b", "x:a", "x:a/b"]), TRIPLES), max_size=6))
def test_graphs_come_out_in_order_each_triple_once(parts: list[tuple[str, list[tuple[str, str, str]]]]) -> None:
    given = [(graph, [f"<x:{s}> <x:{p}> {literal(o)}" for s, p, o in triples]) for graph, triples in parts]
    with Shelf() as shelf:
        for graph, triples in given:
            shelf.put(graph, triples)
        found = b"".join(block for _, block in shelf.take()).decode()
    expected = {(f"<{graph}>", triple) for graph, triples in given for triple in triples}
    assert found == "".join(f"{triple} {graph} .\n" for graph, triple in sorted(expected))


def test_the_type_comes_first_and_what_is_put_in_is_given_back(tmp_path: Path) -> None:
    with Shelf(tmp_path) as shelf:
        assert shelf.put("x:g", ["<x:s> <x:a> <x:o>", f"<x:s> {TYPE} <x:o>"]) == (
            f"<x:s> {TYPE} <x:o> .\n<x:s> <x:a> <x:o> .\n".encode()
        )
        assert shelf.put("x:g", []) == b""
