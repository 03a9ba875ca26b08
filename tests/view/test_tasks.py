"""What a reader comes for, done as a reader does it: with the keyboard and the fewest clicks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

pytestmark = pytest.mark.browser


def press(page: Any, words: str) -> None:
    """A click on the button with these words."""
    from selenium.webdriver.common.by import By

    (button,) = [
        one for one in page.driver.find_elements(By.CSS_SELECTOR, "button, summary") if one.text.startswith(words)
    ]
    button.click()


def test_who_holds_the_sailors_takes_no_click(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.type("/")
    page.type("sailors\n")
    rows = page.texts("#panel .timeline summary .words")
    assert [row for row in rows if "held by" in row] == [
        "held by Republic of Calderasays a spokesman",
        "held by Coastal Frontsays Coastal Front",
        "held by Coastal Frontsays Ingrid Oskarsen",
    ]
    # One more, and the sentence is there.
    press(page, "held by Republic of Caldera")
    page.settle()
    assert page.texts("#panel blockquote") == ["The crew may be in the hands of Caldera, a spokesman suggested."]


def test_all_claims_of_one_about_another_take_two_clicks(
    open_page: Callable[..., Any], network: nx.MultiDiGraph
) -> None:
    page = open_page(network)
    press(page, "Who says so")
    page.run("document.querySelector('[data-value=\"Kenji Sato\"]').closest('li').querySelector('.only').click()")
    page.type("/")
    page.type("resolution 41\n")
    assert page.texts("#panel .timeline summary .words") == ["Meridian Shipping opposes Resolution 41says Kenji Sato"]
    assert page.texts("#panel h3")[0] == "1 statement of 3, by the filters"


def test_how_two_are_connected_takes_one_click(open_page: Callable[..., Any], network: nx.MultiDiGraph) -> None:
    page = open_page(network)
    page.type("/")
    page.type("sato\n")
    press(page, "Path to")
    page.type("estmark\n")
    assert page.texts("#panel .hint") == ["Connected in 3 steps"]
    assert len(page.texts("#panel .steps blockquote")) == 3
    assert "path=Sato&to=Estmark" in page.driver.current_url
