"""The graph as an rdflib ``Dataset``: the same graphs and triples, for SHACL and for whoever works with rdflib."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from kg.rdf.namespaces import prefixes
from kg.rdf.store import Store


def dataset(store: Store) -> Dataset:
    """A copy in memory. Its default graph is the union of the named ones, as in queries.

    A copy, which may be changed at will: rdflib's own evaluation is faster over its memory than over a foreign store.
    """
    copy = Dataset(default_union=True)
    for prefix, iri in prefixes(store.base).items():
        copy.bind(prefix, iri, override=True, replace=True)
    copy.addN(_rdflib_quads(store, copy))
    return copy


def _rdflib_quads(store: Store, copy: Dataset) -> Iterator[tuple[Node, Node, Node, Graph]]:
    known: dict[ox.NamedNode, URIRef] = {}
    graphs: dict[object, Graph] = {}

    def node(term: ox.NamedNode) -> URIRef:
        found = known.get(term)
        if found is None:
            found = known[term] = URIRef(term.value)
        return found

    def value(term: object) -> Node:
        if isinstance(term, ox.NamedNode):
            return node(term)
        assert isinstance(term, ox.Literal)  # our graphs hold no blank nodes
        if term.language:
            return Literal(term.value, lang=term.language)
        kind = term.datatype
        return Literal(term.value) if kind.value == STRING else Literal(term.value, datatype=node(kind))

    for quad in store.quads():
        graph = graphs.get(quad.graph_name)
        if graph is None:
            assert isinstance(quad.graph_name, ox.NamedNode)
            graph = graphs[quad.graph_name] = copy.graph(node(quad.graph_name))
        yield value(quad.subject), node(quad.predicate), value(quad.object), graph


STRING = "http://www.w3.org/2001/XMLSchema#string"
