"""Logs as JSON lines: one object a line, with the moment, the level, the logger, the event and its fields."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError

#: What every record has; the rest are the fields of the event.
COMMON = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JSONLines(logging.Formatter):
    """A log record as a line of JSON in ASCII: whatever a title holds, it is one line and steers no terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        fields = {name: value for name, value in vars(record).items() if name not in COMMON}
        told = {
            "at": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **fields,
        }
        if record.exc_info and record.exc_info[0]:
            told["exception"] = record.exc_info[0].__name__
        return json.dumps(told, ensure_ascii=True, default=str)


def show_logs(form: str, *, level: int = logging.INFO) -> None:
    """Let what all libraries log be seen on stderr, in place of the command line's handler that says nothing."""
    logging.basicConfig(format=form, level=level, force=True)


@contextmanager
def logging_to(target: str | None, *, level: int = logging.INFO) -> Iterator[None]:
    """Append what kg logs to a file, ``-`` being stderr; ``None`` writes nothing.

    :raises OutputError: if the file cannot be opened.
    """
    if target is None:
        yield
        return
    try:
        handler = (
            logging.StreamHandler(sys.stderr) if target == "-" else logging.FileHandler(Path(target), "a", "utf-8")
        )
    except OSError as error:
        raise OutputError(
            f"the log cannot be written: {error.strerror}", where=target, fix="name another file with --log"
        ) from error
    handler.setFormatter(JSONLines())
    logger = logging.getLogger("kg")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        handler.close()
