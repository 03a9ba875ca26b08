"""The quads of a graph in an embedded Oxigraph store, on disk or in memory.

On disk a store is a folder of *generations*, each an Oxigraph database that is written once and never changed, and a
file ``current`` that names the one in force. Writing makes a new generation and then, in one step, lets ``current``
name it: a reader sees the old graph or the new one, never half of either, and no reader waits or gets in the way.

Oxigraph's union of graphs repeats a triple that stands in two graphs, which spoils every count. So a generation also
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

CURRENT: Final = "current"
REST: Final = ox.DefaultGraph()
FACTS: Final = ox.NamedNode("urn:kg:merged:facts")
CLAIMS: Final = ox.NamedNode("urn:kg:merged:claims")
MERGED: Final = frozenset({REST, FACTS, CLAIMS})


class Store:
    """A graph's quads: read with :meth:`quads` or by SPARQL, written as a whole with :meth:`replace`.

    :param path: the store's folder, opened read-only; ``None`` for an empty store in memory.
    :param create: where the folder holds no store yet, start with an empty one instead of raising.
    :raises GraphError: if there is no store, or what is there is none.
    """

    __slots__ = ("_base", "_db", "path")

    def __init__(self, path: Path | None = None, *, create: bool = False) -> None:
        self.path = path
        self._base: str | None = None
        self._db = _empty() if path is None or (create and not (path / CURRENT).exists()) else _open(path)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Self:
        """A store in memory that holds the quads."""
        store = cls()
        store.replace(quads)
        return store

    def __len__(self) -> int:
        return sum(1 for _ in self.quads())

    @property
    def database(self) -> ox.Store:
        """The Oxigraph store itself, merged graphs included."""
        return self._db

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
        graphs = (graph for graph in self._db.named_graphs() if graph not in MERGED)
        return sorted((graph for graph in graphs if isinstance(graph, ox.NamedNode)), key=lambda graph: graph.value)

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """The quads of one named graph, or of all of them, in no particular order."""
        if graph is not None:
            return self._db.quads_for_pattern(None, None, None, graph)
        return (quad for quad in self._db if quad.graph_name not in MERGED)

    def replace(self, quads: Iterable[ox.Quad]) -> None:
        """Make the quads the whole content of the store: all of it or, if anything fails, nothing.

        Writers do not wait for each other: hold the graph's writer lock.

        :raises OutputError: if the folder cannot be written; the old content stays.
        """
        if self.path is None:
            db = ox.Store()
            db.bulk_extend(_with_merged(quads))
            self._db, self._base = db, None
            return
        try:
            self._publish(quads, self.path)
        except OSError as error:
            raise OutputError(
                f"the store cannot be written: {error}", where=str(self.path), fix="check free space and permissions"
            ) from error
        self._db, self._base = _open(self.path), None

    def _publish(self, quads: Iterable[ox.Quad], path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        before = _current(path)
        fresh = path / f"generation-{uuid.uuid4().hex[:12]}"
        try:
            db = ox.Store(str(fresh))
            db.bulk_extend(_with_merged(quads))
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


def _empty() -> ox.Store:
    return ox.Store()


def _current(path: Path) -> Path | None:
    """The folder of the generation in force."""
    try:
        return path / (path / CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _open(path: Path, *, attempts: int = 5) -> ox.Store:
    generation = None
    for _ in range(attempts):  # a writer may take the generation away between our two steps, once or twice
        try:
            generation = _current(path)
            if generation is None:
                raise GraphError("there is no graph here", where=str(path), fix="build one: kg build SOURCE… -o GRAPH")
            return ox.Store.read_only(str(generation))
        except FileNotFoundError:
            continue
        except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: damaged files
            raise GraphError(f"the store cannot be read: {error}", where=str(path), fix=REBUILD) from error
    raise GraphError(f"the store names a generation that is not there: {generation}", where=str(path), fix=REBUILD)


REBUILD: Final = "derive it again from the articles: kg build, or any kg add to the graph"


def _with_merged(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads and their copies in the merged graphs."""
    facts: set[ox.Triple] = set()
    claims: set[ox.Triple] = set()
    for quad in quads:
        yield quad
        tier = quad.graph_name.value.rpartition("/")[2] if isinstance(quad.graph_name, ox.NamedNode) else ""
        if tier == "facts":
            facts.add(quad.triple)
        elif tier == "claims":
            claims.add(quad.triple)
        elif tier:
            yield ox.Quad(quad.subject, quad.predicate, quad.object, REST)
    for graph, triples in ((FACTS, facts), (CLAIMS, claims - facts)):
        for triple in triples:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
