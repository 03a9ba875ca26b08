"""The part of a network that a query's answer speaks of.

Rows and triples name statements, entities or both, by IRI or, as the stock queries do, by name and sentence. What they
name is shown with the sentences behind it. What a query makes up itself (a CONSTRUCT's own relation, two entities in
one row that no statement connects) becomes a line that says so and has no article. Literals are no nodes: they stand in
the dossier of what they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import QueryError
from kg.ids import BASE_IRI

if TYPE_CHECKING:
    from kg.query import Table, Triples

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
#: The relation of two entities that a row names and no statement connects.
TOGETHER = "togetherInTheAnswer"

#: A node's id, or two and the key of the edge between them.
Edge = tuple[str, str, str]
#: A cell: what it says, and whether it is an IRI.
Cell = tuple[str, bool]


def answered(network: nx.MultiDiGraph[str], answer: Table | Triples) -> nx.MultiDiGraph[str]:
    """The part of ``network`` that a query's answer names.

    :raises QueryError: if that is nothing.
    """
    from kg.query import Triples

    found = _Found(network)
    if isinstance(answer, Triples):
        for subject, predicate, obj in _cells(answer.table()):
            found.triple(subject, predicate, obj)
    else:
        for row in _cells(answer):
            found.row(row)
    made = found.network()
    if not len(made):
        raise QueryError(
            "the answer names nothing that the graph could show",
            fix="let the query give entities or statements, such as: SELECT ?who ?by { ?who kg:heldBy ?by }",
        )
    return made


def _cells(table: Table) -> Iterator[list[Cell]]:
    """The cells that are bound."""
    for terms, values in zip(table.n3, table.rows, strict=True):
        yield [
            (str(value), term.startswith("<") and not term.startswith("<<"))
            for term, value in zip(terms, values, strict=True)
            if term is not None
        ]


class _Found:
    """What the answer has named so far."""

    def __init__(self, network: nx.MultiDiGraph[str]) -> None:
        self.whole = network
        self.nodes: dict[str, dict[str, Any]] = {}
        self.edges: dict[Edge, Mapping[str, Any]] = {}
        self.iris: dict[str, str] = dict(network.graph.get("iris", {}))
        self._statement = f"{network.graph.get('base', BASE_IRI)}statement/"
        self._by_key: dict[str, Edge] = {str(key): (a, b, key) for a, b, key in network.edges(keys=True)}
        self._by_iri: dict[str, str] = {data.get("iri") or node: node for node, data in network.nodes(data=True)}
        self._by_label: dict[str, list[str]] = {}
        for node, data in network.nodes(data=True):
            self._by_label.setdefault(data["label"], []).append(node)

    def row(self, cells: Sequence[Cell]) -> None:
        """A row of a SELECT."""
        statements = [edge for text, iri in cells if iri and (edge := self._named(text))]
        entities = [self._by_iri[text] for text, iri in cells if iri and text in self._by_iri]
        by_name = not entities and not statements
        if by_name:
            entities = [node for text, iri in cells if not iri for node in self._by_label.get(text, ())]
        entities = list(dict.fromkeys(entities))
        for edge in statements or self._between(entities, {text for text, _ in cells}):
            self._add(edge)
        for node in entities:
            self._node(node)
        for start, end in pairwise(entities):
            if not statements and not by_name and not self._connected(start, end):
                self._made(start, TOGETHER, end, label="together in the answer", symmetric=True)

    def triple(self, subject: Cell, predicate: Cell, obj: Cell) -> None:
        """A triple of a CONSTRUCT or DESCRIBE."""
        edge = self._named(subject[0])
        if edge:
            self._add(edge)
            return
        start = self._foreign(subject[0])
        if predicate[0] == LABEL and subject[0] not in self._by_iri:
            self.nodes[start]["label"] = obj[0]
        elif predicate[0] == TYPE:
            if subject[0] not in self._by_iri:
                self.nodes[start]["type"] = _local(obj[0])
        elif not obj[1] and not obj[0].startswith("_:"):
            facts = self.nodes[start].setdefault("facts", [])
            if [_words(predicate[0]), obj[0]] not in facts and predicate[0] != LABEL:
                facts.append([_words(predicate[0]), obj[0]])
        else:
            end, relation = self._foreign(obj[0]), _local(predicate[0])
            told = [edge for edge in self._pair(start, end) if self.whole.edges[edge]["relation"] == relation]
            for one in told:
                self._add(one)
            if not told:
                self.iris[relation] = predicate[0]
                self._made(start, relation, end, label=_words(predicate[0]))

    def network(self) -> nx.MultiDiGraph[str]:
        """What was named; of entities alone also what is told between them."""
        if not self.edges and len(self.nodes) > 1:
            for edge in self.whole.subgraph(self.nodes).edges(keys=True):
                self._add(edge)
        for data in self.edges.values():
            if data.get("speaker_id") in self.whole:
                self._node(data["speaker_id"])
        made: nx.MultiDiGraph[str] = nx.MultiDiGraph(**(self.whole.graph | {"iris": self.iris}))
        made.add_nodes_from(sorted(self.nodes.items()))
        for (start, end, key), data in sorted(self.edges.items(), key=lambda item: item[0]):
            made.add_edge(start, end, key=key, **data)
        return made

    def _named(self, text: str) -> Edge | None:
        return self._by_key.get(text.removeprefix(self._statement)) if text.startswith(self._statement) else None

    def _between(self, entities: Sequence[str], cells: set[str]) -> list[Edge]:
        """The statements between entities of a row; where it quotes sentences or names relations, those with these."""
        pairs = [(a, b) for at, a in enumerate(entities) for b in entities[at + 1 :]]
        edges = [edge for a, b in pairs for edge in self._pair(a, b)]
        for wanted in (_quote, _relation):
            narrowed = [edge for edge in edges if wanted(self.whole.edges[edge]) & cells]
            edges = narrowed or edges
        return edges

    def _pair(self, a: str, b: str) -> list[Edge]:
        if a not in self.whole or b not in self.whole:
            return []
        ways = [(a, b)] if a == b else [(a, b), (b, a)]
        adjacent = self.whole.adj
        return [(start, end, str(key)) for start, end in ways for key in adjacent[start].get(end, ())]

    def _connected(self, a: str, b: str) -> bool:
        return any(edge in self.edges for edge in self._pair(a, b))

    def _node(self, node: str) -> None:
        if node not in self.nodes:
            self.nodes[node] = dict(self.whole.nodes[node])

    def _foreign(self, iri: str) -> str:
        """The node of an IRI, made where the graph has none."""
        if iri in self._by_iri:
            self._node(self._by_iri[iri])
            return self._by_iri[iri]
        self.nodes.setdefault(
            iri, {"label": _local(iri) or iri, "type": "Other", "aliases": [], "links": [], "iri": iri}
        )
        return iri

    def _add(self, edge: Edge) -> None:
        for node in edge[:2]:
            self._node(node)
        self.edges[edge] = self.whole.edges[edge]

    def _made(self, start: str, relation: str, end: str, *, label: str, symmetric: bool = False) -> None:
        self.edges[start, end, f"query:{start}:{relation}:{end}"] = {
            "relation": relation, "label": label, "symmetric": symmetric, "modality": "actual", "confidence": None,
            "article": None, "evidence": [],
        }  # fmt: skip


def _quote(data: Mapping[str, Any]) -> set[str]:
    return {" ".join(part["text"] for part in data["evidence"])}


def _relation(data: Mapping[str, Any]) -> set[str]:
    return {data["relation"], data["label"]}


def _local(iri: str) -> str:
    return re.split(r"[#/]|^urn:.*:", iri.rstrip("/#"))[-1]


def _words(iri: str) -> str:
    """``heldBy`` as ``held by``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _local(iri)).replace("_", " ").lower()
