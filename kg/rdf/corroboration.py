"""How well statements are borne out, as RDF: counts at their nodes, and links to what speaks against them."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ids
from kg.rdf.namespaces import KG
from kg.rdf.ntriples import integer
from kg.records import ArticleRecord, Corroboration


def corroboration_triples(record: ArticleRecord, found: Corroboration, base: str) -> Iterator[str]:
    """The independent sources and contradictions of an article's statements."""
    for statement in record.statements:
        it = ids.statement_iri(base, statement.id)
        if count := found.sources.get(statement.id):
            yield f"<{it}> {KG.independentSources} {integer(count)}"
        for other in found.contradicts.get(statement.id, ()):
            yield f"<{it}> {KG.contradicts} <{ids.statement_iri(base, other)}>"


def copy_triples(article: str, found: Corroboration, base: str) -> Iterator[str]:
    """Which article an article is a copy of."""
    if original := found.copies.get(article):
        yield f"<{ids.article_iri(base, article)}> {KG.copyOf} <{ids.article_iri(base, original)}>"
