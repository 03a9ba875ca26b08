"""Reading and writing an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self, TypeVar

from kg.archive import history
from kg.archive.database import connect, damaged, faults, prepare_folder, take_lock
from kg.archive.history import Change, Event, EventKind, Moment
from kg.archive.manifest import Manifest
from kg.codec import from_json, to_json
from kg.errors import EvidenceError
from kg.ids import digest
from kg.records import Article, ArticleRecord, Resolution

T = TypeVar("T")

SET_VALUE = "INSERT OR REPLACE INTO manifest VALUES (?, ?)"
OUTDATE = "DELETE FROM manifest WHERE name = 'derived_with'"


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
            prepare_folder(folder)
            self._lock = take_lock(folder)
        try:
            self._db = connect(folder, write=write)
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

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything that is read within stood there at one moment, whatever a writer does meanwhile."""
        with faults(self.folder):
            self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.rollback()

    # The whole -------------------------------------------------------------------------------------------------------

    @property
    def manifest(self) -> Manifest:
        """What holds for the whole graph.

        :raises GraphError: if it is damaged, or names files outside of the folder: a graph may come from others.
        """
        line = self._value("manifest")
        manifest = self._read(Manifest, line) if line else Manifest()
        for name in (*manifest.ontologies, *manifest.lexicons):
            if not (self.folder / name).resolve().is_relative_to(self.folder.resolve()):
                raise damaged(self.folder, f"the vocabulary file {name!r} is not in the graph's folder")
        return manifest

    def set_manifest(self, manifest: Manifest) -> None:
        """Replace what holds for the whole graph."""
        if manifest != self.manifest:
            with faults(self.folder), self._db:
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
        return self._read(Resolution, line) if line else None

    def set_derived(
        self,
        resolution: Resolution | str,
        *,
        software: str,
        generation: str = "",
        came: int | None = None,
        went: int | None = None,
    ) -> Change:
        """Note what was derived from all that is stored now, and with which version of kg: in one step.

        :param resolution: as it is, or as JSON (:func:`kg.codec.to_json`), where it has been written already.
        :param generation: the store's files that hold it.
        :param came: how many quads are new against the change before, if known; ``went``: how many are no more.
        """
        written = resolution if isinstance(resolution, str) else to_json(resolution)
        with faults(self.folder), self._db:
            known, until = history.changes(self._db), history.last_event(self._db)
            if known and known[-1].until == until and came == went == 0:  # the same again, in other files
                change = replace(known[-1], software=software, generation=generation)
            else:
                change = Change(len(known) + 1, history.now(), until, software, generation, came, went)
            history.log_change(self._db, change)
            self._db.execute(SET_VALUE, ("resolution", written))
            self._db.execute(SET_VALUE, ("derived_with", software))
        return change

    # Articles --------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        with faults(self.folder):
            count: int = self._db.execute("SELECT count(*) FROM articles").fetchone()[0]
        return count

    def __contains__(self, id: str) -> bool:
        with faults(self.folder):
            return self._db.execute("SELECT 1 FROM articles WHERE id = ?", (id,)).fetchone() is not None

    def readings(self) -> dict[str, str]:
        """For each article id, the digest of what was read and with what (:func:`reading_key`)."""
        with faults(self.folder):
            return dict(self._db.execute("SELECT id, reading FROM articles"))

    def put(self, record: ArticleRecord, *, reader: str = "", line: str | None = None) -> None:
        """Store what was read of an article, in place of an earlier reading. From then on it outlives the process.

        :param line: the record as JSON (:func:`kg.codec.to_json`), where it has been written already.
        """
        id = record.article.id
        row = (id, reading_key(record.article, reader), to_json(record) if line is None else line)
        with faults(self.folder), self._db:
            before = self._line(id)
            kind: EventKind = "added"
            if before is not None:
                kind = "reread" if self._read_record(before).article == record.article else "corrected"
            history.log_event(self._db, id, kind, before)
            self._db.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", row)
            self._db.execute(OUTDATE)

    def remove(self, id: str) -> bool:
        """Take an article out; says whether it was there."""
        with faults(self.folder), self._db:
            before = self._line(id)
            if before is None:
                return False
            history.log_event(self._db, id, "removed", before)
            self._db.execute("DELETE FROM articles WHERE id = ?", (id,))
            self._db.execute(OUTDATE)
        return True

    def records(
        self, *, until: int | None = None, known: Mapping[str, ArticleRecord] = MappingProxyType({})
    ) -> Iterator[ArticleRecord]:
        """All readings, by article id.

        :param until: as they stood after the event with that number; default: as they stand now.
        :param known: some of those that stand now, which need not be made of their JSON again.
        """
        with faults(self.folder):
            if until is None:
                for id, line in self._db.execute("SELECT id, record FROM articles ORDER BY id"):
                    yield known[id] if id in known else self._read_record(line)
                return
            for _, line, before in self._db.execute(history.AS_OF, {"until": until}):
                yield self._read_record(history.unpacked(before) if line is None else line)

    def record_or_fault(
        self, *, until: int | None = None, part: int = 0, parts: int = 1
    ) -> Iterator[tuple[int, ArticleRecord | EvidenceError]]:
        """All readings, by article id, each with its place among them, counted from 0; instead of a record whose
        evidence is no evidence, what is wrong with it.

        :param part: of every ``parts`` readings, the one that is wanted, counted from 0.
        """
        with faults(self.folder):
            rows = self._db.execute(history.AS_OF, {"until": history.last_event(self._db) if until is None else until})
            for number, (id, line, before) in enumerate(rows):
                if number % parts != part:
                    continue
                try:
                    yield number, self._read_record(history.unpacked(before) if line is None else line)
                except EvidenceError as error:
                    yield number, EvidenceError(error.message, where=id)

    def record(self, id: str, *, until: int | None = None) -> ArticleRecord | None:
        """What was read of one article.

        :param until: as it stood after the event with that number; default: as it stands now.
        """
        with faults(self.folder):
            line = self._line(id) if until is None else history.line_as_of(self._db, id, until)
        return self._read_record(line) if line is not None else None

    def article(self, id: str) -> Article | None:
        """One article as it was read."""
        record = self.record(id)
        return record.article if record else None

    def articles(self) -> Iterator[Article]:
        """All articles as they were read, by id; without what was read, which takes longer."""
        with faults(self.folder):
            for (line,) in self._db.execute("SELECT json_extract(record, '$.article') FROM articles ORDER BY id"):
                yield self._read(Article, line)

    # History ---------------------------------------------------------------------------------------------------------

    def changes(self) -> list[Change]:
        """What was derived when, oldest first."""
        with faults(self.folder):
            return history.changes(self._db)

    def moments(self, *, after: int = 0) -> list[Moment]:
        """Which article came, went or was corrected when, oldest first: the events after one."""
        with faults(self.folder):
            return history.moments(self._db, after)

    def events(self, *, after: int = 0, until: int | None = None) -> Iterator[Event]:
        """What came, went and was corrected, oldest first: the events after one and up to another."""
        with faults(self.folder):
            yield from history.events(
                self._db, after, history.last_event(self._db) if until is None else until, self._read_record
            )

    def revisions(self) -> dict[str, tuple[Article, ...]]:
        """For each article that was corrected since it came, what it was before, oldest first."""
        with faults(self.folder):
            return history.revisions(self._db, self._read_record)

    def _read(self, cls: type[T], line: str) -> T:
        """An instance from the JSON that is stored.

        :raises EvidenceError: if it is a record whose evidence is none.
        :raises GraphError: if it is something else.
        """
        try:
            return from_json(cls, line)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise damaged(self.folder, f"{type(error).__name__}: {error}") from error

    def _read_record(self, line: str) -> ArticleRecord:
        return self._read(ArticleRecord, line)

    def _line(self, id: str) -> str | None:
        row = self._db.execute("SELECT record FROM articles WHERE id = ?", (id,)).fetchone()
        return row[0] if row else None

    def _value(self, name: str) -> str | None:
        with faults(self.folder):
            row = self._db.execute("SELECT value FROM manifest WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None


def reading_key(article: Article, reader: str) -> str:
    """A digest of an article with all its fields and of what read it: where it is the same, so is the reading."""
    return digest(to_json(article), reader)
