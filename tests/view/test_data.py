"""What the page is given: bundles, marks, links, the part that is drawn."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from kg.errors import NotFoundError
from kg.view import data as module
from kg.view.data import find, page_data, segments, web_link

EVIDENCE = {"text": "A saw B.", "start": 0, "subject": [0, 1], "trigger": [2, 5], "object": [6, 7]}


def pair(*statements: dict[str, Any]) -> nx.MultiDiGraph:
    """Two entities, and statements of the first about the second unless they turn it."""
    network = nx.MultiDiGraph()
    base = {"relation": "metWith", "label": "met with", "modality": "actual", "article": "x", "confidence": 1.0}
    for node in "ab":
        network.add_node(node, label=node.upper(), type="Person", aliases=[], links=[])
    for index, statement in enumerate(statements):
        ends = ("b", "a") if statement.pop("turned", False) else ("a", "b")
        network.add_edge(*ends, key=f"s{index}", **base | {"evidence": [EVIDENCE]} | statement)
    return network


def shown(network: nx.MultiDiGraph, **options: Any) -> dict[str, Any]:
    return page_data(network, **{"title": "t", "focus": None, "depth": 1} | options)


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("no marks", {}, [["no marks", ""]]),
        ("", {}, []),
        ("ab", {"subject": (0, 2), "object": (1, 2)}, [["a", "subject"], ["b", "subject object"]]),
        ("🚀 flew", {"subject": (0, 1), "trigger": (2, 6)}, [["🚀", "subject"], [" ", ""], ["flew", "trigger"]]),
        ("abc", {"subject": (1, 99)}, [["a", ""], ["bc", "subject"]]),
        ("abc", {"subject": None}, [["abc", ""]]),
    ],
)
def test_sentences_are_cut_at_code_points(text: str, spans: dict[str, Any], expected: list[list[str]]) -> None:
    assert segments(text, spans) == expected


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("https://news.example/a?b=1&c=2", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://[", False),
        ("Harbour Radio", False),
        (None, False),
        (7, False),
    ],
)
def test_only_web_addresses_become_links(source: object, link: bool) -> None:
    assert web_link(source) == (source if link else None)


def test_the_same_told_twice_is_one_line_with_two_statements() -> None:
    data = shown(pair({"article": "x"}, {"article": "y"}))
    assert [edge["statements"] for edge in data["edges"]] == [[0, 1]]


def test_fact_claim_and_denial_are_lines_of_their_own_and_lie_apart() -> None:
    data = shown(pair({}, {"speaker": "C"}, {"modality": "negated"}, {"relation": "accused"}))
    assert {(edge["relation"], edge["tier"]) for edge in data["edges"]} == {
        ("metWith", "fact"), ("metWith", "claim"), ("metWith", "negated"), ("accused", "fact"),
    }  # fmt: skip
    assert len({edge["bend"] for edge in data["edges"]}) == 4


def test_opposite_directions_lie_apart() -> None:
    edges = shown(pair({}, {"turned": True}))["edges"]
    # Seen along the edge both bend to the same side, which are opposite sides of the pair.
    assert len(edges) == 2
    assert edges[0]["bend"] == edges[1]["bend"] != 0


def test_a_symmetric_relation_has_one_line_without_an_arrow() -> None:
    edges = shown(pair({"symmetric": True}, {"symmetric": True, "turned": True}))["edges"]
    assert [(edge["statements"], edge["arrows"]) for edge in edges] == [([0, 1], "")]


def test_a_lone_line_is_straight() -> None:
    assert shown(pair({}))["edges"][0]["bend"] == 0


def test_focus_keeps_what_is_near(network: nx.MultiDiGraph) -> None:
    data = shown(network, focus="Velin", depth=1)
    assert {node["id"] for node in data["nodes"]} == {"Velin", "Adair", "Lisbon", "Ministry", "Summit"}
    assert (data["focus"], data["depth"], data["whole"]) == ("Velin", 1, len(network))
    assert len(shown(network, focus="Velin", depth=2)["nodes"]) > 5


@pytest.mark.parametrize("name", ["Velin", "Marta Velin", "marta velin", "the foreign minister"])
def test_an_entity_is_found_by_id_name_or_alias(network: nx.MultiDiGraph, name: str) -> None:
    assert find(network, name) == "Velin"


def test_an_unknown_focus_is_an_error_with_the_name(network: nx.MultiDiGraph) -> None:
    with pytest.raises(NotFoundError, match="Nobody"):
        find(network, "Nobody")


def test_of_a_large_network_the_best_connected_are_drawn_and_all_are_there(
    network: nx.MultiDiGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DRAWN_AT_MOST", 10)
    data = shown(network)
    drawn = {node["id"] for node in data["nodes"] if "x" in node}
    assert len(drawn) == data["drawn"] == 10
    assert len(data["nodes"]) == len(network)
    assert len(data["statements"]) == network.number_of_edges()
    assert {"Front", "League", "Norland"} <= drawn


def test_an_empty_network_has_an_empty_page() -> None:
    data = shown(nx.MultiDiGraph())
    assert (data["nodes"], data["edges"], data["statements"]) == ([], [], [])
