"""Take the picture of the explorer that the README shows. Needs Chromium: ``python docs/picture.py``."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import kg

HERE = Path(__file__).parent
NAME = "Alexander Trufanov"
REST = 1.5  # seconds until the picture has come to rest


def main() -> None:
    """Build the sample graph, look at what is only said to be possible of one entity, and write ``explorer.png``."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    from chromium import chromium  # one way to start a browser, for tests and for this

    graph = kg.build([HERE.parent / "data" / "articles"])
    statement = next(said.id for said in graph.show(NAME).statements if said.modality == "possible")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "explorer.html"
        page.write_text(graph.html(title="Sample articles", focus=NAME, depth=3), encoding="utf-8")
        window = ("--window-size=1360,820", "--hide-scrollbars", "--force-prefers-reduced-motion")
        with chromium(Path(folder) / "profile", arguments=window) as driver:
            driver.get(f"{page.as_uri()}#statement={statement}")
            time.sleep(REST)
            driver.save_screenshot(str(HERE / "explorer.png"))


if __name__ == "__main__":
    main()
