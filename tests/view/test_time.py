"""The strip of time: bars, two sliders, both kinds of time, the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

pytestmark = pytest.mark.browser


def shown(page: Any) -> list[str]:
    return list(page.run("return kgExplorer.visible().statements"))


def press(page: Any, bar: int) -> None:
    page.run(
        "const bar = document.querySelector(`[data-bar='${arguments[0]}']`);"
        "for (const kind of ['pointerdown', 'pointerup']) bar.dispatchEvent(new PointerEvent(kind, { bubbles: true }))",
        bar,
    )


def test_a_bar_narrows_to_its_days_and_again_to_all(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    assert page.texts("#time .range") == ["2 March 2031 – 1 April 2031"]
    assert page.texts("#time .switch button") == ["Published", "Happened"]
    assert page.texts("#time .ticks span")[:2] == ["2 Mar", "6 Mar"]
    press(page, 0)
    assert page.texts("#time .range") == ["2 March 2031"]
    assert shown(page) == [f"s{number:03}" for number in (0, 1, 2, 4, 5, 6, 7)]
    assert "published-from=2031-03-02&published-to=2031-03-02" in page.driver.current_url
    press(page, 0)
    assert len(shown(page)) == 40


def test_sliders_move_with_the_keyboard(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    from selenium.webdriver.common.keys import Keys

    page = open_page(network)
    page.run("document.querySelectorAll('#time .handle')[0].focus()")
    page.type(Keys.ARROW_RIGHT * 4)
    assert page.texts("#time .range") == ["6 March 2031 – 1 April 2031"]
    assert "s000" not in shown(page)
    assert page.run("return document.activeElement.getAttribute('aria-valuetext')") == "6 March 2031"
    page.run("document.querySelector('#time .plain').click()")
    assert len(shown(page)) == 40


def test_when_it_happened_is_another_time_than_when_it_was_published(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    page.run("document.querySelectorAll('#time .switch button')[1].click()")
    assert page.texts("#time .range") == ["1 March 2031 – 1 April 2031"]
    page.driver.get(page.driver.current_url.split("#")[0] + "#happened-from=2031-03-02&happened-to=2031-03-05")
    # An interval counts where it overlaps; what has no time of its own cannot.
    assert shown(page) == ["s003"]
    page.driver.get(page.driver.current_url.split("#")[0] + "#happened-from=nonsense&published-from=2031-13-45")
    assert len(shown(page)) == 40
    assert page.problems() == []
