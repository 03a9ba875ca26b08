"""A graph as sorted N-Quads lines: its one canonical form, from which all else is written.

Lines are sorted by graph, then subject, with the type and the label of a thing before its other properties. There are
no blank nodes and every quad has a named graph, so two graphs are equal just when their lines are. Lines come in blocks
of some megabytes, so that a graph may be larger than memory.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from kg.rdf.namespaces import RDF, RDFS
from kg.rdf.sorting import RUN, sorted_once

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TYPE: Final = f" {RDF.type} ".encode()
LABEL: Final = f" {RDFS.label} ".encode()
BLOCK: Final = 1 << 22  # bytes
JOINED: Final = 20_000  # lines of a block that is put together

#: A named graph: its IRI and its triples (:mod:`kg.rdf.ntriples`), in any order, perhaps repeated; or as what
#: :func:`sorted_triples` makes of them.
Graph: TypeAlias = tuple[str, Iterable[str] | bytes]


def by_graph(quads: Iterable[ox.Quad]) -> Iterator[Graph]:
    """The quads by their named graphs, which all must have; a graph may come in parts."""
    quads = iter(quads)
    while data := ox.serialize(islice(quads, RUN), format=ox.RdfFormat.N_QUADS):
        found: dict[str, list[str]] = {}
        for triple, graph in split(data):
            found.setdefault(graph[1:-1].decode(), []).append(triple.decode())
        yield from found.items()


def union(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The triples of all graphs of canonical lines, each once, as sorted N-Triples, in blocks."""
    return joined([b"%s\n" % triple for triple, _ in split(hidden(block))] for block in gathered(blocks))


def joined(batches: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """Triples as sorted N-Triples, in blocks.

    :param batches: the triples as lines, with :func:`hidden_order`.
    """
    for some in grouped(sorted_once(batches)):
        yield shown(b"".join([b"%s .\n" % line[:-1] for line in some]))


def hidden_order(triple: bytes) -> bytes:
    """A triple as a line that sorts as it should."""
    return b"%s\n" % hidden(triple)


def order(line: bytes) -> tuple[bytes, bytes]:
    """What a canonical line is sorted by."""
    triple, graph, _ = line.rsplit(b" ", 2)
    return graph, hidden(triple)


def hidden(data: bytes) -> bytes:
    """Type and label as what sorts before any other property. Lines hold no control characters to mistake it for."""
    return data.replace(TYPE, b" \0").replace(LABEL, b" \1")


def sorted_triples(triples: Iterable[str] | bytes) -> bytes:
    """Triples of one graph as sorted N-Triples, each once; bytes are so already."""
    if isinstance(triples, bytes):
        return triples
    lines = "\n".join(triples).encode()
    return shown(b" .\n".join([*sorted(set(hidden(lines).split(b"\n"))), b""])) if lines else b""


def shown(data: bytes) -> bytes:
    """The triples as they are."""
    return data.replace(b" \0", TYPE).replace(b" \1", LABEL)


def grouped(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines, so many at a time as a block is put together of."""
    lines = iter(lines)
    while some := list(islice(lines, JOINED)):
        yield some


def gathered(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same lines in as large blocks as sorting takes at once."""
    parts: list[bytes] = []
    count = 0
    for block in blocks:
        parts.append(block)
        count += block.count(b"\n")
        if count >= RUN:
            yield b"".join(parts)
            parts, count = [], 0
    if parts:
        yield b"".join(parts)


def split(lines: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each line as its triple and its graph. Literals may hold spaces, but an IRI never does."""
    for line in lines.split(b"\n"):
        if line:
            triple, graph, _ = line.rsplit(b" ", 2)
            yield triple, graph


def file_blocks(path: Path) -> Iterator[bytes]:
    """The lines of a file, in blocks of whole lines."""
    with path.open("rb", buffering=0) as file:
        rest = b""
        while data := file.read(BLOCK):
            end = data.rfind(b"\n") + 1
            if end:
                yield rest + data[:end]
                rest = data[end:]
            else:
                rest += data
        if rest:
            yield rest


class Reader(io.RawIOBase):
    """Blocks as a file to read from."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer as far as the block at hand goes."""
        while not self._rest:
            try:
                self._rest = memoryview(next(self._blocks))
            except StopIteration:
                return 0
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def as_file(blocks: Iterable[bytes]) -> IO[bytes]:
    """Blocks as a buffered file to read from."""
    return io.BufferedReader(Reader(blocks), BLOCK)
