"""What the picture shows at rest: labels that do not collide, parallel lines apart, both themes, a phone's width."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from view_factory import add_entity, add_statement, marked

pytestmark = pytest.mark.browser


def collisions(page: Any) -> list[tuple[Any, Any]]:
    boxes = page.run("return kgExplorer.boxes()")
    return [
        (a["what"], b["what"])
        for a, b in combinations(boxes, 2)
        if a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
    ]


def test_labels_do_not_collide_at_rest_and_nearly_all_are_there(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    page.settle()
    assert collisions(page) == []
    named = [what for what in page.run("return kgExplorer.labels()") if "entity" in what]
    assert len(named) >= 0.9 * len(network)


def test_what_is_focused_fills_the_picture_and_covers_nothing(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    star = network.copy()
    for number in range(40):
        add_entity(star, f"port{number}", f"Port of call number {number}", "Place")
        add_statement(star, "Velin", "visited", f"port{number}", marked("{s:Velin} {t:visited} {o:a port}."))
    page = open_page(star)
    page.run("kgExplorer.focus('Velin', 1)")
    page.settle()
    assert collisions(page) == []
    drawn = page.run("return kgExplorer.drawn()")
    assert len(drawn) == 40 + 5
    spots = [page.run("return kgExplorer.spotOf(arguments[0])", one) for one in drawn]
    size = page.run("return explorer.picture.size()")
    for key, side in (("x", "width"), ("y", "height")):
        values = [spot[key] for spot in spots]
        assert min(values) >= 0
        assert max(values) <= size[side]
    # One of the two ways it fills, and the hub stands in the middle of what it is connected to.
    filled = [
        (max(s[k] for s in spots) - min(s[k] for s in spots)) / size[d] for k, d in (("x", "width"), ("y", "height"))
    ]
    assert max(filled) > 0.6
    hub = page.run("return kgExplorer.spotOf('Velin')")
    for key in "xy":
        values = sorted(spot[key] for spot in spots)
        assert values[len(values) // 5] < hub[key] < values[-len(values) // 5]
    before = page.run("return kgExplorer.spotOf('port7')")
    page.run("kgExplorer.select({ entity: 'port7' })")  # what was laid out stays where it is
    assert page.run("return kgExplorer.spotOf('port7')") == before


def test_parallel_lines_lie_apart_and_both_renderers_bend_alike(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    page.settle()
    parallel = [page.run("return kgExplorer.edgeOf(arguments[0])", statement) for statement in ("s008", "s009")]
    one, other = (page.run("return kgExplorer.spotOfEdge(arguments[0], 0.5)", edge) for edge in parallel)
    assert abs(one["x"] - other["x"]) + abs(one["y"] - other["y"]) > 16
    # vis-network's own idea of where its curve runs, against the formula for pictures and large graphs.
    off = page.run(
        "return explorer.picture.lines().filter((line) => line.from !== line.to).map((line) => {"
        " const drawn = explorer.picture.visEdge(line.id).edgeType.getPoint(0.4);"
        " return explorer.lines.distance(line, drawn); })"
    )
    assert len(off) > 30
    assert max(off) < 3


def test_the_page_fits_a_phone(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    screen = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        page.driver.refresh()
        page.settle()
        assert page.run("return document.documentElement.scrollWidth") <= 360
        assert collisions(page) == []
        page.run("kgExplorer.select({ entity: 'Front' })")
        panel = page.run("return document.getElementById('panel').getBoundingClientRect().toJSON()")
        assert (panel["width"], panel["bottom"]) == (360, 740)
        assert panel["top"] > 740 * 0.35  # the picture stays in sight above it
        assert page.run("return document.activeElement.id") == "panel"
        page.run("document.getElementById('menu').click()")
        page.settle()
        assert page.run("return document.getElementById('side').getBoundingClientRect().left") == 0
        assert page.run("return document.getElementById('menu').getAttribute('aria-expanded')") == "true"
    finally:
        page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_dark_where_the_reader_wants_it_dark(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)

    def corner() -> list[int]:
        page.settle()
        return list(page.run("return [...explorer.takeAway.png().getContext('2d').getImageData(1, 1, 1, 1).data]"))

    feature = {"name": "prefers-color-scheme", "value": "dark"}
    light = corner()
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    try:
        dark = corner()
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert sum(light[:3]) > 600
    assert sum(dark[:3]) < 120


def test_everything_to_press_has_a_name_and_the_table_a_caption(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    page.run("kgExplorer.select({ edge: kgExplorer.edgeOf('s008') })")
    page.run("document.getElementById('as-table').click()")
    nameless = page.run(
        "return [...document.querySelectorAll('button, input, a, summary')].filter((one) =>"
        " !(one.textContent.trim() || one.getAttribute('aria-label') || one.labels?.[0]?.textContent.trim()))"
        ".map((one) => one.outerHTML)"
    )
    assert nameless == []
    assert page.texts("#table caption") == ["Statements"]
    assert len(page.texts("#table tbody tr")) == 40
    assert page.run("return document.getElementById('graph').getAttribute('aria-label')").startswith("Graph of 26")
