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
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg import ids
from kg.rdf.corroboration import corroboration_quads
from kg.rdf.description import (
    article_triples,
    entity_triples,
    named_or_used,
    possible_triples,
    vocabulary_triples,
)
from kg.rdf.namespaces import KG, PROV, RDF, XSD, node
from kg.rdf.provenance import Run, literal, revision_triples, run_triples, selector_triples, span_node
from kg.records import Article, ArticleRecord, Corroboration, Resolution, Span, Statement

if TYPE_CHECKING:  # loading an ontology takes rdflib, which a reader of a finished graph does without
    from kg.ontology import Ontology

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")


def quads(
    records: Iterable[ArticleRecord],
    resolution: Resolution,
    ontology: Ontology,
    *,
    base: str = ids.BASE_IRI,
    run: Run,
    revisions: Mapping[str, Sequence[Article]] = MappingProxyType({}),
    corroboration: Corroboration | None = None,
) -> Iterator[Quad]:
    """The graph of the records, in no particular order.

    :param base: what the IRIs of entities, articles and statements start with.
    :param run: what the records were read with.
    :param revisions: by article id, what corrected articles were before, oldest first.
    :param corroboration: how many independent sources statements have, and what speaks against them.
    :raises KeyError: for a type or relation that the ontology does not have, or a mention that was not resolved.
    """
    articles = node(ids.articles_graph_iri(base))
    shown: set[str] = set()
    relations: set[str] = set()
    for triple in run_triples(run, base):
        yield Quad(*triple, articles)
    run_node = node(run.iri(base))
    for record in records:
        shown |= named_or_used(record, resolution)
        relations |= {statement.relation for statement in record.statements}
        for triple in article_triples(record, resolution, base):
            yield Quad(*triple, articles)
        for triple in revision_triples(record.article, revisions.get(record.article.id, ()), base):
            yield Quad(*triple, articles)
        yield from _statement_quads(record, resolution, ontology, base, run_node)
        if corroboration:
            yield from corroboration_quads(record, corroboration, base)
    graph = node(ids.entities_graph_iri(base))
    for key in sorted(shown):
        for triple in entity_triples(resolution.entities[key], ontology, base):
            yield Quad(*triple, graph)
    for triple in possible_triples(resolution, shown, base):
        yield Quad(*triple, graph)
    vocabulary = node(ids.vocabulary_graph_iri(base))
    for triple in vocabulary_triples({resolution.entities[key].type for key in shown}, relations, ontology):
        yield Quad(*triple, vocabulary)


def _statement_quads(
    record: ArticleRecord, resolution: Resolution, ontology: Ontology, base: str, run: NamedNode
) -> Iterator[Quad]:
    article = record.article
    nodes = node(ids.graph_iri(base, article.id, "statements"))
    plain: set[tuple[NamedNode, NamedNode, NamedNode, NamedNode]] = set()
    spans: set[Span] = set()
    for statement in record.statements:
        subject = node(ids.entity_iri(base, resolution.entity_of[statement.subject.id]))
        obj = node(ids.entity_iri(base, resolution.entity_of[statement.object.id]))
        relation = ontology.properties[statement.relation]
        predicate = node(relation.iri)
        it = node(ids.statement_iri(base, statement.id))
        for name, value in _statement_properties(statement, record, resolution, base):
            yield Quad(it, name, value, nodes)
        yield Quad(it, RDF.subject, subject, nodes)
        yield Quad(it, RDF.predicate, predicate, nodes)
        yield Quad(it, RDF.object, obj, nodes)
        yield Quad(it, PROV.wasGeneratedBy, run, nodes)
        spans |= {span for _, span in _spans(statement)}
        level = tier(statement)
        if level and subject != obj:  # two names that proved to be one: the statement stays, the triple says nothing
            graph = node(ids.graph_iri(base, article.id, level))
            plain.add((subject, predicate, obj, graph))
            if relation.symmetric:
                plain.add((obj, predicate, subject, graph))
    for key in plain:
        yield Quad(*key)
    for span in spans:
        for triple in selector_triples(span, article, base):
            yield Quad(*triple, nodes)


def tier(statement: Statement) -> str | None:
    """The graph that a statement's plain triple belongs to: ``facts``, ``claims``, or none."""
    if statement.modality == "actual":
        return "claims" if statement.attribution else "facts"
    return "claims" if statement.modality == "possible" else None


def _statement_properties(
    statement: Statement, record: ArticleRecord, resolution: Resolution, base: str
) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    """All but subject, predicate, object and run."""
    article = record.article
    yield RDF.type, RDF.Statement
    yield KG.modality, node(KG.iri + statement.modality)
    yield KG.confidence, Literal(str(round(statement.confidence, 4)), datatype=XSD.decimal)
    yield PROV.wasDerivedFrom, node(ids.article_iri(base, article.id))
    yield KG.quote, literal(quote(statement))
    if statement.origin:
        yield KG.origin, literal(statement.origin)
    for name, span in _spans(statement):
        yield name, span_node(span, article, base)
    if attribution := statement.attribution:
        yield KG.attributionKind, node(KG.iri + attribution.kind)
        if attribution.mention:
            yield KG.attributedTo, node(ids.entity_iri(base, resolution.entity_of[attribution.mention.id]))
        else:
            yield KG.attributedToPhrase, literal(attribution.source.text)
        if attribution.cue:
            yield KG.attributionCue, literal(attribution.cue.text)
        if attribution.chain:
            yield KG.attributionChain, literal(" < ".join(span.text for span in attribution.chain))
    yield from _qualifiers(statement)


def quote(statement: Statement) -> str:
    """The evidence as one readable text: the sentence, or two with an ellipsis where they do not follow each other."""
    sentences = sorted(statement.evidence.sentences)
    joined = sentences[0].text
    for before, after in pairwise(sentences):
        joined += (" " if after.start - before.end <= 2 else " … ") + after.text
    return joined


def _spans(statement: Statement) -> Iterator[tuple[NamedNode, Span]]:
    evidence = statement.evidence
    for sentence in evidence.sentences:
        yield KG.sentence, sentence
    yield KG.subjectSpan, evidence.subject
    yield KG.objectSpan, evidence.object
    yield KG.trigger, evidence.trigger
    if statement.attribution:
        yield KG.attributionSpan, statement.attribution.source


def _qualifiers(statement: Statement) -> Iterator[tuple[NamedNode, Literal]]:
    qualifiers = statement.qualifiers
    if time := qualifiers.time:
        yield KG.time, literal(time.text)
        if time.start:
            yield KG.timeStart, moment(time.start)
        if time.end:
            yield KG.timeEnd, moment(time.end)
        if time.granularity:
            yield KG.timeGranularity, literal(time.granularity)
        if time.anchor:
            yield KG.timeAnchor, literal(time.anchor)
    for name, words in (
        (KG.place, qualifiers.place),
        (KG.position, qualifiers.position),
        (KG.status, qualifiers.status),
        (KG.number, qualifiers.number),
    ):
        if words:
            yield name, literal(words)


def moment(iso: str) -> Literal:
    """An ISO 8601 day or time as ``xsd:date`` or ``xsd:dateTime``; anything else stays a string."""
    if DAY.fullmatch(iso):
        return Literal(iso, datatype=XSD.date)
    if found := MINUTE.fullmatch(iso):
        seconds = "" if found[1] else ":00"
        zone = found[2] or ""
        return Literal(f"{iso.removesuffix(zone)}{seconds}{zone}", datatype=XSD.dateTime)
    return literal(iso)
