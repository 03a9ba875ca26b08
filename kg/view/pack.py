"""Putting parts that are not connected beside each other, close and without overlap.

Polyominoes (Freivalds, Dogrusoz and Kikusts 2002): each part covers cells of a coarse grid, and takes the first place,
going round outwards from the middle, where its cells are free. The largest part is in the middle.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from kg.view.apart import Size
from kg.view.stress import Point

Cell = tuple[int, int]

#: A cell's width and height in pixels.
CELL = (60, 40)
#: Width to height of the whole, about that of the picture on a screen.
ASPECT = 1.25


def pack(
    parts: Sequence[Mapping[str, Point]], lines: Sequence[Sequence[tuple[str, str]]], sizes: Mapping[str, Size]
) -> dict[str, Point]:
    """Positions of all nodes around (0, 0).

    :param parts: the positions within each part, the largest part first.
    :param lines: the edges of each part, which take up room as well.
    """
    taken: set[Cell] = set()
    spots: dict[str, Point] = {}
    start: dict[
        int, int
    ] = {}  # by the cells of a part: the ring of the last like it, as smaller ones may try again there
    for part, edges in zip(parts, lines, strict=True):
        cells = _cells(part, edges, sizes)
        middle = (
            round(sum(x for x, _ in cells) / len(cells)), round(sum(y for _, y in cells) / len(cells))
        )  # fmt: skip
        at = [(x - middle[0], y - middle[1]) for x, y in cells]
        ring, dx, dy = next(
            place
            for place in _outwards(start.get(len(at), 0))
            if not any((x + place[1], y + place[2]) in taken for x, y in at)
        )
        start[len(at)] = ring
        taken.update((x + dx, y + dy) for x, y in at)
        shift = (dx - middle[0]) * CELL[0], (dy - middle[1]) * CELL[1]
        for node, (x, y) in part.items():
            spots[node] = (x + shift[0], y + shift[1])
    return _centred(spots)


def _outwards(ring: int) -> Iterator[tuple[int, int, int]]:
    """Cells around the origin, ring by ring: the number of the ring, column and row."""
    while True:
        count = max(1, 8 * ring)
        for step in range(count):
            turn = 2 * math.pi * step / count + ring  # another start for each ring, so that no side fills first
            yield ring, round(ring * ASPECT * CELL[1] / CELL[0] * math.cos(turn)), round(ring * math.sin(turn))
        ring += 1


def _cells(part: Mapping[str, Point], edges: Sequence[tuple[str, str]], sizes: Mapping[str, Size]) -> set[Cell]:
    """The cells that the boxes and lines of a part touch, with a margin."""
    found: set[Cell] = set()
    for node, (x, y) in part.items():
        width, height = sizes[node][0] / 2 + 12, sizes[node][1] / 2 + 8
        columns = range(math.floor((x - width) / CELL[0]), math.floor((x + width) / CELL[0]) + 1)
        rows = range(math.floor((y - height) / CELL[1]), math.floor((y + height) / CELL[1]) + 1)
        found.update((column, row) for column in columns for row in rows)
    for a, b in edges:
        (ax, ay), (bx, by) = part[a], part[b]
        steps = max(1, math.ceil(max(abs(bx - ax) / CELL[0], abs(by - ay) / CELL[1])))
        for step in range(steps + 1):
            share = step / steps
            found.add((math.floor((ax + share * (bx - ax)) / CELL[0]), math.floor((ay + share * (by - ay)) / CELL[1])))
    return found


def _centred(spots: Mapping[str, Point]) -> dict[str, Point]:
    if not spots:
        return {}
    xs, ys = [x for x, _ in spots.values()], [y for _, y in spots.values()]
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {node: (x - middle[0], y - middle[1]) for node, (x, y) in spots.items()}
