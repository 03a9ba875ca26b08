"""The bar leaves nothing behind that other parts of a command have to mind."""

from __future__ import annotations

import threading

from kg.cli.progress import ProgressBar
from kg.sources import Progress


def test_no_thread_is_started_beside_which_nothing_could_be_forked() -> None:
    before = threading.active_count()
    with ProgressBar() as progress:
        for stage in ("documents", "articles", "entities"):
            progress(Progress(stage, 0, 3))
            assert threading.active_count() == before
