"""The most memory that processes have held, and how it is managed while much is made that stays."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def most_memory() -> int:
    """Bytes. What Linux tells of a process counts from its start; elsewhere that of the one it came from counts too."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except FileNotFoundError:
        return _most("RUSAGE_SELF")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def most_memory_of_children() -> int:
    """Bytes that any one of the processes held that this one has started and waited for, or of those that these did."""
    return _most("RUSAGE_CHILDREN")


def _most(whose: str) -> int:
    import resource  # not there on Windows

    held: int = resource.getrusage(getattr(resource, whose)).ru_maxrss
    return held * (1 if sys.platform == "darwin" else 1024)


@contextmanager
def no_garbage() -> Iterator[None]:
    """For work that makes a million objects, all of which stay until it is done.

    Python looks for garbage that refers to itself each time that objects have become a quarter more, and goes through
    all of them to do so: a fifth of the time, for nothing. Other garbage goes at once, as ever.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
