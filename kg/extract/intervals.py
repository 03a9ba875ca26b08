"""Stretches of the calendar: the days, weeks, months … around a date."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.records import Granularity

#: Whether a time without a year, or a bare weekday, is looked for before or after the article's date.
Direction = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Inclusive days; ``None`` leaves an end open. ``relative`` tells whether the article's date was needed."""

    start: dt.date | None
    end: dt.date | None
    granularity: Granularity
    relative: bool = False


def nearest(days: Iterable[dt.date], date: dt.date, direction: Direction) -> dt.date | None:
    """The latest of the days up to ``date``, or the first from it on."""
    if direction == "future":
        return min((day for day in days if day >= date), default=None)
    # Time zones: what happened can bear tomorrow's date, and is not a year old then.
    return max((day for day in days if day <= date + dt.timedelta(days=1)), default=None)


def month_of(year: int, month: int, *, relative: bool = False) -> Interval:
    """All days of a month."""
    last = calendar.monthrange(year, month)[1]
    return Interval(dt.date(year, month, 1), dt.date(year, month, last), "month", relative)


def months_of(year: int, first: int, last: int, granularity: Granularity, *, relative: bool = False) -> Interval:
    """All days from the first to the last of some months of a year."""
    return Interval(month_of(year, first).start, month_of(year, last).end, granularity, relative)


def unit_from(date: dt.date, unit: str, shift: int) -> Interval | None:
    """The day, week, month … that lies ``shift`` of them from the one that holds ``date``."""
    if unit == "day":
        day = date + dt.timedelta(days=shift)
        return Interval(day, day, "day", relative=True)
    if unit in {"week", "fortnight"}:
        weeks = shift * (2 if unit == "fortnight" else 1)
        monday = date + dt.timedelta(weeks=weeks, days=-date.weekday())
        return Interval(monday, monday + dt.timedelta(days=6), "week", relative=True)
    if unit == "weekend":
        saturday = date - dt.timedelta(days=(date.weekday() - 5) % 7)
        if date.weekday() < 5 and shift >= 0:
            saturday += dt.timedelta(weeks=1)
        saturday += dt.timedelta(weeks=shift) if date.weekday() >= 5 or shift > 0 else dt.timedelta()
        return Interval(saturday, saturday + dt.timedelta(days=1), "interval", relative=True)
    if unit == "month":
        index = date.year * 12 + date.month - 1 + shift
        return month_of(index // 12, index % 12 + 1, relative=True)
    if unit == "quarter":
        index = date.year * 4 + (date.month - 1) // 3 + shift
        year, first = index // 4, 3 * (index % 4) + 1
        return months_of(year, first, first + 2, "quarter", relative=True)
    if unit == "year":
        return Interval(dt.date(date.year + shift, 1, 1), dt.date(date.year + shift, 12, 31), "year", relative=True)
    if unit == "decade":
        first = date.year // 10 * 10 + 10 * shift
        return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade", relative=True)
    return None
