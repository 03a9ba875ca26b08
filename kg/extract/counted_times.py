"""Times that count: "three days ago", "over the past year", "the first half of 2024", as intervals."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from kg.extract.calendar_words import COUNT, NUMBERS, UNIT, YEAR, Frame, table
from kg.extract.intervals import Interval, months_of, unit_from

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_WITHIN = r"(?:(?:over|within|for|in|during|throughout) )"


def number(text: str) -> int:
    """The number that a figure or a word stands for."""
    return int(text) if text.isdigit() else NUMBERS[text]


def _ago(match: re.Match[str], frame: Frame) -> Interval | None:
    if frame.date is None or match["unit"] in {"hour", "weekend"}:
        return None
    return unit_from(frame.date, match["unit"], -number(match["count"]))


def _in_future(match: re.Match[str], frame: Frame) -> Interval | None:
    if frame.date is None or frame.direction == "past" or match["unit"] in {"hour", "weekend"}:
        return None
    return unit_from(frame.date, match["unit"], number(match["count"]))


def _running(match: re.Match[str], frame: Frame) -> Interval | None:
    """ "over the past three weeks", "within the next 48 hours": from or up to the article's date."""
    date = frame.date
    if date is None or (not match["which"] and frame.direction == "past"):  # "within 24 hours" of something
        return None
    count, unit = number(match["count"]) if match["count"] else 1, match["unit"]
    sign = -1 if match["which"] in {"last", "past"} else 1
    if unit in _MONTHS:
        index = date.year * 12 + date.month - 1 + sign * count * _MONTHS[unit]
        year, month = index // 12, index % 12 + 1
        other = dt.date(year, month, min(date.day, calendar.monthrange(year, month)[1]))
    elif unit in {"hour", *_DAYS}:
        other = date + sign * dt.timedelta(days=-(-count // 24) if unit == "hour" else count * _DAYS[unit])
    else:
        return None
    return Interval(min(date, other), max(date, other), "interval", relative=True)


def _half(match: re.Match[str], _: Frame) -> Interval:
    first = 1 if match["h"] in {"1", "first"} else 7
    return months_of(int(match["year"]), first, first + 5, "interval")


def _some_months(match: re.Match[str], _: Frame) -> Interval | None:
    """ "the first three months of 2024"."""
    year, count = int(match["year"]), number(match["count"])
    if not 1 < count < 12:
        return None
    first, last = (1, count) if match["which"] == "first" else (13 - count, 12)
    return months_of(year, first, last, "interval")


COUNTED = table(
    (rf"{COUNT} {UNIT} ago", _ago),
    (rf"{_WITHIN}?(?:the )?(?P<which>last|past|next|coming) {COUNT} {UNIT}", _running),
    (rf"{_WITHIN}?(?:the |this )?(?P<which>past|coming) (?P<unit>week|month|year|decade)(?P<count>)", _running),
    (rf"{_WITHIN}?the (?P<which>last|next) (?P<unit>week|month|year|decade)(?P<count>)", _running),
    (r"over (?P<which>last|next) (?P<unit>week|month|year|decade)(?P<count>)", _running),
    (rf"within {COUNT} {UNIT}(?P<which>)", _running),
    (rf"(?:in )?{COUNT} {UNIT}'?(?: time)?(?: from now)?", _in_future),
    (rf"(?:in )?(?:h(?=\d)|(?:the )?(?=first|second))(?P<h>1|2|first|second)(?: half)?(?: of)? {YEAR}", _half),
    (rf"(?:in |over |during )?(?:the )?(?P<which>first|last|final) {COUNT} months(?: of)? {YEAR}", _some_months),
)
