from __future__ import annotations

import datetime as dt

import pytest

from kg.extract.dates import normalise

#: A Thursday.
DATE = dt.date(2024, 11, 7)

# text, start, end, granularity
ABSOLUTE = [
    ("7 October 2023", "2023-10-07", "2023-10-07", "day"),
    ("on 7 October 2023", "2023-10-07", "2023-10-07", "day"),
    ("October 7, 2023", "2023-10-07", "2023-10-07", "day"),
    ("the 7th of October 2023", "2023-10-07", "2023-10-07", "day"),
    ("Saturday, October 7, 2023", "2023-10-07", "2023-10-07", "day"),
    ("on the morning of 7 October 2023", "2023-10-07", "2023-10-07", "day"),
    ("Oct. 7, 2023", "2023-10-07", "2023-10-07", "day"),
    ("2023-10-07", "2023-10-07", "2023-10-07", "day"),
    ("7 October 2023 at 06:30", "2023-10-07T06:30", "2023-10-07T06:30", "minute"),
    ("at 6:30 p.m. on 7 October 2023", "2023-10-07T18:30", "2023-10-07T18:30", "minute"),
    ("at 12 am on October 7, 2023", "2023-10-07T00:00", "2023-10-07T00:00", "minute"),
    ("October 2023", "2023-10-01", "2023-10-31", "month"),
    ("in February 2024", "2024-02-01", "2024-02-29", "month"),
    ("in early October 2023", "2023-10-01", "2023-10-31", "month"),
    ("in October of 2023", "2023-10-01", "2023-10-31", "month"),
    ("2015", "2015-01-01", "2015-12-31", "year"),
    ("in 2015", "2015-01-01", "2015-12-31", "year"),
    ("early 2019", "2019-01-01", "2019-12-31", "year"),
    ("mid-2019", "2019-01-01", "2019-12-31", "year"),
    ("in late 2019", "2019-01-01", "2019-12-31", "year"),
    ("the end of 2019", "2019-01-01", "2019-12-31", "year"),
    ("in the summer of 2019", "2019-01-01", "2019-12-31", "year"),
    ("the first quarter of 2020", "2020-01-01", "2020-03-31", "quarter"),
    ("Q3 2021", "2021-07-01", "2021-09-30", "quarter"),
    ("in the 1990s", "1990-01-01", "1999-12-31", "decade"),
    ("the late 1990s", "1990-01-01", "1999-12-31", "decade"),
    ("in the 19th century", "1801-01-01", "1900-12-31", "century"),
    ("since 2015", "2015-01-01", None, "interval"),
    ("since 6 March 2024", "2024-03-06", None, "interval"),
    ("starting January 1, 2025", "2025-01-01", None, "interval"),
    ("by June 2025", None, "2025-06-30", "interval"),
    ("until 2030", None, "2030-12-31", "interval"),
    ("by the end of 2024", None, "2024-12-31", "interval"),
    ("before 2010", None, "2009-12-31", "interval"),
    ("after 7 October 2023", "2023-10-08", None, "interval"),
    ("between 2010 and 2014", "2010-01-01", "2014-12-31", "interval"),
    ("from 2010 to 2014", "2010-01-01", "2014-12-31", "interval"),
    ("2010–2014", "2010-01-01", "2014-12-31", "interval"),
    ("from 7 to 9 October 2023", "2023-10-07", "2023-10-09", "interval"),
    ("7–9 October 2023", "2023-10-07", "2023-10-09", "interval"),
    ("from March to June 2020", "2020-03-01", "2020-06-30", "interval"),
    ("between 30 June and 2 July 2020", "2020-06-30", "2020-07-02", "interval"),
]  # fmt: skip

# text, start, end, granularity; against DATE, looking back
RELATIVE = [
    ("on Wednesday", "2024-11-06", "2024-11-06", "day"),
    ("Wednesday's", "2024-11-06", "2024-11-06", "day"),
    ("Wednesday evening", "2024-11-06", "2024-11-06", "day"),
    ("on Thursday", "2024-11-07", "2024-11-07", "day"),
    ("Friday", "2024-11-01", "2024-11-01", "day"),
    ("last Friday", "2024-11-01", "2024-11-01", "day"),
    ("last Thursday", "2024-10-31", "2024-10-31", "day"),
    ("next Monday", "2024-11-11", "2024-11-11", "day"),
    ("Wednesday at 20:00", "2024-11-06T20:00", "2024-11-06T20:00", "minute"),
    ("today", "2024-11-07", "2024-11-07", "day"),
    ("tonight", "2024-11-07", "2024-11-07", "day"),
    ("yesterday", "2024-11-06", "2024-11-06", "day"),
    ("yesterday morning", "2024-11-06", "2024-11-06", "day"),
    ("tomorrow", "2024-11-08", "2024-11-08", "day"),
    ("last night", "2024-11-06", "2024-11-06", "day"),
    ("last week", "2024-10-28", "2024-11-03", "week"),
    ("this week", "2024-11-04", "2024-11-10", "week"),
    ("earlier this week", "2024-11-04", "2024-11-10", "week"),
    ("last weekend", "2024-11-02", "2024-11-03", "interval"),
    ("last month", "2024-10-01", "2024-10-31", "month"),
    ("next year", "2025-01-01", "2025-12-31", "year"),
    ("last year", "2023-01-01", "2023-12-31", "year"),
    ("earlier this year", "2024-01-01", "2024-12-31", "year"),
    ("the past decade", "2010-01-01", "2019-12-31", "decade"),
    ("7 October of last year", "2023-10-07", "2023-10-07", "day"),
    ("in May of last year", "2023-05-01", "2023-05-31", "month"),
    ("May this year", "2024-05-01", "2024-05-31", "month"),
    ("7 October", "2024-10-07", "2024-10-07", "day"),
    ("October 7", "2024-10-07", "2024-10-07", "day"),
    ("on 20 December", "2023-12-20", "2023-12-20", "day"),
    ("in December", "2023-12-01", "2023-12-31", "month"),
    ("in October", "2024-10-01", "2024-10-31", "month"),
    ("last December", "2023-12-01", "2023-12-31", "month"),
    ("three days ago", "2024-11-04", "2024-11-04", "day"),
    ("a week ago", "2024-10-28", "2024-11-03", "week"),
    ("two months ago", "2024-09-01", "2024-09-30", "month"),
    ("ten years ago", "2014-01-01", "2014-12-31", "year"),
    ("over the past 24 hours", "2024-11-06", "2024-11-07", "interval"),
    ("in the last three weeks", "2024-10-17", "2024-11-07", "interval"),
    ("over the past two years", "2022-11-07", "2024-11-07", "interval"),
    ("within the next 48 hours", "2024-11-07", "2024-11-09", "interval"),
    ("since Monday", "2024-11-04", None, "interval"),
    ("since last year", "2023-01-01", None, "interval"),
    ("since March", "2024-03-01", None, "interval"),
]  # fmt: skip

# text, start, end; looking ahead
AHEAD = [
    ("on Wednesday", "2024-11-13", "2024-11-13"),
    ("on Thursday", "2024-11-07", "2024-11-07"),
    ("this Saturday", "2024-11-09", "2024-11-09"),
    ("7 October", "2025-10-07", "2025-10-07"),
    ("in December", "2024-12-01", "2024-12-31"),
    ("by noon on Saturday", None, "2024-11-09"),
    ("by June", None, "2025-06-30"),
    ("until Friday", None, "2024-11-08"),
    ("in three days", "2024-11-10", "2024-11-10"),
    ("in two weeks", "2024-11-18", "2024-11-24"),
    ("within 48 hours", "2024-11-07", "2024-11-09"),
    ("from 11 to 13 November", "2024-11-11", "2024-11-13"),
]

RAW = [
    "two weeks after the attack",
    "during the war",
    "after the election",
    "for two years",
    "three years",
    "recently",
    "the next day",
    "the same day",
    "at 20:00",
    "several years ago",
    "an hour ago",
    "31 June 2023",
    "within 24 hours",
    "after the October 7 attacks",
    "before it",
]


@pytest.mark.parametrize(("text", "start", "end", "granularity"), ABSOLUTE)
def test_absolute_times_need_no_anchor(text: str, start: str | None, end: str | None, granularity: str) -> None:
    for date in (None, DATE):
        time = normalise(text, date)
        assert (time.text, time.start, time.end, time.granularity, time.anchor) == (text, start, end, granularity, None)


@pytest.mark.parametrize(("text", "start", "end", "granularity"), RELATIVE)
def test_relative_times_are_resolved_against_the_article(
    text: str, start: str | None, end: str | None, granularity: str
) -> None:
    time = normalise(text, DATE)
    assert (time.start, time.end, time.granularity, time.anchor) == (start, end, granularity, "2024-11-07")


@pytest.mark.parametrize("text", [row[0] for row in RELATIVE + AHEAD])
def test_without_a_date_relative_times_stay_raw(text: str) -> None:
    time = normalise(text, None, direction="future")
    assert (time.text, time.start, time.end, time.granularity, time.anchor) == (text, None, None, None, None)


@pytest.mark.parametrize(("text", "start", "end"), AHEAD)
def test_plans_lie_ahead(text: str, start: str | None, end: str | None) -> None:
    time = normalise(text, DATE, direction="future")
    assert (time.start, time.end) == (start, end)


@pytest.mark.parametrize("text", RAW)
def test_no_interval_is_invented(text: str) -> None:
    time = normalise(text, DATE)
    assert (time.text, time.start, time.end, time.granularity, time.anchor) == (text, None, None, None, None)
