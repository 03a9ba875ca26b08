"""The archive of a graph: every article with all that was read from it, unresolved, in one SQLite file.

This is the truth of a graph folder; entities and RDF are derived from it. Each article is written in a transaction of
its own, so a build that is cut off keeps what it has read. One process writes at a time; any number may read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.codec import from_json, to_json
from kg.errors import GraphError, OutputError
from kg.ids import BASE_IRI, digest
from kg.records import Article, ArticleRecord, Resolution

#: Counts up when what is stored changes so that an older kg could not read it.
FORMAT = 1
FILE_NAME = "articles.db"
LOCK_NAME = "writer.lock"
WAIT = 10.0  # seconds that a reader waits while an article is being written

SCHEMA = f"""
CREATE TABLE manifest (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (id TEXT PRIMARY KEY, reading TEXT NOT NULL, record TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {FORMAT};
"""
SET_VALUE = "INSERT OR REPLACE INTO manifest VALUES (?, ?)"
OUTDATE = "DELETE FROM manifest WHERE name = 'derived_with'"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What holds for a whole graph.

    ``ontologies`` and ``lexicons`` name the user's own vocabulary files, copied into the graph folder; ``model``,
    ``ontology`` and ``lexicon`` say with what the articles were read (a version, two digests).
    """

    base: str = BASE_IRI
    ontologies: tuple[str, ...] = ()
    lexicons: tuple[str, ...] = ()
    model: str = ""
    ontology: str = ""
    lexicon: str = ""

    @property
    def reader(self) -> str:
        """A digest of what an article's reading depends on, beside the article itself."""
        return digest(self.model, self.ontology, self.lexicon)


class Archive:
    """The articles of the graph in ``folder``; a context manager. Read-only unless ``write`` is set.

    :param write: open for writing, and create the archive where there is none.
    :raises GraphError: if there is no graph, it is of another format, or another process is writing to it.
    :raises OutputError: if it cannot be created.
    """

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.folder = folder
        self._lock: sqlite3.Connection | None = None
        if write:
            _prepare_folder(folder)
            self._lock = _take_lock(folder)
        try:
            self._db = self._open(write)
        except BaseException:
            self._release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and, after writing, of the lock."""
        if self._lock is not None:
            with suppress(sqlite3.OperationalError):  # somebody is reading; the file stays as it is until next time
                self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()
        self._release()

    def __len__(self) -> int:
        with self._faults():
            count: int = self._db.execute("SELECT count(*) FROM articles").fetchone()[0]
        return count

    def __contains__(self, id: str) -> bool:
        with self._faults():
            return self._db.execute("SELECT 1 FROM articles WHERE id = ?", (id,)).fetchone() is not None

    @property
    def manifest(self) -> Manifest:
        """What holds for the whole graph."""
        line = self._value("manifest")
        return from_json(Manifest, line) if line else Manifest()

    def set_manifest(self, manifest: Manifest) -> None:
        """Replace what holds for the whole graph."""
        if manifest != self.manifest:
            with self._faults(), self._db:
                self._db.execute(SET_VALUE, ("manifest", to_json(manifest)))
                self._db.execute(OUTDATE)

    @property
    def derived_with(self) -> str | None:
        """The version of kg that last derived from the archive; ``None`` if articles have come or gone since."""
        return self._value("derived_with")

    @property
    def resolution(self) -> Resolution | None:
        """What the mentions were last resolved to, whatever has come or gone since; ``None`` if they never were."""
        line = self._value("resolution")
        return from_json(Resolution, line) if line else None

    def set_derived(self, resolution: Resolution, *, software: str) -> None:
        """Note what was derived from all that is stored now, and with which version of kg."""
        with self._faults(), self._db:
            self._db.execute(SET_VALUE, ("resolution", to_json(resolution)))
            self._db.execute(SET_VALUE, ("derived_with", software))

    def readings(self) -> dict[str, str]:
        """For each article id, the digest of what was read and with what (:func:`reading_key`)."""
        with self._faults():
            return dict(self._db.execute("SELECT id, reading FROM articles"))

    def put(self, record: ArticleRecord, *, reader: str = "") -> None:
        """Store what was read of an article, in place of an earlier reading. From then on it outlives the process."""
        row = (record.article.id, reading_key(record.article, reader), to_json(record))
        with self._faults(), self._db:
            self._db.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", row)
            self._db.execute(OUTDATE)

    def remove(self, id: str) -> bool:
        """Take an article out; says whether it was there."""
        with self._faults(), self._db:
            self._db.execute(OUTDATE)
            return self._db.execute("DELETE FROM articles WHERE id = ?", (id,)).rowcount > 0

    def records(self) -> Iterator[ArticleRecord]:
        """All readings, by article id."""
        with self._faults():
            for (line,) in self._db.execute("SELECT record FROM articles ORDER BY id"):
                yield from_json(ArticleRecord, line)

    def record(self, id: str) -> ArticleRecord | None:
        """What was read of one article."""
        with self._faults():
            row = self._db.execute("SELECT record FROM articles WHERE id = ?", (id,)).fetchone()
        return from_json(ArticleRecord, row[0]) if row else None

    def article(self, id: str) -> Article | None:
        """One article as it was read."""
        record = self.record(id)
        return record.article if record else None

    def _value(self, name: str) -> str | None:
        with self._faults():
            row = self._db.execute("SELECT value FROM manifest WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _open(self, write: bool) -> sqlite3.Connection:
        path = self.folder / FILE_NAME
        if not write and not path.is_file():
            raise GraphError(
                "there is no graph here",
                where=str(self.folder),
                fix="name a folder that `kg build SOURCE -o GRAPH` made",
            )
        with self._faults():
            mode = "rwc" if write else "ro"
            db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT)
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if write:
                # While writing, a log beside the file: a killed process loses nothing, readers do not wait, and an
                # article need not wait for the disk. Closing folds it in, so that a finished graph is one plain file.
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = NORMAL")
            if version == 0 and write:
                db.executescript(f"BEGIN; {SCHEMA} COMMIT;")
            elif version != FORMAT:
                db.close()
                raise GraphError(
                    f"the graph is of format {version}; this kg reads format {FORMAT}",
                    where=str(self.folder),
                    fix="build it anew from its sources into another folder",
                )
        return db

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"the archive cannot be used: {error}",
                where=str(self.folder / FILE_NAME),
                fix="check that the disk is not full and that you may read and write there",
            ) from error
        except sqlite3.DatabaseError as error:
            raise GraphError(
                f"the archive is damaged: {error}",
                where=str(self.folder / FILE_NAME),
                fix="restore it from a copy, or build the graph anew from its sources",
            ) from error

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def reading_key(article: Article, reader: str) -> str:
    """A digest of an article with all its fields and of what read it: where it is the same, so is the reading."""
    return digest(to_json(article), reader)


def _prepare_folder(folder: Path) -> None:
    """Make ``folder``; refuse one that holds something else, which a graph's files would get mixed up with."""
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


def _take_lock(folder: Path) -> sqlite3.Connection:
    """An exclusive lock that the operating system releases when the process ends, however it ends."""
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
