"""Clients that send nonsense fill no log."""

from __future__ import annotations

import logging

import pytest

from kg.serve import repeats
from kg.serve.repeats import Repeats


@pytest.fixture
def now() -> list[float]:
    """The time, to be moved. That of the process stays: a server of other tests lives by it."""
    return [100.0]


@pytest.fixture
def told(now: list[float], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    handler = Handler()
    handler.addFilter(Repeats(60, clock=lambda: now[0]))
    monkeypatch.setattr(logging.getLogger("nonsense"), "handlers", [handler])
    monkeypatch.setattr(logging.getLogger("nonsense"), "propagate", False)
    return found


def test_a_message_is_told_once_in_a_while(told: list[str], now: list[float]) -> None:
    log = logging.getLogger("nonsense")
    for seconds in range(1000):
        log.warning("no request from %s", seconds)
        log.warning("another")
    assert told == ["no request from 0", "another"]
    now[0] += 61
    log.warning("no request from %s", 7)
    assert told[2:] == ["no request from 7 (and 999 times more since the last)"]
    log.warning("no request from %s", 8)
    now[0] += 61
    log.warning("another")
    assert told[3:] == ["another (and 999 times more since the last)"]


def test_messages_that_are_all_different_take_no_memory(told: list[str]) -> None:
    log = logging.getLogger("nonsense")
    filtering = log.handlers[0].filters[0]
    assert isinstance(filtering, Repeats)
    for number in range(3 * repeats.MOST):
        log.warning(f"number {number}")
    assert len(told) == 3 * repeats.MOST
    assert len(filtering._told) <= repeats.MOST
