"""The SQLite file of an archive: its tables, how it is opened, its errors in our words, and the lock of its writer."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import GraphError, OutputError

#: Counts up when what is stored changes so that an older kg could not read it.
FORMAT = 2
#: Formats that can still be read; the first write brings them up to date.
OLDER = (1,)
FILE_NAME = "articles.db"
LOCK_NAME = "writer.lock"
WAIT = 10.0  # seconds that a reader waits while an article is being written

ARTICLES = """
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (id TEXT PRIMARY KEY, reading TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
"""
#: ``events``: what came and went, with what was there before (compressed); ``changes``: what was derived from it when.
HISTORY = """
CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, before BLOB
);
CREATE INDEX events_by_id ON events (id, number);
CREATE TABLE changes (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, until INTEGER NOT NULL, software TEXT NOT NULL,
    generation TEXT NOT NULL, came INTEGER, went INTEGER
);
"""


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """The archive in ``folder``, made where it is missing and ``write`` is set.

    :raises GraphError: if there is none, or it is damaged or of another format.
    :raises OutputError: if it cannot be opened.
    """
    path = folder / FILE_NAME
    if not write and not path.is_file():
        raise _nothing_here(folder)
    with faults(folder):
        db, version = _opened(path, "rwc" if write else "ro")
        try:
            if write:
                # While writing, a log beside the file: a killed process loses nothing and readers do not wait. Each
                # article is on the disk before it counts as stored, which takes little beside reading it. Closing folds
                # the log in, so that a finished graph is one plain file.
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")
                version = _bring_up_to_date(db, version)
            if version == 0:  # a build that was cut off before it stored anything
                raise _nothing_here(folder)
            if version not in (FORMAT, *OLDER):
                raise GraphError(
                    f"the graph is of format {version}; this kg reads format {FORMAT}",
                    where=str(folder),
                    fix="build it anew from its sources into another folder",
                )
            if version in OLDER:  # the tables that came later are empty for a reader
                db.executescript(HISTORY.replace("CREATE TABLE", "CREATE TEMP TABLE").replace("INDEX ", "INDEX temp."))
        except BaseException:
            db.close()
            raise
    return db


def _opened(path: Path, mode: str) -> tuple[sqlite3.Connection, int]:
    """A connection, and the format of what it leads to; what a killed writer left half done is taken back."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT)
    try:
        return db, db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.OperationalError as error:
        db.close()
        if mode == "ro" and "readonly" in str(error):  # taking it back is writing
            return _opened(path, "rw")
        raise
    except BaseException:
        db.close()
        raise


def _nothing_here(folder: Path) -> GraphError:
    return GraphError(
        "there is no graph here", where=str(folder), fix="name a folder that `kg build SOURCE -o GRAPH` made"
    )


def _bring_up_to_date(db: sqlite3.Connection, version: int) -> int:
    tables = {0: ARTICLES + HISTORY, 1: HISTORY}.get(version)
    if tables is None:
        return version
    db.executescript(f"BEGIN; {tables} PRAGMA user_version = {FORMAT}; COMMIT;")
    return FORMAT


@contextmanager
def faults(folder: Path) -> Iterator[None]:
    """SQLite's errors as ours, and those of what is compressed or written in it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "decode" in str(error):
            raise damaged(folder, str(error)) from error
        raise OutputError(
            f"the archive cannot be used: {error}",
            where=str(folder / FILE_NAME),
            fix="check that the disk is not full and that you may read and write there",
        ) from error
    except (sqlite3.DatabaseError, zlib.error, UnicodeDecodeError) as error:
        raise damaged(folder, str(error)) from error


def damaged(folder: Path, what: str) -> GraphError:
    """The error for an archive that does not hold what it should."""
    return GraphError(
        f"the archive is damaged: {what[:200]}",
        where=str(folder / FILE_NAME),
        fix="restore it from a copy, or build the graph anew from its sources",
    )


def prepare_folder(folder: Path) -> None:
    """Make ``folder``; refuse one that holds something else, which a graph's files would get mixed up with.

    :raises OutputError: if it cannot be made.
    :raises GraphError: if it holds something else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = not (folder / FILE_NAME).exists() and any(
            entry.name != LOCK_NAME for entry in folder.iterdir() if not entry.name.startswith(".")
        )
    except OSError as error:
        raise OutputError(
            f"the graph folder cannot be made: {error.strerror}",
            where=str(folder),
            fix="name another folder with -o, or change its permissions",
        ) from error
    if foreign:
        raise GraphError(
            "the folder is not empty and holds no graph", where=str(folder), fix="name a new or empty folder with -o"
        )


def take_lock(folder: Path) -> sqlite3.Connection:
    """An exclusive lock that the operating system releases when the process ends, however it ends.

    :raises GraphError: if another process holds it.
    :raises OutputError: if the folder cannot be written.
    """
    path = folder / LOCK_NAME
    try:
        lock = sqlite3.connect(path, timeout=0, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise GraphError(
                "another process is writing to this graph", where=str(folder), fix="wait until it has finished"
            ) from error
        raise OutputError(
            f"the graph folder cannot be written: {error}", where=str(folder), fix="change its permissions"
        ) from error
    return lock
