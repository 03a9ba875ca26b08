"""A graph as sorted N-Quads lines: its one canonical form, from which all else is written.

Lines are sorted by graph, then subject, with the type and the label of a thing before its other properties. There are
no blank nodes and every quad has a named graph, so two graphs are equal just when their lines are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from kg.rdf.namespaces import RDF, RDFS

TYPE: Final = b" %s " % str(RDF.type).encode()
LABEL: Final = b" %s " % str(RDFS.label).encode()


def canonical(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as sorted lines, each once."""
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert data is not None  # for mypy: without an output, bytes come back
    groups: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for triple, graph in split(data):
        groups[graph].add(triple)
    return b"".join(
        b"%s %s .\n" % (triple, graph) for graph in sorted(groups) for triple in sorted(groups[graph], key=order)
    )


def split(lines: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each line as its triple and its graph. Literals may hold spaces, but an IRI never does."""
    for line in lines.split(b"\n"):
        if line:
            triple, graph, _ = line.rsplit(b" ", 2)
            yield triple, graph


def union(lines: bytes) -> bytes:
    """The triples of all graphs, each once, as sorted N-Triples."""
    return joined({triple for triple, _ in split(lines)})


def joined(triples: Iterable[bytes]) -> bytes:
    """Triples as sorted N-Triples."""
    return b"".join(b"%s .\n" % triple for triple in sorted(triples, key=order))


def graphs(lines: bytes) -> list[str]:
    """The IRIs of the graphs, sorted."""
    return sorted({graph[1:-1].decode() for graph in {graph for _, graph in split(lines)}})


def merged(lines: bytes, *, facts: str, claims: str) -> bytes:
    """Copies that queries read: plain facts, plain claims that are no facts, and all the rest in the default graph."""
    tiers: Mapping[bytes, set[bytes]] = {b"facts": set(), b"claims": set(), b"": set()}
    for triple, graph in split(lines):
        tier = graph[1:-1].rpartition(b"/")[2]
        tiers[tier if tier in tiers else b""].add(triple)
    said = {facts: tiers[b"facts"], claims: tiers[b"claims"] - tiers[b"facts"]}
    plain = [b"%s <%s> .\n" % (triple, graph.encode()) for graph, triples in said.items() for triple in triples]
    return b"".join([*plain, *(b"%s .\n" % triple for triple in tiers[b""])])


def order(triple: bytes) -> bytes:
    """What a triple is sorted by. Lines hold no control characters, so that no two triples get the same."""
    return triple.replace(TYPE, b" \0", 1).replace(LABEL, b" \1", 1)
