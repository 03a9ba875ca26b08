"""Standard streams that are closed, or lead to where there is no room."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kg.errors import OutputError

#: What writing fails with where the program did nothing wrong. A pipe that is closed is click's.
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def open_streams() -> None:
    """Let what is closed lead to nowhere: else the next file that is opened, a database maybe, were taken for it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
        if getattr(sys, name) is None:
            stream = open(os.devnull, "w" if number else "r", encoding="utf-8")  # noqa: SIM115  as long as the process
            setattr(sys, name, stream)


@contextmanager
def results_written() -> Iterator[None]:
    """What is printed within is written.

    :raises OutputError: if it cannot be; errors of named files pass.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM or error.filename is not None:
            raise
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  it would try once more when it ends
        raise OutputError(
            f"the result cannot be written: {error.strerror}", fix="make room, or lead the output elsewhere"
        ) from error
