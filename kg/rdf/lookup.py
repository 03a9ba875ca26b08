"""Quick look-ups in a store: what a thing's properties are. Each property is read once, for all things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

from kg.rdf.store import REST, Store
from kg.rdf.terms import Plain, Term, plain


class Lookup:
    """The descriptions in a store (not its plain facts and claims): values come sorted, so that order is stable."""

    __slots__ = ("_known", "base", "store")

    def __init__(self, store: Store) -> None:
        self.store = store
        self.base = store.base
        self._known: dict[ox.NamedNode, Mapping[Term, list[Term]]] = {}

    def property(self, name: ox.NamedNode) -> Mapping[Term, list[Term]]:
        """All subjects of a property with their values."""
        found = self._known.get(name)
        if found is None:
            values: defaultdict[Term, list[Term]] = defaultdict(list)
            for quad in self.store.database.quads_for_pattern(None, name, None, REST):
                values[quad.subject].append(quad.object)
            for several in values.values():
                several.sort(key=str)
            found = self._known[name] = dict(values)
        return found

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
