"""The page in a browser that can reach nothing: it opens, finds, filters, and leads to the sentence."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from view_factory import add_entity, add_statement, marked

from kg.view import render

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

pytestmark = pytest.mark.browser

DENIAL, CLAIM = "s009", "s008"  # of who holds the sailors, in the example


def pixel_colours(page: Any) -> int:
    """How many colours the picture has: one, if nothing is drawn."""
    page.settle()
    return int(
        page.run(
            "const canvas = document.querySelector('#graph canvas');"
            "const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);"
            "return new Set(new Uint32Array(data.buffer)).size"
        )
    )


def test_opens_and_asks_for_nothing(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network, title="Crisis in the strait")
    assert page.texts("#title") == ["Crisis in the strait"]
    assert page.texts("#summary") == ["26 entities · 40 statements · 6 articles"]
    assert pixel_colours(page) > 50
    assert page.requests() == []
    assert page.problems() == []


def test_nothing_can_be_fetched_even_if_asked(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    refused = page.driver.execute_async_script(
        "const done = arguments[0]; fetch('https://news.example/').then(() => done(false), () => done(true))"
    )
    assert refused
    assert any("Content Security Policy" in problem for problem in page.problems())


def test_search_finds_by_alias_with_the_keyboard(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    from selenium.webdriver.common.keys import Keys

    page = open_page(network)
    page.type("/")
    page.type("helene")
    assert page.texts("#suggestions .words") == ["Hélène Belloc"]
    page.type(Keys.ESCAPE)
    assert page.run("return document.getElementById('suggestions').hidden")
    page.type("/")
    page.type("me")
    assert page.texts("#suggestions .words") == ["Meridian Shipping", "Merrow Passage Treaty", "Strait of Merrow"]
    page.type(Keys.ARROW_DOWN + Keys.ENTER)
    assert page.texts("#panel h2") == ["Merrow Passage Treaty"]
    page.type(Keys.ESCAPE)
    assert page.texts("#panel h2") == ["At a glance"]
    assert page.problems() == []


def test_a_click_on_a_line_shows_its_sentence(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    edge = page.run("return kgExplorer.edgeOf(arguments[0])", DENIAL)
    page.run("kgExplorer.focus('Sailors', 1)")
    spot = page.run("return kgExplorer.spotOfEdge(arguments[0], 0.4)", edge)
    page.click(spot)
    assert page.texts("#panel blockquote") == ["The Front denied holding the crew."]
    assert page.texts("#panel mark.subject") == ["the crew"]
    assert page.texts("#panel mark.trigger") == ["denied"]
    assert page.texts("#panel mark.object") == ["The Front"]
    assert page.texts("#panel .said") == ["Denied by Coastal Front"]
    assert page.texts("#panel .chip") == ["Denied"]
    assert page.texts("#panel .where") == ["Front denies holding sailors · Harbour Radio · 6 March 2031"]
    assert "77 %" in page.texts("#panel dl")[0]
    # The other side is one click away, with who says it.
    told_otherwise = page.texts("#panel section:first-of-type .row")
    assert told_otherwise == ["four Norlandic sailors held by Coastal Frontsays Ingrid Oskarsen"]
    page.run("document.querySelector('#panel section .row').click()")
    assert page.texts("#panel .said") == ["Said by Ingrid Oskarsen"]
    links = page.run("return [...document.querySelectorAll('#panel a')].map(a => [a.href, a.rel])")
    assert links == [["https://courier.example/aurora?page=1&full=yes", "noopener noreferrer"]]
    assert page.problems() == []


def test_a_click_on_an_entity_opens_its_dossier(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    spot = page.run("return kgExplorer.spotOf('Velin')")
    page.click(spot)
    assert page.texts("#panel h2") == ["Marta Velin"]
    assert page.texts("#panel .kind") == ["Person"]
    assert page.texts("#panel .aliases") == ["also Velin, the foreign minister"]
    # A time line: the day on which it happened where that is told, else the day of publication.
    assert page.texts("#panel .timeline h4") == [
        "3 March 2031 happened",
        "2 March 2031 published",
        "1 March 2031 happened",
    ]
    assert page.texts("#panel .timeline summary .words") == [
        "met with Jonas Adair", "leads Norlandic Foreign Ministry", "met with Jonas Adair",
        "participated in Lisbon summitsays her office", "visited Lisbon",
    ]  # fmt: skip
    page.run("document.querySelector('#panel details').open = true")
    page.driver.execute_async_script("setTimeout(arguments[0], 50)")
    assert page.texts("#panel details blockquote") == ["Adair held talks with Velin for a second time last week."]
    assert "#entity=Velin" in page.driver.current_url


def test_copies_and_voices_are_told_from_sources(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.run("kgExplorer.select({ edge: kgExplorer.edgeOf('s014') })")
    assert page.texts("#panel .hint") == ["2 statements in 2 articles, told by 2 independent sources in all"]
    assert page.texts("#panel .said") == ["Claimed by Coastal Front", "Said by two shipping insurers"]


def test_what_the_graph_knows_of_sources_copies_and_contradictions(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    known = network.copy()
    edges = {key: data for _, _, key, data in known.edges(keys=True, data=True)}
    edges["s001"] |= {"independent": 3, "contradicts": ["s037"]}
    for edge in edges.values():
        edge["copy_of"] = "a2" if edge["article"] == "a1" else None
    known.nodes["Velin"]["possibly_same"] = ["Belloc", "not in this part"]
    page = open_page(known)
    page.run("kgExplorer.select({ edge: kgExplorer.edgeOf('s001') })")
    assert page.texts("#panel .hint") == ["1 statement in 1 article, told by 3 independent sources in all"]
    assert page.texts("#panel section h3") == ["Told otherwise"]
    assert page.texts("#panel section .row .words") == ["Layla Haddad met with Kenji Satosays Meridian Shipping"]
    assert page.texts("#panel .where")[0].endswith("a copy of Crew of the Aurora still held, envoy says")
    page.run("kgExplorer.select({ entity: 'Velin' })")
    assert page.texts("#panel .row .entity") == ["Hélène Belloc"]


def test_long_lists_are_narrowed_by_words(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    busy = network.copy()
    for number in range(14):
        sentence = marked(f"{{s:Velin}} {{t:visited}} {{o:port {number}}} by the sea.")
        add_entity(busy, f"port{number}", f"Port {number}", "Place")
        add_statement(busy, "Velin", "visited", f"port{number}", sentence, speaker=f"Source {number}")
    page = open_page(busy)
    page.run("kgExplorer.select({ entity: 'Velin' })")
    assert len(page.texts("#panel .timeline summary")) == 19
    page.run("document.querySelector('#panel .narrow').focus()")
    page.type("port 13")
    assert page.texts("#panel .timeline summary .words") == ["visited Port 13says Source 13"]
    # Likewise the speakers among the filters.
    page.run("[...document.querySelectorAll('#side details')].forEach((one) => { one.open = true; })")
    assert len(page.run("return document.querySelectorAll('[data-facet=speaker]')")) == 10
    page.run("[...document.querySelectorAll('#side .narrow')].at(-1).focus()")
    page.type("source 12")
    assert page.run("return document.querySelector('[data-facet=speaker]').dataset.value") == "Source 12"
    page.run("document.querySelector('[data-facet=speaker]').closest('li').querySelector('.only').click()")
    assert len(page.run("return kgExplorer.visible().statements")) == 1
    assert "only-speaker=Source+12" in page.driver.current_url


def test_a_dossier_lists_what_its_entity_is_quoted_for(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.run("kgExplorer.select({ entity: 'Oskarsen' })")
    assert page.texts("#panel section h3")[-1] == "Is quoted for 1 claim"
    assert page.texts("#panel .row .words") == ["four Norlandic sailors held by Coastal Front"]


def test_works_in_the_sandboxed_frame_of_a_notebook(browser: Chrome, network: nx.MultiDiGraph, tmp_path: Path) -> None:
    from selenium.webdriver.support import expected_conditions
    from selenium.webdriver.support.ui import WebDriverWait

    page = html.escape(render(network, title="In a frame"), quote=True)
    file = tmp_path / "notebook.html"
    frame = f'<!DOCTYPE html><iframe sandbox="allow-scripts" srcdoc="{page}" width="900" height="600"></iframe>'
    file.write_text(frame, encoding="utf-8")
    browser.get_log("browser")
    browser.get(file.as_uri())
    wait = WebDriverWait(browser, 10)
    wait.until(expected_conditions.frame_to_be_available_and_switch_to_it(0))
    wait.until(lambda driver: driver.execute_script("return Boolean(window.kgExplorer)"))
    assert browser.execute_script("kgExplorer.select({ entity: 'Velin' }); return document.title") == "In a frame"
    assert browser.execute_script("return document.querySelector('#panel h2').textContent") == "Marta Velin"
    browser.switch_to.default_content()
    assert [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_filters_narrow_what_is_drawn_and_listed(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.run("document.querySelector('[data-facet=tier][data-value=fact]').click()")
    assert len(page.run("return kgExplorer.visible().statements")) == 13
    assert page.texts("#summary")[0].startswith("14 entities · 13 of 40 statements")
    row = "document.querySelector('[data-facet=speaker][data-value=\"Ingrid Oskarsen\"]').closest('li')"
    page.run(f"{row}.querySelector('.only').click()")
    assert page.run("return kgExplorer.visible().statements") == [CLAIM]
    page.run("document.getElementById('as-table').click()")
    assert len(page.texts("#table tbody tr")) == 1
    address = page.driver.current_url
    page.run("document.querySelector('.clear').click()")
    assert len(page.run("return kgExplorer.visible().statements")) == 40
    # The address keeps the view.
    page.open(address)
    assert page.run("return kgExplorer.visible().statements") == [CLAIM]
    assert len(page.texts("#table tbody tr")) == 1
    assert page.problems() == []


def test_a_path_shows_each_step_with_its_sentence(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.run("kgExplorer.path('Sato', 'Estmark')")
    assert page.texts("#panel .hint") == ["Connected in 3 steps"]
    assert page.texts("#panel blockquote")[2] == "Port Aldis, in southern Estmark, saw its largest march in years."


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>window.owned = 1</script>",
        "<img src=x onerror='window.owned = 1'>",
        "javascript:window.owned=1",
        "\u202egnp.exe ليلى حداد שלום",
        "👩🏽‍🚀🏳️‍🌈 crew",
        "Long name " * 1000,
        "W" * 10_000,
    ],
)
def test_hostile_text_is_shown_as_text(text: str, open_page: Callable[..., Any]) -> None:
    network = nx.MultiDiGraph()
    for node in "ab":
        network.add_node(node, label=text + node, type="Person", aliases=[text], links=[text])
    network.add_edge(
        "a", "b", key="s0", relation="metWith", label="met with", modality="actual", speaker=text,
        attribution_kind=text, confidence=1.0, article="x", title=text, date=text, source=text, origin=text, place=text,
        evidence=[{"text": text, "start": 0, "subject": [0, 2], "trigger": [2, 3], "object": [3, 5]}],
    )  # fmt: skip
    page = open_page(network, title=text)
    shown = text.strip()
    page.run("kgExplorer.select({ entity: 'a' })")
    assert page.texts("#panel h2") == [text + "a"]
    page.run("kgExplorer.select({ edge: kgExplorer.edgeOf('s0') })")
    assert page.texts("#panel blockquote p") == [text]
    assert page.texts("#title") == [text]
    page.run("document.getElementById('as-table').click()")
    assert shown in page.texts("#table td")[0]
    assert not page.run("return window.owned")
    assert page.run("return document.images.length") == 0
    assert page.run("return [...document.querySelectorAll('a')].length") == 0
    # A huge name makes nothing wider than the window.
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")
    assert page.problems() == []


def test_focus_and_everything_again(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.run("kgExplorer.focus('Sato', 1)")
    assert set(page.run("return kgExplorer.visible().entities")) == {"Sato", "Shipping", "Haddad"}
    page.run("document.querySelector('#notice button').click()")
    assert len(page.run("return kgExplorer.visible().entities")) == 26


def test_empty_and_self_referring_networks_open(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    assert open_page(nx.MultiDiGraph()).problems() == []
    loop = network.subgraph(["Velin"]).copy()
    loop.add_edge("Velin", "Velin", key="s1", **dict(next(iter(network.edges(data=True)))[2]))
    page = open_page(loop)
    page.run("kgExplorer.select({ edge: kgExplorer.edgeOf('s1') })")
    assert len(page.texts("#panel blockquote")) == 1
    assert page.problems() == []


def test_at_a_glance_shows_what_is_new_and_who_is_quoted(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    assert page.texts("#panel h3") == ["Most spoken of", "Accounts that differ", "Latest, 1 April 2031", "Most quoted"]
    rows = page.texts("#panel section:nth-of-type(3) .row .words")
    assert len(rows) == 5
    assert all("Port Aldis" in row or "dock workers" in row or "Haddad" in row for row in rows)
    page.run(
        "[...document.querySelectorAll('#panel .ranking button')]"
        ".find((one) => one.textContent === 'Kenji Sato').click()"
    )
    assert len(page.run("return kgExplorer.visible().statements")) == 1
    assert "only-speaker=Kenji+Sato" in page.driver.current_url


def test_back_leads_to_what_was_looked_at_before(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    for name in ("velin", "adair", "sato"):  # by keys, as browsers skip on the way back what no hand has made
        page.type("/")
        page.type(f"{name}\n")
        if name == "velin":
            page.run("document.querySelector('[data-facet=tier][data-value=fact]').click()")  # no step of its own
    seen = []
    for _ in range(2):
        page.driver.back()
        page.settle()
        seen.append(page.texts("#panel h2")[0])
    assert seen == ["Jonas Adair", "Marta Velin"]
    assert len(page.run("return kgExplorer.visible().statements")) == 13
    page.driver.forward()
    page.settle()
    assert page.texts("#panel h2") == ["Jonas Adair"]
    assert page.problems() == []
