"""Quick look-ups in a whole graph: what a thing's properties are. The graph is read once, into dictionaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

from kg.rdf.store import Store
from kg.rdf.terms import Plain, Term, plain


class Lookup:
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

    def one(self, it: Term | None, name: ox.NamedNode) -> Term | None:
        """The value of a property that has at most one."""
        values = self.property(name).get(it, []) if it is not None else []
        return values[0] if values else None

    def value(self, it: Term | None, name: ox.NamedNode) -> Plain:
        """The value as plain Python."""
        return plain(self.one(it, name))

    def text(self, it: Term | None, name: ox.NamedNode) -> str | None:
        """The value as text."""
        value = self.one(it, name)
        return None if value is None else str(plain(value))

    def id(self, it: Term, kind: str) -> str:
        """What an ``entity`` or a ``statement`` is called within the graph."""
        return it.value.removeprefix(f"{self.base}{kind}/") if isinstance(it, ox.NamedNode) else str(it)
