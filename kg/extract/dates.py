"""Times as news writes them, turned into calendar intervals: "on Wednesday", "7 October of last year", "since 2015".

The rule is to promise no more than the words do. A vague time ("early 2019") stands for the whole of what it names; a
time relative to an event ("two weeks after the attack") or to nothing known stays as it is written. A general date
parser fills such gaps with guesses (today's day of the month, the current year), which is why none is used here.
"""

from __future__ import annotations

import datetime as dt
import re

from kg.extract.calendar_words import MONTH, PART_OF_DAY, PLAIN, WEEKDAY, YEAR, Frame, full_date, table
from kg.extract.intervals import Direction, Interval
from kg.records import Time


def normalise(text: str, date: dt.date | None, *, direction: Direction = "past") -> Time:
    """The interval that ``text`` stands for, as far as its words tell.

    :param date: the article's date, against which relative times are resolved; without it they stay raw.
    :param direction: where to look for "Wednesday" or "7 October": before the date (what happened) or after it (plans).
    """
    words = _clean(text)
    clock, words = _take_clock(words)
    found = _interval(words, Frame(date, direction))
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


def _interval(words: str, frame: Frame) -> Interval | None:
    words = words.strip(" ,")
    for pattern, bounds in _BOUNDED:
        match = pattern.fullmatch(words)
        if match is not None:
            return bounds(match, frame)
    words = re.sub(
        r"^(?:on|in|at|during|of|for|from|around|about|circa|the|back|some time|sometime|as of)\s+", "", words
    )
    words = re.sub(rf"^(?:the )?{PART_OF_DAY} (?:of|on)\s+|(?<!last)(?<!this)\s+(?:in the )?{PART_OF_DAY}$", "", words)
    words = re.sub(r"^(?:the )?(?:early|mid|late|earlier|later|start|end|beginning|middle)(?: in| of)?\s+", "", words)
    words = re.sub(rf"^the\s+|^(?:on|in)\s+|^{WEEKDAY},?\s+(?=.*\d)", "", words).strip(" ,")
    for pattern, read in PLAIN:
        match = pattern.fullmatch(words)
        if match is not None:
            try:
                return read(match, frame)
            except (ValueError, OverflowError):  # "31 June", "900000 years ago"
                return None
    return None


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
        month = re.match(rf"{MONTH}\s+\d", match["a"])
        later = _interval(f"{month['month']} {match['b']}", frame) if month else None
    tail = re.search(rf"(?:{MONTH}\.?,?\s*)?{YEAR}?$", match["b"])
    if tail and later is not None and (earlier is None or earlier.relative):
        for rest in (match["b"][tail.start() :], tail["year"] or ""):
            narrowed = _interval(f"{match['a']} {rest}".strip(), frame)
            if narrowed is not None:
                earlier = narrowed
                break
    if earlier is None or later is None or earlier.start is None or later.end is None or earlier.start > later.end:
        return None
    return Interval(earlier.start, later.end, "interval", earlier.relative or later.relative)


_BOUNDED = table(
    (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", full_date),
    (r"(?:ever )?since (?P<time>.+)", _since),
    (r"(?:starting|beginning|effective)(?: from| on| in)? (?P<time>.+)", _since),
    (r"from (?P<time>.+) on(?:wards?)?", _since),
    (r"(?:until|till|up to|up until|by|no later than|through) (?P<time>.+)", _until),
    (r"(?:prior to|before|ahead of) (?P<time>.+)", _before),
    (r"after (?P<time>.+)", _after),
    (r"(?:between |from )?(?P<a>.+?)(?: and | to | until | through |(?<=\d)-(?=\d))(?P<b>.*\d.*|.+)", _between),
)
