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

import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
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
        return sum(block.count(b"\n") for block in self.blocks())

    @property
    def database(self) -> ox.Store:
        """The Oxigraph store itself, merged graphs included."""
        return self._db

    @property
    def generation(self) -> str:
        """The name of the files that hold what is read here; empty in memory."""
        return self._lines.parent.name if isinstance(self._lines, Path) else ""

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
            graphs = (graph.value for graph in self.graphs())
            self._base = next((iri.removesuffix(ending) for iri in graphs if iri.endswith(ending)), ids.BASE_IRI)
        return self._base

    def graphs(self) -> list[ox.NamedNode]:
        """The named graphs, sorted by IRI."""
        graphs = (graph for graph in self._db.named_graphs() if graph not in (FACTS, CLAIMS))
        return sorted((graph for graph in graphs if isinstance(graph, ox.NamedNode)), key=lambda graph: graph.value)

    def quads(self) -> Iterator[ox.Quad]:
        """All quads, in canonical order."""
        return ox.parse(lines.as_file(self.blocks()), format=ox.RdfFormat.N_QUADS, lenient=True)

    def replace(self, quads: Iterable[ox.Quad], *, keep: str = "") -> None:
        """Make the quads the whole content of the store: all of it or, if anything fails, nothing.

        Each quad has a named graph and no blank node. Writers do not wait for each other: hold the graph's writer lock.

        :param keep: a generation that stays readable, beside the one before.
        :raises OutputError: if the folder cannot be written; the old content stays.
        """
        if self.path is None:
            content = lines.canonical(quads)
            db = ox.Store()
            _fill(db, lambda: iter([content]))
            self._db, self._lines, self._base = db, content, None
            return
        try:
            _publish(quads, self.path, keep)
        except OSError as error:
            raise OutputError(
                f"the store cannot be written: {error}", where=str(self.path), fix="check free space and permissions"
            ) from error
        self._db, self._lines = _open(self.path)
        self._base = None


def generation_lines(path: Path, generation: str) -> Path | None:
    """The canonical lines of a generation of the store in ``path``, if they are still there."""
    file = path / generation / LINES
    return file if generation and file.is_file() else None


def _fill(db: ox.Store, blocks: Callable[[], Iterator[bytes]]) -> None:
    """Load the lines and the copies of them that queries read, each on a processor of its own."""
    plain = lines.facts_of(blocks())
    copies = lines.merged(blocks(), plain, facts=FACTS.value, claims=CLAIMS.value)
    with ThreadPoolExecutor(max_workers=1) as other:
        loading = other.submit(_load, db, blocks())
        _load(db, copies)
        loading.result()


def _load(db: ox.Store, blocks: Iterator[bytes]) -> None:
    db.bulk_load(lines.as_file(blocks), format=ox.RdfFormat.N_QUADS, lenient=True)


def _publish(quads: Iterable[ox.Quad], path: Path, keep: str) -> None:
    """Write a new generation and put it in force. What is in force is on the disk, come what may."""
    path.mkdir(parents=True, exist_ok=True)
    before = _current(path)
    fresh = path / f"generation-{uuid.uuid4().hex[:12]}"
    try:
        fresh.mkdir()
        with (fresh / LINES).open("wb") as file:
            file.writelines(lines.canonical_blocks(quads, scratch=fresh))
            size = file.tell()
            file.flush()
            os.fsync(file.fileno())
        db = ox.Store(str(fresh / INDEX))
        _fill(db, lambda: lines.file_blocks(fresh / LINES))
        db.flush()
        del db  # closes the files
        _sync(fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    pointer = path / f"{CURRENT}.new"
    with pointer.open("w", encoding="ascii") as file:
        file.write(f"{fresh.name} {size}")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(path / CURRENT)
    _sync(path)
    # Readers may still be in the generation before; what is older was left by writers that were cut off.
    kept = {fresh, path / keep} | ({before[0]} if before else set())
    for folder in path.glob("generation-*"):
        if folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Put the names of a folder's files on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _current(path: Path) -> tuple[Path, int | None] | None:
    """The folder of the generation in force, and how many bytes its lines have."""
    try:
        name, _, size = (path / CURRENT).read_text(encoding="ascii").strip().partition(" ")
        return path / name, int(size) if size else None
    except (FileNotFoundError, NotADirectoryError):
        return None


def _open(path: Path, *, attempts: int = 5) -> tuple[ox.Store, Path]:
    found = None
    for _ in range(attempts):  # a writer may take the generation away between our two steps, once or twice
        try:
            found = _current(path)
            if found is None:
                raise GraphError("there is no graph here", where=str(path), fix="build one: kg build SOURCE… -o GRAPH")
            generation, size = found
            database = ox.Store.read_only(str(generation / INDEX))
            if (generation / LINES).stat().st_size != size is not None:
                raise ValueError(f"{generation / LINES} is not whole")
            return database, generation / LINES
        except FileNotFoundError:
            continue
        except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: damaged files
            raise GraphError(f"the store cannot be read: {error}", where=str(path), fix=REBUILD) from error
    raise GraphError(f"the store names a generation that is not there: {found}", where=str(path), fix=REBUILD)
