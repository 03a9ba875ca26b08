"""RDF terms as Python values, as JSON and as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

import pyoxigraph as ox

from kg.rdf.namespaces import XSD

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Plain: TypeAlias = str | int | float | bool | None

NUMBERS: Final = frozenset({XSD.decimal.value, XSD.double.value, XSD.float.value})


def plain(term: Term | None) -> Plain:
    """A term as a Python value: numbers and truth values as such, anything else as its text."""
    if isinstance(term, ox.Literal):
        kind = term.datatype.value
        try:
            if kind == XSD.integer.value:
                return int(term.value)
            if kind in NUMBERS:
                return float(term.value)
        except ValueError:  # a number only by its label
            return term.value
        return term.value in ("true", "1") if kind == XSD.boolean.value else term.value
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else None if term is None else str(term)


def json_term(term: Term) -> dict[str, object]:
    """A term as in `SPARQL 1.1 Query Results JSON Format <https://www.w3.org/TR/sparql11-results-json/>`_."""
    if isinstance(term, ox.Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        if term.datatype == XSD.string:
            return {"type": "literal", "value": term.value}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {role: json_term(part) for role, part in parts.items()}}
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}


def shown(term: Term | None, names: Mapping[str, str]) -> str:
    """A term as a person reads it: a literal's text, an IRI with its prefix where it has one of ``names``."""
    if not isinstance(term, ox.NamedNode):
        return "" if term is None else term.value if isinstance(term, ox.Literal) else str(term)
    best = max(
        (item for item in names.items() if term.value.startswith(item[1])), key=lambda i: len(i[1]), default=None
    )
    if best and "/" not in (local := term.value[len(best[1]) :]):
        return f"{best[0]}:{local}"
    return f"<{term.value}>"


def boolean(value: bool) -> ox.Literal:
    """An ``xsd:boolean``."""
    return ox.Literal(value)
