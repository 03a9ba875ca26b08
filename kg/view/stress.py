"""Stress majorization: distances on paper as in the graph (Gansner, Koren and North 2004)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

Point = tuple[float, float]
Floats = NDArray[np.float64]

SEED = 7
#: Up to this many nodes, springs give the start from which stress is lessened; above, a fan of the walk from a hub.
SPRINGS = 300


def stress(graph: nx.Graph[str], *, rounds: int | None = None) -> dict[str, Point]:
    """Points as far from each other as the nodes are in the connected ``graph``, near ones above all.

    Edges between hubs are to be longer than those to leaves, which opens the crowded middle. Only element-wise NumPy
    moves the points: linear algebra libraries round differently from machine to machine.
    """
    nodes = sorted(graph)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    far = _distances(graph, nodes)
    np.fill_diagonal(far, 1.0)
    weight = far**-2
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1)
    x, y = _start(graph, nodes, far)
    for _ in range(rounds or min(max(40, 12000 // len(nodes)), 300)):
        across, down = x[:, None] - x[None, :], y[:, None] - y[None, :]
        length = np.sqrt(across**2 + down**2)
        pull = weight * far / np.maximum(length, 1e-6)
        wanted_x = (weight @ x + (pull * across).sum(axis=1)) / total
        wanted_y = (weight @ y + (pull * down).sum(axis=1)) / total
        moved = max(float(np.abs(wanted_x - x).max()), float(np.abs(wanted_y - y).max()))
        x, y = wanted_x, wanted_y
        if moved < 1e-3:
            break
    return {node: (float(x[i]), float(y[i])) for i, node in enumerate(nodes)}


def scaled(points: Mapping[str, Point], graph: nx.Graph[str], edge: float) -> dict[str, Point]:
    """The points around (0, 0), blown up until the mean edge is as long as ``edge``, wider than high as screens are."""
    lengths = [math.dist(points[a], points[b]) for a, b in graph.edges()]
    scale = edge / max(sum(lengths) / max(len(lengths), 1), 1e-9)
    names = list(points)
    at = np.array([points[name] for name in names])
    at = (at - at.mean(axis=0)) * scale
    width, height = np.ptp(at, axis=0)
    if height > width:
        at = at[:, ::-1]
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, at, strict=True)}


def _distances(graph: nx.Graph[str], nodes: Sequence[str]) -> Floats:
    number = {node: index for index, node in enumerate(nodes)}
    pairs = sorted((min(number[a], number[b]), max(number[a], number[b])) for a, b in graph.edges() if a != b)
    rows, columns = [a for a, _ in pairs], [b for _, b in pairs]
    lengths = [float(graph.degree(nodes[a]) * graph.degree(nodes[b])) ** 0.25 for a, b in pairs]
    matrix = csr_array((lengths, (rows, columns)), shape=(len(nodes), len(nodes)))
    return np.asarray(shortest_path(matrix, directed=False), dtype=np.float64)


def _start(graph: nx.Graph[str], nodes: Sequence[str], far: Floats) -> tuple[Floats, Floats]:
    """Where the points are before stress is lessened."""
    scale = float(far.max()) / 2
    if len(nodes) < SPRINGS:
        plain: nx.Graph[str] = nx.Graph()
        plain.add_nodes_from(nodes)
        plain.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges()))
        spots = nx.spring_layout(plain, seed=SEED)
        at = np.array([spots[node] for node in nodes], dtype=np.float64) * scale
        return at[:, 0], at[:, 1]
    # Three nodes far from each other are the corners of a triangle; the others stand by their distances to these.
    first = int(np.argmax(far.sum(axis=1)))
    second = int(np.argmax(far[first]))
    third = int(np.argmax(np.minimum(far[first], far[second])))
    jitter = (np.arange(len(nodes)) * 0.618) % 1.0 - 0.5
    x = (far[first] ** 2 - far[second] ** 2) / (2 * max(far[first, second], 1e-9))
    y = (far[first] + far[second]) / 2 - far[third]
    return x + jitter, y + jitter[::-1]
