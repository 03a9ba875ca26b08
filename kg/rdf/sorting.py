"""Sorting more lines than memory holds: sorted runs on disk, merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

#: Lines of a run: some hundred megabytes of memory while it is sorted.
RUN: Final = 400_000
#: Runs that are merged at once; more are merged in rounds, since a process may open so many files only.
WIDTH: Final = 200
BLOCK: Final = 1 << 18  # bytes of a buffer


def sorted_once(batches: Iterable[Iterable[bytes]], scratch: Path | None = None) -> Iterator[bytes]:
    """All lines of the batches, sorted, each once. Each line ends with a line feed and holds no other.

    Memory is bounded by the largest batch. One batch alone never touches the disk.

    :param scratch: a folder for the runs; default: the system's for temporary files.
    """
    with ExitStack() as stack:
        runs: list[IO[bytes]] = []
        last: list[bytes] = []
        for batch in batches:
            if last:
                runs.append(_spilled(last, stack, scratch))
            last = sorted(set(batch))
            if len(runs) == WIDTH:
                runs = [_spilled(_unique(heapq.merge(*runs)), stack, scratch)]
        yield from _unique(heapq.merge(*runs, last)) if runs else last


def _spilled(lines: Iterable[bytes], stack: ExitStack, scratch: Path | None) -> IO[bytes]:
    file = stack.enter_context(tempfile.TemporaryFile(dir=scratch, buffering=BLOCK))  # noqa: SIM115  the stack closes it
    file.writelines(lines)
    file.seek(0)
    return file


def _unique(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = b""
    for line in lines:
        if line != before:
            yield line
            before = line
