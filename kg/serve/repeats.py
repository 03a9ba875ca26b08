"""What is logged again and again is told now and then: a client that sends nonsense fills no log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

MOST: Final = 1000  # messages that are known at a time


class Repeats(logging.Filter):
    """Lets each message through once in a while, with how often it came since.

    :param seconds: how long a message is held back after it was told.
    :param clock: tells the time, in seconds since some moment.
    """

    def __init__(self, seconds: float = 10.0, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.seconds, self.clock = seconds, clock
        self._told: dict[tuple[str, str], tuple[float, int]] = {}  # when it was last told, and how often it came since

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is told. Messages are one if they differ in what is put into them only."""
        key, now = (record.name, str(record.msg)), self.clock()
        last, since = self._told.get(key, (float("-inf"), 0))
        if now - last < self.seconds:
            self._told[key] = last, since + 1
            return False
        if since:
            record.msg, record.args = f"{record.getMessage()} (and {since:,} times more since the last)", None
        if len(self._told) >= MOST:
            self._told.clear()
        self._told[key] = now, 0
        return True
