"""Whether the files of a folder are as they were written: their sizes, times and CRC-32 checksums, kept beside them.

RocksDB, which lies under Oxigraph, takes the numbers in its files at their word, and Oxigraph gathers errors in reading
without end: where a file is cut short or a bit has changed, a query may ask for all the memory there is. So files are
looked at before they are opened: all of them in size and in the time of their last change; in content as many as are
read in no time, and any that was written to or copied since. What a failing disk changes in a large file, without a
change of its time, is found by who reads them all, because they have the time (``kg validate``, ``kg serve`` when it
starts) or because they write.
"""

from __future__ import annotations

import os
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

SUMS: Final = "sums"
#: Files of RocksDB that readers write to, or that hold nothing.
CHANGING: Final = ("LOG", "LOCK")
#: Bytes that are read of a folder when it is opened, the smallest files first: 10 ms.
QUICK: Final = 32_000_000
BLOCK: Final = 1 << 20
SECOND: Final = 1_000_000_000  # in nanoseconds


@dataclass(frozen=True, slots=True)
class _Sum:
    """What is known of a file.

    ``written`` is when, in nanoseconds since 1970; ``name`` is its path in the folder.
    """

    size: int
    checksum: int
    written: int
    name: str


def checksum(data: bytes, before: int = 0) -> int:
    """The CRC-32 of data that follow others with the checksum ``before``."""
    return zlib.crc32(data, before)


def write_sums(folder: Path, known: Mapping[str, int] = MappingProxyType({})) -> None:
    """Note the sizes, times and checksums of all files of a folder, and see that all are on the disk.

    :param known: checksums of files that need not be read again.
    """
    sums = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != SUMS and not path.name.startswith(CHANGING):
            name = path.relative_to(folder).as_posix()
            found = known[name] if name in known else _file_checksum(path)
            _sync(path)
            state = path.stat()
            sums.append(_Sum(state.st_size, found, state.st_mtime_ns, name))
    _note(folder, sums)


def check_sums(folder: Path, *, whole: bool) -> None:
    """See that all files of a folder are there in their sizes; and read them, all of them or some.

    Files that were copied are read once: their new times are noted, where the folder can be written to.

    :raises FileNotFoundError: if the folder is gone.
    :raises OSError: if a file is not as it was written.
    """
    left, sums, later = QUICK, [*_sums(folder)], False
    for n, known in sorted(enumerate(sums), key=lambda it: it[1].size):
        path = folder / known.name
        if not path.is_file() or (state := path.stat()).st_size != known.size:
            raise OSError(f"{path} is not whole")
        changed = not _same_time(known.written, state.st_mtime_ns)
        left -= known.size
        if (whole or changed or left >= 0) and _file_checksum(path) != known.checksum:
            raise OSError(f"{path} is damaged: it is not what was written")
        if changed:
            sums[n], later = replace(known, written=state.st_mtime_ns), True
    if later:
        with suppress(OSError):
            _note(folder, sums)


def _same_time(noted: int, found: int) -> bool:
    """Whether they are one; an archive keeps no fractions of a second."""
    return noted == found or (found % SECOND == 0 and noted // SECOND == found // SECOND)


def _note(folder: Path, sums: Iterable[_Sum]) -> None:
    """Write down what is known of a folder's files, in one step, for others may read it."""
    fresh = folder / f"{SUMS}-{uuid.uuid4().hex[:12]}"
    try:
        with fresh.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{it.size} {it.checksum:08x} {it.written} {it.name}\n" for it in sums)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(folder / SUMS)
    finally:
        fresh.unlink(missing_ok=True)


def _sums(folder: Path) -> Iterator[_Sum]:
    path = folder / SUMS
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            size, found, written, name = line.split(" ", 3)
            yield _Sum(int(size), int(found, 16), int(written), name)
    except ValueError as error:
        raise OSError(f"{path} is damaged: {error}") from error


def _file_checksum(path: Path) -> int:
    found = 0
    with path.open("rb", buffering=0) as file:
        while data := file.read(BLOCK):
            found = checksum(data, found)
    return found


def _sync(path: Path) -> None:
    with path.open("rb+", buffering=0) as file:
        os.fsync(file.fileno())
