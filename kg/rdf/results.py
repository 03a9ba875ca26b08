"""Answers to queries as bytes, in the formats of the SPARQL Protocol, written by Oxigraph, stopped where too long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.rdf.namespaces import prefixes
from kg.rdf.sparql import asked
from kg.rdf.store import Store

#: Media types of rows and truth values, and of triples; the first is what a client gets that does not say.
ROWS: Final[Mapping[str, ox.QueryResultsFormat]] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRIPLES: Final[Mapping[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
#: Formats that have room for the prefixes of the graph.
SHORTENED: Final = frozenset({ox.RdfFormat.TURTLE, ox.RdfFormat.JSON_LD, ox.RdfFormat.RDF_XML})


class TooLargeError(QueryError):
    """An answer has more bytes than allowed."""


class NoFormatError(QueryError):
    """An answer has no form in any of the formats that were asked for."""


class _Bounded:
    """A file in memory that takes so many bytes and no more."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self.most:
            raise OSError("too large")
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing to do."""


def answered(
    store: Store,
    text: str,
    choose: Callable[[Sequence[str]], str | None],
    *,
    facts: bool = False,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    parameters: Mapping[str, str | int | float] | None = None,
    most: int,
) -> tuple[str, bytes]:
    """The answer to a query: its media type and its bytes.

    :param choose: which of the media types it is offered the client wants; ``None`` for none of them.
    :param most: bytes that an answer may have.
    :raises QueryError: as :func:`kg.rdf.sparql.evaluate` does.
    :raises TooLargeError: if it has more.
    :raises NoFormatError: if ``choose`` finds none.
    """
    out = _Bounded(most)
    try:
        with asked(
            store, text, facts=facts, parameters=parameters, default_graphs=default_graphs, named_graphs=named_graphs
        ) as answer:
            offered = list(TRIPLES if isinstance(answer, ox.QueryTriples) else ROWS)
            media = choose(offered)
            if media is None:
                raise NoFormatError("the answer has none of the formats asked for", fix=f"ask for {', '.join(offered)}")
            if isinstance(answer, ox.QueryTriples):
                format = TRIPLES[media]
                names = prefixes(store.base) if format in SHORTENED else None
                ox.serialize(answer, out, format, prefixes=names)  # type: ignore[arg-type]
            else:
                answer.serialize(out, ROWS[media])  # type: ignore[arg-type]
    except (GraphError, QueryError):
        if out.size > most:
            raise TooLargeError(
                f"the answer has more than {most:,} bytes", fix="add LIMIT, or ask for fewer variables"
            ) from None
        raise
    return media, b"".join(out.parts)
