"""The most memory that this process has held."""

from __future__ import annotations

import sys
from pathlib import Path


def most_memory() -> int:
    """Bytes. What Linux tells of a process counts from its start; elsewhere that of the one it came from counts too."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except FileNotFoundError:
        import resource  # not there on Windows

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))
