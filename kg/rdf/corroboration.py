"""How well statements are borne out, as RDF: counts at their nodes, and links to what speaks against them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad

from kg import ids
from kg.rdf.namespaces import KG, node
from kg.rdf.provenance import integer
from kg.records import ArticleRecord, Corroboration


def corroboration_quads(record: ArticleRecord, found: Corroboration, base: str) -> Iterator[Quad]:
    """The independent sources and contradictions of an article's statements, and which article it is a copy of."""
    graph = node(ids.graph_iri(base, record.article.id, "statements"))
    for statement in record.statements:
        it = node(ids.statement_iri(base, statement.id))
        if count := found.sources.get(statement.id):
            yield Quad(it, KG.independentSources, integer(count), graph)
        for other in found.contradicts.get(statement.id, ()):
            yield Quad(it, KG.contradicts, node(ids.statement_iri(base, other)), graph)
    if original := found.copies.get(record.article.id):
        ours, theirs = (node(ids.article_iri(base, id)) for id in (record.article.id, original))
        yield Quad(ours, KG.copyOf, theirs, node(ids.articles_graph_iri(base)))
