"""Headless Chromium for tests of pages; they skip themselves where it, or its driver, is not there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def chromium(profile: Path, *, reach: str = "", arguments: tuple[str, ...] = ()) -> Iterator[Any]:
    """A driver whose browser reaches nothing.

    :param reach: the one host that it reaches all the same.
    """
    binary, chromedriver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not binary or not chromedriver:
        pytest.skip("no Chromium with chromedriver found: apt-get install chromium chromium-driver")
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    rules = "MAP * ~NOTFOUND" + (f", EXCLUDE {reach}" if reach else "")
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
        "--no-first-run", f"--user-data-dir={profile}", f"--host-resolver-rules={rules}", *arguments,
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    try:
        yield driver
    finally:
        driver.quit()
