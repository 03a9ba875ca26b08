"""Filling the index of a store: Oxigraph reads and sorts on other processors what Python makes on one.

What queries read by default, one graph without repetition, is Oxigraph's default graph: it has half as many indexes as
a named one and takes half the time. Plain claims that are no facts stand apart in a named graph, so that they can be
left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Final, Self

import pyoxigraph as ox

from kg.rdf.lines import as_file

#: Plain claims that are no facts.
CLAIMS: Final = ox.NamedNode("urn:kg:merged:claims")
#: All that is no claim.
REST: Final = ox.DefaultGraph()
#: Bytes that Oxigraph is given at once: as many as it has already, but no less and no more than so many. In many small
#: batches the index is slower to make and to read.
LEAST: Final = 20_000_000
MOST: Final = 64_000_000
#: Batches that it works on at once, while Python makes the next: it takes twice the time that Python does.
AT_ONCE: Final = 2


class Loading:
    """A context manager: put graphs in; when it is left, all of them are in the database."""

    __slots__ = ("_claims", "_db", "_handed", "_loads", "_other", "_pending", "_size")

    def __init__(self, db: ox.Store) -> None:
        self._db = db
        self._pending: list[bytes] = []
        self._size = 0  # bytes that are pending
        self._handed = 0  # bytes that were handed over
        self._claims: list[bytes] = []
        self._other = ThreadPoolExecutor(max_workers=AT_ONCE)
        self._loads: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def put(self, graph: str, triples: bytes) -> None:
        """Add the triples of a graph, as N-Triples.

        :raises OSError: if those before could not be written.
        """
        if graph.endswith("/claims"):
            self._claims.append(triples)
            return
        self._pending.append(triples)
        self._size += len(triples)
        if self._size >= min(max(self._handed, LEAST), MOST):
            self._loaded(but=AT_ONCE - 1)
            self._hand_over(self._pending)
            self._pending.clear()

    def end(self) -> None:
        """No more graphs come: the rest is loaded while its caller does something else."""
        if self._size >= LEAST:  # in halves, so that no processor is idle while the last batch is sorted
            half = len(self._pending) // 2
            self._hand_over(self._pending[:half])
            del self._pending[:half]
        self._hand_over(self._pending)
        self._pending.clear()

    def _hand_over(self, batch: list[bytes]) -> None:
        self._loads.append(self._other.submit(_load, self._db, b"".join(batch)))
        self._handed += self._size
        self._size = 0

    def _loaded(self, *, but: int = 0) -> None:
        while len(self._loads) > but:
            self._loads.pop(0).result()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._other:
            if error is None and self._pending:
                self.end()
        if error is None:
            self._loaded()
            self._add_claims()

    def _add_claims(self) -> None:
        if self._claims:
            quads = ox.parse(b"".join(self._claims), format=ox.RdfFormat.N_TRIPLES, lenient=True)
            new = (quad for quad in quads if quad not in self._db)
            self._db.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object, CLAIMS) for quad in new)


def _load(db: ox.Store, triples: bytes) -> None:
    db.bulk_load(triples, format=ox.RdfFormat.N_TRIPLES, lenient=True)


def add_named(db: ox.Store, blocks: Iterable[bytes]) -> None:
    """Add named graphs as they are, from canonical lines."""
    db.bulk_load(as_file(blocks), format=ox.RdfFormat.N_QUADS, lenient=True)
    db.flush()
