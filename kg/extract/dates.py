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

from kg.extract.intervals import Direction, Interval, month_of, nearest, unit_from
from kg.records import Time

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHS = {form: i for i, name in enumerate(_MONTH_NAMES, 1) for form in (name, name[:3])} | {"sept": 9}
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {name: i for i, name in enumerate(_WEEKDAY_NAMES)}
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


def _interval(words: str, frame: _Frame) -> Interval | None:
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


def _full_date(match: re.Match[str], _: _Frame) -> Interval:
    month = MONTHS.get(match["month"]) or int(match["month"])
    day = dt.date(int(match["year"]), month, int(match["day"]))
    return Interval(day, day, "day")


def _day_and_month(match: re.Match[str], frame: _Frame) -> Interval | None:
    if frame.date is None:
        return None
    month, number = MONTHS[match["month"]], int(match["day"])
    years = range(frame.date.year - 4, frame.date.year + 5)
    days = [dt.date(year, month, number) for year in years if number <= calendar.monthrange(year, month)[1]]
    day = nearest(days, frame.date, frame.direction)
    return Interval(day, day, "day", relative=True) if day else None


def _day_month_of_year(match: re.Match[str], frame: _Frame) -> Interval | None:
    if frame.date is None:
        return None
    year = frame.date.year + {"last": -1, "next": 1}.get(match["rel"], 0)
    month = MONTHS[match["month"]]
    if match["day"] is None:
        return month_of(year, month, relative=True)
    day = dt.date(year, month, int(match["day"]))
    return Interval(day, day, "day", relative=True)


def _month_alone(match: re.Match[str], frame: _Frame) -> Interval | None:
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


def _year(match: re.Match[str], _: _Frame) -> Interval:
    year = int(match["year"])
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _decade(match: re.Match[str], _: _Frame) -> Interval:
    first = int(match["year"]) if len(match["year"]) == 4 else 1900 + int(match["year"])
    return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")


def _century(match: re.Match[str], _: _Frame) -> Interval:
    number = int(match["number"])
    return Interval(dt.date((number - 1) * 100 + 1, 1, 1), dt.date(number * 100, 12, 31), "century")


def _quarter(match: re.Match[str], frame: _Frame) -> Interval | None:
    number = int(match["q"]) if match["q"] else _ORDINALS[match["nth"]]
    if match["year"] is None and frame.date is None:
        return None
    year = int(match["year"]) if match["year"] else frame.date.year  # type: ignore[union-attr]
    start, end = month_of(year, 3 * number - 2).start, month_of(year, 3 * number).end
    return Interval(start, end, "quarter", relative=match["year"] is None)


def _named_day(match: re.Match[str], frame: _Frame) -> Interval | None:
    if frame.date is None:
        return None
    word = match["named"]
    shift = -1 if word in {"yesterday", "last night"} else 1 if word.startswith("tomorrow") else 0
    day = frame.date + dt.timedelta(days=shift)
    return Interval(day, day, "day", relative=True)


def _weekday(match: re.Match[str], frame: _Frame) -> Interval | None:
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
    return Interval(day, day, "day", relative=True)


def _unit_relative(match: re.Match[str], frame: _Frame) -> Interval | None:
    if frame.date is None:
        return None
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(match["which"], 0)
    return unit_from(frame.date, match["unit"], shift)


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _ago(match: re.Match[str], frame: _Frame) -> Interval | None:
    if frame.date is None or match["unit"] in {"hour", "weekend"}:
        return None
    return unit_from(frame.date, match["unit"], -_count(match["count"]))


def _in_future(match: re.Match[str], frame: _Frame) -> Interval | None:
    if frame.date is None or frame.direction == "past" or match["unit"] in {"hour", "weekend"}:
        return None
    return unit_from(frame.date, match["unit"], _count(match["count"]))


def _running(match: re.Match[str], frame: _Frame) -> Interval | None:
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
    return Interval(min(date, other), max(date, other), "interval", relative=True)


# --- what is bounded by other times ---------------------------------------------------------------------------------


def _since(match: re.Match[str], frame: _Frame) -> Interval | None:
    inner = _interval(match["time"], frame)
    return Interval(inner.start, None, "interval", inner.relative) if inner else None


def _until(match: re.Match[str], frame: _Frame) -> Interval | None:
    inner = _interval(match["time"], frame)
    return Interval(None, inner.end, "interval", inner.relative) if inner else None


def _before(match: re.Match[str], frame: _Frame) -> Interval | None:
    inner = _interval(match["time"], frame)
    if inner is None or inner.start is None:
        return None
    return Interval(None, inner.start - dt.timedelta(days=1), "interval", inner.relative)


def _after(match: re.Match[str], frame: _Frame) -> Interval | None:
    inner = _interval(match["time"], frame)
    if inner is None or inner.end is None:
        return None
    return Interval(inner.end + dt.timedelta(days=1), None, "interval", inner.relative)


def _between(match: re.Match[str], frame: _Frame) -> Interval | None:
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
    return Interval(earlier.start, later.end, "interval", earlier.relative or later.relative)


_Reader = Callable[[re.Match[str], _Frame], Interval | None]


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
    (rf"{_MONTH},? (?:of )?{_YEAR}", lambda match, _: month_of(int(match["year"]), MONTHS[match["month"]])),
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
