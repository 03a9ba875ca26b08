"""Words that name a stretch of the calendar, "7 October", "last week", "the 1990s", and what they stand for."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.intervals import Direction, Interval, month_of, months_of, nearest, unit_from

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS = {form: i for i, name in enumerate(_MONTH_NAMES, 1) for form in (name, name[:3])} | {"sept": 9}
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {name: i for i, name in enumerate(_WEEKDAY_NAMES)}
UNITS = ("minute", "hour", "day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60,
}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
#: Days that bear a name and have the same date each year.
HOLIDAYS = {
    "christmas day": "25 december", "christmas eve": "24 december", "boxing day": "26 december",
    "new year day": "1 january", "new year eve": "31 december", "valentine day": "14 february", "may day": "1 may",
    "halloween": "31 october",
}  # fmt: skip

MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1\d{3}|20\d{2})"
WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
UNIT = r"(?P<unit>hour|day|week|fortnight|month|quarter|year|decade|century|weekend)s?"
COUNT = rf"(?P<count>\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
PART_OF_DAY = (
    r"(?:(?:early |late )?(?:morning|afternoon|evening|night|midday|noon|midnight|hours)"
    r"|small hours|dawn|daybreak|sunrise|dusk|sunset)"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What relative times are read against."""

    date: dt.date | None
    direction: Direction


def full_date(match: re.Match[str], _: Frame) -> Interval:
    """A day with its month and year."""
    month = MONTHS.get(match["month"]) or int(match["month"])
    day = dt.date(int(match["year"]), month, int(match["day"]))
    return Interval(day, day, "day")


def _day_and_month(match: re.Match[str], frame: Frame) -> Interval | None:
    if frame.date is None:
        return None
    month, number = MONTHS[match["month"]], int(match["day"])
    years = range(frame.date.year - 4, frame.date.year + 5)
    days = [dt.date(year, month, number) for year in years if number <= calendar.monthrange(year, month)[1]]
    day = nearest(days, frame.date, frame.direction)
    return Interval(day, day, "day", relative=True) if day else None


def _month_alone(match: re.Match[str], frame: Frame) -> Interval | None:
    date, month = frame.date, MONTHS[match["month"]]
    if date is None:
        return None
    which = match["which"]
    if which == "last":
        return month_of(date.year - (month >= date.month), month, relative=True)
    if which == "next":
        return month_of(date.year + (month <= date.month), month, relative=True)
    if which == "this":
        return month_of(date.year, month, relative=True)
    if frame.direction == "future":
        return month_of(date.year + (month < date.month), month, relative=True)
    return month_of(date.year - (month > date.month), month, relative=True)


def _year(match: re.Match[str], _: Frame) -> Interval:
    year = int(match["year"])
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _decade(match: re.Match[str], _: Frame) -> Interval:
    first = int(match["year"]) if len(match["year"]) == 4 else 1900 + int(match["year"])
    return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")


def _century(match: re.Match[str], _: Frame) -> Interval:
    number = int(match["number"])
    return Interval(dt.date((number - 1) * 100 + 1, 1, 1), dt.date(number * 100, 12, 31), "century")


def _quarter(match: re.Match[str], frame: Frame) -> Interval | None:
    number = int(match["q"]) if match["q"] else _ORDINALS[match["nth"]]
    if match["year"] is not None:
        return months_of(int(match["year"]), 3 * number - 2, 3 * number, "quarter")
    if frame.date is None:
        return None
    year, this = frame.date.year, (frame.date.month + 2) // 3
    year += (number < this) if frame.direction == "future" else -(number > this)
    return months_of(year, 3 * number - 2, 3 * number, "quarter", relative=True)


def _named_day(match: re.Match[str], frame: Frame) -> Interval | None:
    if frame.date is None:
        return None
    word = match["named"]
    if word == "overnight":
        return Interval(frame.date - dt.timedelta(days=1), frame.date, "interval", relative=True)
    shift = -1 if word in {"yesterday", "last night"} else 1 if word.startswith("tomorrow") else 0
    day = frame.date + dt.timedelta(days=shift)
    return Interval(day, day, "day", relative=True)


def _weekday(match: re.Match[str], frame: Frame) -> Interval | None:
    date = frame.date
    if date is None:
        return None
    ago = (date.weekday() - WEEKDAYS[match["weekday"]]) % 7
    which = match["which"]
    if which in {"last", "past", "this past"}:
        day = date - dt.timedelta(days=ago or 7)
    elif which in {"next", "coming"} or (which is None and frame.direction == "future"):
        day = date + dt.timedelta(days=(-ago) % 7 or (7 if which else 0))
    elif which == "this":
        day = date + dt.timedelta(days=(-ago) % 7) if frame.direction == "future" else date - dt.timedelta(days=ago)
    else:
        day = date - dt.timedelta(days=ago)
    return Interval(day, day, "day", relative=True)


def _unit_relative(match: re.Match[str], frame: Frame) -> Interval | None:
    if frame.date is None:
        return None
    shift = {"last": -1, "next": 1, "coming": 1}.get(match["which"], 0)
    if match["unit"] == "weekend" and not shift and frame.direction == "past" and frame.date.weekday() < 5:
        shift = -1  # what happened at the weekend did so at the one that is over
    return unit_from(frame.date, match["unit"], shift)


Reader = Callable[[re.Match[str], Frame], Interval | None]


def table(*rows: tuple[str, Reader]) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """Compile patterns of whole expressions, each with what reads its match."""
    return tuple((re.compile(pattern), read) for pattern, read in rows)


_WHICH = r"(?P<which>last|past|this past|this|current|next|coming)"
PLAIN = table(
    (rf"{_DAY}(?: of)? {MONTH},? {YEAR}", full_date),
    (rf"{MONTH} {_DAY},? {YEAR}", full_date),
    (rf"{_DAY}(?: of)? {MONTH}", _day_and_month),
    (rf"{MONTH} {_DAY}", _day_and_month),
    (rf"{MONTH},? (?:of )?{YEAR}", lambda match, _: month_of(int(match["year"]), MONTHS[match["month"]])),
    (rf"(?:(?P<which>last|this|next) )?{MONTH}", _month_alone),
    (rf"(?:(?:spring|summer|autumn|fall)(?: of)? |year )?{YEAR}", _year),
    (r"'?(?P<year>\d0|1\d{2}0|20\d0)s", _decade),
    (r"(?P<number>\d{1,2})(?:st|nd|rd|th) century", _century),
    (rf"(?:q(?P<q>[1-4])|(?P<nth>first|second|third|fourth) quarter)(?: of)?(?: {YEAR})?", _quarter),
    (
        r"(?P<named>today|tonight|yesterday|last night|overnight|tomorrow|this (?:morning|afternoon|evening))",
        _named_day,
    ),
    (rf"(?:{_WHICH} )?{WEEKDAY}", _weekday),
    (
        r"(?:the )?(?P<which>last|this|current|next|coming) (?P<unit>week|weekend|month|quarter|year|decade)",
        _unit_relative,
    ),
    (r"(?:the )?(?P<unit>weekend)(?P<which>)?", _unit_relative),
    (r"this past (?P<unit>weekend)(?P<which>)", _unit_relative),
)
