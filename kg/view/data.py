"""From the network to what the page shows: pyvis nodes and edges, and the statements behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.ids import BASE_IRI
from kg.view.apart import Size
from kg.view.bundles import Bundle, bends, bundles, independent
from kg.view.find import find
from kg.view.overview import Overview, overview
from kg.view.statements import Sentences, articles, rows, statement, web_link
from kg.view.theme import TYPES, tiers_as_json, type_style

if TYPE_CHECKING:
    from pyvis.network import Network

#: Lines that vis-network still moves and filters at once. Above, a renderer of our own draws them: on two cores
#: vis-network takes 2.8 s to open 3,000 lines and half a second to filter them, ours 0.8 s and 0.1 s.
FLUENT = 600
#: Up to this many entities, what a focus or filters leave is laid out anew by the page, to fill the picture.
FEW = 300
#: Nodes carry labels of at most two lines of this many characters; panels show the whole name.
LINE = 20


def page_data(
    network: nx.MultiDiGraph[str], *, title: str, focus: str | None, depth: int, note: str | None = None
) -> dict[str, Any]:
    """Everything the page knows, as JSON values.

    :param note: words that tell which part of a graph this is.
    :raises NotFoundError: if nothing in the network answers to ``focus``.
    """
    whole = len(network)
    centre = find(network, focus) if focus is not None else None
    if centre is not None:
        network = nx.ego_graph(network, centre, radius=depth, undirected=True)
    edges = rows(network)
    told, article_index = articles(edges, base=network.graph.get("base", BASE_IRI))
    sentences = Sentences()
    statements = [statement(row, article_index, sentences) for row in edges]
    relations = {
        data["relation"]: {"label": data.get("label") or data["relation"], "symmetric": bool(data.get("symmetric"))}
        for *_, data in edges
    }
    lines = bundles(statements, {name for name, relation in relations.items() if relation["symmetric"]})
    radius = _radii(network, lines)
    places = overview(network, {node: _box(network.nodes[node]["label"], radius[node]) for node in network})
    graph = _pyvis(network, lines, statements, relations, places, radius, told, sentences.texts)
    shown = {statement["tier"] for statement in statements}
    number = {node: index for index, node in enumerate(sorted(network))}
    for one in statements:  # the page has the nodes by number: shorter, and nothing to look up
        one["subject"], one["object"] = number[one["subject"]], number[one["object"]]
    return {
        "title": title,
        "note": note,
        "base": network.graph.get("base", BASE_IRI),
        "iris": network.graph.get("iris", {}),
        "focus": centre,
        "depth": depth if centre is not None else None,
        "whole": whole,
        "types": _types(network),
        "tiers": {name: style for name, style in tiers_as_json().items() if name in shown},
        "relations": dict(sorted(relations.items())),
        "renderer": "vis" if len(lines) <= FLUENT and not places.groups else "canvas",
        "few": FEW,
        "groups": [
            {"x": round(group.x), "y": round(group.y), "radius": round(group.radius), "mixed": group.mixed}
            for group in places.groups
        ],
        "nodes": graph.nodes,
        "edges": graph.edges,
        "statements": statements,
        "sentences": sentences.texts,
        "articles": told,
    }


def _types(network: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """The types that occur, the shipped ones first and in their own order."""
    found = {network.nodes[node]["type"]: network.nodes[node].get("base_type") for node in sorted(network)}
    rank = {name: index for index, name in enumerate(TYPES)}
    names = sorted(found, key=lambda name: (rank.get(name, len(rank)), name))
    return [{"name": name, **asdict(type_style(name, found[name]))} for name in names]


def _radii(network: nx.MultiDiGraph[str], lines: Mapping[Bundle, Sequence[int]]) -> dict[str, float]:
    """The better connected the larger, by area."""
    degree: dict[str, int] = dict.fromkeys(network, 0)
    for source, target, _, _ in lines:
        degree[source] += 1
        degree[target] += 1
    return {node: round(min(14 + 3.2 * math.sqrt(count), 32), 1) for node, count in degree.items()}


def _pyvis(
    network: nx.MultiDiGraph[str],
    lines: Mapping[Bundle, list[int]],
    statements: Sequence[Mapping[str, Any]],
    relations: Mapping[str, Mapping[str, Any]],
    places: Overview,
    radius: Mapping[str, float],
    told: Sequence[Mapping[str, Any]],
    texts: Sequence[str],
) -> Network:
    """The network as pyvis holds it; ``directed``, because pyvis otherwise drops parallel edges without a word.

    Nodes and edges are put in directly: ``add_node()`` and ``add_edge()`` search lists of all that is there already,
    minutes on a large graph.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network  # brings IPython along: half a second that only a page should cost
    from pyvis.node import Node

    graph = Network(directed=True)
    home = {node: index for index, group in enumerate(places.groups) for node in group.members}
    for node in sorted(network):
        data = network.nodes[node]
        more = {
            "aliases": sorted(set(data.get("aliases") or ()) - {data["label"]}),
            "iri": data.get("iri"),
            "links": [{"text": link, "href": web_link(link)} for link in data.get("links") or ()],
            "facts": data.get("facts"),
            "same": [other for other in data.get("possibly_same") or () if other in network],
            "home": home.get(node),
        }
        x, y = (round(at) for at in places.spots[node])
        made = Node(node, "dot", data["label"], group=data["type"], size=radius[node], x=x, y=y)
        made.options.update({name: value for name, value in more.items() if value not in (None, [])})
        graph.nodes.append(made.options)
    bend = bends(lines)
    for index, (bundle, numbers) in enumerate(lines.items()):
        source, target, relation, tier = bundle
        arrows = "" if relations[relation]["symmetric"] else "to"
        edge = Edge(source, target, id=f"e{index}", relation=relation, tier=tier, statements=numbers, arrows=arrows)
        if bend[bundle]:
            edge.options["bend"] = bend[bundle]
        counted = [statements[at]["independent"] for at in numbers if "independent" in statements[at]]
        if counted or len(numbers) > 1:
            own = independent([_telling(statements[at], told, texts) for at in numbers])
            edge.options["sources"] = max(counted, default=own)
        graph.edges.append(edge.options)
    return graph


def _telling(
    statement: Mapping[str, Any], told: Sequence[Mapping[str, Any]], texts: Sequence[str]
) -> tuple[str, str | None, str | None, str]:
    article: Mapping[str, Any] = told[statement["article"]] if "article" in statement else {}
    speaker = statement.get("speakerId") or statement.get("speaker")
    quote = " ".join(texts[part["text"]] for part in statement.get("evidence", ()))
    return article.get("id", ""), article.get("source"), speaker, quote


def _box(label: str, radius: float) -> Size:
    """Width and height of a node with its label under it, in pixels, at a generous 7.4 a character."""
    lines = 1 if len(label) <= LINE else 2
    return max(2 * radius, 7.4 * min(len(label), LINE)) + 16, 2 * radius + 17 * lines + 16
