"""The layout: nothing covers anything, the same every time, nobody missing."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest

from kg.view import layout as module
from kg.view.layout import Point, layout

SIZE = (150.0, 60.0)


def sizes(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    return dict.fromkeys(graph, SIZE)


def named(graph: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(graph, {node: f"n{node}" for node in graph})


def overlaps(spots: dict[str, Point]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in combinations(spots, 2)
        if abs(spots[a][0] - spots[b][0]) < SIZE[0] - 1 and abs(spots[a][1] - spots[b][1]) < SIZE[1] - 1
    ]


GRAPHS = {
    "nothing": nx.Graph(),
    "alone": nx.path_graph(1),
    "pair": nx.path_graph(2),
    "star": nx.star_graph(25),
    "clique": nx.complete_graph(9),
    "scattered": nx.disjoint_union_all([nx.path_graph(2)] * 12 + [nx.star_graph(6)]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_has_a_place_of_its_own(name: str) -> None:
    graph = named(GRAPHS[name])
    spots = layout(graph, sizes(graph))
    assert set(spots) == set(graph)
    assert overlaps(spots) == []


def test_large_components_go_by_community(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE", 12)
    graph = named(nx.connected_caveman_graph(5, 8))
    spots = layout(graph, sizes(graph))
    assert set(spots) == set(graph)
    assert overlaps(spots) == []


def test_the_order_in_which_nodes_and_edges_came_does_not_matter() -> None:
    graph = named(nx.barabasi_albert_graph(30, 2, seed=1))
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((b, a) for a, b in reversed(list(graph.edges())))
    assert layout(graph, sizes(graph)) == layout(turned, sizes(turned))


def test_self_loops_and_parallel_edges_are_no_trouble() -> None:
    graph = nx.MultiDiGraph([("a", "a"), ("a", "b"), ("b", "a"), ("a", "b")])
    assert overlaps(layout(graph, sizes(graph))) == []
