"""Where the nodes stand. Computed ahead and deterministic, so that the page rests as soon as it opens.

Small components are laid out by stress majorization (Gansner, Koren and North 2004: distances on paper as in the
graph); larger ones are split into communities, each laid out by itself, so that a group of the news reads as a group on
the page. Then nodes move apart until no label covers another.

Only element-wise NumPy: linear algebra libraries start threads that cost more than they bring here, and round
differently from machine to machine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Size = tuple[float, float]

#: The length of an average edge in pixels at full size: room for a relation's label between two nodes.
EDGE = 190.0
#: Up to this many nodes a component is laid out as one.
SMALL = 150
SEED = 7
#: How far in pixels a node keeps from lines that are not its own.
CLEAR = 30.0


def layout(network: nx.Graph[str], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Positions in pixels for all nodes of ``network``, around (0, 0).

    :param sizes: width and height in pixels that each node needs with its label.
    """
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(sorted(network))
    simple.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in network.edges() if a != b}))
    parts = sorted(nx.connected_components(simple), key=lambda part: (-len(part), min(part)))
    placed = [_component(simple.subgraph(sorted(part)), sizes) for part in parts]
    return _pack(placed, sizes)


def _component(part: nx.Graph[str], sizes: Mapping[str, Size]) -> dict[str, Point]:
    nodes = sorted(part)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    if len(nodes) <= SMALL:
        ordered = _ordered(part)
        return _off_lines(_apart(_scaled(_stress(ordered), ordered), sizes), ordered, sizes)
    groups = [sorted(group) for group in nx.community.louvain_communities(_ordered(part), seed=SEED)]
    if len(groups) == 1:
        ordered = _ordered(part)
        return _apart(_scaled(_stress(ordered, rounds=30), ordered), sizes)
    groups.sort(key=lambda group: (-len(group), group[0]))
    return _apart(_by_community(part, groups, sizes), sizes)


def _by_community(part: nx.Graph[str], groups: Sequence[list[str]], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Each community laid out by itself, as a disc; the discs laid out as nodes of their own."""
    inner = [layout(part.subgraph(group), sizes) for group in groups]
    radii = [max(math.hypot(x, y) for x, y in points.values()) + EDGE / 2 for points in inner]
    home = {node: str(index) for index, group in enumerate(groups) for node in group}
    between: nx.Graph[str] = nx.Graph()
    between.add_nodes_from(str(index) for index in range(len(groups)))
    between.add_edges_from(sorted({(min(home[a], home[b]), max(home[a], home[b])) for a, b in part.edges()}))
    names = {str(index): (2 * radius, 2 * radius) for index, radius in enumerate(radii)}
    rough = _stress(between)
    spread = 2 * float(np.mean(radii))
    centres = _apart({name: (float(x) * spread, float(y) * spread) for name, (x, y) in rough.items()}, names)
    return {
        node: (x + centres[str(index)][0], y + centres[str(index)][1])
        for index, points in enumerate(inner)
        for node, (x, y) in points.items()
    }


def _stress(graph: nx.Graph[str], *, rounds: int | None = None) -> dict[str, NDArray[np.float64]]:
    """Points as far from each other as the nodes are in the connected ``graph``, near ones above all."""
    nodes = list(graph)
    number = {node: index for index, node in enumerate(nodes)}
    far = np.zeros((len(nodes), len(nodes)))
    for node, reached in nx.all_pairs_dijkstra_path_length(graph, weight="length"):
        for other, distance in reached.items():
            far[number[node], number[other]] = distance
    np.fill_diagonal(far, 1.0)
    weight = far**-2
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1)
    start = nx.spring_layout(graph, seed=SEED) if len(nodes) < 300 else nx.circular_layout(graph)
    at = np.array([start[node] for node in nodes], dtype=np.float64) * float(far.max()) / 2
    for _ in range(rounds or max(60, 9000 // len(nodes))):
        gap = at[:, None, :] - at[None, :, :]
        length = np.sqrt((gap**2).sum(axis=2))
        np.fill_diagonal(length, 1.0)
        pull = weight * far / np.maximum(length, 1e-6)
        wanted = (weight[:, :, None] * at[None, :, :] + pull[:, :, None] * gap).sum(axis=1) / total[:, None]
        moved = float(np.abs(wanted - at).max())
        at = wanted
        if moved < 1e-3:
            break
    return dict(zip(nodes, at, strict=True))


def _ordered(part: nx.Graph[str]) -> nx.Graph[str]:
    """The same graph with nodes and edges in sorted order (a subgraph view iterates in the order of a set).

    Edges between hubs are to be longer than those to leaves, which opens the crowded middle.
    """
    copy: nx.Graph[str] = nx.Graph()
    copy.add_nodes_from(sorted(part))
    for a, b in sorted((min(edge), max(edge)) for edge in part.edges()):
        copy.add_edge(a, b, length=float(part.degree(a) * part.degree(b)) ** 0.25)
    return copy


def _scaled(points: Mapping[str, NDArray[np.float64]], part: nx.Graph[str]) -> dict[str, Point]:
    """The points blown up until the mean edge is as long as :data:`EDGE`, wider than high, as screens are."""
    lengths = [math.dist(points[a], points[b]) for a, b in part.edges()]
    scale = EDGE / max(sum(lengths) / len(lengths), 1e-9)
    centre = np.mean(list(points.values()), axis=0)
    spots = {node: (point - centre) * scale for node, point in points.items()}
    xs, ys = [spot[0] for spot in spots.values()], [spot[1] for spot in spots.values()]
    upright = max(ys) - min(ys) > max(xs) - min(xs)
    return {node: (float(y), float(x)) if upright else (float(x), float(y)) for node, (x, y) in spots.items()}


def _apart(points: Mapping[str, Point], sizes: Mapping[str, Size], *, rounds: int = 150) -> dict[str, Point]:
    """The points moved until the boxes around them no longer overlap, each pair by the shorter way."""
    names = list(points)
    at = np.array([points[name] for name in names], dtype=np.float64)
    half = np.array([sizes[name] for name in names], dtype=np.float64) / 2
    at += np.array([(i * 7 % 11, i * 5 % 13) for i in range(len(names))]) * 1e-3  # parts points that coincide
    for _ in range(rounds):
        first, second = _overlapping(at, half)
        if not len(first):
            break
        gap = at[second] - at[first]
        excess = half[first] + half[second] - np.abs(gap)
        axis = np.argmin(excess, axis=1)
        rows = np.arange(len(first))
        move = np.where(gap[rows, axis] < 0, -1.0, 1.0) * (excess[rows, axis] / 2 + 0.5)
        # All pairs see the positions of the round's start; going part of the way keeps crowds from leaping over.
        np.subtract.at(at, (first, axis), move * 0.6)
        np.add.at(at, (second, axis), move * 0.6)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, at, strict=True)}


def _off_lines(
    points: Mapping[str, Point], part: nx.Graph[str], sizes: Mapping[str, Size], *, rounds: int = 40
) -> dict[str, Point]:
    """The points moved aside where the line of a foreign edge would run through them, and apart again each round."""
    names = list(points)
    number = {name: index for index, name in enumerate(names)}
    ends = np.array([(number[a], number[b]) for a, b in part.edges()], dtype=np.intp)
    own = (ends[None, :, 0] == np.arange(len(names))[:, None]) | (ends[None, :, 1] == np.arange(len(names))[:, None])
    spots = dict(points)
    for _ in range(rounds):
        at = np.array([spots[name] for name in names])
        start, line = at[ends[:, 0]], at[ends[:, 1]] - at[ends[:, 0]]
        length = np.maximum(np.hypot(line[:, 0], line[:, 1]), 1.0)
        normal = np.stack([line[:, 1], -line[:, 0]], axis=1) / length[:, None]
        away = at[:, None, :] - start[None, :, :]
        along = (away * line[None, :, :]).sum(axis=2) / length**2
        across = (away * normal[None, :, :]).sum(axis=2)
        near = ~own & (along > 0.05) & (along < 0.95) & (np.abs(across) < CLEAR)
        if not near.any():
            break
        push = np.where(near, (CLEAR - np.abs(across) + 1) * np.where(across >= 0, 1.0, -1.0), 0.0)
        at = at + (push[:, :, None] * normal[None, :, :]).sum(axis=1) / np.maximum(near.sum(axis=1), 1)[:, None]
        spots = _apart({name: (float(x), float(y)) for name, (x, y) in zip(names, at, strict=True)}, sizes)
    return spots


def _overlapping(at: NDArray[np.float64], half: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The pairs of boxes that overlap, found by sweeping from left to right."""
    order = np.argsort(at[:, 0] - half[:, 0], kind="stable")
    left, right = at[order, 0] - half[order, 0], at[order, 0] + half[order, 0]
    ends = np.searchsorted(left, right, side="left")
    counts = np.maximum(ends - np.arange(len(order)) - 1, 0)
    first = np.repeat(np.arange(len(order)), counts)
    offsets = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    a, b = order[first], order[first + 1 + offsets]
    hit = np.abs(at[a, 1] - at[b, 1]) < half[a, 1] + half[b, 1]
    return a[hit], b[hit]


def _pack(parts: Sequence[dict[str, Point]], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """The components beside each other: the largest first, the others on shelves below, about as wide as it is."""
    boxes = [_box(part, sizes) for part in parts]
    if not boxes:
        return {}
    area = sum((right - left + EDGE / 2) * (bottom - top + EDGE / 2) for left, top, right, bottom in boxes)
    width = max(boxes[0][2] - boxes[0][0], math.sqrt(area * 1.6))
    x = y = shelf = 0.0
    spots: dict[str, Point] = {}
    for part, (left, top, right, bottom) in zip(parts, boxes, strict=True):
        if x > 0 and x + right - left > width:
            x, y, shelf = 0.0, y + shelf + EDGE / 2, 0.0
        for node, (px, py) in part.items():
            spots[node] = (px - left + x, py - top + y)
        x += right - left + EDGE / 2
        shelf = max(shelf, bottom - top)
    left, top, right, bottom = _box(spots, sizes)
    return {node: (px - (left + right) / 2, py - (top + bottom) / 2) for node, (px, py) in spots.items()}


def _box(points: Mapping[str, Point], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    return (
        min(x - sizes[node][0] / 2 for node, (x, _) in points.items()),
        min(y - sizes[node][1] / 2 for node, (_, y) in points.items()),
        max(x + sizes[node][0] / 2 for node, (x, _) in points.items()),
        max(y + sizes[node][1] / 2 for node, (_, y) in points.items()),
    )
