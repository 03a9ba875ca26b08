"""The quads of a graph in an embedded Oxigraph store, on disk or in memory.

On disk a store is a folder of *generations*, written once and never changed (:mod:`kg.rdf.generation`), and a file
``current`` that names the one in force. Writing makes a new generation and then, in one step, lets ``current`` name it:
a reader sees the old graph or the new one, never half of either, and no reader waits or gets in the way.

Oxigraph's union of graphs repeats a triple that stands in two graphs, which spoils every count. So what queries read is
a merge of all graphs, each triple once (:mod:`kg.rdf.loading`). The named graphs themselves are read from the lines,
and put into a database only when a query asks for them with a variable.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

import pyoxigraph as ox

from kg import ids
from kg.errors import GraphError, OutputError
from kg.rdf import lines
from kg.rdf.checksums import check_sums
from kg.rdf.choosing import Keys
from kg.rdf.generation import (
    INDEX,
    KEYS,
    LINES,
    Places,
    check_generation,
    open_named,
    placed,
    read_places,
)
from kg.rdf.keys import KeysWriter
from kg.rdf.lines import Graph
from kg.rdf.loading import REST, Loading, add_named
from kg.rdf.publishing import CURRENT, current, publish
from kg.rdf.shelf import Shelf
from kg.rdf.terms import Term

REBUILD: Final = "derive it again from the articles: kg build, or any kg add to the graph"


class Store:
    """A graph's quads: read with :meth:`quads` or by SPARQL, written as a whole with :meth:`write`.

    :param path: the store's folder, opened read-only; ``None`` for an empty store in memory.
    :param create: where the folder holds no store yet, start with an empty one instead of raising.
    :raises GraphError: if there is no store, or what is there is none.
    """

    __slots__ = ("_base", "_db", "_keys", "_lines", "_named", "_places", "path")

    def __init__(self, path: Path | None = None, *, create: bool = False) -> None:
        self.path = path
        self._set(*_in_memory(()))
        if path is not None and not (create and not (path / CURRENT).exists()):
            self._set(*_open(path))

    def _set(self, db: ox.Store, lines: bytes | Path, places: Places | None = None, keys: Keys | None = None) -> None:
        self._db, self._lines, self._places, self._keys = db, lines, places, keys
        self._base: str | None = None
        self._named: tuple[ox.Store, object] | None = None

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Self:
        """A store in memory that holds the quads."""
        store = cls()
        store.replace(quads)
        return store

    def __len__(self) -> int:
        return sum(block.count(b"\n") for block in self.blocks())

    @property
    def database(self) -> ox.Store:
        """The Oxigraph store that queries read: the merge of all graphs, plain claims apart."""
        return self._db

    @property
    def keys(self) -> Keys:
        """What statements are ordered and chosen by.

        :raises GraphError: if the store's files are damaged.
        """
        if self._keys is None:
            assert isinstance(self._lines, Path)
            with self.faults():
                self._keys = Keys(self._lines.with_name(KEYS))
        return self._keys

    @property
    def named_database(self) -> ox.Store:
        """The same with all the named graphs in it, made when it is first asked for: about 10 s for a million quads.

        :raises GraphError: if it cannot be made.
        """
        if self._named is None:
            with self.faults():
                if isinstance(self._lines, Path):
                    self._named = open_named(self._lines.parent, self.blocks())
                else:
                    db = ox.Store()
                    db.bulk_extend(self._db)
                    add_named(db, self.blocks())
                    self._named = db, None
        return self._named[0]

    def prepare(self) -> None:
        """Make what is only made when it is asked for, where that can be kept: for who will have no time for it then.

        :raises GraphError: if it cannot be made.
        """
        if self.folder and os.access(self.folder, os.W_OK):
            _ = self.named_database
            self._named = None  # whoever reads it opens it again

    def check(self) -> None:
        """Read all the store's files, a gigabyte a second or more, and see that they are as they were written.

        :raises GraphError: if one is not.
        """
        if self.folder:
            with self.faults():
                check_generation(self.folder)

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Damaged files in our words, for whoever reads the database.

        :raises GraphError: for Oxigraph's errors in reading.
        """
        try:
            yield
        except (OSError, RuntimeError, sqlite3.Error) as error:  # Oxigraph passes on what RocksDB says
            raise GraphError(f"the store cannot be read: {error}", where=str(self.path), fix=REBUILD) from error

    def match(
        self,
        subject: Term | None,
        name: ox.NamedNode | None,
        value: Term | None,
        graph: ox.NamedNode | ox.DefaultGraph = REST,
    ) -> Iterator[ox.Quad]:
        """The quads of that pattern, where ``None`` is anything, in no particular order.

        :param graph: all but plain claims that are no facts, or those.
        :raises GraphError: if the store's files are damaged.
        """
        with self.faults():  # what cannot be a subject has no quads
            yield from self._db.quads_for_pattern(subject, name, value, graph)  # type: ignore[arg-type]

    @property
    def folder(self) -> Path | None:
        """Where the files are that hold what is read here; none in memory."""
        return self._lines.parent if isinstance(self._lines, Path) else None

    @property
    def generation(self) -> str:
        """The name of these files; empty in memory."""
        return self.folder.name if self.folder else ""

    @property
    def lines(self) -> bytes:
        """The graph as canonical N-Quads (:mod:`kg.rdf.lines`)."""
        return b"".join(self.blocks())

    def blocks(self) -> Iterator[bytes]:
        """The graph as canonical N-Quads, in blocks of whole lines: for graphs larger than memory."""
        if isinstance(self._lines, bytes):
            yield self._lines
            return
        try:
            yield from lines.file_blocks(self._lines)
        except OSError as error:
            raise GraphError(
                f"the store cannot be read: {error}", where=str(self.path), fix="open the graph again"
            ) from error

    @property
    def base(self) -> str:
        """What the IRIs of this graph start with; the default base while it is empty."""
        if self._base is None:
            ending = ids.articles_graph_iri("")
            self._base = next((iri.removesuffix(ending) for iri in self.places if iri.endswith(ending)), ids.BASE_IRI)
        return self._base

    @property
    def places(self) -> Places:
        """By the IRI of each named graph, where it stands in the lines: its first byte and how many it has.

        :raises GraphError: if the store's files are damaged.
        """
        if self._places is None:
            assert isinstance(self._lines, Path)
            try:
                self._places = read_places(self._lines.parent)
            except (OSError, ValueError) as error:
                raise GraphError(
                    f"the store cannot be read: {error}", where=str(self.path), fix="open the graph again"
                ) from error
        return self._places

    def graphs(self) -> list[ox.NamedNode]:
        """The named graphs, sorted by IRI."""
        return [ox.NamedNode(iri) for iri in sorted(self.places)]

    def graph(self, iri: str) -> bytes:
        """The canonical lines of a named graph; none if there is no such graph."""
        start, length = self.places.get(iri, (0, 0))
        if isinstance(self._lines, bytes):
            return self._lines[start : start + length]
        with self.faults(), self._lines.open("rb") as file:
            file.seek(start)
            return file.read(length)

    def quads(self) -> Iterator[ox.Quad]:
        """All quads, in canonical order.

        :raises GraphError: if the store's files are damaged.
        """
        try:
            yield from ox.parse(lines.as_file(self.blocks()), format=ox.RdfFormat.N_QUADS, lenient=True)
        except SyntaxError as error:
            raise GraphError(f"the store cannot be read: {error}", where=str(self.path), fix=REBUILD) from error

    def replace(self, quads: Iterable[ox.Quad]) -> None:
        """Make the quads the whole content of the store, as :meth:`write` does; each has a named graph."""
        self.write(lines.by_graph(quads))

    def write(self, graphs: Iterable[Graph], *, keep: str = "") -> None:
        """Make the graphs the whole content of the store: all of it or, if anything fails, nothing.

        There are no blank nodes. Writers do not wait for each other: hold the graph's writer lock.

        :param keep: a generation that stays readable, beside the one before.
        :raises OutputError: if the folder cannot be written; the old content stays.
        """
        if self.path is None:
            self._set(*_in_memory(graphs))
            return
        try:
            publish(graphs, self.path, keep)
        except OSError as error:
            raise OutputError(
                f"the store cannot be written: {error}", where=str(self.path), fix="check free space and permissions"
            ) from error
        self._set(*_open(self.path))


def _in_memory(graphs: Iterable[Graph]) -> tuple[ox.Store, bytes, Places, Keys]:
    db, parts = ox.Store(), list[bytes]()
    with Shelf() as shelf:
        with Loading(db) as loading, KeysWriter() as keys:
            for graph, triples in graphs:
                data = shelf.put(graph, triples)
                loading.put(graph, data)
                keys.put(graph, data)
            keys.end()
        places = placed(shelf.take(), parts.append)
    return db, b"".join(parts), places, Keys(keys.db)


def _open(path: Path, *, attempts: int = 5) -> tuple[ox.Store, Path]:
    generation = None
    for _ in range(attempts):  # a writer may take the generation away between our two steps, once or twice
        try:
            generation = current(path)
            if generation is None:
                raise GraphError("there is no graph here", where=str(path), fix="build one: kg build SOURCE… -o GRAPH")
            check_sums(generation, whole=False)
            if not (generation / KEYS).is_file() and (generation / LINES).is_file():
                raise GraphError("the store was made by an older kg", where=str(path), fix=REBUILD)
            return ox.Store.read_only(str(generation / INDEX)), generation / LINES
        except FileNotFoundError:
            continue
        except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: damaged files
            raise GraphError(f"the store cannot be read: {error}", where=str(path), fix=REBUILD) from error
    raise GraphError(f"the store names a generation that is not there: {generation}", where=str(path), fix=REBUILD)
