"""How many processors there are to work with."""

from __future__ import annotations

import os
import sys

#: Whether a process is made by copying this one; elsewhere a copy may not use what the system's own libraries hold.
FORKS = sys.platform == "linux"


def processors() -> int:
    """How many processors this process may use; at least one."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def safe_processes() -> int:
    """How many processes may share the work of one that was not asked for any: one where forking is not safe.

    A fork copies the calling thread alone, and locks as the other threads hold them; a daemonic process (of a
    :class:`multiprocessing.Pool`) may have no children.
    """
    import multiprocessing
    import threading

    safe = FORKS and threading.active_count() == 1 and not multiprocessing.current_process().daemon
    return processors() if safe else 1
