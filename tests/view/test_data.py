"""What the page is given: bundles, marks, links, the part that is drawn."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx
import pytest

from kg.errors import NotFoundError
from kg.view import overview
from kg.view.bundles import independent
from kg.view.data import page_data
from kg.view.find import find
from kg.view.statements import Sentences, web_link

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
    ("text", "span", "expected"),
    [
        ("Ann met Bo.", (4, 7), [4, 7]),
        ("🚀 flew", (2, 6), [3, 7]),
        ("👩🏽‍🚀 flew", (5, 9), [8, 12]),
        ("ليلى met", (5, 8), [5, 8]),
        ("abc", (1, 99), [1, 3]),
    ],
)
def test_marks_count_as_a_browser_does(text: str, span: tuple[int, int], expected: list[int]) -> None:
    sentences = Sentences()
    assert sentences.add({"text": text, "trigger": span, "subject": None}) == {"text": 0, "trigger": expected}
    assert sentences.texts == [text]


def test_a_sentence_of_several_statements_is_on_the_page_once() -> None:
    data = shown(pair({}, {"relation": "accused"}))
    assert data["sentences"] == ["A saw B."]
    assert [statement["evidence"][0]["text"] for statement in data["statements"]] == [0, 0]


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
    assert "bend" not in shown(pair({}))["edges"][0]


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


def test_a_large_network_is_in_communities_and_all_have_a_place(
    network: nx.MultiDiGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "LARGE", 10)
    monkeypatch.setattr(overview, "MOST", 8)
    data = shown(network)
    assert len(data["groups"]) > 1
    assert {node["home"] for node in data["nodes"]} == set(range(len(data["groups"])))
    assert len(data["nodes"]) == len(network)
    for node in data["nodes"]:
        group = data["groups"][node["home"]]
        assert math.dist((node["x"], node["y"]), (group["x"], group["y"])) <= group["radius"]


@pytest.mark.parametrize(
    ("tellings", "sources"),
    [
        ([("x", None, None, "Ann met Bo in Rome on Monday.")], 1),
        ([("x", "A", None, "Ann met Bo in Rome."), ("y", "B", None, "Talks between the two took place.")], 2),
        ([("x", "A", None, "Ann met Bo in Rome."), ("x", "A", None, "She saw him twice there.")], 1),
        ([("x", "A", None, "Ann met Bo in Rome."), ("y", "A", None, "She saw him twice there.")], 1),
        ([("x", "A", "Cy", "Ann met Bo in Rome."), ("y", "B", "Cy", "She saw him, says Cy.")], 1),
        ([("x", "A", None, "Ann met Bo in Rome today, aides say."), ("y", "B", None, "Ann met Bo in Rome today.")], 1),
        ([("x", None, None, "Ann met Bo in Rome."), ("y", None, None, "Talks between the two took place.")], 2),
    ],
)
def test_copies_and_the_same_voice_are_one_source(tellings: list[Any], sources: int) -> None:
    assert independent(tellings) == sources


def test_an_empty_network_has_an_empty_page() -> None:
    data = shown(nx.MultiDiGraph())
    assert (data["nodes"], data["edges"], data["statements"]) == ([], [], [])
