"""Where a statement comes from: the run that read it (PROV-O) and the words that say it (Web Annotation selectors).

A span has one node, shared by all that points at it. It is a position selector and a quote selector at once, so that
the words are found again even in a text that has shifted. The articles' text itself is not in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import Literal, NamedNode

from kg import ids
from kg.rdf.namespaces import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, XSD, Spo, node
from kg.records import Article, Span

#: Characters of context on either side of a quote: enough to tell two uses of one word apart.
CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Run:
    """What read the articles: versions of the language model, ontology, lexicon and of kg.

    No time and no host, so that building twice gives the same graph.
    """

    model: str = ""
    ontology: str = ""
    lexicon: str = ""
    software: str = ""

    def iri(self, base: str) -> str:
        """The run's IRI in a graph with that base."""
        return ids.run_iri(base, self.model, self.ontology, self.lexicon, self.software)


def run_triples(run: Run, base: str) -> Iterator[Spo]:
    """The run as a PROV activity."""
    it = node(run.iri(base))
    yield (it, RDF.type, PROV.Activity)
    versions = {"language model": run.model, "ontology": run.ontology, "lexicon": run.lexicon, "kg": run.software}
    said = ", ".join(f"{what} {version}" for what, version in versions.items() if version)
    yield (it, RDFS.label, literal(f"reading with {said}" if said else "reading"))
    for predicate, version in (
        (KG.modelVersion, run.model),
        (KG.ontologyVersion, run.ontology),
        (KG.lexiconVersion, run.lexicon),
        (KG.softwareVersion, run.software),
    ):
        if version:
            yield (it, predicate, literal(version))


def revision_triples(article: Article, earlier: Sequence[Article], base: str) -> Iterator[Spo]:
    """What an article was before it was corrected: a trail of revisions, each with a digest of its text.

    No time either: when a correction came is told by ``kg log``.

    :param earlier: what it was, oldest first.
    """
    it = node(ids.article_iri(base, article.id))
    nodes = [node(ids.revision_iri(base, article.id, number)) for number in range(1, len(earlier) + 1)]
    for before, after in pairwise([*nodes, it]):
        yield (after, PROV.wasRevisionOf, before)
    for revision, was in zip(nodes, earlier, strict=True):
        yield (revision, RDF.type, PROV.Entity)
        yield (revision, PROV.specializationOf, it)
        yield (revision, RDFS.label, literal(was.title or was.id))
        yield (revision, SCHEMA.sha256, literal(ids.digest(was.text, length=64)))
        if was.date:
            yield (revision, SCHEMA.datePublished, Literal(was.date.isoformat(), datatype=XSD.date))
        if was.source:
            yield (revision, DCTERMS.source, literal(was.source))


def span_node(span: Span, article: Article, base: str) -> NamedNode:
    """The node that stands for a span of an article."""
    return node(ids.span_iri(base, article.id, span.start, span.end))


def selector_triples(span: Span, article: Article, base: str) -> Iterator[Spo]:
    """The span as Web Annotation selectors: offsets in code points, the words, and what stands around them."""
    it, text = span_node(span, article, base), article.text
    yield (it, RDF.type, OA.TextPositionSelector)
    yield (it, RDF.type, OA.TextQuoteSelector)
    yield (it, OA.start, integer(span.start))
    yield (it, OA.end, integer(span.end))
    yield (it, OA.exact, literal(span.text))
    if before := text[max(0, span.start - CONTEXT) : span.start]:
        yield (it, OA.prefix, literal(before))
    if after := text[span.end : span.end + CONTEXT]:
        yield (it, OA.suffix, literal(after))


def literal(text: str) -> Literal:
    """A plain string. Half surrogate pairs, which RDF has no place for, become U+FFFD."""
    try:
        return Literal(text)
    except ValueError:
        return Literal(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def integer(number: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(number), datatype=XSD.integer)
