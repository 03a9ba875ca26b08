"""The SPARQL editor in a browser that reaches nothing but the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import chromium
from served import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    profile = tmp_path_factory.mktemp("profile")
    with chromium(profile, reach="127.0.0.1", arguments=("--window-size=1200,900",)) as driver:
        yield driver


def wait(browser: Any, what: str, script: str, seconds: float = 60) -> Any:
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, seconds).until(lambda it: it.execute_script(f"return {script}"), what)


def write(browser: Any, text: str) -> None:
    browser.execute_script("document.getElementById('query').value = arguments[0]", text)
    browser.find_element("id", "run").click()


def test_it_asks_and_shows(browser: Any, served: Served) -> None:
    browser.get(f"{served.address}/sparql")
    assert "SELECT" in wait(browser, "a query to start from", "document.getElementById('query').value")

    write(browser, "SELECT ?x ?name { ?x kg:leads ?y ; rdfs:label ?name }")
    assert wait(browser, "rows", "document.querySelector('#answer td')?.textContent") == "entity:Ann_Lee"
    assert browser.find_element("css selector", "#answer a").get_attribute("href").endswith("/entity/Ann_Lee")
    assert "1 row" in browser.find_element("id", "state").text

    write(browser, "SELECT ?x {")
    assert "line 1, column 12" in wait(browser, "a fault", "document.getElementById('fault').textContent")

    write(browser, "CONSTRUCT WHERE { ?x kg:leads ?y }")
    assert "kg:leads" in wait(browser, "a graph", "document.querySelector('#answer pre')?.textContent")

    write(browser, "SELECT ('<img src=x onerror=alert(1)>' AS ?x) {}")
    assert wait(browser, "text", "document.querySelector('#answer td')?.textContent.startsWith('<img')")
    assert not browser.find_elements("css selector", "#answer img")

    browser.get(f"{served.address}/sparql#held")
    assert "kg:capturedBy" in wait(browser, "a stock query", "document.getElementById('query').value")
    log = [
        entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE" and "400" not in entry["message"]
    ]
    assert log == []  # nothing that the policy of the page forbids
