"""What the vocabulary of a graph is called, in the graph's own words."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg import ids
from kg.rdf.namespaces import RDFS
from kg.rdf.store import Store


def labels(store: Store) -> dict[str, str]:
    """The labels of classes and relations by their local names."""
    data = store.graph(ids.vocabulary_graph_iri(store.base))
    return {
        re.split(r"[/#]", quad.subject.value)[-1]: quad.object.value
        for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS)
        if quad.predicate == RDFS.label and isinstance(quad.subject, ox.NamedNode)
    }
