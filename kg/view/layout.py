"""Where the nodes stand. Computed ahead and deterministic, so that the page rests as soon as it opens.

Connected parts are laid out by stress; of large ones each community by itself, so that a group of the news reads as a
group on the page. Then nodes move apart until no label covers another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx

from kg.view.apart import Size, apart, off_lines
from kg.view.communities import MOST, communities, spread
from kg.view.pack import pack
from kg.view.stress import Point, scaled, stress

#: The length of an average edge in pixels at full size: room for a relation's label between two nodes.
EDGE = 190.0
#: Up to this many nodes a component is laid out with care for lines that run through nodes …
CAREFUL = 150
#: … and up to this many as one; above, by community.
WHOLE = 700


def layout(network: nx.Graph[str], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Positions in pixels for all nodes of ``network``, around (0, 0).

    :param sizes: width and height in pixels that each node needs with its label.
    """
    simple = simplified(network)
    parts = [simple.subgraph(part) for part in components(simple)]
    placed = [_component(part, sizes) for part in parts]
    return pack(placed, [list(part.edges()) for part in parts], sizes)


def simplified(network: nx.Graph[str]) -> nx.Graph[str]:
    """The network without directions, parallel edges and loops, in the order of the ids."""
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(sorted(network))
    simple.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in network.edges() if a != b}))
    return simple


def components(simple: nx.Graph[str]) -> list[list[str]]:
    """The connected parts, the largest first."""
    parts = [sorted(part) for part in nx.connected_components(simple)]
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _component(part: nx.Graph[str], sizes: Mapping[str, Size]) -> dict[str, Point]:
    if len(part) == 1:
        return dict.fromkeys(part, (0.0, 0.0))
    if len(part) <= WHOLE:
        spots = apart(scaled(stress(part), part, EDGE), sizes)
        return off_lines(spots, part, sizes) if len(part) <= CAREFUL else spots
    groups = communities(part, most=MOST)
    inner = [apart(scaled(stress(part.subgraph(group)), part.subgraph(group), EDGE), sizes) for group in groups]
    radii = [max(math.hypot(*at) + max(sizes[node]) / 2 for node, at in points.items()) for points in inner]
    return {
        node: (x + middle[0], y + middle[1])
        for middle, points in zip(spread(part, groups, radii), inner, strict=True)
        for node, (x, y) in points.items()
    }
