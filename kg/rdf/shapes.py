"""SHACL shapes: the written ones, and those that follow from the domains and ranges of an ontology."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.ontology import NAMESPACE, Ontology, Property, short, vocabulary_path

SHAPE: Final = Namespace("https://w3id.org/newskg/shapes#")
KG: Final = Namespace(NAMESPACE)
OA: Final = Namespace("http://www.w3.org/ns/oa#")


def shapes(ontology: Ontology) -> Graph:
    """All shapes that a graph made with the ontology must conform to. SHACL Core: no SPARQL, no rules, no inference."""
    graph = Graph()
    graph.parse(vocabulary_path("shapes.ttl"))
    for found in ontology.properties.values():
        for role, types in (("subject", found.domain), ("object", found.range)):
            _add_end(graph, ontology, found, role, types)
    iris = [found.iri for found in ontology.properties.values()]
    _add_choice(graph, RDF.predicate, iris, "predicate", "the predicate is no relation of the ontologies in use")
    kinds = [found.iri for found in ontology.attribution_kinds.values()]
    _add_choice(graph, KG.attributionKind, kinds, "kind", "the kind of attribution is none of the ontologies in use")
    return graph


def _add_end(graph: Graph, ontology: Ontology, relation: Property, role: str, types: frozenset[str]) -> None:
    """What may stand at one end of a relation: in plain triples, and in statement nodes whatever their modality.

    Statement nodes are reached from the relation (``^rdf:predicate/rdf:subject``): each entity is looked at once.
    """
    message = Literal(f"{relation.name} has {short(ontology, types)} as its {role}", lang="en")
    of = SH.targetSubjectsOf if role == "subject" else SH.targetObjectsOf
    plain, node = SHAPE[f"{relation.name}-{role}"], SHAPE[f"{relation.name}-{role}-of-statement"]
    graph.add((plain, RDF.type, SH.NodeShape))
    graph.add((plain, of, URIRef(relation.iri)))
    step = BNode()
    graph.add((step, SH.inversePath, RDF.predicate))
    graph.add((node, RDF.type, SH.PropertyShape))
    graph.add((node, SH.targetNode, URIRef(relation.iri)))
    graph.add((node, SH.path, _list(graph, [step, RDF.subject if role == "subject" else RDF.object])))
    classes = [URIRef(ontology.classes[name].iri) for name in short(ontology, types).split(" or ")]
    for shape in (plain, node):
        graph.add((shape, SH.message, message))
        if len(classes) == 1:
            graph.add((shape, SH["class"], classes[0]))
        else:
            graph.add((shape, SH["or"], _list(graph, [_class_shape(graph, cls) for cls in classes])))


def _class_shape(graph: Graph, cls: URIRef) -> Node:
    shape = BNode()
    graph.add((shape, SH["class"], cls))
    return shape


def _add_choice(graph: Graph, path: URIRef, iris: Iterable[str], name: str, message: str) -> None:
    shape = SHAPE[f"known-{name}"]
    graph.add((shape, RDF.type, SH.PropertyShape))
    graph.add((shape, SH.targetSubjectsOf, path))
    graph.add((shape, SH.path, path))
    graph.add((shape, SH["in"], _list(graph, [URIRef(iri) for iri in iris])))
    graph.add((shape, SH.message, Literal(message, lang="en")))
    graph.add((shape, RDFS.label, Literal(f"known {name}", lang="en")))


def _list(graph: Graph, items: Iterable[Node]) -> Node:
    return Collection(graph, BNode(), list(items)).uri
