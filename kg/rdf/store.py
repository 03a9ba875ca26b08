"""The quads of a graph in an embedded Oxigraph store, on disk or in memory.

On disk a store is a folder of *generations*, written once and never changed, and a file ``current`` that names the one
in force. Writing makes a new generation and then, in one step, lets ``current`` name it: a reader sees the old graph or
the new one, never half of either, and no reader waits or gets in the way. A generation is the graph as canonical lines,
``graph.nq``, for what reads it whole, and an Oxigraph database, ``index``, for queries.

Oxigraph's union of graphs repeats a triple that stands in two graphs, which spoils every count. So the database also
holds three merged graphs, without repetition and apart from one another, that queries read: plain facts, plain claims
that are not facts, and all the rest. They show in no listing and no export.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Self

import pyoxigraph as ox

from kg import ids
from kg.errors import GraphError, OutputError
from kg.rdf import lines

CURRENT: Final = "current"
LINES: Final = "graph.nq"
INDEX: Final = "index"
REST: Final = ox.DefaultGraph()
FACTS: Final = ox.NamedNode("urn:kg:merged:facts")
CLAIMS: Final = ox.NamedNode("urn:kg:merged:claims")
REBUILD: Final = "derive it again from the articles: kg build, or any kg add to the graph"


class Store:
    """A graph's quads: read with :meth:`quads` or by SPARQL, written as a whole with :meth:`replace`.

    :param path: the store's folder, opened read-only; ``None`` for an empty store in memory.
    :param create: where the folder holds no store yet, start with an empty one instead of raising.
    :raises GraphError: if there is no store, or what is there is none.
    """

    __slots__ = ("_base", "_db", "_lines", "path")

    def __init__(self, path: Path | None = None, *, create: bool = False) -> None:
        self.path = path
        self._base: str | None = None
        self._lines: bytes | Path = b""
        self._db = ox.Store()
        if path is not None and not (create and not (path / CURRENT).exists()):
            self._db, self._lines = _open(path)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Self:
        """A store in memory that holds the quads."""
        store = cls()
        store.replace(quads)
        return store

    def __len__(self) -> int:
        return self.lines.count(b"\n")

    @property
    def database(self) -> ox.Store:
        """The Oxigraph store itself, merged graphs included."""
        return self._db

    @property
    def lines(self) -> bytes:
        """The graph as canonical N-Quads (:mod:`kg.rdf.lines`)."""
        return self._lines if isinstance(self._lines, bytes) else _read(self._lines)

    @property
    def base(self) -> str:
        """What the IRIs of this graph start with; the default base while it is empty."""
        if self._base is None:
            ending = ids.articles_graph_iri("")
            graphs = (graph.value for graph in self.graphs())
            self._base = next((iri.removesuffix(ending) for iri in graphs if iri.endswith(ending)), ids.BASE_IRI)
        return self._base

    def graphs(self) -> list[ox.NamedNode]:
        """The named graphs, sorted by IRI."""
        graphs = (graph for graph in self._db.named_graphs() if graph not in (FACTS, CLAIMS))
        return sorted((graph for graph in graphs if isinstance(graph, ox.NamedNode)), key=lambda graph: graph.value)

    def quads(self) -> Iterator[ox.Quad]:
        """All quads, in canonical order."""
        return ox.parse(self.lines, format=ox.RdfFormat.N_QUADS, lenient=True)

    def replace(self, quads: Iterable[ox.Quad]) -> None:
        """Make the quads the whole content of the store: all of it or, if anything fails, nothing.

        Each quad has a named graph and no blank node. Writers do not wait for each other: hold the graph's writer lock.

        :raises OutputError: if the folder cannot be written; the old content stays.
        """
        content = lines.canonical(quads)
        if self.path is None:
            db = ox.Store()
            _fill(db, content)
            self._db, self._lines, self._base = db, content, None
            return
        try:
            _publish(content, self.path)
        except OSError as error:
            raise OutputError(
                f"the store cannot be written: {error}", where=str(self.path), fix="check free space and permissions"
            ) from error
        self._db, self._lines = _open(self.path)
        self._base = None


def _fill(db: ox.Store, content: bytes) -> None:
    copies = lines.merged(content, facts=FACTS.value, claims=CLAIMS.value)
    db.bulk_load(content + copies, format=ox.RdfFormat.N_QUADS, lenient=True)


def _publish(content: bytes, path: Path) -> None:
    """Write a new generation and put it in force."""
    path.mkdir(parents=True, exist_ok=True)
    before = _current(path)
    fresh = path / f"generation-{uuid.uuid4().hex[:12]}"
    try:
        fresh.mkdir()
        (fresh / LINES).write_bytes(content)
        db = ox.Store(str(fresh / INDEX))
        _fill(db, content)
        db.flush()
        del db  # closes the files
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    pointer = path / f"{CURRENT}.new"
    pointer.write_text(fresh.name, encoding="ascii")
    pointer.replace(path / CURRENT)
    # Readers may still be in the generation before; what is older was left by writers that were cut off.
    for folder in path.glob("generation-*"):
        if folder not in (fresh, before):
            shutil.rmtree(folder, ignore_errors=True)


def _current(path: Path) -> Path | None:
    """The folder of the generation in force."""
    try:
        return path / (path / CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _open(path: Path, *, attempts: int = 5) -> tuple[ox.Store, Path]:
    generation = None
    for _ in range(attempts):  # a writer may take the generation away between our two steps, once or twice
        try:
            generation = _current(path)
            if generation is None:
                raise GraphError("there is no graph here", where=str(path), fix="build one: kg build SOURCE… -o GRAPH")
            return ox.Store.read_only(str(generation / INDEX)), generation / LINES
        except FileNotFoundError:
            continue
        except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: damaged files
            raise GraphError(f"the store cannot be read: {error}", where=str(path), fix=REBUILD) from error
    raise GraphError(f"the store names a generation that is not there: {generation}", where=str(path), fix=REBUILD)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GraphError(f"the store cannot be read: {error}", where=str(path), fix="open the graph again") from error
