"""Where a statement comes from: the run that read it (PROV-O) and the words that say it (Web Annotation selectors).

A span has one node, shared by all that points at it. It is a position selector and a quote selector at once, so that
the words are found again even in a text that has shifted. The articles' text itself is not in the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg import ids
from kg.rdf.namespaces import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, XSD
from kg.rdf.ntriples import INTEGER, literal, typed
from kg.records import Article, Span

#: Characters of context on either side of a quote: enough to tell two uses of one word apart.
CONTEXT: Final = 32

# Spelt out once, for there are two million spans in a large graph.
POSITION_SELECTOR: Final = f" {RDF.type} {OA.TextPositionSelector}"
QUOTE_SELECTOR: Final = f" {RDF.type} {OA.TextQuoteSelector}"
START, END, EXACT, PREFIX, SUFFIX = (f" {name} " for name in (OA.start, OA.end, OA.exact, OA.prefix, OA.suffix))


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


def run_triples(run: Run, base: str) -> Iterator[str]:
    """The run as a PROV activity."""
    it = f"<{run.iri(base)}>"
    yield f"{it} {RDF.type} {PROV.Activity}"
    versions = {"language model": run.model, "ontology": run.ontology, "lexicon": run.lexicon, "kg": run.software}
    said = ", ".join(f"{what} {version}" for what, version in versions.items() if version)
    label = f"reading with {said}" if said else "reading"
    yield f"{it} {RDFS.label} {literal(label)}"
    for predicate, version in (
        (KG.modelVersion, run.model),
        (KG.ontologyVersion, run.ontology),
        (KG.lexiconVersion, run.lexicon),
        (KG.softwareVersion, run.software),
    ):
        if version:
            yield f"{it} {predicate} {literal(version)}"


def revision_triples(article: Article, earlier: Sequence[Article], base: str) -> Iterator[str]:
    """What an article was before it was corrected: a trail of revisions, each with a digest of its text.

    No time either: when a correction came is told by ``kg log``.

    :param earlier: what it was, oldest first.
    """
    it = f"<{ids.article_iri(base, article.id)}>"
    nodes = [f"<{ids.revision_iri(base, article.id, number)}>" for number in range(1, len(earlier) + 1)]
    for before, after in pairwise([*nodes, it]):
        yield f"{after} {PROV.wasRevisionOf} {before}"
    for revision, was in zip(nodes, earlier, strict=True):
        yield f"{revision} {RDF.type} {PROV.Entity}"
        yield f"{revision} {PROV.specializationOf} {it}"
        yield f"{revision} {RDFS.label} {literal(was.title or was.id)}"
        yield f"{revision} {SCHEMA.sha256} {literal(ids.digest(was.text, length=64))}"
        if was.date:
            yield f"{revision} {SCHEMA.datePublished} {typed(was.date.isoformat(), XSD.date)}"
        if was.source:
            yield f"{revision} {DCTERMS.source} {literal(was.source)}"


def span_node(span: Span, article: Article, base: str) -> str:
    """The node that stands for a span of an article."""
    return f"<{ids.span_iri(base, article.id, span.start, span.end)}>"


def selector_triples(span: Span, article: Article, base: str) -> list[str]:
    """The span as Web Annotation selectors: offsets in code points, the words, and what stands around them."""
    it, text = span_node(span, article, base), article.text
    found = [
        it + POSITION_SELECTOR,
        it + QUOTE_SELECTOR,
        f'{it}{START}"{span.start}"{INTEGER}',
        f'{it}{END}"{span.end}"{INTEGER}',
        f"{it}{EXACT}{literal(span.text)}",
    ]
    if before := text[max(0, span.start - CONTEXT) : span.start]:
        found.append(f"{it}{PREFIX}{literal(before)}")
    if after := text[span.end : span.end + CONTEXT]:
        found.append(f"{it}{SUFFIX}{literal(after)}")
    return found
