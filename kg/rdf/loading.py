"""Filling the index of a store: Oxigraph reads and sorts on one processor what Python makes on another.

What queries read by default, one graph without repetition, is Oxigraph's default graph: it has half as many indexes as
a named one and takes half the time. Plain claims that are no facts stand apart in a named graph, so that they can be
left out.
"""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from kg.rdf.lines import as_file

#: Plain claims that are no facts.
CLAIMS: Final = ox.NamedNode("urn:kg:merged:claims")
#: All that is no claim.
REST: Final = ox.DefaultGraph()
#: Bytes that Oxigraph is given at once, and how many such that Python is ahead of it.
BATCH: Final = 1 << 22
AHEAD: Final = 8


class Loading:
    """A context manager: put graphs in; when it is left, all of them are in the database."""

    __slots__ = ("_claims", "_db", "_loaded", "_others", "_pending", "_queue", "_size")

    def __init__(self, db: ox.Store) -> None:
        self._db = db
        self._queue: queue.Queue[bytes | None] = queue.Queue(AHEAD)
        self._pending: list[bytes] = []
        self._size = 0
        self._claims: list[bytes] = []
        self._others = ThreadPoolExecutor(max_workers=1)
        self._loaded: Future[None] = self._others.submit(_load, db, iter(self._queue.get, None))

    def __enter__(self) -> Self:
        return self

    def put(self, graph: str, triples: bytes) -> None:
        """Add the triples of a graph, as N-Triples."""
        if graph.endswith("/claims"):
            self._claims.append(triples)
            return
        self._pending.append(triples)
        self._size += len(triples)
        if self._size >= BATCH:
            self._hand_over()

    def _hand_over(self) -> None:
        self._put(b"".join(self._pending))
        self._pending.clear()
        self._size = 0

    def _put(self, data: bytes | None) -> None:
        while not self._loaded.done():  # who has failed takes no more
            try:
                return self._queue.put(data, timeout=1.0)
            except queue.Full:
                continue

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._hand_over()
        self._put(None)
        self._others.shutdown()
        if error is None:
            self._loaded.result()
            self._add_claims()

    def _add_claims(self) -> None:
        if self._claims:
            quads = ox.parse(b"".join(self._claims), format=ox.RdfFormat.N_TRIPLES, lenient=True)
            new = (quad for quad in quads if quad not in self._db)
            self._db.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, CLAIMS) for quad in new)


def _load(db: ox.Store, blocks: Iterator[bytes]) -> None:
    db.bulk_load(as_file(blocks), format=ox.RdfFormat.N_TRIPLES, lenient=True)


def add_named(db: ox.Store, blocks: Iterable[bytes]) -> None:
    """Add named graphs as they are, from canonical lines."""
    db.bulk_load(as_file(blocks), format=ox.RdfFormat.N_QUADS, lenient=True)
    db.flush()
