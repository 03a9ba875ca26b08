"""Records to RDF: what each article says, as named graphs by article and tier.

``facts``
    Plain triples that the article states in its own voice.
``claims``
    Plain triples that somebody else is quoted with, or that are only possible.
``statements``
    Every statement of any modality as a node, with its speaker, its doubt and the words that say it.

Planned, wanted and negated statements give no plain triple. A symmetric relation is stated both ways round, because
SPARQL does not know symmetry: ``?who kg:metWith ?whom`` finds either. The statement's node keeps the direction of the
text. Entities, articles and what is used of the vocabulary have graphs of their own, so that a graph explains
itself. There are no blank nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import ids
from kg.rdf.corroboration import copy_triples, corroboration_triples
from kg.rdf.description import (
    article_triples,
    entity_triples,
    named_or_used,
    possible_triples,
    vocabulary_triples,
)
from kg.rdf.lines import Graph
from kg.rdf.namespaces import KG, PROV, RDF, XSD
from kg.rdf.ntriples import iri, literal, typed
from kg.rdf.provenance import Run, revision_triples, run_triples, selector_triples, span_node
from kg.records import Article, ArticleRecord, Corroboration, Resolution, Span, Statement

if TYPE_CHECKING:  # loading an ontology takes rdflib, which a reader of a finished graph does without
    from kg.ontology import Ontology

DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
MINUTE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")

# Spelt out once, for a large graph has a million statements.
IS_STATEMENT: Final = f" {RDF.type} {RDF.Statement}"
SUBJECT, PREDICATE, OBJECT = (f" {name} " for name in (RDF.subject, RDF.predicate, RDF.object))
DERIVED, GENERATED = (f" {name} " for name in (PROV.wasDerivedFrom, PROV.wasGeneratedBy))
MODALITY, QUOTE, ORIGIN = (f" {name} " for name in (KG.modality, KG.quote, KG.origin))
CONFIDENCE: Final = f' {KG.confidence} "%s"^^{XSD.decimal}'
SENTENCE, SUBJECT_SPAN, OBJECT_SPAN, TRIGGER, SPEAKER_SPAN = (
    f" {name} " for name in (KG.sentence, KG.subjectSpan, KG.objectSpan, KG.trigger, KG.attributionSpan)
)


def graphs(
    records: Iterable[ArticleRecord],
    resolution: Resolution,
    ontology: Ontology,
    *,
    base: str = ids.BASE_IRI,
    run: Run,
    revisions: Mapping[str, Sequence[Article]] = MappingProxyType({}),
    corroboration: Corroboration | None = None,
) -> Iterator[Graph]:
    """The named graphs of the records.

    :param base: what the IRIs of entities, articles and statements start with.
    :param run: what the records were read with.
    :param revisions: by article id, what corrected articles were before, oldest first.
    :param corroboration: how many independent sources statements have, and what speaks against them.
    :raises KeyError: for a type or relation that the ontology does not have, or a mention that was not resolved.
    :raises ValueError: if the base is no IRI.
    """
    iri(base)
    articles = [*run_triples(run, base)]
    shown: set[str] = set()
    relations: set[str] = set()
    for record in records:
        id = record.article.id
        shown |= named_or_used(record, resolution)
        relations |= {statement.relation for statement in record.statements}
        articles += article_triples(record, resolution, base)
        articles += revision_triples(record.article, revisions.get(id, ()), base)
        if corroboration:
            articles += copy_triples(id, corroboration, base)
        statements = _statements(record, resolution, ontology, base, f"<{run.iri(base)}>")
        if corroboration:
            statements += corroboration_triples(record, corroboration, base)
        plain = _plain(record, resolution, ontology, base)
        for name, triples in (("statements", statements), *plain.items()):
            if triples:
                yield ids.graph_iri(base, id, name), triples
    entities = [it for key in shown for it in entity_triples(resolution.entities[key], ontology, base)]
    entities += possible_triples(resolution, shown, base)
    types = {resolution.entities[key].type for key in shown}
    yield ids.articles_graph_iri(base), articles
    yield ids.entities_graph_iri(base), entities
    yield ids.vocabulary_graph_iri(base), [*vocabulary_triples(types, relations, ontology)]


def quads(graphs: Iterable[Graph]) -> Iterator[Quad]:
    """Named graphs as quads, in no particular order: for those who want objects."""
    for graph, triples in graphs:
        name, data = NamedNode(graph), "".join(f"{triple} .\n" for triple in triples)
        for quad in parse(data, format=RdfFormat.N_TRIPLES):
            yield Quad(quad.subject, quad.predicate, quad.object, name)


def _plain(record: ArticleRecord, resolution: Resolution, ontology: Ontology, base: str) -> dict[str, list[str]]:
    """The plain triples of an article, by tier."""
    found: dict[str, list[str]] = {"facts": [], "claims": []}
    for statement in record.statements:
        subject, obj = _ends(statement, resolution, base)
        level = tier(statement)
        if level and subject != obj:  # two names that proved to be one: the statement stays, the triple says nothing
            relation = ontology.properties[statement.relation]
            found[level].append(f"{subject} {iri(relation.iri)} {obj}")
            if relation.symmetric:
                found[level].append(f"{obj} {iri(relation.iri)} {subject}")
    return found


def _ends(statement: Statement, resolution: Resolution, base: str) -> tuple[str, str]:
    of = resolution.entity_of
    return (
        f"<{ids.entity_iri(base, of[statement.subject.id])}>",
        f"<{ids.entity_iri(base, of[statement.object.id])}>",
    )


def _statements(record: ArticleRecord, resolution: Resolution, ontology: Ontology, base: str, run: str) -> list[str]:
    """The nodes of an article's statements, and of the spans that bear them."""
    article = record.article
    source = f"<{ids.article_iri(base, article.id)}>"
    found: list[str] = []
    spans: set[Span] = set()
    for statement in record.statements:
        it = f"<{ids.statement_iri(base, statement.id)}>"
        subject, obj = _ends(statement, resolution, base)
        found += (
            it + IS_STATEMENT,
            f"{it}{SUBJECT}{subject}",
            f"{it}{PREDICATE}{iri(ontology.properties[statement.relation].iri)}",
            f"{it}{OBJECT}{obj}",
            f"{it}{MODALITY}{iri(KG.iri + statement.modality)}",
            it + CONFIDENCE % round(statement.confidence, 4),
            f"{it}{DERIVED}{source}",
            f"{it}{GENERATED}{run}",
            f"{it}{QUOTE}{literal(quote(statement))}",
        )
        if statement.origin:
            found.append(f"{it}{ORIGIN}{literal(statement.origin)}")
        for name, span in _spans(statement):
            spans.add(span)
            found.append(f"{it}{name}{span_node(span, article, base)}")
        found += _attribution(it, statement, resolution, base)
        found += _qualifiers(it, statement)
    for span in spans:
        found += selector_triples(span, article, base)
    return found


def tier(statement: Statement) -> str | None:
    """The graph that a statement's plain triple belongs to: ``facts``, ``claims``, or none."""
    if statement.modality == "actual":
        return "claims" if statement.attribution else "facts"
    return "claims" if statement.modality == "possible" else None


def _attribution(it: str, statement: Statement, resolution: Resolution, base: str) -> Iterator[str]:
    if attribution := statement.attribution:
        yield f"{it} {KG.attributionKind} {iri(KG.iri + attribution.kind)}"
        if attribution.mention:
            yield f"{it} {KG.attributedTo} <{ids.entity_iri(base, resolution.entity_of[attribution.mention.id])}>"
        else:
            yield f"{it} {KG.attributedToPhrase} {literal(attribution.source.text)}"
        if attribution.cue:
            yield f"{it} {KG.attributionCue} {literal(attribution.cue.text)}"
        if attribution.chain:
            yield f"{it} {KG.attributionChain} {literal(' < '.join(span.text for span in attribution.chain))}"


def quote(statement: Statement) -> str:
    """The evidence as one readable text: the sentence, or two with an ellipsis where they do not follow each other."""
    sentences = sorted(statement.evidence.sentences)
    joined = sentences[0].text
    for before, after in pairwise(sentences):
        joined += (" " if after.start - before.end <= 2 else " … ") + after.text
    return joined


def _spans(statement: Statement) -> Iterator[tuple[str, Span]]:
    evidence = statement.evidence
    for sentence in evidence.sentences:
        yield SENTENCE, sentence
    yield SUBJECT_SPAN, evidence.subject
    yield OBJECT_SPAN, evidence.object
    yield TRIGGER, evidence.trigger
    if statement.attribution:
        yield SPEAKER_SPAN, statement.attribution.source


def _qualifiers(it: str, statement: Statement) -> Iterator[str]:
    qualifiers = statement.qualifiers
    if time := qualifiers.time:
        yield f"{it} {KG.time} {literal(time.text)}"
        if time.start:
            yield f"{it} {KG.timeStart} {moment(time.start)}"
        if time.end:
            yield f"{it} {KG.timeEnd} {moment(time.end)}"
        if time.granularity:
            yield f"{it} {KG.timeGranularity} {literal(time.granularity)}"
        if time.anchor:
            yield f"{it} {KG.timeAnchor} {literal(time.anchor)}"
    for name, words in (
        (KG.place, qualifiers.place),
        (KG.position, qualifiers.position),
        (KG.status, qualifiers.status),
        (KG.number, qualifiers.number),
    ):
        if words:
            yield f"{it} {name} {literal(words)}"


def moment(iso: str) -> str:
    """An ISO 8601 day or time as ``xsd:date`` or ``xsd:dateTime``; anything else stays a string."""
    if DAY.fullmatch(iso):
        return typed(iso, XSD.date)
    if found := MINUTE.fullmatch(iso):
        seconds = "" if found[1] else ":00"
        zone = found[2] or ""
        return typed(f"{iso.removesuffix(zone)}{seconds}{zone}", XSD.dateTime)
    return literal(iso)
