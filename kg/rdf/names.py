"""The names of the entities of a graph, read once, searched for a part of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg import ids
from kg.rdf.namespaces import RDF, RDFS, SKOS
from kg.rdf.store import Store


@dataclass(frozen=True, slots=True)
class Named:
    """An entity found: its node, its label, its class, and the name that answers to what was searched."""

    entity: ox.NamedNode
    label: str
    type: ox.NamedNode
    name: str


class Names:
    """All labels and aliases. A search goes through one string that holds them all: some ms for a million."""

    __slots__ = ("_entities", "_starts", "_text", "_types")

    def __init__(self, store: Store) -> None:
        self._types: dict[object, ox.NamedNode] = {}
        labels: dict[object, str] = {}
        aliases: list[tuple[object, str]] = []
        data = store.graph(ids.entities_graph_iri(store.base))
        for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS, lenient=True):
            if quad.predicate == RDF.type:
                self._types[quad.subject] = quad.object
            elif quad.predicate == RDFS.label:
                labels[quad.subject] = _line(quad.object)
            elif quad.predicate == SKOS.altLabel:
                aliases.append((quad.subject, _line(quad.object)))
        rows = [(label, entity, label) for entity, label in labels.items()]
        rows += [(alias, entity, labels.get(entity, "")) for entity, alias in aliases]
        rows.sort(key=lambda row: (len(row[0]), row[0].casefold(), str(row[1])))
        self._entities = [(entity, label, name) for name, entity, label in rows]
        self._text = "\n".join(["", *(name.casefold() for name, _, _ in rows), ""])
        self._starts = [at for at, char in enumerate(self._text) if char == "\n"]

    def __len__(self) -> int:
        return len(self._types)

    @property
    def classes(self) -> frozenset[str]:
        """The IRIs of the classes that there are entities of."""
        return frozenset(kind.value for kind in self._types.values())

    def find(self, part: str, *, type: str = "") -> Iterator[Named]:
        """The entities that have ``part`` in a name, whatever its case: whole names, then beginnings, then the rest.

        :param type: the IRI of the class to look for.
        """
        wanted = part.casefold().replace("\n", " ").strip()
        seen: set[object] = set()
        for pattern in dict.fromkeys((f"\n{wanted}\n", f"\n{wanted}", f" {wanted}", wanted)):
            for row in self._rows(pattern):
                entity, label, name = self._entities[row]
                kind = self._types.get(entity)
                if entity in seen or kind is None or (type and kind.value != type):
                    continue
                seen.add(entity)
                assert isinstance(entity, ox.NamedNode)
                yield Named(entity, label, kind, name)

    def _rows(self, pattern: str) -> Iterator[int]:
        at, row = self._text.find(pattern), -1
        while at >= 0:
            # A pattern that starts with the line break before a name belongs to that name.
            found = min(bisect_right(self._starts, at) - 1, len(self._entities) - 1)
            if found != row and self._entities:
                row = found
                yield row
            at = self._text.find(pattern, at + 1)


def _line(term: object) -> str:
    return " ".join(term.value.split()) if isinstance(term, ox.Literal) else ""
