"""Where everything stands: a small graph node by node, a large one as a map of its communities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.view.apart import Size, apart
from kg.view.communities import MOST, communities, discs
from kg.view.layout import EDGE, components, layout, simplified
from kg.view.pack import pack
from kg.view.stress import Point, scaled, stress

#: Above this many nodes a graph opens as communities, each closed until it is asked for.
LARGE = 1500
#: A connected part of fewer nodes is no community by itself: such parts share one …
SMALL = 12
#: … of about this many nodes.
TOGETHER = 150
#: Of lessening stress within a community: there are many.
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Group:
    """A community on the map. Its members, the best connected first, have their places in its disc."""

    members: tuple[str, ...]
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Overview:
    """Positions in pixels around (0, 0), and the communities, if the graph is large enough to have any."""

    spots: Mapping[str, Point]
    groups: tuple[Group, ...]


def overview(network: nx.Graph[str], sizes: Mapping[str, Size]) -> Overview:
    """Places for all nodes.

    :param sizes: width and height in pixels that each node needs with its label.
    """
    if len(network) <= LARGE:
        return Overview(layout(network, sizes), ())
    simple = simplified(network)
    parts = components(simple)
    groups = [group for part in parts if len(part) >= SMALL for group in _split(simple, part)]
    together = _together([part for part in parts if len(part) < SMALL])
    inner = [_laid_out(simple.subgraph(group), sizes) for group in groups]
    for bundle in together:
        laid = [_laid_out(simple.subgraph(part), sizes) for part in bundle]
        inner.append(pack(laid, [list(simple.subgraph(part).edges()) for part in bundle], sizes))
        groups.append([node for part in bundle for node in part])
    places = discs(simple, groups, inner, sizes)
    spots = {
        node: (x + disc.x, y + disc.y)
        for disc, points in zip(places, inner, strict=True)
        for node, (x, y) in points.items()
    }
    ranked = [tuple(sorted(group, key=lambda node: (-network.degree(node), node))) for group in groups]
    return Overview(
        spots, tuple(Group(members, disc.x, disc.y, disc.radius) for members, disc in zip(ranked, places, strict=True))
    )


def _split(simple: nx.Graph[str], part: Sequence[str]) -> list[list[str]]:
    return [list(part)] if len(part) <= MOST // 2 else communities(simple.subgraph(part), most=MOST)


def _together(parts: Sequence[list[str]]) -> list[list[list[str]]]:
    """Small parts in bundles of about :data:`TOGETHER` nodes."""
    bundles: list[list[list[str]]] = []
    room = 0
    for part in parts:
        if room < len(part):
            bundles.append([])
            room = TOGETHER
        bundles[-1].append(part)
        room -= len(part)
    return bundles


def _laid_out(part: nx.Graph[str], sizes: Mapping[str, Size]) -> dict[str, Point]:
    if len(part) == 1:
        return dict.fromkeys(part, (0.0, 0.0))
    return apart(scaled(stress(part, rounds=ROUNDS), part, EDGE), sizes)
