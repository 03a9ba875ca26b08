"""Look-ups in the index of a store, one at a time: what is near a thing, without reading the whole graph.

The same questions as :class:`kg.rdf.lookup.Lookup` answers, for those who ask a few of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.loading import CLAIMS
from kg.rdf.namespaces import OWL, RDF
from kg.rdf.store import Store
from kg.rdf.terms import Term
from kg.rdf.values import Values


class Near(Values):
    """Answers are kept, so an object of this class is for one page or one request."""

    __slots__ = ("_known", "_store", "_whole", "base")

    def __init__(self, store: Store) -> None:
        self.base = store.base
        self._store = store
        self._known: dict[Term, dict[Term, list[Term]]] = {}
        self._whole = (f"<{self.base}statement/", f"<{self.base}span/")

    def all(self, it: Term, name: ox.NamedNode) -> list[Term]:
        """The values of a property, sorted.

        Of statements and spans all properties are asked for, so they are looked up at once; of articles and entities,
        which have many more, one by one.
        """
        known = self._known.get(it)
        if known is None:
            known = self._known[it] = self._about(it) if str(it).startswith(self._whole) else {}
        if name not in known:
            known[name] = [] if str(it).startswith(self._whole) else self._values(it, name)
        return known[name]

    def _values(self, it: Term, name: ox.NamedNode) -> list[Term]:
        quads = self._store.match(it, name, None)
        return sorted((quad.object for quad in quads), key=str)

    def first(self, it: Term, name: ox.NamedNode) -> Term | None:
        """A value of a property, without looking at the others: for one property of many things."""
        quad = next(self._store.match(it, name, None), None)
        return None if quad is None else quad.object

    def _about(self, it: Term) -> dict[Term, list[Term]]:
        """All properties of a thing, in one look."""
        found: dict[Term, list[Term]] = {}
        for quad in self._store.match(it, None, None):
            found.setdefault(quad.predicate, []).append(quad.object)
        for values in found.values():
            values.sort(key=str)
        return found

    def known(self, iri: str) -> ox.NamedNode | None:
        """The node with that IRI, if the graph says what kind of thing it is."""
        try:
            it = ox.NamedNode(iri)
        except ValueError:
            return None
        return it if self.one(it, RDF.type) is not None else None

    def subjects(self, name: ox.NamedNode, value: Term) -> Iterator[Term]:
        """What has that value of a property, in no particular order."""
        for quad in self._store.match(None, name, value):
            yield quad.subject

    def statements(self, entity: Term) -> set[Term]:
        """The nodes of the statements that an entity takes part in."""
        return {*self.subjects(RDF.subject, entity), *self.subjects(RDF.object, entity)}

    def description(self, it: Term) -> Iterator[ox.Triple]:
        """All that is said of a thing but plain claims, which stand in the graph as statements."""
        for quad in self._store.match(it, None, None):
            yield quad.triple

    def facts_about(self, it: Term) -> Iterator[ox.Triple]:
        """The plain facts with a thing as their object."""
        for relation in self.subjects(RDF.type, OWL.ObjectProperty):
            assert isinstance(relation, ox.NamedNode)
            for quad in self._store.match(None, relation, it):
                yield quad.triple

    def claims_about(self, it: Term) -> Iterator[ox.Triple]:
        """The plain claims, no facts, that a thing takes part in."""
        for ends in ((it, None), (None, it)):
            for quad in self._store.match(ends[0], None, ends[1], CLAIMS):
                yield quad.triple
