"""The page as text: self-contained, closed to everything else, the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import networkx as nx
import pytest

from kg.view import SCRIPTS, data, render

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "]]>&lt;&amp;\u2028\u2029",
    "$data ${title} {{title}}",
    "\ud800 lone \x00",
]


class Parsed(HTMLParser):
    """What a browser would find: tags with their attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.code: dict[str, list[str]] = {"script": [], "style": [], "data": []}
        self._inside: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._inside = "data" if dict(attrs).get("type") == "application/json" else tag
            self.code[self._inside].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.code[self._inside][-1] += data

    @property
    def policy(self) -> str:
        found = [attrs["content"] for tag, attrs in self.tags if attrs.get("http-equiv") == "Content-Security-Policy"]
        assert len(found) == 1
        return found[0] or ""


@pytest.fixture(scope="module")
def page(network: nx.MultiDiGraph) -> Parsed:
    return Parsed(render(network, title="Example"))


def hash_of(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_the_policy_allows_just_the_code_on_the_page(page: Parsed) -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [hash_of(code) for code in page.code["script"]]
    assert rules["style-src"].split() == [hash_of(code) for code in page.code["style"]]
    assert "unsafe" not in page.policy


def test_nothing_on_the_page_asks_for_anything(page: Parsed) -> None:
    asked = [attrs[name] for _, attrs in page.tags for name in ("src", "href", "action", "srcset") if name in attrs]
    assert asked == ["data:,"]
    assert not any(re.search(r"@import|url\(", code) for code in page.code["style"])
    assert not any("sourceMappingURL" in code for code in page.code["script"])


def test_no_handlers_or_styles_in_attributes(page: Parsed) -> None:
    names = {name for _, attrs in page.tags for name in attrs}
    assert not {name for name in names if name.startswith("on") or name == "style"}


def test_vis_network_comes_along_only_where_it_draws(
    network: nx.MultiDiGraph, page: Parsed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "FLUENT", 10)
    crowded = Parsed(render(network, title="Example"))
    assert len(crowded.code["script"]) == len(page.code["script"]) - 1
    assert not any("Almende" in code for code in crowded.code["script"])
    assert json.loads(crowded.code["data"][0])["renderer"] == "canvas"


def test_vis_network_keeps_its_licence(page: Parsed) -> None:
    assert "@license" in page.code["script"][0][:800]
    assert "Almende B.V" in page.code["script"][0][:800]


@pytest.mark.parametrize("name", SCRIPTS)
def test_our_scripts_make_no_markup_from_text(name: str) -> None:
    code = resources.files("kg.view").joinpath("page", name).read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|ContextualFragment", code)
    assert not re.search(r"\beval\b|new Function|fetch\(|XMLHttp|WebSocket|sendBeacon|import\(", code)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_the_data(text: str, network: nx.MultiDiGraph) -> None:
    hostile = network.copy()
    hostile.nodes["Velin"].update(label=text, aliases=[text])
    for _, _, edge in hostile.edges(data=True):
        edge.update(title=text, source=text, speaker=text, evidence=[{"text": text, "subject": [0, 3]}], origin=text)
    page = render(hostile, title=text)
    plain, parsed = Parsed(render(network, title="t")), Parsed(page)
    assert [tag for tag, _ in parsed.tags] == [tag for tag, _ in plain.tags]
    assert parsed.code["script"] == plain.code["script"]
    clean = re.sub("[\ud800]", "\ufffd", text)
    data = json.loads(parsed.code["data"][0])
    assert data["title"] == clean
    assert clean in [node["label"] for node in data["nodes"]]
    page.encode("utf-8")


def test_the_same_network_gives_the_same_bytes(network: nx.MultiDiGraph) -> None:
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert render(turned, title="Example") == render(network, title="Example")


def test_only_article_links_and_entity_links_are_addresses(page: Parsed, network: nx.MultiDiGraph) -> None:
    data: dict[str, Any] = json.loads(page.code["data"][0])
    sources = {edge["source"] for _, _, edge in network.edges(data=True)}
    assert {article["link"] for article in data["articles"]} <= sources | {None}
    assert [article["source"] for article in data["articles"]] == [
        "news.example", "courier.example", "Harbour Radio", "news.example", "Trade Ledger", None,
    ]  # fmt: skip
