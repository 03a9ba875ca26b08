"""Canonical lines to the RDF formats, always the same bytes for the same graph.

Oxigraph's serialiser writes what it is fed, in that order, so it is fed sorted lines. It lists prefixes in the order of
a hash table; those are put in order afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from kg.errors import OutputError
from kg.rdf.lines import joined, union
from kg.rdf.namespaces import RDF

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


def serialise(lines: bytes, suffix: str, *, prefixes: Mapping[str, str]) -> bytes:
    """A graph in the format of that suffix, in UTF-8. Formats without named graphs get the union, each triple once.

    :param lines: the graph's canonical lines (:mod:`kg.rdf.lines`).
    :raises OutputError: for RDF/XML, if a property's IRI does not end in an XML name.
    """
    format, named = FORMATS[suffix]
    if format == ox.RdfFormat.N_QUADS:
        return lines
    if named:
        return _written(ox.parse(lines, format=ox.RdfFormat.N_QUADS, lenient=True), format, prefixes)
    return _written_triples(union(lines), format, prefixes)


def serialise_triples(triples: Iterable[ox.Triple], suffix: str, *, prefixes: Mapping[str, str]) -> bytes:
    """The triples, each once, in the format of that suffix, as :func:`serialise` does."""
    return _written_triples(joined({str(triple).encode() for triple in triples}), FORMATS[suffix][0], prefixes)


def _written_triples(lines: bytes, format: ox.RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    if format == ox.RdfFormat.N_TRIPLES:
        return lines
    triples = (quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES, lenient=True))
    if format == ox.RdfFormat.RDF_XML:
        triples = (_for_xml(triple) for triple in triples)
    return _written(triples, format, prefixes)


def _written(
    items: Iterable[ox.Quad] | Iterable[ox.Triple], format: ox.RdfFormat, prefixes: Mapping[str, str]
) -> bytes:
    data = ox.serialize(items, format=format, prefixes=dict(prefixes))
    assert data is not None  # for mypy: without an output, bytes come back
    if format == ox.RdfFormat.RDF_XML:
        return _sort_xml_prefixes(data)
    return _sort_prefix_lines(data) if format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG) else data


def _sort_prefix_lines(data: bytes) -> bytes:
    """Put the prefixes in order, and drop those that are not used."""
    end = 0
    while data.startswith(b"@prefix ", end):
        end = data.index(b"\n", end) + 1
    body = data[end:]
    used = [line for line in data[:end].splitlines(keepends=True) if line.split(b" ")[1] in body]
    return b"".join(sorted(used)) + b"\n" * bool(used) + body


def _sort_xml_prefixes(data: bytes) -> bytes:
    """Put the namespaces of the root element in order. Oxigraph adds ``its``, which nothing uses."""

    def ordered(root: re.Match[bytes]) -> bytes:
        names = sorted(name for name in re.findall(rb' xmlns:[^"]*"[^"]*"', root[0]) if b" xmlns:its=" not in name)
        return b"<rdf:RDF" + b"".join(names) + b">"

    return re.sub(rb"<rdf:RDF[^>]*>", ordered, data, count=1)


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
