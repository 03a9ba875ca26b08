from __future__ import annotations

import tracemalloc
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.rdf import lines, sorting
from kg.rdf import shelf as shelf_module
from kg.rdf.shelf import Shelf
from kg.rdf.sorting import sorted_once

LINE = st.binary(min_size=1, max_size=6).map(lambda data: data.replace(b"\n", b"") + b"\n")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(LINE, max_size=8), max_size=8))
def test_all_lines_come_sorted_and_once(batches: list[list[bytes]]) -> None:
    assert list(sorted_once(batches)) == sorted({line for batch in batches for line in batch})


def test_many_runs_are_merged_in_rounds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sorting, "WIDTH", 3)
    found = sorted_once(([b"%03d\n" % ((n * 37 + k * 11) % 101) for k in range(5)] for n in range(20)), tmp_path)
    given = list(found)
    assert given == sorted(set(given))
    assert len(given) == len({(n * 37 + k * 11) % 101 for n in range(20) for k in range(5)})
    assert not list(tmp_path.iterdir())


def test_memory_is_bounded_by_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many quads take no more memory."""
    monkeypatch.setattr(lines, "RUN", 2_000)
    monkeypatch.setattr(shelf_module, "IN_MEMORY", 1 << 16)
    monkeypatch.setattr(lines, "JOINED", 500)
    p, g = ox.NamedNode("http://x.example/p"), ox.NamedNode("http://x.example/g")

    def peak(count: int) -> int:
        quads = (
            ox.Quad(ox.NamedNode(f"http://x.example/{n * 7919 % count}"), p, ox.Literal(n), g) for n in range(count)
        )
        tracemalloc.start()
        with Shelf() as shelf:
            for graph, triples in lines.by_graph(quads):
                shelf.put(graph, triples)
            total = sum(block.count(b"\n") for _, block in shelf.take())
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert total == count
        return found

    peak(1_000)
    assert peak(40_000) < 2 * peak(4_000) + (8 << 20)  # a buffer for each file that is merged
