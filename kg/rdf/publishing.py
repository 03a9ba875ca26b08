"""Which generation of a store is in force: a new one is written beside it and then, in one step, takes its place."""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kg.rdf.generation import sync, write_generation
from kg.rdf.lines import Graph

CURRENT: Final = "current"


def publish(graphs: Iterable[Graph], path: Path, keep: str) -> None:
    """Write a new generation and put it in force. What is in force is on the disk, come what may."""
    path.mkdir(parents=True, exist_ok=True)
    before = current(path)
    fresh = path / f"generation-{uuid.uuid4().hex[:12]}"
    try:
        write_generation(graphs, fresh)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    pointer = path / f"{CURRENT}.new"
    with pointer.open("w", encoding="ascii") as file:
        file.write(fresh.name)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(path / CURRENT)
    sync(path)
    # Readers may still be in the generation before; what is older was left by writers that were cut off.
    kept = {fresh, path / keep, before}
    for folder in path.glob("generation-*"):
        if folder not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def current(path: Path) -> Path | None:
    """The folder of the generation in force; ``None`` if there is none, or what is named is no name of one."""
    try:
        name = (path / CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return path / name if re.fullmatch(r"generation-\w+", name) else None
