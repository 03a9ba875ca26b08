"""From the network to what the page shows: pyvis nodes and edges, the statements behind them, their marked sentences.

An edge of the page bundles the statements that say the same of the same two entities with the same certainty; two
tellings never become two lines, and a claim never melts into a fact. All values are plain JSON.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import networkx as nx

from kg.errors import NotFoundError
from kg.view.layout import layout
from kg.view.theme import TYPES, tier_of, tiers_as_json, type_style

if TYPE_CHECKING:
    from pyvis.network import Network

#: Above this many nodes only the best connected are drawn at first; search and links reach the others.
DRAWN_AT_MOST = 2000
#: How much the curves of parallel edges bend apart.
BEND = 0.26
#: Nodes carry labels of at most two lines of this many characters; panels show the whole name.
LINE = 20

Bundle = tuple[str, str, str, str]


def page_data(network: nx.MultiDiGraph[str], *, title: str, focus: str | None, depth: int) -> dict[str, Any]:
    """Everything the page knows, as JSON values.

    :raises NotFoundError: if nothing in the network answers to ``focus``.
    """
    whole = len(network)
    centre = find(network, focus) if focus is not None else None
    if centre is not None:
        network = nx.ego_graph(network, centre, radius=depth, undirected=True)
    drawn = _drawn(network)
    articles, article_index = _articles(network)
    rows = sorted(
        network.edges(keys=True, data=True), key=lambda row: (row[3].get("date") or "", row[3]["article"], str(row[2]))
    )
    statements = [_statement(*row, article_index=article_index) for row in rows]
    graph = _pyvis(network, statements, drawn)
    shown = {statement["tier"] for statement in statements}
    return {
        "title": title,
        "focus": centre,
        "depth": depth if centre is not None else None,
        "whole": whole,
        "drawn": len(drawn),
        "types": _types(network),
        "tiers": {name: style for name, style in tiers_as_json().items() if name in shown},
        "nodes": graph.nodes,
        "edges": graph.edges,
        "statements": statements,
        "articles": articles,
    }


def find(network: nx.MultiDiGraph[str], name: str) -> str:
    """The id of the node that ``name`` means: an id, else a label, else an alias; of several the best connected.

    :raises NotFoundError: if there is none.
    """
    if name in network:
        return name
    wanted = name.casefold().strip()
    by_label = [node for node, data in network.nodes(data=True) if data["label"].casefold() == wanted]
    by_alias = [
        node
        for node, data in network.nodes(data=True)
        if wanted in (alias.casefold() for alias in data.get("aliases") or ())
    ]
    for found in (by_label, by_alias):
        if found:
            return str(min(found, key=lambda node: (-network.degree(node), node)))
    raise NotFoundError(
        f"no entity is called {name!r}", fix="give the name as the graph has it; `kg query GRAPH entities` lists them"
    )


def segments(text: str, spans: Mapping[str, Sequence[int] | None]) -> list[list[str]]:
    """``text`` cut where a span starts or ends: pairs of words and the roles that cover them, ``""`` for none.

    Cut here because the offsets count code points, which a browser's strings do not.

    >>> segments("Ann met Bo.", {"subject": (0, 3), "trigger": (4, 7), "object": (8, 10)})
    [['Ann', 'subject'], [' ', ''], ['met', 'trigger'], [' ', ''], ['Bo', 'object'], ['.', '']]
    """
    marked = {role: (span[0], span[1]) for role, span in spans.items() if span is not None}
    cuts = sorted({0, len(text), *(min(max(at, 0), len(text)) for span in marked.values() for at in span)})
    pieces = []
    for start, end in pairwise(cuts):
        roles = [role for role, (left, right) in marked.items() if left <= start and end <= right]
        pieces.append([text[start:end], " ".join(roles)])
    return pieces


def web_link(source: object) -> str | None:
    """``source`` where it is an http or https address, else ``None``: ``javascript:`` and the like become no link."""
    if not isinstance(source, str) or any(char.isspace() or ord(char) < 32 for char in source):
        return None
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    return source if parts.scheme in ("http", "https") and parts.netloc else None


def _drawn(network: nx.MultiDiGraph[str]) -> list[str]:
    by_degree = sorted(network, key=lambda node: (-network.degree(node), node))
    return sorted(by_degree[:DRAWN_AT_MOST])


def _types(network: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """The types that occur, the shipped ones first and in their own order."""
    found = {network.nodes[node]["type"]: network.nodes[node].get("base_type") for node in sorted(network)}
    rank = {name: index for index, name in enumerate(TYPES)}
    names = sorted(found, key=lambda name: (rank.get(name, len(rank)), name))
    return [{"name": name, **asdict(type_style(name, found[name]))} for name in names]


def _articles(network: nx.MultiDiGraph[str]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    found: dict[str, dict[str, Any]] = {}
    for _, _, data in network.edges(data=True):
        source = data.get("source")
        link = web_link(data.get("url")) or web_link(source)
        found[data["article"]] = {
            "id": data["article"],
            "title": data.get("title") or "",
            "date": data.get("date"),
            "source": (urlsplit(link).hostname or source) if link and link == source else source,
            "link": link,
        }
    rows = sorted(found.values(), key=lambda row: (row["date"] or "", row["id"]))
    return rows, {row["id"]: index for index, row in enumerate(rows)}


def _statement(
    subject: str, obj: str, key: str, data: Mapping[str, Any], *, article_index: Mapping[str, int]
) -> dict[str, Any]:
    qualifiers = {name: data[name] for name in ("time", "place", "position", "status", "number") if data.get(name)}
    interval = [data.get("time_start"), data.get("time_end")]
    return {
        "id": str(key),
        "subject": subject,
        "object": obj,
        "relation": data["relation"],
        "label": data.get("label") or data["relation"],
        "symmetric": bool(data.get("symmetric")),
        "modality": data["modality"],
        "tier": tier_of(data["modality"], attributed=bool(data.get("speaker") or data.get("attribution_kind"))),
        "speaker": data.get("speaker"),
        "speakerId": data.get("speaker_id"),
        "kind": data.get("attribution_kind"),
        "confidence": data.get("confidence"),
        "article": article_index[data["article"]],
        "evidence": [
            segments(part["text"], {role: part.get(role) for role in ("subject", "trigger", "object")})
            for part in data.get("evidence") or ()
        ],
        "qualifiers": qualifiers,
        "interval": interval if any(interval) else None,
        "origin": data.get("origin"),
    }


def _bundles(statements: Iterable[Mapping[str, Any]]) -> dict[Bundle, list[int]]:
    """The numbers of the statements behind each edge of the page."""
    found: defaultdict[Bundle, list[int]] = defaultdict(list)
    for index, statement in enumerate(statements):
        ends = statement["subject"], statement["object"]
        if statement["symmetric"]:
            ends = min(ends), max(ends)
        found[(*ends, statement["relation"], statement["tier"])].append(index)
    return dict(sorted(found.items()))


def _pyvis(network: nx.MultiDiGraph[str], statements: Sequence[Mapping[str, Any]], drawn: Sequence[str]) -> Network:
    """The network as pyvis holds it; ``directed``, because pyvis otherwise drops parallel edges without a word."""
    from pyvis.edge import Edge
    from pyvis.network import Network  # brings IPython along: half a second that only a page should cost

    graph = Network(directed=True)
    bundles = _bundles(statements)
    degree: dict[str, int] = dict.fromkeys(network, 0)
    for source, target, _, _ in bundles:
        degree[source] += 1
        degree[target] += 1
    radius = {node: round(min(14 + 3.2 * math.sqrt(count), 32), 1) for node, count in degree.items()}
    boxes = {node: _box(network.nodes[node]["label"], radius[node]) for node in drawn}
    spots = layout(network.subgraph(drawn), boxes)
    for node in sorted(network):
        data = network.nodes[node]
        place = {"x": round(spots[node][0]), "y": round(spots[node][1])} if node in spots else {"hidden": True}
        graph.add_node(
            node,
            label=data["label"],
            shape="dot",
            group=data["type"],
            size=radius[node],
            aliases=sorted(set(data.get("aliases") or ()) - {data["label"]}),
            iri=data.get("iri"),
            links=[{"text": link, "href": web_link(link)} for link in data.get("links") or ()],
            **place,
        )
    bends = _bends(bundles)
    for index, (bundle, numbers) in enumerate(bundles.items()):
        source, target, relation, tier = bundle
        # Not by add_edge(), which searches the list of all nodes twice for each edge: minutes on a large graph.
        edge = Edge(
            source,
            target,
            id=f"e{index}",
            label=statements[numbers[0]]["label"],
            relation=relation,
            tier=tier,
            statements=numbers,
            bend=bends[bundle],
            arrows="" if statements[numbers[0]]["symmetric"] else "to",
        )
        graph.edges.append(edge.options)
    return graph


def _box(label: str, radius: float) -> tuple[float, float]:
    """Width and height of a node with its label under it, in pixels, at a generous 7.4 a character."""
    lines = 1 if len(label) <= LINE else 2
    return max(2 * radius, 7.4 * min(len(label), LINE)) + 16, 2 * radius + 17 * lines + 16


def _bends(bundles: Iterable[Bundle]) -> dict[Bundle, float]:
    """How far each edge curves so that parallel edges part: 0 for a lone one, else spread, seen along the edge."""
    pairs: defaultdict[tuple[str, str], list[Bundle]] = defaultdict(list)
    for bundle in bundles:
        pairs[min(bundle[:2]), max(bundle[:2])].append(bundle)
    bends = {}
    for (low, _), group in pairs.items():
        for index, bundle in enumerate(group):
            bend = (index - (len(group) - 1) / 2) * BEND
            bends[bundle] = round(bend if bundle[0] == low else -bend, 3)
    return bends
