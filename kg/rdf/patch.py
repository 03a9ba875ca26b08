"""What changed between two graphs, as RDF Patch (https://afs.github.io/rdf-patch/): ``A`` a quad came, ``D`` it went.

Both graphs are canonical lines, so one pass over the two finds the difference, however large they are.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.errors import GraphError
from kg.rdf.lines import order

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

CAME: Final = b"A"
WENT: Final = b"D"
Row: TypeAlias = tuple[bytes, bytes]
LEVEL: Final = 4  # of compression: half the time of the usual one for a tenth more bytes


def lines_of(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks as lines, without their ends."""
    for block in blocks:
        yield from block.rstrip(b"\n").split(b"\n")


def differences(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Row]:
    """What went and what came, in canonical order. Both are given as canonical lines."""
    befores, afters = iter(old), iter(new)
    before, after = next(befores, None), next(afters, None)
    while before is not None or after is not None:
        if before == after:
            before, after = next(befores, None), next(afters, None)
        elif after is None or (before is not None and order(before) < order(after)):
            assert before is not None
            yield WENT, before
            before = next(befores, None)
        else:
            yield CAME, after
            after = next(afters, None)


def write_patch(rows: Iterable[Row], out: SupportsWrite[bytes], *, id: str = "", previous: str = "") -> tuple[int, int]:
    """Write a patch, one transaction. Returns how many quads came and how many went.

    :param id: an IRI for the patch; ``previous``: that of the patch before it.
    """
    if id:
        out.write(f"H id <{id}> .\n".encode())
    if previous:
        out.write(f"H prev <{previous}> .\n".encode())
    out.write(b"TX .\n")
    came = went = 0
    for row in rows:
        if row[0] == CAME:
            came += 1
        else:
            went += 1
        out.write(b"%s %s\n" % row)
    out.write(b"TC .\n")
    return came, went


def read_patch(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows of a patch."""
    for line in lines:
        if line.startswith((b"A ", b"D ")):
            yield line[:1], line[2:].rstrip(b"\n")


def undone(lines: Iterable[bytes], rows: Iterable[Row]) -> Iterator[bytes]:
    """The lines as they were before a patch.

    :raises GraphError: if the patch does not fit them.
    """
    backwards = ((WENT if op == CAME else CAME, line) for op, line in rows)
    return applied(lines, backwards)


def applied(lines: Iterable[bytes], rows: Iterable[Row]) -> Iterator[bytes]:
    """Canonical lines with a patch in canonical order applied.

    :raises GraphError: if the patch does not fit them: a quad that goes is not there, or one that comes is.
    """
    kept, changes = iter(lines), iter(rows)
    line, row = next(kept, None), next(changes, None)
    while line is not None or row is not None:
        if row is None or (line is not None and line != row[1] and order(line) < order(row[1])):
            assert line is not None
            yield line
            line = next(kept, None)
        elif (row[0] == WENT) != (line == row[1]):
            raise GraphError("the patch does not fit the graph", where=row[1].decode("utf-8", "replace")[:200])
        else:
            if row[0] == WENT:
                line = next(kept, None)
            else:
                yield row[1]
            row = next(changes, None)


def save_patch(rows: Iterable[Row], path: Path, *, id: str, previous: str) -> tuple[int, int]:
    """Write a patch to a compressed file, whole or not at all; none if nothing changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("wb") as file:
            with gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=file, mtime=0) as packed:
                came, went = write_patch(rows, packed, id=id, previous=previous)
            file.flush()
            os.fsync(file.fileno())
        if came or went:
            fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return came, went


def load_patch(path: Path) -> Iterator[Row]:
    """The rows of a compressed patch.

    :raises GraphError: if it is not there or damaged.
    """
    try:
        with gzip.open(path, "rb") as file:
            yield from read_patch(file)
    except (OSError, EOFError, zlib.error) as error:
        raise GraphError(
            f"the history is damaged: {error}", where=str(path), fix="restore it from a copy; the graph itself is whole"
        ) from error
