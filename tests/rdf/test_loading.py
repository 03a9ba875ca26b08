"""Triples on their way into Oxigraph, which works on one batch while the next is made."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.rdf import loading
from kg.rdf.loading import CLAIMS, Loading

SOME = b"".join(b'<x:%d> <x:p> "o" .\n' % number for number in range(2000))


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ox.Store:
    monkeypatch.setattr(loading, "LEAST", 10_000)  # so that there are many batches
    return ox.Store(str(tmp_path / "db"))


def test_all_arrive_once(db: ox.Store) -> None:
    with Loading(db) as load:
        for number in range(20):
            load.put(f"{number}/facts", SOME)
            load.put(f"{number}/entities", b'<x:%d> <x:q> "o" .\n' % number)
        load.put("a/claims", SOME + b'<x:claimed> <x:p> "o" .\n')
    assert len(db) == 2021
    assert [quad.subject.value for quad in db.quads_for_pattern(None, None, None, CLAIMS)] == ["x:claimed"]


def test_the_last_batch_is_loaded_by_all_processors(db: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[int] = []
    load = loading._load
    monkeypatch.setattr(loading, "LEAST", len(SOME) + 1)
    monkeypatch.setattr(loading, "_load", lambda db, triples: (batches.append(len(triples)), load(db, triples)))
    with Loading(db) as loader:
        loader.put("a/facts", SOME)
        loader.end()
    assert batches == [len(SOME)]  # a small one is not worth two
    batches.clear()
    monkeypatch.setattr(loading, "MOST", len(SOME) * 9)
    with Loading(db) as loader:
        monkeypatch.setattr(loader, "_handed", len(SOME) * 9)
        for number in range(4):
            loader.put(f"{number}/facts", SOME)
        loader.end()
    assert batches == [2 * len(SOME), 2 * len(SOME)]
    assert len(db) == 2000


def test_nothing_is_no_fault(db: ox.Store) -> None:
    with Loading(db):
        pass
    assert not len(db)


@pytest.mark.parametrize("before", [0, 20])
def test_a_fault_is_told(db: ox.Store, before: int) -> None:
    with pytest.raises(SyntaxError, match="line 1"), Loading(db) as load:
        for _ in range(before):
            load.put("a", b"no triple\n" * 2000)
        load.put("a", b"no triple\n")


def test_what_fails_elsewhere_stays_the_fault(db: ox.Store) -> None:
    with pytest.raises(KeyError), Loading(db) as load:
        load.put("a", SOME)
        raise KeyError
