"""What stands around the statements: descriptions of entities, of articles and of the vocabulary in use."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg import ids
from kg.rdf.namespaces import DCTERMS, KG, OWL, RDF, RDFS, SCHEMA, SKOS, XSD, Spo, node
from kg.rdf.provenance import integer, literal
from kg.records import ArticleRecord, Entity, Resolution

if TYPE_CHECKING:  # loading an ontology takes rdflib, which a reader of a finished graph does without
    from kg.ontology import Ontology


def named_or_used(record: ArticleRecord, resolution: Resolution) -> set[str]:
    """The entities of an article that have a name, take part in a statement or are a speaker: the rest is of no use."""
    mentions = {mention.id for mention in record.mentions if mention.kind == "name"}
    for statement in record.statements:
        mentions |= {statement.subject.id, statement.object.id}
        if statement.attribution and statement.attribution.mention:
            mentions.add(statement.attribution.mention.id)
    return {resolution.entity_of[mention] for mention in mentions}


def entity_triples(entity: Entity, ontology: Ontology, base: str) -> Iterator[Spo]:
    """What an entity is and is called."""
    it = node(ids.entity_iri(base, entity.id))
    yield (it, RDF.type, node(ontology.classes[entity.type].iri))
    yield (it, RDFS.label, literal(entity.name or entity.id))
    for alias in {*entity.aliases} - {entity.name}:
        yield (it, SKOS.altLabel, literal(alias))
    for link in {*entity.links}:
        yield (it, OWL.sameAs, node(link))
    for code in entity.identifiers:
        yield (it, SCHEMA.identifier, literal(code))


def possible_triples(resolution: Resolution, shown: Container[str], base: str) -> Iterator[Spo]:
    """Which of the entities that are shown may be one, either way round."""
    for pair in resolution.possible:
        if pair.left in shown and pair.right in shown:
            left, right = (node(ids.entity_iri(base, key)) for key in (pair.left, pair.right))
            yield (left, KG.possiblySame, right)
            yield (right, KG.possiblySame, left)


def article_triples(record: ArticleRecord, resolution: Resolution, base: str) -> Iterator[Spo]:
    """What an article is, which entities it mentions, and how much of it was turned into statements."""
    article, coverage = record.article, record.coverage
    it = node(ids.article_iri(base, article.id))
    yield (it, RDF.type, SCHEMA.NewsArticle)
    yield (it, DCTERMS.identifier, literal(article.id))
    yield (it, RDFS.label, literal(article.title or article.id))
    if article.title:
        yield (it, SCHEMA.headline, literal(article.title))
    yield (it, SCHEMA.inLanguage, literal(article.language))
    if article.date:
        yield (it, SCHEMA.datePublished, Literal(article.date.isoformat(), datatype=XSD.date))
    if article.source:
        yield (it, DCTERMS.source, literal(article.source))
    yield (it, KG.words, integer(coverage.words))
    yield (it, KG.sentences, integer(coverage.sentences))
    yield (it, KG.sentencesWithStatements, integer(coverage.sentences_with_statements))
    yield (it, KG.statements, integer(coverage.statements))
    for key in named_or_used(record, resolution):
        yield (it, SCHEMA.mentions, node(ids.entity_iri(base, key)))


def vocabulary_triples(classes: Iterable[str], relations: Iterable[str], ontology: Ontology) -> Iterator[Spo]:
    """Labels of the classes and relations, and what stands above them.

    With it ``?x a/rdfs:subClassOf* kg:Agent`` finds agents.
    """
    properties = {**ontology.families, **ontology.properties}
    for entries, names, kind, above in (
        (ontology.classes, classes, OWL.Class, RDFS.subClassOf),
        (properties, relations, OWL.ObjectProperty, RDFS.subPropertyOf),
    ):
        seen = list(names)
        for name in seen:
            entry = entries[name]
            it = node(entry.iri)
            yield (it, RDF.type, kind)
            yield (it, RDFS.label, literal(entry.label))
            if name in properties and properties[name].symmetric:
                yield (it, RDF.type, OWL.SymmetricProperty)
            for parent in entry.parents:
                yield (it, above, node(entries[parent].iri))
            seen += [parent for parent in entry.parents if parent not in seen]
