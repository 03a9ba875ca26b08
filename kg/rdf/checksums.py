"""Whether the files of a folder are as they were written: their sizes and CRC-32 checksums, kept beside them.

RocksDB, which lies under Oxigraph, takes the numbers in its files at their word, and Oxigraph gathers errors in reading
without end: where a file is cut short or a bit has changed, a query may ask for all the memory there is. So files are
looked at before they are opened: all of them in size, and in content as many as are read in no time. To read them all
is for who has the time (``kg validate``, ``kg serve`` when it starts) and for who writes.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

SUMS: Final = "sums"
#: Files of RocksDB that readers write to, or that hold nothing.
CHANGING: Final = ("LOG", "LOCK")
#: Bytes that are read of a folder when it is opened, the smallest files first: 10 ms.
QUICK: Final = 32_000_000
BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class _Sum:
    """What is known of a file. ``name`` is its path in the folder."""

    size: int
    checksum: int
    name: str


def checksum(data: bytes, before: int = 0) -> int:
    """The CRC-32 of data that follow others with the checksum ``before``."""
    return zlib.crc32(data, before)


def write_sums(folder: Path, known: Mapping[str, int] = MappingProxyType({})) -> None:
    """Note the sizes and checksums of all files of a folder, and see that all are on the disk.

    :param known: checksums of files that need not be read again.
    """
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != SUMS and not path.name.startswith(CHANGING):
            name = path.relative_to(folder).as_posix()
            found = known[name] if name in known else _file_checksum(path)
            lines.append(f"{path.stat().st_size} {found:08x} {name}\n")
            _sync(path)
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    _sync(folder / SUMS)


def check_sums(folder: Path, *, whole: bool) -> None:
    """See that all files of a folder are there in their sizes; and read them, all of them or some.

    :raises FileNotFoundError: if the folder is gone.
    :raises OSError: if a file is not as it was written.
    """
    left = QUICK
    for known in sorted(_sums(folder), key=lambda it: it.size):
        path = folder / known.name
        if not path.is_file() or path.stat().st_size != known.size:
            raise OSError(f"{path} is not whole")
        left -= known.size
        if (whole or left >= 0) and _file_checksum(path) != known.checksum:
            raise OSError(f"{path} is damaged: it is not what was written")


def _sums(folder: Path) -> Iterator[_Sum]:
    path = folder / SUMS
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            size, found, name = line.split(" ", 2)
            yield _Sum(int(size), int(found, 16), name)
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
