from __future__ import annotations

import gzip
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_graph import store

from kg.errors import GraphError
from kg.rdf import Store
from kg.rdf.patch import applied, differences, lines_of, load_patch, read_patch, save_patch, undone, write_patch

X = "http://x.example/"
TERMS = st.sampled_from([ox.NamedNode(X + name) for name in "abcd"])
PREDICATES = st.sampled_from(
    [
        ox.NamedNode(X + "p"),
        ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
    ]
)
VALUES = st.one_of(TERMS, st.text(st.characters(codec="utf-8"), max_size=5).map(ox.Literal))
GRAPHS = st.sampled_from([ox.NamedNode(X + "g"), ox.NamedNode(X + "g2")])
QUADS = st.lists(st.builds(ox.Quad, TERMS, PREDICATES, VALUES, GRAPHS), max_size=12)


def lines(quads: list[ox.Quad]) -> list[bytes]:
    return list(lines_of([data] if (data := Store.of(quads).lines) else []))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(QUADS, QUADS)
def test_a_patch_leads_from_the_old_graph_to_the_new_and_back(old: list[ox.Quad], new: list[ox.Quad]) -> None:
    before, after = lines(old), lines(new)
    rows = list(differences(before, after))
    assert {line for op, line in rows if op == b"A"} == {*after} - {*before}
    assert {line for op, line in rows if op == b"D"} == {*before} - {*after}
    assert list(applied(before, rows)) == after
    assert list(undone(after, rows)) == before
    out = io.BytesIO()
    assert sum(write_patch(rows, out, id="uuid:1")) == len(rows)
    assert list(read_patch(out.getvalue().splitlines(keepends=True))) == rows


def test_a_patch_that_does_not_fit_is_refused() -> None:
    one, other = lines(list(store().quads())), []
    rows = list(differences(one[:5], one[5:8]))
    with pytest.raises(GraphError, match="does not fit"):
        list(applied(other, rows))
    with pytest.raises(GraphError, match="does not fit"):
        list(applied(one, rows))


def test_it_is_rdf_patch(tmp_path: Path) -> None:
    [line] = lines([ox.Quad(ox.NamedNode(X + "s"), ox.NamedNode(X + "p"), ox.Literal('"\n'), ox.NamedNode(X + "g"))])
    path = tmp_path / "history" / "000002.rdfp.gz"
    assert save_patch([(b"A", line)], path, id="uuid:2", previous="uuid:1") == (1, 0)
    assert gzip.decompress(path.read_bytes()).decode() == (
        "H id <uuid:2> .\n"
        "H prev <uuid:1> .\n"
        "TX .\n"
        'A <http://x.example/s> <http://x.example/p> "\\"\\n" <http://x.example/g> .\n'
        "TC .\n"
    )
    assert list(load_patch(path)) == [(b"A", line)]


def test_where_nothing_changed_there_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "000002.rdfp.gz"
    assert save_patch([], path, id="uuid:2", previous="uuid:1") == (0, 0)
    assert not list(tmp_path.iterdir())


def test_a_damaged_patch_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.rdfp.gz"
    with pytest.raises(GraphError, match="history is damaged"):
        list(load_patch(path))
    save_patch([(b"A", line) for line in lines(list(store().quads()))], path, id="uuid:2", previous="uuid:1")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(GraphError, match="history is damaged"):
        list(load_patch(path))
