"""Builds a graph where there is not enough room, then where there is.

usage: full_disk.py FOLDER LIMIT…      room for one file, in bytes (a limit of the process)
       full_disk.py FOLDER --tmpfs LIMIT…   room for all, in bytes (a file system; needs `unshare -Urm`)
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from killed_builds import articles, stored
from reading_factory import FakeReader, read_meetings

from kg import reading, vocabulary
from kg.build import add, build
from kg.errors import GraphError, KGError, OutputError
from kg.graph import Graph

ROOM = 200 << 20  # bytes: enough


def limit_files(size: int | None) -> None:
    """How large a file may get from now on."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


def mount(folder: Path, size: int | None) -> None:
    """A file system of that size in ``folder``; ``None`` gives the one that is there enough room."""
    how = ["remount", f"size={ROOM}"] if size is None else [f"size={size}"]
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(how), "none", str(folder)], check=True)


def attempt(folder: Path, restrict: Callable[[int | None], None], size: int) -> str:
    """Build with too little room, look at what is there, and go on with enough. Returns the error's message."""
    given = articles(random.Random(size), 40)
    whole = {article.id: read_meetings(article) for article in given}
    restrict(size)
    message = ""
    try:
        build(given, folder)
    except (OutputError, GraphError) as error:
        message = str(error)
        assert error.fix
    try:
        Graph(folder).summary()
    except KGError as error:
        assert error.fix
    restrict(None)
    there = stored(folder)
    assert all(whole[id] == record for id, record in (there or {}).items()), "half an article"
    graph = build(given, folder) if there is None else add(folder, given)
    assert graph.summary().articles == len(given)
    assert len(stored(folder)) == len(given)
    again = build(given)
    for one, name in ((graph, "1.trig"), (again, "2.trig")):
        one.export(folder.parent / name)
    assert (folder.parent / "1.trig").read_bytes() == (folder.parent / "2.trig").read_bytes()
    return message


def main(scratch: Path, tmpfs: bool, sizes: list[int]) -> None:
    """Print the message of each attempt, empty where the room sufficed."""
    shipped = vocabulary.load_vocabulary()
    vocabulary.load_vocabulary = lambda *own: shipped  # type: ignore[assignment]
    reading.load_reader = lambda vocabulary, **options: FakeReader()  # type: ignore[assignment,misc,return-value]
    messages = []
    for number, size in enumerate(sizes):
        folder = scratch / str(number)
        folder.mkdir()

        def restrict(size: int | None, folder: Path = folder) -> None:
            if tmpfs:
                mount(folder, size)
            else:
                limit_files(size)

        messages.append(attempt(folder / "graph", restrict, size))
    sys.stdout.write(json.dumps(messages))
    sys.stdout.flush()
    os._exit(0)  # temporary graphs lie in other places; what is mounted goes with the namespace


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--tmpfs"]
    main(Path(arguments[0]), "--tmpfs" in sys.argv, [int(size) for size in arguments[1:]])
