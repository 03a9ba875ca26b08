"""Named graphs, put in as they come and taken out in canonical order; memory is bounded, whatever their number."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kg.rdf.lines import grouped, hidden, shown, sorted_triples
from kg.rdf.sorting import sorted_once

#: Bytes that are kept in memory; what is more goes to a file.
IN_MEMORY: Final = 1 << 26


class Shelf:
    """A context manager, for its file.

    :param scratch: a folder for the file; default: the system's for temporary files.
    """

    __slots__ = ("_file", "_parts", "_scratch")

    def __init__(self, scratch: Path | None = None) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(scratch) if scratch else None)  # noqa: SIM115  closed on exit
        self._scratch = scratch
        self._parts: dict[str, list[tuple[int, int]]] = {}  # where the triples of each graph lie

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, graph: str, triples: Iterable[str] | bytes) -> bytes:
        """Add triples to a graph. Returns them as sorted N-Triples, each once.

        :param triples: as :mod:`kg.rdf.ntriples` makes them, or as they are returned.
        """
        data = sorted_triples(triples)
        if data:
            self._parts.setdefault(graph, []).append((self._file.tell(), len(data)))
            self._file.write(data)
        return data

    def take(self) -> Iterator[tuple[str, bytes]]:
        """The graphs in canonical order, as blocks of canonical lines; a graph may be several blocks.

        Nothing can be put in any more.
        """
        for graph in sorted(self._parts, key=lambda iri: f"<{iri}>"):
            end = f" <{graph}> .\n".encode()
            for block in self._blocks(self._parts[graph]):
                yield graph, block.replace(b" .\n", end)

    def _blocks(self, parts: list[tuple[int, int]]) -> Iterator[bytes]:
        if len(parts) == 1:
            yield self._read(*parts[0])
            return
        lines = (hidden(self._read(*part)).splitlines(keepends=True) for part in parts)
        for some in grouped(sorted_once(lines, self._scratch)):
            yield shown(b"".join(some))

    def _read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)
