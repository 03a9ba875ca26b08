"""Quick look-ups in a whole graph: what a thing's properties are. The graph is read once, into dictionaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

from kg.rdf.store import Store
from kg.rdf.terms import Term
from kg.rdf.values import Values


class Lookup(Values):
    """All triples of a store, by property and subject. Values come in canonical order, graph after graph."""

    __slots__ = ("_known", "base")

    def __init__(self, store: Store) -> None:
        self.base = store.base
        self._known: defaultdict[Term, dict[Term, list[Term]]] = defaultdict(dict)
        known = self._known
        for quad in store.quads():
            known[quad.predicate].setdefault(quad.subject, []).append(quad.object)

    def property(self, name: ox.NamedNode) -> Mapping[Term, list[Term]]:
        """All subjects of a property with their values."""
        return self._known.get(name, {})

    def all(self, it: Term, name: ox.NamedNode) -> list[Term]:
        """The values of a property."""
        return self.property(name).get(it, [])
