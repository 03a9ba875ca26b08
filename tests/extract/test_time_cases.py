"""Every time of ``time_cases.tsv`` stands for the interval that its words tell, and for no more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kg.extract.dates import normalise

_FILE = Path(__file__).with_name("time_cases.tsv")
CASES = [line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(
    ("date", "tense", "words", "interval", "granularity", "anchor"), CASES, ids=["-".join(case[:3]) for case in CASES]
)
def test_interval(date: str, tense: str, words: str, interval: str, granularity: str, anchor: str) -> None:
    day = None if date == "-" else dt.date.fromisoformat(date)
    time = normalise(words, day, direction="future" if tense == "future" else "past")
    start, end = (None, None) if interval == "-" else (None if part == ".." else part for part in interval.split("/"))
    assert time.text == words
    assert (time.start, time.end) == (start, end)
    assert time.granularity == (None if granularity == "-" else granularity)
    assert time.anchor == (date if anchor == "date" else None)


def test_no_case_is_told_twice() -> None:
    assert len({tuple(case[:3]) for case in CASES}) == len(CASES)
