"""Large graphs as a map of communities: each a disc, near those it is told of with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np

from kg.view.stress import SEED, Floats, Point

#: A community of more members than this is split again, as long as it falls apart.
MOST = 300
#: Room between discs, in shares of the mean radius: names of small ones stand there.
GAP = 0.2
ROUNDS = 300


def communities(graph: nx.Graph[str], *, most: int) -> list[list[str]]:
    """The communities of a connected graph (Louvain), each connected and none much larger than ``most``."""
    found: list[list[str]] = []
    waiting = [(graph, 1.0)]
    while waiting:
        part, resolution = waiting.pop()
        groups = nx.community.louvain_communities(_ordered(part), seed=SEED, resolution=resolution)
        for group in groups:
            # Louvain may leave a community in pieces once a node that held it together has moved on.
            for piece in nx.connected_components(part.subgraph(group)):
                if len(piece) > most and len(piece) < len(part):
                    waiting.append((part.subgraph(piece), 1.0))
                elif len(piece) > most and resolution < 8:
                    waiting.append((part.subgraph(piece), resolution * 2))
                else:
                    found.append(sorted(piece))
    return sorted(found, key=lambda group: (-len(group), group[0]))


def spread(graph: nx.Graph[str], groups: Sequence[Sequence[str]], radii: Sequence[float]) -> list[Point]:
    """The middles of the communities' discs: near those they have many edges with, and none over another."""
    home = {node: index for index, group in enumerate(groups) for node in group}
    weights = Counter((min(home[a], home[b]), max(home[a], home[b])) for a, b in graph.edges() if home[a] != home[b])
    return [(float(x), float(y)) for x, y in _spread(np.array(radii), weights)]


def _spread(radius: Floats, weights: Mapping[tuple[int, int], int]) -> Floats:
    """Discs that attract each other along edges and to the middle, and push each other out where they overlap."""
    count = len(radius)
    order = np.argsort(-radius, kind="stable")
    turn = np.empty(count)
    turn[order] = np.arange(count) * 2.399963  # the golden angle: a sunflower, the largest in the middle
    reach = np.empty(count)
    reach[order] = np.sqrt(np.cumsum(radius[order] ** 2))
    at = np.stack([np.cos(turn) * reach * 1.3, np.sin(turn) * reach], axis=1) * 1.2
    pairs = np.array(sorted(weights), dtype=np.intp).reshape(-1, 2)
    a, b = pairs[:, 0], pairs[:, 1]
    strength = np.array([weights[pair] for pair in sorted(weights)], dtype=np.float64)
    strength = np.log1p(strength) / max(float(np.log1p(strength).max(initial=1.0)), 1e-9)
    degree = np.maximum(np.bincount(np.concatenate([a, b]), minlength=count), 1)
    for step in range(ROUNDS):
        heat = 1 - step / ROUNDS
        gap = at[b] - at[a]
        pull = gap * (strength * 0.25 * heat)[:, None]
        np.add.at(at, a, pull / degree[a][:, None])
        np.subtract.at(at, b, pull / degree[b][:, None])
        at *= 1 - 0.015 * heat
        at = _parted(at, radius, rounds=2)
    return _parted(at, radius, rounds=200)


def _parted(at: Floats, radius: Floats, *, rounds: int) -> Floats:
    for _ in range(rounds):
        gap = at[:, None, :] - at[None, :, :]
        length = np.sqrt((gap**2).sum(axis=2)) + 1e-9
        excess = radius[:, None] + radius[None, :] + GAP * radius.mean() - length
        np.fill_diagonal(excess, 0.0)
        excess = np.maximum(excess, 0.0)
        if not excess.any():
            break
        # The smaller of two gives way.
        share = radius[None, :] / (radius[:, None] + radius[None, :])
        at = at + 0.7 * (gap / length[:, :, None] * (excess * share)[:, :, None]).sum(axis=1)
    return at


def _ordered(part: nx.Graph[str]) -> nx.Graph[str]:
    """The same graph in sorted order: a subgraph iterates in the order of a set."""
    copy: nx.Graph[str] = nx.Graph()
    copy.add_nodes_from(sorted(part))
    copy.add_edges_from(sorted((min(edge), max(edge)) for edge in part.edges()))
    return copy
