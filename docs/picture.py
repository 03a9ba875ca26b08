"""Take the picture of the explorer that the README shows. Needs Chromium: ``python docs/picture.py``."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import kg

HERE = Path(__file__).parent
NAME = "Alexander Trufanov"


def main() -> None:
    """Build the sample graph, look at one entity, and write ``explorer.png`` beside this file."""
    graph = kg.build([HERE.parent / "data" / "articles"])
    entity = graph.show(NAME).id
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "explorer.html"
        page.write_text(graph.html(title="Sample articles"), encoding="utf-8")
        view = urlencode({"focus": entity, "depth": 2, "entity": entity})
        browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if browser is None:
            raise SystemExit("Chromium was not found; on Debian and Ubuntu: sudo apt install chromium")
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1360,820"]
        picture = HERE / "explorer.png"
        subprocess.run(
            [browser, *options, "--virtual-time-budget=8000", f"--screenshot={picture}", f"{page.as_uri()}#{view}"],
            check=True, capture_output=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
