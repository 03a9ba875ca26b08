"""The files of a generation of a store: written once, checked when they are opened, never changed.

``graph.nq``
    The graph as canonical lines, for what reads it whole.
``graphs``
    Where in these lines each named graph stands.
``index``
    The Oxigraph database that queries read.
``keys-2.db``
    What statements are ordered and chosen by (:mod:`kg.rdf.keys`).
``named``
    The index with the named graphs in it, made at the first query that asks for one with a variable.
``sums``
    Sizes, times and checksums of the files (:mod:`kg.rdf.checksums`); ``named`` has its own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.rdf.checksums import check_sums, checksum, write_sums
from kg.rdf.keys import KeysWriter
from kg.rdf.lines import Graph
from kg.rdf.loading import Loading, add_named
from kg.rdf.shelf import Shelf

#: The number changes with its tables, so that a store of an older kg is made anew.
KEYS: Final = "keys-2.db"
LINES: Final = "graph.nq"
GRAPHS: Final = "graphs"
INDEX: Final = "index"
NAMED: Final = "named"

#: Where each named graph stands in the lines: its first byte and how many it has.
Places = Mapping[str, tuple[int, int]]


def write_generation(graphs: Iterable[Graph], folder: Path) -> None:
    """Write all files of a generation, and see that they are on the disk."""
    folder.mkdir()
    places, lines = _fill(graphs, folder)
    with (folder / GRAPHS).open("w", encoding="utf-8", newline="\n") as listing:
        listing.writelines(f"{start} {length} {graph}\n" for graph, (start, length) in places.items())
    write_sums(folder, {LINES: lines})
    sync(folder)


def _fill(graphs: Iterable[Graph], folder: Path) -> tuple[Places, int]:
    """Write the lines and the index, and close the index: only then do its files stay as they are.

    Returns where the graphs stand in the lines, and the checksum of these.
    """
    db = ox.Store(str(folder / INDEX))
    lines = 0
    with Shelf(folder) as shelf, Loading(db) as loading, KeysWriter(folder / KEYS) as keys:
        for graph, triples in graphs:
            data = shelf.put(graph, triples)
            loading.put(graph, data)
            keys.put(graph, data)
        keys.end()
        loading.end()
        with (folder / LINES).open("wb") as file:

            def write(block: bytes) -> None:
                nonlocal lines
                lines = checksum(block, lines)
                file.write(block)

            places = placed(shelf.take(), write)
    db.flush()
    return places, lines


def placed(blocks: Iterable[tuple[str, bytes]], write: Callable[[bytes], object]) -> dict[str, tuple[int, int]]:
    """Write the blocks of named graphs; returns where each graph then stands."""
    places: dict[str, tuple[int, int]] = {}
    at = 0
    for graph, block in blocks:
        write(block)
        start, length = places.get(graph, (at, 0))
        places[graph] = (start, length + len(block))
        at += len(block)
    return places


def read_places(folder: Path) -> Places:
    """Where each named graph of a generation stands in its lines.

    :raises OSError: if that cannot be read; ``ValueError``: if it is something else.
    """
    found = {}
    for line in (folder / GRAPHS).read_text(encoding="utf-8").splitlines():
        start, length, graph = line.split(" ", 2)
        found[graph] = (int(start), int(length))
    return found


def check_generation(folder: Path) -> None:
    """Read all files of a generation, and see that they are as they were written.

    :raises OSError: if one is not.
    """
    check_sums(folder, whole=True)
    if (folder / NAMED).is_dir():
        check_sums(folder / NAMED, whole=True)


def open_named(folder: Path, blocks: Iterator[bytes]) -> tuple[ox.Store, object]:
    """The database with the named graphs in it; and what must be kept as long as it is in use.

    It is kept beside the index or, where nothing can be written, made anew for this process.

    :param blocks: the graph's canonical lines.
    :raises OSError: if the disk is full; ``RuntimeError`` or ``ValueError``: if files are damaged.
    """
    kept = folder / NAMED
    if not kept.is_dir():
        try:
            scratch = tempfile.TemporaryDirectory(dir=folder, prefix="new-", ignore_cleanup_errors=True)
        except PermissionError:
            scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            return _filled(folder, Path(scratch.name) / NAMED, blocks), scratch
        with scratch:
            fresh = Path(scratch.name) / NAMED
            _filled(folder, fresh, blocks)
            try:
                fresh.rename(kept)
            except OSError:
                if not kept.is_dir():  # else another process was faster
                    raise
    check_sums(kept, whole=False)
    return ox.Store.read_only(str(kept)), None


def _filled(folder: Path, target: Path, blocks: Iterator[bytes]) -> ox.Store:
    ox.Store.read_only(str(folder / INDEX)).backup(str(target))  # its files are linked, not copied
    add_named(ox.Store(str(target)), blocks)
    write_sums(target)
    sync(target)
    return ox.Store.read_only(str(target))


def generation_lines(path: Path, generation: str) -> Path | None:
    """The canonical lines of a generation of the store in ``path``, if they are still there."""
    file = path / generation / LINES
    return file if generation and file.is_file() else None


def sync(folder: Path) -> None:
    """Put the names of a folder's files on the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
