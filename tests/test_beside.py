"""Items that another process makes: all of them, in order, whatever becomes of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator

import pytest

from kg import beside
from kg.beside import made_beside
from kg.errors import KGError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked here")


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "safe_processes", lambda: 2)


def numbered() -> Iterator[tuple[int, int]]:
    return ((number, os.getpid()) for number in range(5))


def test_another_process_makes_them_in_order() -> None:
    with made_beside(numbered) as made:
        found = list(made)
    assert [number for number, _ in found] == [0, 1, 2, 3, 4]
    assert {pid for _, pid in found} != {os.getpid()}


def test_one_process_makes_them_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "safe_processes", lambda: 1)
    with made_beside(numbered) as made:
        assert list(made) == list(numbered())


def test_what_is_left_of_a_process_that_is_ended_is_made_here() -> None:
    here = os.getpid()

    def make() -> Iterator[int]:
        yield from range(3)
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from range(3, 6)

    with made_beside(make) as made:
        assert list(made) == [0, 1, 2, 3, 4, 5]


def test_where_there_are_no_more_processes_this_one_makes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", no_more)
    with made_beside(numbered) as made:
        assert list(made) == list(numbered())


def test_a_fault_elsewhere_ends_the_process_before_anything_is_taken() -> None:
    with pytest.raises(KeyError), made_beside(numbered):
        assert multiprocessing.active_children()
        raise KeyError
    assert not multiprocessing.active_children()


def test_a_fault_is_met_where_the_items_are_taken(capfd: pytest.CaptureFixture[str]) -> None:
    def make() -> Iterator[int]:
        yield 1
        raise KeyError("unheard of")

    with made_beside(make) as made:
        assert next(made) == 1
        with pytest.raises(KeyError, match="unheard of"):
            next(made)
    assert "unheard of" in capfd.readouterr().err


def test_who_wants_no_more_ends_the_process() -> None:
    def make() -> Iterator[tuple[int, bytes]]:
        return ((os.getpid(), bytes(1 << 20)) for _ in range(1000))

    with made_beside(make) as made:
        pid, _ = next(made)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_fault_is_told_once_by_who_takes_the_items(capfd: pytest.CaptureFixture[str]) -> None:
    def make() -> Iterator[int]:
        yield 1
        raise KGError("a fault")

    with made_beside(make) as made:
        assert next(made) == 1
        with pytest.raises(KGError, match="a fault"):
            next(made)
    assert capfd.readouterr().err == ""
