"""What came, went and was corrected, when: the history of an archive.

An *event* is one change to one article, with what was there before. A *change* is what was derived from the events up
to one of them: the graph as it was shown from then on. Since events keep what was there before, the archive as it stood
at any event can still be read; so a reader has a graph that fits together while a writer is at work.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from typing import Literal, NamedTuple

from kg.records import Article, ArticleRecord

#: ``corrected``: the article itself changed; ``reread``: it is the same, and was read with other vocabulary or model.
EventKind = Literal["added", "corrected", "reread", "removed"]

AS_OF = """
SELECT id, record, NULL FROM articles WHERE id NOT IN (SELECT id FROM events WHERE number > :until)
UNION ALL
SELECT id, NULL, before FROM events WHERE before IS NOT NULL
    AND number IN (SELECT min(number) FROM events WHERE number > :until GROUP BY id)
ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Event:
    """One change to one article. ``at`` is the moment in UTC, ISO 8601; ``before`` what was there until then."""

    number: int
    at: str
    id: str
    kind: EventKind
    before: ArticleRecord | None


class Moment(NamedTuple):
    """An event without what it changed: its number, when it was, and the article's id."""

    number: int
    at: str
    id: str


@dataclass(frozen=True, slots=True)
class Change:
    """What was derived from the events up to and with ``until``, and how many quads that brought and took.

    ``generation`` names the store's files that hold it. The counts are ``None`` where the files of the change before
    were lost.
    """

    number: int
    at: str
    until: int
    software: str
    generation: str
    came: int | None
    went: int | None


def now() -> str:
    """The moment, in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def log_event(db: sqlite3.Connection, id: str, kind: EventKind, before: str | None) -> None:
    """Note an event, in the transaction that is open."""
    packed = None if before is None else zlib.compress(before.encode())
    db.execute("INSERT INTO events (at, id, kind, before) VALUES (?, ?, ?, ?)", (now(), id, kind, packed))


def last_event(db: sqlite3.Connection) -> int:
    """The number of the newest event; 0 before the first."""
    number: int = db.execute("SELECT coalesce(max(number), 0) FROM events").fetchone()[0]
    return number


def events(db: sqlite3.Connection, after: int, until: int, read: Callable[[str], ArticleRecord]) -> Iterator[Event]:
    """The events with numbers above ``after``, up to and with ``until``; ``read`` makes a record of its JSON."""
    rows = db.execute(
        "SELECT number, at, id, kind, before FROM events WHERE number > ? AND number <= ? ORDER BY number",
        (after, until),
    )
    for number, at, id, kind, before in rows:
        yield Event(number, at, id, kind, read(unpacked(before)) if before is not None else None)


def moments(db: sqlite3.Connection, after: int) -> list[Moment]:
    """When the events with numbers above ``after`` were, oldest first; what they changed is not read."""
    rows = db.execute("SELECT number, at, id FROM events WHERE number > ? ORDER BY number", (after,))
    return [Moment(*row) for row in rows]


def line_as_of(db: sqlite3.Connection, id: str, until: int) -> str | None:
    """The record of an article as it stood after an event; ``None`` if there was none."""
    row = db.execute(
        "SELECT before FROM events WHERE id = ? AND number > ? ORDER BY number LIMIT 1", (id, until)
    ).fetchone()
    if row is not None:
        return None if row[0] is None else unpacked(row[0])
    row = db.execute("SELECT record FROM articles WHERE id = ?", (id,)).fetchone()
    return None if row is None else str(row[0])


def revisions(db: sqlite3.Connection, read: Callable[[str], ArticleRecord]) -> dict[str, tuple[Article, ...]]:
    """For each article that was corrected, what it was before, oldest first. Removing an article ends its trail."""
    found: dict[str, tuple[Article, ...]] = {}
    rows = db.execute(
        "SELECT id, before FROM events WHERE kind = 'corrected' AND id IN (SELECT id FROM articles) AND number > "
        "(SELECT max(number) FROM events AS added WHERE added.id = events.id AND kind = 'added') ORDER BY number"
    )
    for id, before in rows:
        found[id] = (*found.get(id, ()), read(unpacked(before)).article)
    return found


def unpacked(before: bytes) -> str:
    """A record as it was kept in an event."""
    return zlib.decompress(before).decode()


def changes(db: sqlite3.Connection) -> list[Change]:
    """All changes, oldest first."""
    rows = db.execute("SELECT number, at, until, software, generation, came, went FROM changes ORDER BY number")
    return [Change(*row) for row in rows]


def log_change(db: sqlite3.Connection, change: Change) -> None:
    """Note a change, or the same one again, in the transaction that is open."""
    db.execute("INSERT OR REPLACE INTO changes VALUES (?, ?, ?, ?, ?, ?, ?)", astuple(change))
