"""Times as news writes them, turned into calendar intervals: "on Wednesday", "7 October of last year", "since 2015".

The rule is to promise no more than the words do. A vague time ("early 2019") stands for the whole of what it names; a
time relative to an event ("two weeks after the attack") or to nothing known stays as it is written. A general date
parser fills such gaps with guesses (today's day of the month, the current year), which is why none is used here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Literal

from kg.extract.calendar_words import (
    COUNT,
    HOLIDAYS,
    MONTH,
    PART_OF_DAY,
    PLAIN,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    Frame,
    Reader,
    full_date,
    table,
)
from kg.extract.counted_times import COUNTED, number
from kg.extract.intervals import Direction, Interval, unit_from
from kg.records import Time

_Clock = Literal["minute", "hour"]
_THIS = r"(?P<unit>week|month|quarter|year|decade)"
_SHORT_WEEKDAY = r"(?:mon|tues?|wed|thur?s?|fri|sat|sun)\.?"
_HOLIDAY = re.compile("|".join(HOLIDAYS))
_PREPOSITION = re.compile(
    r"^(?:on|in|at|during|of|for|over|throughout|the|back|some time|sometime|as of)\s+(?:the\s+)?(?:in\s+)?"
)
#: What says in which part of a time, but not which days those are.
_PART = (
    r"(?:early|mid|late|earlier|later|start|end|beginning|middle|rest|course|all|most|much|(?:first|second|latter) half"
    r"|(?:first|last|final|early|opening|closing) (?:week|weekend|days|weeks|months|part))"
)
_CLOCK = re.compile(
    r"(?:\bat )?(?P<about>\b(?:around|about|approximately|roughly|nearly) )?\b"
    r"(?:(?P<h>\d{1,2})[:.](?P<m>\d\d)(?::\d\d)?\s*(?P<ap>[ap]\.?\s?m\b\.?)?"
    r"|(?P<h2>\d{1,2})\s*(?P<ap2>[ap]\.?\s?m\b\.?))(?:\s*\(?(?:utc|gmt|local time|est|edt|pst|pdt|et|cet)\)?)*,?"
)


def normalise(text: str, date: dt.date | None, *, direction: Direction = "past") -> Time:
    """The interval that ``text`` stands for, as far as its words tell.

    :param date: the article's date, against which relative times are resolved; without it they stay raw.
    :param direction: where to look for "Wednesday" or "7 October": before the date (what happened) or after it (plans).
    """
    words = _clean(text)
    clock, exactness, words = _take_clock(words)
    found = _interval(words, Frame(date, direction))
    if found is None or (found.start is None and found.end is None):
        return Time(text)
    start, end = (day.isoformat() if day else None for day in (found.start, found.end))
    granularity = found.granularity
    if clock is not None and granularity == "day" and start is not None:
        start = end = f"{start}T{clock}"
        granularity = exactness
    return Time(text, start, end, granularity, date.isoformat() if found.relative and date else None)


def _clean(text: str) -> str:
    words = re.sub(r"[\s\u00a0]+", " ", text.lower().replace("’", "'")).strip(" ,.;:()[]")
    words = re.sub(r"\s*[–—-]\s*(?=\d)|(?<=\d)\s*[–—]\s*", "-", words)
    words = words.replace(" , ", ", ").replace("'s", "").replace(" 's", "")
    words = re.sub(r"\b(mid|early|late)-\s*", r"\1 ", words)
    words = re.sub(r"\bthe month of (?=[a-z])|,? local time$", "", words)
    words = re.sub(r"\b(week|month|year)[- ]end\b", r"end of the \1", words)
    words = re.sub(rf"(?<=\w )(?:of|in) the {_THIS}$", r"of this \g<unit>", words)
    return _HOLIDAY.sub(lambda match: HOLIDAYS[match[0]], words)


def _take_clock(words: str) -> tuple[str | None, _Clock, str]:
    """The time of day of a single hour that is told for sure, how exact it is, and the words without any hours."""
    found = list(_CLOCK.finditer(words))
    if not found or any(_hour(match) is None for match in found):
        return None, "hour", words
    rest = _CLOCK.sub(" ", words)
    if len(found) > 1:  # from one hour to another: the day remains
        rest = re.sub(r"\b(?:from|between)\s+(?:to|and|until)\s+|\s+(?:to|and|until|-)\s+(?=on\b|$)", " ", rest)
    first = found[0]
    rest = re.sub(r"^(?:shortly |just |soon )?(?:before|after)\s+(?=on\b|\d|[a-z]+day)", "", rest.strip(" ,"))
    rest = re.sub(r"\s+", " ", rest).strip(" ,")
    sure = len(found) == 1 and not first["about"] and rest != words and not words.startswith(("before", "after", "sh"))
    return (_hour(first) if sure else None), ("minute" if first["m"] else "hour"), rest


def _hour(match: re.Match[str]) -> str | None:
    hour, minute = int(match["h"] or match["h2"]), int(match["m"] or 0)
    half = (match["ap"] or match["ap2"] or "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _interval(words: str, frame: Frame) -> Interval | None:
    words = words.strip(" ,")
    for pattern, bounds in _BOUNDED:
        match = pattern.fullmatch(words)
        if match is not None and (found := _read(bounds, match, frame)) is not None:
            return found
        if match is not None and bounds is not _of_year:
            return None
    for way in (words, _PREPOSITION.sub("", words), _told_loosely(words)):
        for pattern, read in (*COUNTED, *PLAIN):
            match = pattern.fullmatch(way)
            if match is not None:
                return _read(read, match, frame)
    return None


def _read(read: Reader, match: re.Match[str], frame: Frame) -> Interval | None:
    try:
        return read(match, frame)
    except (ValueError, OverflowError):  # "31 June", "900000 years ago"
        return None


def _told_loosely(words: str) -> str:
    """The time without what only says in which part of it: "early", "the end of", "evening"."""
    words = _PREPOSITION.sub("", words)
    words = re.sub(
        rf"^(?:(?:early|late) (?:on|in) )?(?:(?:shortly |just )?(?:around|about|before|after) )?(?:the )?{PART_OF_DAY}"
        rf" (?:of|on)\s+"
        rf"|(?<!last)(?<!this)\s+(?:in the |at )?{PART_OF_DAY}$", "", words,
    )  # fmt: skip
    words = re.sub(rf"^(?:the )?{_PART}(?: in| of| on)?\s+", "", words)
    return re.sub(rf"^(?:the|on|in)\s+|^(?:{WEEKDAY}|{_SHORT_WEEKDAY}),?\s+(?=.*\d)", "", words).strip(" ,")


def _of_year(match: re.Match[str], frame: Frame) -> Interval | None:
    """ "7 October of last year", "the third quarter of this year"."""
    if frame.date is None:
        return None
    year = frame.date.year + {"last": -1, "next": 1}.get(match["rel"], 0)
    inner = _interval(f"{match['what']} {year}", frame)
    return replace(inner, relative=True) if inner is not None else None


def _of_week(match: re.Match[str], frame: Frame) -> Interval | None:
    """ "Tuesday last week"."""
    if frame.date is None:
        return None
    weeks = {"last": -1, "next": 1}.get(match["rel"], 0)
    day = frame.date + dt.timedelta(weeks=weeks, days=WEEKDAYS[match["weekday"]] - frame.date.weekday())
    return Interval(day, day, "day", relative=True)


def _beside(match: re.Match[str], frame: Frame) -> Interval | None:
    """ "three days after 7 October", "the eve of 9 May": counted from a day that is told."""
    told = match.groupdict()
    inner = _interval(told["time"], frame)
    if inner is None or inner.start is None or inner.granularity != "day":
        return None
    count = number(told["count"]) if told.get("count") else 1
    found = unit_from(inner.start, told.get("unit") or "day", count if told.get("side") == "after" else -count)
    return replace(found, relative=inner.relative) if found is not None else None


def _from(match: re.Match[str], frame: Frame) -> Interval | None:
    """ "from Monday" and "from 2030" tell when something starts; a letter "from 2015" is of that year."""
    inner = _interval(match["time"], frame)
    if inner is None or (inner.granularity != "day" and frame.direction == "past"):
        return inner
    return Interval(inner.start, None, "interval", inner.relative)


def _since(match: re.Match[str], frame: Frame) -> Interval | None:
    inner = _interval(match["time"], frame)
    return Interval(inner.start, None, "interval", inner.relative) if inner else None


def _until(match: re.Match[str], frame: Frame) -> Interval | None:
    inner = _interval(match["time"], frame)
    return Interval(None, inner.end, "interval", inner.relative) if inner else None


def _before(match: re.Match[str], frame: Frame) -> Interval | None:
    inner = _interval(match["time"], frame)
    if inner is None or inner.start is None:
        return None
    return Interval(None, inner.start - dt.timedelta(days=1), "interval", inner.relative)


def _after(match: re.Match[str], frame: Frame) -> Interval | None:
    inner = _interval(match["time"], frame)
    if inner is None or inner.end is None:
        return None
    return Interval(inner.end + dt.timedelta(days=1), None, "interval", inner.relative)


def _between(match: re.Match[str], frame: Frame) -> Interval | None:
    """Two times. What the first leaves out, month or year, it takes from the second: "7 to 9 October 2023"."""
    later = _interval(match["b"], frame)
    earlier = _interval(match["a"], frame)
    if later is None and earlier is not None:  # "October 7 to 9"
        month = re.match(rf"{MONTH}\s+\d", _PREPOSITION.sub("", match["a"]))
        later = _interval(f"{month['month']} {match['b']}", frame) if month else None
    tail = re.search(rf"(?:{MONTH}\.?,?\s*)?{YEAR}?$", match["b"])
    if tail and later is not None and (earlier is None or earlier.relative):
        for rest in (match["b"][tail.start() :], tail["year"] or ""):
            narrowed = _interval(f"{match['a']} {rest}".strip(), frame)
            if narrowed is not None:
                earlier = narrowed
                break
    if earlier and earlier.relative and later and later.end and earlier.start and earlier.start > later.end:
        earlier = _interval(match["a"], Frame(later.end, "past"))  # "from May to July", told in June
    if earlier is None or later is None or earlier.start is None or later.end is None or earlier.start > later.end:
        return None
    return Interval(earlier.start, later.end, "interval", earlier.relative or later.relative)


_BOUNDED = table(
    (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", full_date),
    (r"(?:ever )?since (?P<time>.+)", _since),
    (r"(?:starting|beginning|effective)(?: from| on| in)? (?P<time>.+)", _since),
    (r"from (?P<time>.+) on(?:wards?)?", _since),
    (r"(?:until|till|up to|up until|by|no later than|through) (?P<time>.+)", _until),
    (rf"(?:the )?(?:{COUNT} )?{UNIT} (?P<side>before|after|following) (?P<time>.+)", _beside),
    (r"(?:on )?the eve of (?P<time>.+)", _beside),
    (rf"(?:prior to|before|ahead of) (?P<time>(?!(?:the )?{PART_OF_DAY}).+)", _before),
    (rf"after (?P<time>(?!(?:the )?{PART_OF_DAY}).+)", _after),
    (rf"(?:on )?{WEEKDAY},?(?: of| in)? (?P<rel>last|this|next) week", _of_week),
    (r"(?P<what>.+?),?(?: of| in| from)?(?<!the) (?P<rel>last|this|next) year", _of_year),
    (r"(?:between |from )?(?P<a>.+?)(?: and | to | until | through | into |(?<=\d)-(?=\d))(?P<b>.*\d.*|.+)", _between),
    (r"from (?P<time>.+)", _from),
)
