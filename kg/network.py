"""The graph as a NetworkX ``MultiDiGraph``: entities and the statements between them, with plain attributes.

Read from the store alone, so that it works wherever a query does. Nodes are entities that take part in a statement or
speak; edges are statements of any modality, keyed by their id, in the direction of the text. All attributes are plain
JSON types:

node
    ``label``, ``type``, ``base_type`` (the type of the shipped ontology that it is a kind of), ``aliases``, ``iri``,
    ``links``, ``statements`` (how many it takes part in), ``possibly_same`` (ids of others that may be the same)
edge
    ``relation`` (local name), ``label``, ``symmetric``, ``modality``, ``speaker`` (a name or a phrase, ``None`` for the
    article's own voice), ``speaker_id``, ``attribution_kind``, ``confidence``, ``origin``, ``article``, ``title``,
    ``date``, ``source``, ``time``, ``time_start``, ``time_end``, ``place``, ``position``, ``status``, ``number``, and
    ``independent`` (how many independent sources tell it), ``contradicts`` (ids of statements that speak against it),
    ``copy_of`` (the article that its own is a copy of) and
    ``evidence``: the sentences that say it, ``[{"text", "start", "subject", "object", "trigger"}]``, where ``start`` is
    where the text begins in the article and the others are ``[from, to)`` within ``text``, or ``None`` if elsewhere
graph
    ``base`` (of its IRIs) and ``iris`` (of the local names of types and relations)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from kg.rdf.lookup import Lookup
from kg.rdf.namespaces import DCTERMS, KG, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS
from kg.rdf.near import Near
from kg.rdf.store import Store
from kg.rdf.terms import Term, plain

if TYPE_CHECKING:
    import networkx as nx

QUALIFIERS: Final = {
    "time": KG.time,
    "time_start": KG.timeStart,
    "time_end": KG.timeEnd,
    "place": KG.place,
    "position": KG.position,
    "status": KG.status,
    "number": KG.number,
}
SPANS: Final = {"subject": KG.subjectSpan, "object": KG.objectSpan, "trigger": KG.trigger}


def network(store: Store) -> nx.MultiDiGraph[str]:
    """The graph of a store. Nodes and edges come in the order of their ids: the same graph gives the same files."""
    import networkx as nx  # takes longer to load than one statement to look up

    look = Lookup(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    statements = {it: (look.one(it, RDF.subject), look.one(it, RDF.object)) for it in look.property(RDF.subject)}
    entities = {end for ends in statements.values() for end in ends if end is not None}
    entities |= {speaker for it in statements for speaker in look.all(it, KG.attributedTo)}
    for entity in sorted(entities, key=str):
        graph.add_node(look.id(entity, "entity"), **node_attributes(look, entity))
    for it, ends in sorted(statements.items(), key=lambda item: str(item[0])):
        subject, obj = (look.id(end, "entity") for end in ends if end is not None)
        graph.add_edge(subject, obj, key=look.id(it, "statement"), **edge_attributes(look, it))
        for end in {subject, obj}:
            graph.nodes[end]["statements"] += 1
    graph.graph["base"] = look.base
    graph.graph["iris"] = _iris(look, entities, statements)
    return graph


def _iris(look: Lookup, entities: Iterable[Term], statements: Iterable[Term]) -> dict[str, str]:
    """What the local names of classes and relations stand for, the shipped and the user's own."""
    terms = [look.one(it, RDF.type) for it in entities] + [look.one(it, RDF.predicate) for it in statements]
    found = {str(plain(term)) for term in terms if term is not None}
    return {_local(iri): iri for iri in sorted(found)}


def node_attributes(look: Lookup | Near, entity: Term) -> dict[str, Any]:
    """What the network says of an entity."""
    return {
        "label": look.text(entity, RDFS.label) or look.id(entity, "entity"),
        "type": _local(look.text(entity, RDF.type) or ""),
        "base_type": _local(_base_type(look, entity)),
        "aliases": [str(plain(alias)) for alias in look.all(entity, SKOS.altLabel)],
        "iri": plain(entity),
        "links": [str(plain(link)) for link in look.all(entity, OWL.sameAs)],
        "possibly_same": [look.id(other, "entity") for other in look.all(entity, KG.possiblySame)],
        "statements": 0,
    }


def _base_type(look: Lookup | Near, entity: Term) -> str:
    """The nearest type of the shipped ontology above the entity's own, which may be a user's."""
    type_, seen = look.one(entity, RDF.type), set[Term]()
    while type_ is not None and type_ not in seen and not str(plain(type_)).startswith(KG.iri):
        seen.add(type_)
        type_ = look.one(type_, RDFS.subClassOf)
    return str(plain(type_)) if type_ is not None else ""


def edge_attributes(look: Lookup | Near, it: Term) -> dict[str, Any]:
    """What the network says of a statement."""
    relation, article = look.one(it, RDF.predicate), look.one(it, PROV.wasDerivedFrom)
    speaker, kind = look.one(it, KG.attributedTo), look.text(it, KG.attributionKind)
    name = _local(str(plain(relation)))
    return {
        "relation": name,
        "label": look.text(relation, RDFS.label) or name,
        "symmetric": relation is not None and OWL.SymmetricProperty in look.all(relation, RDF.type),
        "modality": _local(look.text(it, KG.modality) or ""),
        "speaker": look.text(speaker, RDFS.label) if speaker else look.text(it, KG.attributedToPhrase),
        "speaker_id": look.id(speaker, "entity") if speaker else None,
        "attribution_kind": _local(kind) if kind else None,
        "confidence": look.value(it, KG.confidence),
        "origin": look.text(it, KG.origin),
        "article": look.text(article, DCTERMS.identifier),
        "title": look.text(article, SCHEMA.headline) or "",
        "date": look.text(article, SCHEMA.datePublished),
        "source": look.text(article, DCTERMS.source),
        **{qualifier: look.text(it, property) for qualifier, property in QUALIFIERS.items()},
        "independent": look.value(it, KG.independentSources),
        "contradicts": [look.id(other, "statement") for other in look.all(it, KG.contradicts)],
        "copy_of": look.text(look.one(article, KG.copyOf), DCTERMS.identifier),
        "evidence": [_evidence(look, it)],
    }


def _evidence(look: Lookup | Near, it: Term) -> dict[str, Any]:
    """The sentences as one text, as in ``kg:quote``, with the places of subject, object and trigger in it."""
    sentences = sorted(_span(look, span) for span in look.all(it, KG.sentence))
    text = ""
    shifts: list[tuple[int, int, int]] = []
    for start, end, words in sentences:
        if shifts:
            text += " " if start - shifts[-1][1] <= 2 else " … "
        shifts.append((start, end, len(text) - start))
        text += words
    found: dict[str, Any] = {"text": text, "start": sentences[0][0] if sentences else 0}
    for role, property in SPANS.items():
        span = look.one(it, property)
        start, end, _ = _span(look, span) if span else (0, 0, "")
        shift = next((by for first, last, by in shifts if first <= start and end <= last), None)
        found[role] = None if span is None or shift is None else [start + shift, end + shift]
    return found


def _span(look: Lookup | Near, span: Term) -> tuple[int, int, str]:
    start, end, exact = look.value(span, OA.start), look.value(span, OA.end), look.text(span, OA.exact)
    return int(start or 0), int(end or 0), exact or ""


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]
