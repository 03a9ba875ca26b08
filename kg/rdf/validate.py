"""Whether a graph is sound: in its form (SHACL), in its tiers (:mod:`kg.rdf.tiers`) and in its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from typing import Literal as OneOf

import pyshacl
from rdflib import DCTERMS, PROV, RDF, RDFS, SH, Dataset, Graph, URIRef
from rdflib.term import Node

from kg.ontology import Ontology, local_name
from kg.rdf.evidence import check_evidence
from kg.rdf.shapes import KG, OA, SHAPE, shapes
from kg.rdf.tiers import unborne
from kg.records import Violation

__all__ = ["check_evidence", "conformance", "shapes"]

#: What a report tells beside what the shapes look at.
TOLD: Final = frozenset({RDF.type, RDF.subject, RDF.predicate, RDF.object, RDFS.label, RDFS.subClassOf})
TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


def conformance(data: Graph | Dataset, ontology: Ontology) -> list[Violation]:
    """Where the graph breaks the shapes of :func:`shapes`, sorted by article, sentence and message.

    Of a dataset all named graphs are taken together, and its tiers are checked too. The data are not changed.
    """
    rules = shapes(ontology)
    graph = _relevant(data, rules, ontology)
    _, report, _ = pyshacl.validate(graph, shacl_graph=_hoisted(rules), inplace=True)
    found = {told for result in report.subjects(RDF.type, SH.ValidationResult) for told in _told(graph, report, result)}
    if isinstance(data, Dataset):
        found.update(unborne(data, graph, ontology))
    return sorted(found, key=lambda it: (it.severity, it.article or "", it.sentence or "", it.message, it.focus))


def _relevant(data: Graph | Dataset, rules: Graph, ontology: Ontology) -> Graph:
    """The triples whose predicate some shape speaks of, with the class tree that ``sh:class`` reads."""
    spoken = {term for triple in rules for term in triple if isinstance(term, URIRef)} | TOLD
    graph = Graph()
    quads = ((s, p, o) for s, p, o, _ in data.quads()) if isinstance(data, Dataset) else iter(data)
    for triple in quads:
        if triple[1] in spoken:
            graph.add(triple)
    for cls in ontology.classes.values():
        for parent in cls.parents:
            graph.add((URIRef(cls.iri), RDFS.subClassOf, URIRef(ontology.classes[parent].iri)))
    return graph


def _hoisted(rules: Graph) -> Graph:
    """The same rules with each property shape holding its own targets: pySHACL then looks at all nodes in one go.

    Half the time for large graphs; nested in a node shape, a property shape is started anew for every node.
    """
    graph = Graph()
    for triple in rules:
        graph.add(triple)
    for shape, part in rules.subject_objects(SH.property):
        aims = [(target, value) for target in TARGETS for value in rules.objects(shape, target)]
        if aims:
            graph.remove((shape, SH.property, part))
            graph.add((part, RDF.type, SH.PropertyShape))
            for target, value in aims:
                graph.add((part, target, value))
    return graph


def _told(graph: Graph, report: Graph, result: Node) -> Iterator[Violation]:
    """One SHACL result as violations: one for each statement that it concerns."""
    focus, value, shape = (report.value(result, each) for each in (SH.focusNode, SH.value, SH.sourceShape))
    message = next((str(text) for text in report.objects(result, SH.resultMessage)), "does not conform")
    severity: OneOf["violation", "warning"] = (
        "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "violation"
    )
    concerned: list[Node | None] = [focus]
    name = str(shape).removeprefix(SHAPE)
    relation, _, role = name.removesuffix("-of-statement").rpartition("-")
    if role in {"subject", "object"} and name != str(shape):  # a relation's end: the entity is what is wrong
        entity = value if name.endswith("-of-statement") else focus
        ends = (RDF.subject, RDF.object) if role == "subject" else (RDF.object, RDF.subject)
        by_end = (
            _stating(graph, relation, end, entity) for end in ends
        )  # the other end: a symmetric triple turned round
        concerned = next(filter(None, by_end), [entity])
        kinds = ", ".join(sorted(local_name(kind) for kind in graph.objects(entity, RDF.type))) or "of no type"
        message = f"{message}; {_name(graph, entity)} is {kinds}"
    elif value is not None and value != focus:
        message = f"{message}; found {_name(graph, value)}"
    if (focus, RDF.type, OA.TextPositionSelector) in graph:
        concerned = [*graph.subjects(None, focus)] or [focus]
    for node in concerned:
        article = graph.value(node, PROV.wasDerivedFrom) or node
        yield Violation(
            severity=severity,
            message=message,
            focus=str(node),
            article=_text(graph.value(article, DCTERMS.identifier)),
            sentence=_text(graph.value(node, KG.quote)),
        )


def _stating(graph: Graph, relation: str, end: URIRef, entity: Node | None) -> list[Node | None]:
    """The statements of a relation that have the entity at that end."""
    return [it for it in graph.subjects(end, entity) if local_name(graph.value(it, RDF.predicate)) == relation]


def _name(graph: Graph, node: Node | None) -> str:
    label = graph.value(node, RDFS.label) if node is not None else None
    return repr(str(label if label is not None else node))


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node)
