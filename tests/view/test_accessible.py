"""What assistive technology is told: Chromium's accessibility tree of the page, as a screen reader gets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

pytestmark = pytest.mark.browser

#: Roles of what is pressed, typed into or chosen: each needs a name and the keyboard's focus.
CONTROLS = {"button", "checkbox", "combobox", "link", "searchbox", "slider", "textbox", "DisclosureTriangle"}


def tree(page: Any) -> list[dict[str, Any]]:
    """What is not ignored, in the order of reading: ``role``, ``name`` and the properties that are set."""
    page.driver.execute_cdp_cmd("Accessibility.enable", {})
    nodes = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if not node["ignored"]:
            properties = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
            yield {
                "role": node["role"]["value"],
                "name": node.get("name", {}).get("value", ""),
                "value": node.get("value", {}).get("value"),
                "description": node.get("description", {}).get("value", ""),
                **properties,
            }
        for child in node.get("childIds", ()):
            if child in by_id:
                yield from walk(by_id[child])

    return list(walk(nodes[0]))


def named(found: list[dict[str, Any]], role: str) -> list[str]:
    return [one["name"] for one in found if one["role"] == role]


VIEWS = {
    "at rest": "",
    "dossier": "kgExplorer.select({ entity: 'Velin' })",
    "sentence": "kgExplorer.select({ edge: kgExplorer.edgeOf('s009') })",
    "path": "kgExplorer.path('Sato', 'Estmark')",
    "focus": "kgExplorer.focus('Front', 1)",
    "table": "document.getElementById('as-table').click()",
    "all filters": "document.querySelectorAll('#side details').forEach((one) => { one.open = true; })",
    "menu": "document.querySelector('#tools [aria-expanded]').click()",
}


@pytest.mark.parametrize("view", VIEWS)
def test_whatever_can_be_used_has_a_name_and_the_focus(
    view: str, open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    page.run(VIEWS[view])
    found = tree(page)
    controls = [one for one in found if one["role"] in CONTROLS]
    assert len(controls) > 20
    assert [one for one in controls if not one["name"].strip()] == []
    assert [one["name"] for one in controls if not one.get("focusable") and not one.get("disabled")] == []
    assert [one for one in found if one["role"] in ("img", "image", "graphics-document") and not one["name"]] == []


def test_regions_and_headings_tell_where_one_is(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.run("kgExplorer.select({ entity: 'Front' })")
    found = tree(page)
    assert named(found, "main") == [""]
    assert named(found, "banner") == [""]
    assert named(found, "navigation") == ["Filters and legend"]
    assert named(found, "complementary") == ["Details"]
    assert "search" in {one["role"] for one in found}
    levels = [one["level"] for one in found if one["role"] == "heading"]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_the_state_of_things_is_told(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.type("/")
    page.type("me")
    found = tree(page)
    box = next(one for one in found if one["role"] == "combobox")
    assert (box["name"], box["expanded"], box["value"]) == ("Find a name", True, "me")
    options = [one for one in found if one["role"] == "option"]
    assert [one.get("selected") for one in options] == [True, False, False]
    page.type("\ue00c")  # Escape
    page.run("document.querySelector('[data-facet=tier][data-value=fact]').click()")
    found = tree(page)
    fact = next(one for one in found if one["role"] == "checkbox" and one["name"].startswith("Stated"))
    assert fact["checked"] == "false"
    pressed = {one["name"]: one["pressed"] for one in found if one["role"] == "button" and "pressed" in one}
    assert (pressed["Graph"], pressed["Table"]) == ("true", "false")
    # What happened is said aloud.
    live = page.run("return [...document.querySelectorAll('[aria-live], [role=status]')].map((one) => one.textContent)")
    assert any("13 of 40 statements" in text for text in live)


@pytest.mark.parametrize("width", [1400, 360])
def test_the_table_is_a_table_for_the_ear_at_every_width(
    width: int, open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        page.run("document.getElementById('as-table').click()")
        found = tree(page)
        assert page.run("return document.documentElement.scrollWidth <= innerWidth")
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert named(found, "table") == ["Statements"]
    assert named(found, "columnheader") == [
        "Subject", "Relation", "Object", "How sure", "Who says so", "Date", "Article", "Sentence",
    ]  # fmt: skip
    rows = [one for one in found if one["role"] == "row"]
    assert len(rows) == 41
    assert len(named(found, "cell")) == 40 * 8


def test_the_picture_can_be_walked_with_the_keyboard(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    picture = next(one for one in tree(page) if one["name"].startswith("Graph of 26 entities and"))
    assert picture["role"] == "application"
    page.run("document.getElementById('graph').focus()")
    page.type("n")
    first = page.texts("#panel h2")
    page.type("n")
    second = page.texts("#panel h2")
    assert first != second
    page.type("p")
    assert page.texts("#panel h2") == first
    assert page.run("return document.activeElement.id") == "graph"


def test_lines_of_doubt_are_told_in_words_too(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.run("kgExplorer.select({ entity: 'Front' })")
    rows = [one["name"] for one in tree(page) if one["role"] == "DisclosureTriangle"]
    assert any("held by" in row and "Denied" in row for row in rows), rows
