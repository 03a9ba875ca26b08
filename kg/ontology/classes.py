"""The class tree: which class is under which of the eight entity types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import OWL, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.ontology.model import ENTITY_TYPES, Class, local_name
from kg.ontology.terms import KG, Terms, closure

TOP = KG.Entity
TYPES = tuple(KG[name] for name in ENTITY_TYPES)


@dataclass(frozen=True, slots=True)
class ClassTree:
    """The classes and, for each, itself and all that is above it."""

    classes: dict[str, Class]
    above: Mapping[URIRef, frozenset[URIRef]]

    def __contains__(self, node: object) -> bool:
        return node in self.above

    def expand(self, cls: Node) -> Iterator[str]:
        """The local names of the class and those below it, as far as they are entity types or under one."""
        for other, above in self.above.items():
            if cls in above and not above.isdisjoint(TYPES):
                yield local_name(other)


def read_classes(terms: Terms) -> ClassTree:
    """The tree of all declared classes; what is wrong with them goes to ``terms``."""
    parents = terms.parents(terms.classes, RDFS.subClassOf, "class")
    unions = {cls: union_of(terms.graph, cls) for cls in terms.classes}
    for cls, members in unions.items():
        for member in members:
            if isinstance(member, URIRef) and member in parents and cls not in parents[member]:
                parents[member].append(cls)
    terms.refuse_cycles(parents, "rdfs:subClassOf")
    above = {cls: frozenset(closure(cls, parents)) for cls in terms.classes}
    for cls in terms.classes:
        bases = [local_name(each) for each in TYPES if each in above[cls]]
        if not bases and not unions[cls] and cls != TOP:
            choice = " or ".join(f"kg:{name}" for name in ENTITY_TYPES)
            terms.fault(cls, "is under none of the eight entity types", f"add rdfs:subClassOf {choice}")
        elif len(bases) > 1:
            said = f"is under {' and '.join(bases)}, which have no member in common"
            terms.fault(cls, said, "keep one of them as rdfs:subClassOf")
    return ClassTree({local_name(cls): _class(terms, cls, parents[cls]) for cls in terms.classes}, above)


def union_of(graph: Graph, node: Node) -> list[Node]:
    """The members of the union that a class is or is said to be equivalent to."""
    nodes = [node, *graph.objects(node, OWL.equivalentClass)]
    heads = [head for each in nodes for head in graph.objects(each, OWL.unionOf)]
    return [member for head in heads for member in Collection(graph, head)]


def _class(terms: Terms, cls: URIRef, parents: list[URIRef]) -> Class:
    return Class(
        name=local_name(cls),
        iri=str(cls),
        label=terms.label(cls),
        definition=terms.text(cls, SKOS.definition, RDFS.comment),
        parents=tuple(map(local_name, parents)),
        example=terms.text(cls, SKOS.example),
        matches=terms.matches(cls),
    )
