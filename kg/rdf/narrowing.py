"""What a part of a name narrows a query to, found by two quick steps in the index before the query itself is asked.

Oxigraph would go through all statements and look at the names of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg import ids
from kg.rdf.namespaces import KG, RDF, prefixes
from kg.rdf.near import Near
from kg.rdf.store import REST, Store

NAMED: Final = """
SELECT DISTINCT ?it { { ?it rdfs:label ?called } UNION { ?it skos:altLabel ?called }
  FILTER(CONTAINS(LCASE(?called), LCASE(?part))) }"""
WORDED: Final = "SELECT ?it { ?it %s ?called FILTER(CONTAINS(LCASE(?called), LCASE(?part))) }"
#: Properties of statements whose values are words, not entities.
WORDS: Final = frozenset({"kg:attributedToPhrase"})
#: More than this is no narrowing any more.
MOST: Final = 200_000


def narrowed(store: Store, variable: str, wanted: Sequence[tuple[Sequence[str], str]]) -> str:
    """A ``VALUES`` clause with all that the variable can be; empty where that is too much to list.

    :param variable: with its question mark. Where properties narrow it, it is a statement, and its ``?property`` and
        ``?mode`` come along.
    :param wanted: properties of a statement and a part of a name that one of them must lead to; or no properties, where
        the variable is what has the name. All must hold.
    """
    found: set[object] | None = None
    for properties, part in wanted:
        fit = set(_statements(store, properties, part) if properties else _named(store, part))
        found = fit if found is None else found & fit
        if len(found) > MOST:
            return ""
    if not any(properties for properties, _ in wanted):
        return f" VALUES {variable} {{ {' '.join(sorted(map(str, found or ())))} }}"
    look, rows = Near(store), []
    for it in sorted(found or (), key=str):
        relation, mode = (look.one(it, name) for name in (RDF.predicate, KG.modality))  # type: ignore[arg-type]
        rows.append(f"({it} {relation} {mode})")
    return f" VALUES ({variable} ?property ?mode) {{ {' '.join(rows)} }}"


def _statements(store: Store, properties: Sequence[str], part: str) -> Iterator[object]:
    look = Near(store)
    entities = list(_named(store, part)) if not WORDS.issuperset(properties) else []
    for property in properties:
        if property in WORDS:
            yield from _asked(store, WORDED % property, part, REST)
            continue
        prefix, _, local = property.partition(":")
        name = ox.NamedNode(prefixes(store.base)[prefix] + local)
        for entity in entities:
            yield from look.subjects(name, entity)  # type: ignore[arg-type]


def _named(store: Store, part: str) -> Iterator[object]:
    """The entities with that part of a name."""
    return _asked(store, NAMED, part, ox.NamedNode(ids.entities_graph_iri(store.base)))


def _asked(store: Store, text: str, part: str, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[object]:
    bound = text.replace("LCASE(?part)", str(ox.Literal(part.lower())))
    answer = store.database.query(bound, prefixes=prefixes(store.base), default_graph=graph)
    assert isinstance(answer, ox.QuerySolutions)
    return (solution[0] for solution in answer)
