"""The relations: what may stand at either end, and how one relates to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Literal, URIRef
from rdflib.term import Node

from kg.ontology.classes import ClassTree, union_of
from kg.ontology.model import ONE_OBJECT, Property, local_name
from kg.ontology.terms import KG, Terms, closure


class Ends(NamedTuple):
    """The classes that may stand at the two ends of a relation; an end at fault is empty."""

    domain: frozenset[str]
    range: frozenset[str]


def read_relations(terms: Terms, tree: ClassTree) -> list[Property]:
    """All declared relations; what is wrong with them goes to ``terms``."""
    parents = terms.parents(terms.relations, RDFS.subPropertyOf, "relation")
    terms.refuse_cycles(parents, "rdfs:subPropertyOf")
    ends = {
        prop: Ends(_end(terms, tree, prop, RDFS.domain), _end(terms, tree, prop, RDFS.range))
        for prop in terms.relations
    }
    inverses = {prop: _inverse(terms, prop) for prop in terms.relations}
    for prop in terms.relations:
        _check_ends(terms, prop, ends, parents[prop], inverses[prop])
    return [_property(terms, prop, ends[prop], parents, inverses[prop]) for prop in terms.relations]


def _end(terms: Terms, tree: ClassTree, prop: URIRef, side: URIRef) -> frozenset[str]:
    word, found = local_name(side), list(terms.graph.objects(prop, side))
    if not found:
        terms.fault(prop, f"has no rdfs:{word}", f"add rdfs:{word} with a class, such as kg:Agent")
    elif len(found) > 1:
        said = f"has several rdfs:{word}, which RDF Schema reads as all of them at once"
        terms.fault(prop, said, f"write rdfs:{word} [ a owl:Class ; owl:unionOf ( … ) ]")
    else:
        return frozenset(_expand(terms, tree, prop, found[0], word))
    return frozenset()


def _expand(terms: Terms, tree: ClassTree, prop: URIRef, node: Node, word: str) -> Iterator[str]:
    if node in tree:
        yield from tree.expand(node)
    elif members := union_of(terms.graph, node):
        for member in members:
            yield from _expand(terms, tree, prop, member, word)
    elif isinstance(node, BNode):
        terms.fault(prop, f"has a {word} that is neither a class nor a union of classes", "use a class or owl:unionOf")
    else:
        said = f"has the unknown class {terms.written(prop, node)} as its {word}"
        terms.fault(prop, said, terms.advice(node, terms.classes, "class"))


def _inverse(terms: Terms, prop: URIRef) -> URIRef | None:
    """The loaded inverse, declared from either side."""
    found = {*terms.graph.objects(prop, OWL.inverseOf), *terms.graph.subjects(OWL.inverseOf, prop)}
    loaded = sorted(other for other in found if isinstance(other, URIRef) and terms.is_loaded(other))
    for other in loaded:
        if other not in terms.relations:
            said = f"has the unknown inverse {terms.written(prop, other)}"
            terms.fault(prop, said, terms.advice(other, terms.relations, "relation"))
    if prop in loaded:
        terms.fault(prop, "is its own inverse", "declare it an owl:SymmetricProperty instead")
    elif len(loaded) > 1:
        told = " and ".join(terms.written(prop, other) for other in loaded)
        terms.fault(prop, f"is the inverse of {told}, which are not one", "keep one owl:inverseOf")
    elif loaded and loaded[0] in terms.relations:
        return loaded[0]
    return None


def _check_ends(
    terms: Terms, prop: URIRef, ends: Mapping[URIRef, Ends], parents: list[URIRef], inverse: URIRef | None
) -> None:
    own = ends[prop]
    if not all(own):
        return
    if _is_symmetric(terms, prop) and own.domain != own.range:
        terms.fault(prop, "is symmetric, but its domain is not its range", "make the two the same")
    if inverse is not None and all(ends[inverse]) and own != Ends(ends[inverse].range, ends[inverse].domain):
        said = f"and its inverse {terms.written(prop, inverse)} do not mirror each other's domain and range"
        terms.fault(prop, said, "make the domain of each the range of the other")
    for parent in parents:
        for word, mine, wider in zip(Ends._fields, own, ends[parent], strict=True):
            if wider and mine - wider:
                more = ", ".join(sorted(mine - wider))
                said = f"admits {more} as its {word}, which its parent {terms.written(prop, parent)} does not"
                terms.fault(prop, said, f"narrow the {word}, or remove the rdfs:subPropertyOf")


def _is_symmetric(terms: Terms, prop: URIRef) -> bool:
    return (prop, RDF.type, OWL.SymmetricProperty) in terms.graph


def _one_object(terms: Terms, prop: URIRef) -> str:
    said = terms.text(prop, KG.oneObject)
    if said not in ("", *ONE_OBJECT):
        terms.fault(prop, f"has one object {said!r}", f"write kg:oneObject {' or '.join(map(repr, ONE_OBJECT))}")
    return said


def _property(
    terms: Terms, prop: URIRef, ends: Ends, parents: Mapping[URIRef, list[URIRef]], inverse: URIRef | None
) -> Property:
    groups = (terms.text(each, KG.group) for each in closure(prop, parents))
    return Property(
        name=local_name(prop),
        iri=str(prop),
        label=terms.label(prop),
        definition=terms.text(prop, SKOS.definition, RDFS.comment),
        domain=ends.domain,
        range=ends.range,
        symmetric=_is_symmetric(terms, prop),
        inverse=local_name(inverse) if inverse is not None else None,
        parents=tuple(map(local_name, parents[prop])),
        group=next(filter(None, groups), "other"),
        inverse_label=terms.text(prop, KG.inverseLabel),
        example=terms.text(prop, SKOS.example),
        matches=terms.matches(prop),
        one_object=_one_object(terms, prop),
        one_way=Literal(True) in set(terms.graph.objects(prop, KG.oneWay)),
        abstract=Literal(True) in set(terms.graph.objects(prop, KG.abstract)),
    )
