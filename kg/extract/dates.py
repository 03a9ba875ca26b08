"""Times as news writes them, turned into calendar intervals: "on Wednesday", "7 October of last year", "since 2015".

The rule is to promise no more than the words do. A vague time ("early 2019") stands for the whole of what it names; a
time relative to an event ("two weeks after the attack") or to nothing known stays as it is written. A general date
parser fills such gaps with guesses (today's day of the month, the current year), which is why none is used here.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kg.records import Granularity, Time

#: Whether a time without a year, or a bare weekday, is looked for before or after the article's date.
Direction = Literal["past", "future"]

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name} | {
    name.lower(): i for i, name in enumerate(calendar.month_abbr) if name
}
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
UNITS = ("minute", "hour", "day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60,
}  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1\d{3}|20\d{2})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|quarter|year|decade|century|weekend)s?"
_COUNT = rf"(?P<count>\d+|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_PART_OF_DAY = r"(?:(?:early |late )?(?:morning|afternoon|evening|night|midday|noon|midnight))"
_THAT_YEAR = r"(?P<rel>last|this|next|the same|that)(?: year)?"


@dataclass(frozen=True, slots=True)
class _Interval:
    """Inclusive days; ``None`` leaves an end open. ``relative`` tells whether the article's date was needed."""

    start: dt.date | None
    end: dt.date | None
    granularity: Granularity
    relative: bool = False


@dataclass(frozen=True, slots=True)
class _Frame:
    """What relative times are read against."""

    date: dt.date | None
    direction: Direction


def normalise(text: str, date: dt.date | None, *, direction: Direction = "past") -> Time:
    """The interval that ``text`` stands for, as far as its words tell.

    :param date: the article's date, against which relative times are resolved; without it they stay raw.
    :param direction: where to look for "Wednesday" or "7 October": before the date (what happened) or after it (plans).
    """
    words = _clean(text)
    clock, words = _take_clock(words)
    found = _interval(words, _Frame(date, direction))
    if found is None or (found.start is None and found.end is None):
        return Time(text)
    start, end = (day.isoformat() if day else None for day in (found.start, found.end))
    granularity = found.granularity
    if clock is not None and granularity == "day" and start is not None:
        start = end = f"{start}T{clock}"
        granularity = "minute"
    return Time(text, start, end, granularity, date.isoformat() if found.relative and date else None)


def _clean(text: str) -> str:
    words = re.sub(r"[\s\u00a0]+", " ", text.lower().replace("’", "'")).strip(" ,.;:()[]")
    words = re.sub(r"\s*[–—-]\s*(?=\d)|(?<=\d)\s*[–—]\s*", "-", words)
    words = words.replace(" , ", ", ").replace("'s", "").replace(" 's", "")
    return re.sub(r"\b(mid|early|late)-\s*", r"\1 ", words)


def _take_clock(words: str) -> tuple[str | None, str]:
    match = re.search(
        r"(?:\bat |\baround |\babout )*\b"
        r"(?:(?P<h>\d{1,2})[:.](?P<m>\d\d)(?::\d\d)?\s*(?P<ap>[ap]\.?\s?m\b\.?)?"
        r"|(?P<h2>\d{1,2})\s*(?P<ap2>[ap]\.?\s?m\b\.?))(?:\s*\(?(?:utc|gmt|local time|est|edt|pst|pdt|et|cet)\)?)*,?",
        words,
    )
    if match is None:
        return None, words
    hour, minute = int(match["h"] or match["h2"]), int(match["m"] or 0)
    half = (match["ap"] or match["ap2"] or "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None, words
    return f"{hour:02}:{minute:02}", f"{words[: match.start()]} {words[match.end() :]}".strip(" ,")


def _interval(words: str, frame: _Frame) -> _Interval | None:
    words = words.strip(" ,")
    for pattern, bounds in _BOUNDED:
        match = pattern.fullmatch(words)
        if match is not None:
            return bounds(match, frame)
    words = re.sub(
        r"^(?:on|in|at|during|of|for|from|around|about|circa|the|back|some time|sometime|as of)\s+", "", words
    )
    words = re.sub(
        rf"^(?:the )?{_PART_OF_DAY} (?:of|on)\s+|(?<!last)(?<!this)\s+(?:in the )?{_PART_OF_DAY}$", "", words
    )
    words = re.sub(r"^(?:the )?(?:early|mid|late|earlier|later|start|end|beginning|middle)(?: in| of)?\s+", "", words)
    words = re.sub(rf"^the\s+|^(?:on|in)\s+|^{_WEEKDAY},?\s+(?=.*\d)", "", words).strip(" ,")
    for pattern, read in _PLAIN:
        match = pattern.fullmatch(words)
        if match is not None:
            try:
                return read(match, frame)
            except (ValueError, OverflowError):  # "31 June", "900000 years ago"
                return None
    return None


# --- what names a stretch of the calendar -----------------------------------------------------------------------------


def _full_date(match: re.Match[str], _: _Frame) -> _Interval:
    month = MONTHS.get(match["month"]) or int(match["month"])
    day = dt.date(int(match["year"]), month, int(match["day"]))
    return _Interval(day, day, "day")


def _day_and_month(match: re.Match[str], frame: _Frame) -> _Interval | None:
    if frame.date is None:
        return None
    month, number = MONTHS[match["month"]], int(match["day"])
    years = range(frame.date.year - 4, frame.date.year + 5)
    days = [dt.date(year, month, number) for year in years if number <= calendar.monthrange(year, month)[1]]
    day = _nearest(days, frame)
    return _Interval(day, day, "day", relative=True) if day else None


def _nearest(days: list[dt.date], frame: _Frame) -> dt.date | None:
    """The latest of the days before the article's date, or the first after it; its own day counts as either."""
    date = frame.date
    if date is None:
        return None
    if frame.direction == "future":
        return min((day for day in days if day >= date), default=None)
    # Time zones: what happened can bear tomorrow's date, and is not a year old then.
    return max((day for day in days if day <= date + dt.timedelta(days=1)), default=None)


def _day_month_of_year(match: re.Match[str], frame: _Frame) -> _Interval | None:
    if frame.date is None:
        return None
    year = frame.date.year + {"last": -1, "next": 1}.get(match["rel"], 0)
    month = MONTHS[match["month"]]
    if match["day"] is None:
        return _month(year, month, relative=True)
    day = dt.date(year, month, int(match["day"]))
    return _Interval(day, day, "day", relative=True)


def _month(year: int, month: int, *, relative: bool = False) -> _Interval:
    last = calendar.monthrange(year, month)[1]
    return _Interval(dt.date(year, month, 1), dt.date(year, month, last), "month", relative)


def _month_alone(match: re.Match[str], frame: _Frame) -> _Interval | None:
    date, month = frame.date, MONTHS[match["month"]]
    if date is None:
        return None
    which = match["which"]
    if which == "last":
        return _month(date.year - (month >= date.month), month, relative=True)
    if which == "next":
        return _month(date.year + (month <= date.month), month, relative=True)
    if which == "this":
        return _month(date.year, month, relative=True)
    if frame.direction == "future":
        return _month(date.year + (month < date.month), month, relative=True)
    return _month(date.year - (month > date.month), month, relative=True)


def _year(match: re.Match[str], _: _Frame) -> _Interval:
    year = int(match["year"])
    return _Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _decade(match: re.Match[str], _: _Frame) -> _Interval:
    first = int(match["year"]) if len(match["year"]) == 4 else 1900 + int(match["year"])
    return _Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")


def _century(match: re.Match[str], _: _Frame) -> _Interval:
    number = int(match["number"])
    return _Interval(dt.date((number - 1) * 100 + 1, 1, 1), dt.date(number * 100, 12, 31), "century")


def _quarter(match: re.Match[str], frame: _Frame) -> _Interval | None:
    number = int(match["q"]) if match["q"] else _ORDINALS[match["nth"]]
    if match["year"] is None and frame.date is None:
        return None
    year = int(match["year"]) if match["year"] else frame.date.year  # type: ignore[union-attr]
    start, end = _month(year, 3 * number - 2).start, _month(year, 3 * number).end
    return _Interval(start, end, "quarter", relative=match["year"] is None)


def _named_day(match: re.Match[str], frame: _Frame) -> _Interval | None:
    if frame.date is None:
        return None
    word = match["named"]
    shift = -1 if word in {"yesterday", "last night"} else 1 if word.startswith("tomorrow") else 0
    day = frame.date + dt.timedelta(days=shift)
    return _Interval(day, day, "day", relative=True)


def _weekday(match: re.Match[str], frame: _Frame) -> _Interval | None:
    date = frame.date
    if date is None:
        return None
    ago = (date.weekday() - WEEKDAYS[match["weekday"]]) % 7
    which = match["which"]
    if which in {"last", "past", "previous"}:
        day = date - dt.timedelta(days=ago or 7)
    elif which in {"next", "coming"} or (which is None and frame.direction == "future"):
        day = date + dt.timedelta(days=(-ago) % 7 or (7 if which else 0))
    elif which == "this":
        day = date + dt.timedelta(days=(-ago) % 7) if frame.direction == "future" else date - dt.timedelta(days=ago)
    else:
        day = date - dt.timedelta(days=ago)
    return _Interval(day, day, "day", relative=True)


def _unit_relative(match: re.Match[str], frame: _Frame) -> _Interval | None:
    if frame.date is None:
        return None
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(match["which"], 0)
    return _unit(frame.date, match["unit"], shift)


def _unit(date: dt.date, unit: str, shift: int) -> _Interval | None:
    """The day, week, month … that lies ``shift`` of them from the one that holds ``date``."""
    if unit == "day":
        day = date + dt.timedelta(days=shift)
        return _Interval(day, day, "day", relative=True)
    if unit in {"week", "fortnight"}:
        monday = (
            date - dt.timedelta(days=date.weekday()) + dt.timedelta(weeks=shift * (2 if unit == "fortnight" else 1))
        )
        return _Interval(monday, monday + dt.timedelta(days=6), "week", relative=True)
    if unit == "weekend":
        saturday = date - dt.timedelta(days=(date.weekday() - 5) % 7)
        if date.weekday() < 5 and shift >= 0:
            saturday += dt.timedelta(weeks=1)
        saturday += dt.timedelta(weeks=shift) if date.weekday() >= 5 or shift > 0 else dt.timedelta()
        return _Interval(saturday, saturday + dt.timedelta(days=1), "interval", relative=True)
    if unit == "month":
        index = date.year * 12 + date.month - 1 + shift
        return _month(index // 12, index % 12 + 1, relative=True)
    if unit == "quarter":
        index = date.year * 4 + (date.month - 1) // 3 + shift
        year, first = index // 4, 3 * (index % 4) + 1
        return _Interval(_month(year, first).start, _month(year, first + 2).end, "quarter", relative=True)
    if unit == "year":
        return _Interval(dt.date(date.year + shift, 1, 1), dt.date(date.year + shift, 12, 31), "year", relative=True)
    if unit == "decade":
        first = date.year // 10 * 10 + 10 * shift
        return _Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade", relative=True)
    return None


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _ago(match: re.Match[str], frame: _Frame) -> _Interval | None:
    if frame.date is None or match["unit"] in {"hour", "weekend"}:
        return None
    return _unit(frame.date, match["unit"], -_count(match["count"]))


def _in_future(match: re.Match[str], frame: _Frame) -> _Interval | None:
    if frame.date is None or frame.direction == "past" or match["unit"] in {"hour", "weekend"}:
        return None
    return _unit(frame.date, match["unit"], _count(match["count"]))


def _running(match: re.Match[str], frame: _Frame) -> _Interval | None:
    """ "over the past three weeks", "within the next 48 hours": from or up to the article's date."""
    date = frame.date
    if date is None:
        return None
    count, unit = _count(match["count"]) if match["count"] else 1, match["unit"]
    if not match["which"] and frame.direction == "past":  # "within 24 hours" of something
        return None
    sign = -1 if match["which"] in {"last", "past", "previous"} else 1
    if unit in {"month", "quarter", "year", "decade"}:
        months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
        index = date.year * 12 + date.month - 1 + sign * months
        year, month = index // 12, index % 12 + 1
        other = dt.date(year, month, min(date.day, calendar.monthrange(year, month)[1]))
    elif unit in {"hour", "day", "week", "fortnight"}:
        days = -(-count // 24) if unit == "hour" else count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        other = date + sign * dt.timedelta(days=days)
    else:
        return None
    return _Interval(min(date, other), max(date, other), "interval", relative=True)


# --- what is bounded by other times ---------------------------------------------------------------------------------


def _since(match: re.Match[str], frame: _Frame) -> _Interval | None:
    inner = _interval(match["time"], frame)
    return _Interval(inner.start, None, "interval", inner.relative) if inner else None


def _until(match: re.Match[str], frame: _Frame) -> _Interval | None:
    inner = _interval(match["time"], frame)
    return _Interval(None, inner.end, "interval", inner.relative) if inner else None


def _before(match: re.Match[str], frame: _Frame) -> _Interval | None:
    inner = _interval(match["time"], frame)
    if inner is None or inner.start is None:
        return None
    return _Interval(None, inner.start - dt.timedelta(days=1), "interval", inner.relative)


def _after(match: re.Match[str], frame: _Frame) -> _Interval | None:
    inner = _interval(match["time"], frame)
    if inner is None or inner.end is None:
        return None
    return _Interval(inner.end + dt.timedelta(days=1), None, "interval", inner.relative)


def _between(match: re.Match[str], frame: _Frame) -> _Interval | None:
    """Two times. What the first leaves out, month or year, it takes from the second: "7 to 9 October 2023"."""
    later = _interval(match["b"], frame)
    earlier = _interval(match["a"], frame)
    if later is None and earlier is not None:  # "October 7 to 9"
        month = re.match(rf"{_MONTH}\s+\d", match["a"])
        later = _interval(f"{month['month']} {match['b']}", frame) if month else None
    tail = re.search(rf"(?:{_MONTH}\.?,?\s*)?{_YEAR}?$", match["b"])
    if tail and later is not None and (earlier is None or earlier.relative):
        for rest in (match["b"][tail.start() :], tail["year"] or ""):
            narrowed = _interval(f"{match['a']} {rest}".strip(), frame)
            if narrowed is not None:
                earlier = narrowed
                break
    if earlier is None or later is None or earlier.start is None or later.end is None or earlier.start > later.end:
        return None
    return _Interval(earlier.start, later.end, "interval", earlier.relative or later.relative)


_Reader = Callable[[re.Match[str], _Frame], _Interval | None]


def _table(*rows: tuple[str, _Reader]) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    return tuple((re.compile(pattern), read) for pattern, read in rows)


_BOUNDED = _table(
    (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", _full_date),
    (r"(?:ever )?since (?P<time>.+)", _since),
    (r"(?:starting|beginning|effective)(?: from| on| in)? (?P<time>.+)", _since),
    (r"from (?P<time>.+) on(?:wards?)?", _since),
    (r"(?:until|till|up to|up until|by|no later than|through) (?P<time>.+)", _until),
    (r"(?:prior to|before|ahead of) (?P<time>.+)", _before),
    (r"after (?P<time>.+)", _after),
    (r"(?:between |from )?(?P<a>.+?)(?: and | to | until | through |(?<=\d)-(?=\d))(?P<b>.*\d.*|.+)", _between),
)
_WHICH = r"(?P<which>last|past|previous|this|current|next|coming)"
_PLAIN = _table(
    (rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}", _full_date),
    (rf"{_MONTH} {_DAY},? {_YEAR}", _full_date),
    (rf"{_DAY}(?: of)? {_MONTH}", _day_and_month),
    (rf"{_MONTH} {_DAY}", _day_and_month),
    (rf"(?:{_DAY}(?: of)? )?{_MONTH},? (?:of )?{_THAT_YEAR}", _day_month_of_year),
    (rf"{_MONTH},? (?:of )?{_YEAR}", lambda match, _: _month(int(match["year"]), MONTHS[match["month"]])),
    (rf"(?:(?P<which>last|this|next) )?{_MONTH}", _month_alone),
    (rf"(?:(?:spring|summer|autumn|fall)(?: of)? |year )?{_YEAR}", _year),
    (r"'?(?P<year>\d0|1\d{2}0|20\d0)s", _decade),
    (r"(?P<number>\d{1,2})(?:st|nd|rd|th) century", _century),
    (rf"(?:q(?P<q>[1-4])|(?P<nth>first|second|third|fourth) quarter)(?: of)?(?: {_YEAR})?", _quarter),
    (r"(?P<named>today|tonight|yesterday|last night|tomorrow|this morning|this afternoon|this evening)", _named_day),
    (rf"(?:{_WHICH} )?{_WEEKDAY}", _weekday),
    (rf"(?:over (?:the )?)?(?:the )?{_WHICH} (?P<unit>week|weekend|month|quarter|year|decade)", _unit_relative),
    (r"(?:over )?(?:the )?(?P<unit>weekend)(?P<which>)?", _unit_relative),
    (rf"{_COUNT} {_UNIT} ago", _ago),
    (rf"(?:over|within|for|in|during)? ?(?:the )?(?P<which>last|past|previous|next|coming) {_COUNT} {_UNIT}", _running),
    (rf"within {_COUNT} {_UNIT}(?P<which>)", _running),
    (rf"{_COUNT} {_UNIT}(?: time)?(?: from now)?", _in_future),
)
