"""Large graphs in the browser: communities that open, and the other renderer behind the same picture."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from view_factory import add_entity, add_statement, marked

from kg.view import data, overview

pytestmark = pytest.mark.browser


@pytest.fixture
def open_large(open_page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a network as if it were large."""
    monkeypatch.setattr(overview, "LARGE", 1)
    monkeypatch.setattr(overview, "SMALL", 3)
    monkeypatch.setattr(overview, "MOST", 9)
    return open_page


def groups(page: Any) -> list[str]:
    return [one for one in page.run("return kgExplorer.drawn()") if one.startswith("group-")]


def members(page: Any) -> set[str]:
    return {one for one in page.run("return kgExplorer.drawn()") if not one.startswith("group-")}


def test_communities_open_and_close_with_a_click(open_large: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_large(network)
    closed = groups(page)
    assert len(closed) >= 3
    assert members(page) == set()
    assert page.texts("#notice")[0].startswith(f"{len(closed)} communities")
    page.click(page.run("return kgExplorer.spotOf('group-0')"))
    page.settle()
    inside = members(page)
    assert inside == set(page.run("return explorer.groups.groups[0].members.map((node) => node.id)"))
    assert "open=0" in page.driver.current_url
    # Round them stand the communities that they are told of with; one of these opens beside them.
    beside = groups(page)
    assert beside
    assert set(beside) < set(closed)
    page.click(page.run("return kgExplorer.spotOf(arguments[0])", beside[0]))
    page.settle()
    both = members(page)
    assert inside < both
    address = page.driver.current_url
    page.run("document.querySelector('#notice button').click()")
    assert groups(page) == closed
    page.open(address)
    assert members(page) == both
    page.run("document.activeElement.blur()")
    press_escape(page)
    assert groups(page) == closed
    assert page.problems() == []


def press_escape(page: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    page.type(Keys.ESCAPE)


def test_what_was_told_of_apart_is_no_community(open_large: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    apart = network.copy()
    for number, date in enumerate(("2030-02-01", "2030-04-09")):
        for end in "ab":
            add_entity(apart, f"{end}{number}", f"Nobody {end}{number}")
        sentence = marked("{s:One} {t:met} {o:another}.")
        add_statement(apart, f"a{number}", "metWith", f"b{number}", sentence, date=date, article=f"x{number}")
    page = open_large(apart)
    mixed = page.run("return explorer.groups.groups.filter((one) => one.mixed).map((one) => [one.id, one.name])")
    assert [name for _, name in mixed] == ["Single stories"]
    assert page.run("return explorer.groups.span(explorer.groups.groups.at(-1))") == "Feb–Apr 2030"
    assert "and single stories" in page.texts("#notice")[0]
    page.click(page.run("return kgExplorer.spotOf(arguments[0])", mixed[0][0]))
    assert members(page) == {"a0", "a1", "b0", "b1"}


def test_search_reaches_into_closed_communities(open_large: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_large(network)
    page.type("/")
    page.type("velin\n")
    assert page.texts("#panel h2") == ["Marta Velin"]
    assert {"Velin", "Adair", "Lisbon", "Ministry", "Summit"} <= members(page)
    page.settle()
    # A neighbour drawn by itself and a line can be clicked as in a small graph.
    page.click(page.run("return kgExplorer.spotOf('Lisbon')"))
    assert page.texts("#panel h2") == ["Lisbon"]
    page.run("kgExplorer.select({ entity: 'Velin' }, { reveal: true })")
    edge = page.run("return kgExplorer.edgeOf('s000')")
    page.settle()
    page.click(page.run("return kgExplorer.spotOfEdge(arguments[0], 0.5)", edge))
    assert page.texts("#panel blockquote") == ["Marta Velin travelled to Lisbon on Sunday for two days of talks."]
    page.run("kgExplorer.path('Sato', 'Estmark')")
    assert page.texts("#panel .hint") == ["Connected in 3 steps"]
    assert {"Sato", "Shipping", "Port_Aldis", "Estmark"} <= members(page)
    page.run("kgExplorer.focus('Sato', 1)")
    assert members(page) == {"Sato", "Shipping", "Haddad"}
    assert groups(page) == []
    assert page.problems() == []


def test_what_filters_leave_is_laid_out_anew_where_it_is_little(
    open_large: Callable[..., Any], network: nx.MultiDiGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "document.querySelector('[data-facet=speaker][data-value=\"Ingrid Oskarsen\"]').closest('li')"
    page = open_large(network)
    whole = groups(page)
    page.run(f"{row}.querySelector('.only').click()")
    assert page.run("return kgExplorer.visible().statements") == ["s008"]
    assert members(page) == {"Sailors", "Front"}
    assert groups(page) == []
    page.run("document.querySelector('#notice button').click()")
    assert groups(page) == whole
    monkeypatch.setattr(data, "FEW", 1)
    page = open_large(network)
    page.run(f"{row}.querySelector('.only').click()")
    assert 0 < len(groups(page)) < len(whole)
    assert members(page) == set()


def test_a_path_runs_from_left_to_right_and_the_map_is_as_it_was(
    open_large: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_large(network)
    before = page.run("return kgExplorer.spotOf('group-0')")
    page.run("kgExplorer.path('Sato', 'Estmark')")
    page.settle()
    across = [
        page.run("return kgExplorer.spotOf(arguments[0])", stop)["x"]
        for stop in ("Sato", "Shipping", "Port_Aldis", "Estmark")
    ]
    assert across == sorted(across)
    assert members(page) == {"Sato", "Shipping", "Port_Aldis", "Estmark"}
    page.run("kgExplorer.select(null)")
    assert page.run("return kgExplorer.spotOf('group-0')") == before


def test_the_picture_is_moved_by_wheel_drag_and_keys(open_large: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    page = open_large(network)

    def distance() -> float:
        spots = page.run("return [kgExplorer.spotOf('group-0'), kgExplorer.spotOf('group-1')]")
        return float(abs(spots[0]["x"] - spots[1]["x"]) + abs(spots[0]["y"] - spots[1]["y"]))

    start = distance()
    page.run(
        "document.querySelector('#graph canvas').dispatchEvent("
        "new WheelEvent('wheel', { deltaY: -300, clientX: 500, clientY: 300, cancelable: true }))"
    )
    assert distance() > 1.2 * start
    page.run("document.getElementById('graph').focus()")
    place = page.run("return kgExplorer.spotOf('group-0')")
    page.type(Keys.ARROW_LEFT)
    assert page.run("return kgExplorer.spotOf('group-0')")["x"] == pytest.approx(place["x"] + 80)
    page.type("0")
    assert distance() == pytest.approx(start, rel=0.01)
    box = page.run("return document.getElementById('graph').getBoundingClientRect().toJSON()")
    place = page.run("return kgExplorer.spotOf('group-0')")
    chain = ActionChains(page.driver, duration=20)
    pointer = chain.w3c_actions.pointer_action
    pointer.move_to_location(round(box["left"] + 4), round(box["top"] + box["height"] - 4))
    pointer.pointer_down()
    pointer.move_to_location(round(box["left"] + 44), round(box["top"] + box["height"] - 24))
    pointer.pointer_up()
    chain.perform()
    after = page.run("return kgExplorer.spotOf('group-0')")
    assert (after["x"] - place["x"], after["y"] - place["y"]) == pytest.approx((40, -20), abs=1)
    assert page.texts("#panel h2") == ["At a glance"]  # a drag is no click


def test_hostile_names_are_drawn_as_they_are(open_large: Callable[..., Any]) -> None:
    names = ["</script><script>window.owned = 1</script>", "<img src=x onerror='window.owned = 1'>", "W" * 10_000]
    names += ["\u202egnp.exe ليلى حداد", "👩🏽\u200d🚀🏳️\u200d🌈 crew", "", " ", "__proto__", "constructor"]
    network = nx.MultiDiGraph()
    for name in names:
        add_entity(network, name or "nothing", name, aliases=["__proto__"])
        add_statement(network, name or "nothing", "metWith", names[0], marked("{s:A} {t:met} {o:B}."), speaker=name)
    page = open_large(network)
    page.run("kgExplorer.select({ group: 0 })")
    page.settle()
    assert len(members(page)) == len(names)
    for name in names:
        page.run("kgExplorer.select({ entity: arguments[0] })", name or "nothing")
        assert page.texts("#panel h2") == [name]
    assert page.run("return kgExplorer.svg()").count("<script") == 0
    assert not page.run("return window.owned")
    assert page.run("return document.images.length") == 0
    assert page.problems() == []


def test_discs_do_not_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "LARGE", 100)
    monkeypatch.setattr(overview, "MOST", 40)
    graph = nx.relabel_nodes(nx.connected_caveman_graph(25, 12), {node: f"n{node}" for node in range(25 * 12)})
    found = overview.overview(graph, dict.fromkeys(graph, (100.0, 40.0)))
    assert len(found.groups) >= 10
    assert sorted(member for group in found.groups for member in group.members) == sorted(graph)
    for one, other in combinations(found.groups, 2):
        gap = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert gap > one.radius + other.radius
