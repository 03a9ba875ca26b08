"""Documents in RDF about one thing: what a client gets that asks for its IRI and cannot read pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from kg.rdf.namespaces import KG, PROV, prefixes
from kg.rdf.near import Near
from kg.rdf.serialise import serialise_triples
from kg.rdf.terms import Term
from kg.serve.answers import day, node
from kg.serve.desk import Desk

if TYPE_CHECKING:
    from pyoxigraph import Triple

MOST = 1_000  # statements of a document; the API has pages for the rest
SPANS = (KG.sentence, KG.subjectSpan, KG.objectSpan, KG.trigger, KG.attributionSpan)


def document(desk: Desk, *, kind: str, id: str, suffix: str) -> bytes:
    """What the graph says of an ``entity``, a ``statement`` or an ``article``.

    Plain triples are facts only: what is claimed or possible stands there as statements, with who says so.

    :raises NotFoundError: if there is no such thing.
    """
    look = desk.near
    it = node(look, kind, id)
    triples = {"entity": _entity, "statement": _statement, "article": _article}[kind](look, it)
    return serialise_triples(triples, suffix, prefixes=prefixes(look.base))


def _entity(look: Near, it: Term) -> Iterator[Triple]:
    yield from look.description(it)
    yield from look.facts_about(it)
    newest = sorted(look.statements(it), key=lambda one: (day(look, one), str(one)), reverse=True)
    for one in newest[:MOST]:
        yield from look.description(one)


def _statement(look: Near, it: Term) -> Iterator[Triple]:
    yield from look.description(it)
    for property in SPANS:
        for span in look.all(it, property):
            yield from look.description(span)


def _article(look: Near, it: Term) -> Iterator[Triple]:
    yield from look.description(it)
    for one in islice(sorted(look.subjects(PROV.wasDerivedFrom, it), key=str), MOST):
        yield from look.description(one)
