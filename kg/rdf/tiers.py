"""Plain triples and the statements that bear them: in a graph file, no fact stands without a sentence that says it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from rdflib import DCTERMS, PROV, RDF, Dataset, Graph, URIRef
from rdflib.term import Node

from kg.ontology import Ontology, local_name
from kg.rdf.shapes import KG
from kg.records import Violation

#: The named graphs of plain triples (:func:`kg.ids.graph_iri`): the article's id and the tier.
PLAIN: Final = re.compile(r".*/graph/([^/]+)/(facts|claims)")
NEEDS: Final = {
    "facts": "in its own voice and without a doubt",
    "claims": "by attribution or as possible",
}


def unborne(data: Dataset, merged: Graph, ontology: Ontology) -> Iterator[Violation]:
    """The plain triples of each article that no statement of that article bears.

    :param merged: the statement nodes of all named graphs.
    """
    borne = _borne(merged, ontology)
    for graph in data.graphs():
        found = PLAIN.fullmatch(str(graph.identifier))
        if found is None:
            continue
        article, tier = unquote(found[1]), found[2]
        for triple in graph:
            if triple not in borne[article, tier]:
                said = " ".join(map(local_name, triple))
                message = f"{said} is among the {tier}, but no statement of the article says so {NEEDS[tier]}"
                yield Violation("violation", message, focus=str(triple[0]), article=article)


def _borne(merged: Graph, ontology: Ontology) -> dict[tuple[str, str], set[tuple[Node | None, ...]]]:
    """The plain triples that each article's statements entitle to, by article and tier."""
    symmetric = {URIRef(found.iri) for found in ontology.properties.values() if found.symmetric}
    borne: dict[tuple[str, str], set[tuple[Node | None, ...]]] = defaultdict(set)
    for statement in merged.subjects(RDF.type, RDF.Statement):
        tier = _tier(merged, statement)
        if tier is None:
            continue
        article = str(merged.value(merged.value(statement, PROV.wasDerivedFrom), DCTERMS.identifier))
        triple = tuple(merged.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        borne[article, tier].add(triple)
        if triple[1] in symmetric:
            borne[article, tier].add(triple[::-1])
    return borne


def _tier(merged: Graph, statement: Node) -> str | None:
    modality = merged.value(statement, KG.modality)
    attributed = merged.value(statement, KG.attributionKind) is not None
    if modality == KG.actual:
        return "claims" if attributed else "facts"
    return "claims" if modality == KG.possible else None
