"""One entity and what is said of it; two entities and how they are connected. Over the network of :mod:`kg.network`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import networkx as nx

from kg.errors import NotFoundError
from kg.view.find import find

#: Statements that connect two entities, and how far apart they put them: claims take a longer way than facts.
FACT, CLAIM = 1.0, 1.25


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in words: who is said to stand in which relation to whom, how surely, by whom, and the sentence."""

    id: str
    subject: str
    relation: str
    object: str
    modality: str
    speaker: str | None
    quote: str
    article: str
    title: str
    date: str | None
    qualifiers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a graph has on an entity, its statements by date, relation and article."""

    id: str
    iri: str
    name: str
    type: str
    aliases: tuple[str, ...]
    links: tuple[str, ...]
    statements: tuple[Said, ...]


def dossier(network: nx.MultiDiGraph[str], name: str) -> Dossier:
    """What is said of the entity that ``name`` (an id, a name or an alias) means.

    :raises NotFoundError: if there is none.
    """
    id = find(network, name)
    node = network.nodes[id]
    edges = [*network.out_edges(id, keys=True, data=True)]
    edges += [edge for edge in network.in_edges(id, keys=True, data=True) if edge[0] != id]
    said = sorted(
        (_said(network, *edge) for edge in edges), key=lambda it: (it.date or "", it.relation, it.article, it.id)
    )
    return Dossier(
        id, node["iri"], node["label"], node["type"], tuple(node["aliases"]), tuple(node["links"]), tuple(said)
    )


def connection(network: nx.MultiDiGraph[str], start: str, end: str) -> tuple[Said, ...]:
    """The shortest way from one entity to another along facts and claims, in either direction of a relation.

    :raises NotFoundError: if one of the two is not there, or they are not connected.
    """
    source, target = find(network, start), find(network, end)
    best: nx.Graph[str] = nx.Graph()
    best.add_nodes_from(network)
    for edge in sorted(network.edges(keys=True, data=True), key=_weight_and_id):
        if _weight(edge[3]) is not None and not best.has_edge(edge[0], edge[1]):
            best.add_edge(edge[0], edge[1], weight=_weight(edge[3]), edge=edge)
    try:
        way = nx.shortest_path(best, source, target, weight="weight")
    except nx.NetworkXNoPath:
        raise NotFoundError(
            f"nothing in the graph connects {start!r} and {end!r}",
            fix="add articles that speak of both, or look at one with: kg show GRAPH NAME",
        ) from None
    return tuple(_said(network, *best.edges[pair]["edge"]) for pair in pairwise(way))


def _weight(data: dict[str, Any]) -> float | None:
    """Facts are near, claims further; what is planned, wanted or denied connects nothing."""
    if data["modality"] == "actual":
        return CLAIM if data["speaker"] else FACT
    return CLAIM if data["modality"] == "possible" else None


def _weight_and_id(edge: tuple[str, str, str, dict[str, Any]]) -> tuple[float, float, str]:
    weight = _weight(edge[3])
    return (weight or 0.0, -float(edge[3]["confidence"]), edge[2])


def _said(network: nx.MultiDiGraph[str], subject: str, object: str, id: str, data: dict[str, Any]) -> Said:
    return Said(
        id=id,
        subject=network.nodes[subject]["label"],
        relation=data["label"],
        object=network.nodes[object]["label"],
        modality=data["modality"],
        speaker=data["speaker"],
        quote=" ".join(sentence for sentence in _sentences(data)),
        article=data["article"],
        title=data["title"],
        date=data["date"],
        qualifiers={name: data[name] for name in ("time", "place", "position", "status", "number") if data.get(name)},
    )


def _sentences(data: dict[str, Any]) -> Iterator[str]:
    for evidence in data["evidence"]:
        yield " ".join(evidence["text"].split())
