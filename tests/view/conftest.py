"""The invented network, and a browser that can reach nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from chromium import chromium
from view_factory import example

from kg.view import render

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@pytest.fixture(scope="session")
def network() -> nx.MultiDiGraph:
    return example()


@dataclass
class Page:
    """A rendered page in a browser that has no network."""

    driver: Chrome

    def open(self, address: str) -> None:
        """Go to an address anew, and wait: the driver may come back while the blank page is still there."""
        self.driver.get("about:blank")
        self.driver.get(address)
        until = monotonic() + 10
        while not (ready := self.run("return Boolean(window.kgExplorer)")) and monotonic() < until:
            sleep(0.02)
        assert ready, self.problems()

    def run(self, script: str, *arguments: object) -> Any:
        return self.driver.execute_script(script, *arguments)

    def texts(self, selector: str) -> list[str]:
        return list(self.run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", selector))

    def click(self, spot: dict[str, float]) -> None:
        """A click of the mouse at a point of the picture."""
        from selenium.webdriver.common.action_chains import ActionChains

        box = self.run("return document.getElementById('graph').getBoundingClientRect().toJSON()")
        chain = ActionChains(self.driver)
        pointer = chain.w3c_actions.pointer_action
        pointer.move_to_location(round(box["left"] + spot["x"]), round(box["top"] + spot["y"]))
        pointer.click()
        chain.perform()
        self.driver.execute_async_script("setTimeout(arguments[0], 350)")  # vis-network waits for a double click

    def type(self, keys: str) -> None:
        """Keys to whatever has the focus."""
        self.driver.switch_to.active_element.send_keys(keys)

    def settle(self) -> None:
        """Waits until the picture is drawn and rests."""
        self.driver.execute_async_script(
            "const done = arguments[0]; setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 250)"
        )

    def problems(self) -> list[str]:
        """Errors and warnings of the console, refused requests and policy violations among them."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self) -> list[str]:
        """What the page asked for beyond itself."""
        return list(self.run("return performance.getEntriesByType('resource').map(e => e.name)"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    window = ("--window-size=1400,900", "--force-prefers-reduced-motion")
    with chromium(tmp_path_factory.mktemp("profile"), arguments=window) as driver:
        driver.set_script_timeout(20)
        yield driver


@pytest.fixture
def open_page(browser: Chrome, tmp_path: Path) -> Any:
    """Opens a network as a page: ``open_page(network, title="…")``."""

    def opened(network: nx.MultiDiGraph, **options: Any) -> Page:
        file = tmp_path / "graph.html"
        file.write_text(render(network, **{"title": "Example"} | options), encoding="utf-8", newline="\n")
        browser.get_log("browser")
        page = Page(browser)
        page.open(file.as_uri())
        return page

    return opened
