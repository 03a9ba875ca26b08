"""Moving nodes until nothing covers anything: boxes off each other, nodes off lines that are not their own."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.stress import Floats, Point

Size = tuple[float, float]

#: How far in pixels a node keeps from lines that are not its own.
CLEAR = 30.0


def apart(points: Mapping[str, Point], sizes: Mapping[str, Size], *, rounds: int = 150) -> dict[str, Point]:
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


def off_lines(
    points: Mapping[str, Point], graph: nx.Graph[str], sizes: Mapping[str, Size], *, rounds: int = 40
) -> dict[str, Point]:
    """The points moved aside where the line of a foreign edge would run through them, and apart again each round."""
    names = list(points)
    number = {name: index for index, name in enumerate(names)}
    ends = np.array([(number[a], number[b]) for a, b in graph.edges()], dtype=np.intp)
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
        spots = apart({name: (float(x), float(y)) for name, (x, y) in zip(names, at, strict=True)}, sizes)
    return spots


def _overlapping(at: Floats, half: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
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
