"""Canonical lines to the RDF formats, always the same bytes for the same graph, in bounded memory.

Oxigraph's serialiser writes what it is fed, in that order, so it is fed sorted lines. It lists prefixes in the order of
a hash table, used or not: the head of a document is written anew once its body is there, and with it, what it uses.
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.errors import OutputError
from kg.rdf.lines import as_file, hidden_order, joined, union
from kg.rdf.namespaces import RDF

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

#: Formats by suffix, and whether they keep the named graphs apart.
FORMATS: Final[Mapping[str, tuple[ox.RdfFormat, bool]]] = {
    "ttl": (ox.RdfFormat.TURTLE, False),
    "trig": (ox.RdfFormat.TRIG, True),
    "nq": (ox.RdfFormat.N_QUADS, True),
    "nt": (ox.RdfFormat.N_TRIPLES, False),
    "jsonld": (ox.RdfFormat.JSON_LD, True),
    "rdf": (ox.RdfFormat.RDF_XML, False),
}
XML_NAME: Final = re.compile(r"[^\W\d][\w.-]*$")
XML_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BUFFER: Final = 1 << 20  # bytes
IN_MEMORY: Final = 1 << 25  # bytes of a body that is held back until its head is known


def serialise(lines: bytes, suffix: str, *, prefixes: Mapping[str, str]) -> bytes:
    """A graph in the format of that suffix, in UTF-8: what :func:`write` writes.

    :param lines: the graph's canonical lines (:mod:`kg.rdf.lines`).
    """
    out = io.BytesIO()
    write([lines], suffix, out, prefixes=prefixes)
    return out.getvalue()


def write(blocks: Iterable[bytes], suffix: str, out: IO[bytes], *, prefixes: Mapping[str, str]) -> None:
    """Write a graph in the format of that suffix. Formats without named graphs get the union, each triple once.

    :param blocks: the graph's canonical lines, in blocks.
    :raises OutputError: for RDF/XML, if a property's IRI does not end in an XML name.
    """
    format, named = FORMATS[suffix]
    if format == ox.RdfFormat.N_QUADS:
        out.writelines(blocks)
    elif named:
        _write(ox.parse(as_file(blocks), format=ox.RdfFormat.N_QUADS, lenient=True), format, out, prefixes)
    else:
        _write_triples(union(blocks), format, out, prefixes)


def serialise_triples(triples: Iterable[ox.Triple], suffix: str, *, prefixes: Mapping[str, str]) -> bytes:
    """The triples, each once, in the format of that suffix, as :func:`serialise` does."""
    out = io.BytesIO()
    lines = [hidden_order(str(triple).encode()) for triple in triples]
    _write_triples(joined([lines]), FORMATS[suffix][0], out, prefixes)
    return out.getvalue()


def _write_triples(blocks: Iterable[bytes], format: ox.RdfFormat, out: IO[bytes], prefixes: Mapping[str, str]) -> None:
    if format == ox.RdfFormat.N_TRIPLES:
        out.writelines(blocks)
        return
    parsed = ox.parse(as_file(blocks), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    triples: Iterator[ox.Triple] = (quad.triple for quad in parsed)
    if format == ox.RdfFormat.RDF_XML:
        triples = (_for_xml(triple) for triple in triples)
    _write(triples, format, out, prefixes)


def _write(
    items: Iterable[ox.Quad] | Iterable[ox.Triple], format: ox.RdfFormat, out: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    if format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as spool:
            body = _Body(spool, prefixes)
            _serialise(items, format, body, prefixes)
            for prefix in sorted(body.used):
                out.write(f"@prefix {prefix}: <{prefixes[prefix]}> .\n".encode())
            out.write(b"\n" * bool(body.used))
            spool.seek(0)
            shutil.copyfileobj(spool, out, BUFFER)
    elif format == ox.RdfFormat.RDF_XML:
        _serialise(items, format, _Root(out), prefixes)
    else:
        ox.serialize(items, out, format=format, prefixes=dict(prefixes))


def _serialise(
    items: Iterable[ox.Quad] | Iterable[ox.Triple], format: ox.RdfFormat, raw: io.RawIOBase, prefixes: Mapping[str, str]
) -> None:
    buffered = io.BufferedWriter(raw, BUFFER)
    ox.serialize(items, buffered, format=format, prefixes=dict(prefixes))
    buffered.flush()


class _Body(io.RawIOBase):
    """Takes the prefixes off a Turtle document, and notes which ones the rest uses."""

    def __init__(self, out: IO[bytes], prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._out, self._in_head, self._tail = out, True, b""
        self._unused = {f"{prefix}:".encode(): prefix for prefix in prefixes}
        self.used: set[str] = set()

    def writable(self) -> bool:
        return True

    def write(self, some: ReadableBuffer, /) -> int:
        data = bytes(some)
        start = 0
        if self._in_head:  # all of it comes at once: it is much shorter than a buffer
            while data.startswith(b"@prefix ", start):
                start = data.index(b"\n", start) + 1
            self._in_head = False
        seen = self._tail + data[start:]
        for name in [name for name in self._unused if name in seen]:
            self.used.add(self._unused.pop(name))
        self._tail = seen[-64:]
        self._out.write(data[start:])
        return len(data)


class _Root(io.RawIOBase):
    """Puts the namespaces of an RDF/XML document in order. Oxigraph adds ``its``, which nothing uses."""

    def __init__(self, out: IO[bytes]) -> None:
        super().__init__()
        self._out, self._in_head = out, True

    def writable(self) -> bool:
        return True

    def write(self, some: ReadableBuffer, /) -> int:
        data = bytes(some)
        head, self._in_head = self._in_head, False  # all of it comes at once: it is much shorter than a buffer
        self._out.write(re.sub(rb"<rdf:RDF[^>]*>", _ordered, data, count=1) if head else data)
        return len(data)


def _ordered(root: re.Match[bytes]) -> bytes:
    names = sorted(name for name in re.findall(rb' xmlns:[^"]*"[^"]*"', root[0]) if b" xmlns:its=" not in name)
    return b"<rdf:RDF" + b"".join(names) + b">"


def _for_xml(triple: ox.Triple) -> ox.Triple:
    """The triple without the control characters that XML has no way to write.

    :raises OutputError: if its property cannot be the name of an element.
    """
    for term in (triple.predicate, triple.object) if triple.predicate == RDF.type else (triple.predicate,):
        if isinstance(term, ox.NamedNode) and not XML_NAME.search(term.value):
            raise OutputError(f"RDF/XML cannot name <{term.value}>", fix="export to .ttl, .nq or .jsonld instead")
    value = triple.object
    if isinstance(value, ox.Literal) and XML_FORBIDDEN.search(value.value):
        text = XML_FORBIDDEN.sub("\ufffd", value.value)
        if value.language:
            value = ox.Literal(text, language=value.language)
        else:
            value = ox.Literal(text, datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, value)
