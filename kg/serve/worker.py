"""A worker's process: reads tasks from its input, one a line, and writes the replies to its output.

It holds itself to its limits, so that it ends even if the server no longer looks after it: the kernel's alarm ends it
where a task takes too long, and a limit on its memory where that grows too large. When its input ends, so does it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from kg.serve.desk import Desk
from kg.serve.tasks import reply_to

GRACE = 2.0  # seconds that the server has to end it first


def main(arguments: list[str]) -> None:
    """``python -m kg.serve.worker SETTINGS``, with the settings as JSON."""
    settings = json.loads(arguments[0])
    _limit_memory(settings["memory"])
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever is printed by mistake is no reply
    desk = Desk(Path(settings["store"]), settings["title"], answer=settings["answer"])
    output.write(b"ready\n")
    output.flush()
    serve(desk, sys.stdin.buffer, output, seconds=settings["seconds"] + GRACE)


def serve(desk: Desk, tasks: BinaryIO, output: BinaryIO, *, seconds: float) -> None:
    """Reply to tasks until there are no more."""
    for line in tasks:
        task: dict[str, Any] = json.loads(line)
        _alarm(seconds)
        reply = reply_to(desk, task)
        _alarm(0)
        output.write(reply.head())
        output.write(reply.body)
        output.flush()


def _alarm(seconds: float) -> None:
    """End the process after so many seconds; 0 takes that back. The kernel does it, whatever runs then."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(most: int) -> None:
    """Let allocations beyond so many bytes fail, where the system knows how to."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or most <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


if __name__ == "__main__":
    main(sys.argv[1:])
