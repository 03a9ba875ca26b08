"""Where everything stands: a small graph node by node, a large one as a map of its communities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.view.apart import Size
from kg.view.communities import MOST, communities, spread
from kg.view.layout import components, layout, simplified
from kg.view.stress import Point

#: Above this many nodes a graph opens as communities, each closed until it is asked for.
LARGE = 1500
#: A connected part of fewer nodes is no community by itself: such parts share one …
SMALL = 12
#: … of about this many nodes.
TOGETHER = 150
#: A disc's area grows with its members: its radius in pixels for one, and at least; room for a name in it.
RADIUS, LEAST = 10.0, 38.0
#: Discs of parts that are told of apart are this much smaller: they are not what the news is about.
APART = 0.6


@dataclass(frozen=True, slots=True)
class Group:
    """A community on the map, its members the best connected first.

    ``mixed``: no community, but small parts of the graph that are told of apart from all else.
    """

    members: tuple[str, ...]
    x: float
    y: float
    radius: float
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """Positions in pixels around (0, 0), and the communities, if the graph is large enough to have any.

    The position of a member of a community is that of the community: the page lays out members when it shows them.
    """

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
    found = [group for part in parts if len(part) >= SMALL for group in _split(simple, part)]
    known = len(found)
    found += _together(_by_date(network, [part for part in parts if len(part) < SMALL]))
    radii = [_radius(len(group), mixed=at >= known) for at, group in enumerate(found)]
    groups = tuple(
        Group(tuple(sorted(group, key=lambda node: (-network.degree(node), node))), x, y, radius, mixed=at >= known)
        for at, (group, (x, y), radius) in enumerate(zip(found, spread(simple, found, radii), radii, strict=True))
    )
    return Overview({node: (group.x, group.y) for group in groups for node in group.members}, groups)


def _radius(members: int, *, mixed: bool) -> float:
    return max(RADIUS * math.sqrt(members) * (APART if mixed else 1.0), LEAST)


def _split(simple: nx.Graph[str], part: Sequence[str]) -> list[list[str]]:
    return [list(part)] if len(part) <= MOST // 2 else communities(simple.subgraph(part), most=MOST)


def _by_date(network: nx.Graph[str], parts: Sequence[list[str]]) -> list[list[str]]:
    """The parts by the first day on which one of their statements was published, those of no known day last."""
    first: dict[str, str] = {}
    for a, b, data in network.edges(data=True):
        for node in (a, b):
            first[node] = min(first.get(node, "~"), data.get("date") or "~")
    return sorted(parts, key=lambda part: (min(first.get(node, "~") for node in part), part[0]))


def _together(parts: Sequence[list[str]]) -> list[list[str]]:
    """Small parts in bundles of about :data:`TOGETHER` nodes."""
    bundles: list[list[str]] = []
    room = 0
    for part in parts:
        if room < len(part):
            bundles.append([])
            room = TOGETHER
        bundles[-1] += part
        room -= len(part)
    return bundles
