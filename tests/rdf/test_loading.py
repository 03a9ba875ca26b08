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
