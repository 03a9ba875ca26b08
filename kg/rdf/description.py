"""What stands around the statements: descriptions of entities, of articles and of the vocabulary in use."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from kg import ids
from kg.rdf.namespaces import DCTERMS, KG, OWL, RDF, RDFS, SCHEMA, SKOS, XSD
from kg.rdf.ntriples import integer, iri, literal, typed
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


def entity_triples(entity: Entity, ontology: Ontology, base: str) -> Iterator[str]:
    """What an entity is and is called."""
    it = f"<{ids.entity_iri(base, entity.id)}>"
    yield f"{it} {RDF.type} {iri(ontology.classes[entity.type].iri)}"
    yield f"{it} {RDFS.label} {literal(entity.name or entity.id)}"
    for alias in {*entity.aliases} - {entity.name}:
        yield f"{it} {SKOS.altLabel} {literal(alias)}"
    for link in {*entity.links}:
        yield f"{it} {OWL.sameAs} {iri(link)}"
    for code in entity.identifiers:
        yield f"{it} {SCHEMA.identifier} {literal(code)}"


def possible_triples(resolution: Resolution, shown: Container[str], base: str) -> Iterator[str]:
    """Which of the entities that are shown may be one, either way round."""
    for pair in resolution.possible:
        if pair.left in shown and pair.right in shown:
            left, right = (f"<{ids.entity_iri(base, key)}>" for key in (pair.left, pair.right))
            yield f"{left} {KG.possiblySame} {right}"
            yield f"{right} {KG.possiblySame} {left}"


def article_triples(record: ArticleRecord, resolution: Resolution, base: str) -> Iterator[str]:
    """What an article is, which entities it mentions, and how much of it was turned into statements."""
    article, coverage = record.article, record.coverage
    it = f"<{ids.article_iri(base, article.id)}>"
    yield f"{it} {RDF.type} {SCHEMA.NewsArticle}"
    yield f"{it} {DCTERMS.identifier} {literal(article.id)}"
    yield f"{it} {RDFS.label} {literal(article.title or article.id)}"
    if article.title:
        yield f"{it} {SCHEMA.headline} {literal(article.title)}"
    yield f"{it} {SCHEMA.inLanguage} {literal(article.language)}"
    if article.date:
        yield f"{it} {SCHEMA.datePublished} {typed(article.date.isoformat(), XSD.date)}"
    if article.source:
        yield f"{it} {DCTERMS.source} {literal(article.source)}"
    yield f"{it} {KG.words} {integer(coverage.words)}"
    yield f"{it} {KG.sentences} {integer(coverage.sentences)}"
    yield f"{it} {KG.sentencesWithStatements} {integer(coverage.sentences_with_statements)}"
    yield f"{it} {KG.statements} {integer(coverage.statements)}"
    for key in named_or_used(record, resolution):
        yield f"{it} {SCHEMA.mentions} <{ids.entity_iri(base, key)}>"


def vocabulary_triples(classes: Iterable[str], relations: Iterable[str], ontology: Ontology) -> Iterator[str]:
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
            it = iri(entry.iri)
            yield f"{it} {RDF.type} {kind}"
            yield f"{it} {RDFS.label} {literal(entry.label)}"
            if name in properties and properties[name].symmetric:
                yield f"{it} {RDF.type} {OWL.SymmetricProperty}"
            for parent in entry.parents:
                yield f"{it} {above} {iri(entries[parent].iri)}"
            seen += [parent for parent in entry.parents if parent not in seen]
