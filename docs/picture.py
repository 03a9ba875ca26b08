"""Take the picture of the explorer that the README shows. Needs Chromium: ``python docs/picture.py``."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import kg

HERE = Path(__file__).parent
NAME = "Alexander Trufanov"


def main() -> None:
    """Build the sample graph, look at what is only said to be possible of one entity, and write ``explorer.png``."""
    graph = kg.build([HERE.parent / "data" / "articles"])
    statement = next(said.id for said in graph.show(NAME).statements if said.modality == "possible")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "explorer.html"
        page.write_text(graph.html(title="Sample articles", focus=NAME, depth=3), encoding="utf-8")
        browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if browser is None:
            raise SystemExit("Chromium was not found; on Debian and Ubuntu: sudo apt install chromium")
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1360,820"]
        options += ["--virtual-time-budget=8000", f"--screenshot={HERE / 'explorer.png'}"]
        command = [browser, *options, f"{page.as_uri()}#statement={statement}"]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
