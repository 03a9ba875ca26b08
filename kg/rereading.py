"""The evidence of a whole archive read again, on all processors."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, TypeAlias

from kg.archive import Archive
from kg.errors import EvidenceError
from kg.processors import safe_processes
from kg.rdf.evidence import check_evidence
from kg.records import Violation

#: Articles for which one more process is worth its start.
WORTH: Final = 300

#: For some articles, by the place of each in the archive, what is wrong with it.
Found: TypeAlias = list[tuple[int, list[Violation]]]


def reread(folder: Path, *, until: int | None = None, processes: int | None = None) -> list[Violation]:
    """Where the articles of an archive do not say what is cited of them, by article id; the same for any ``processes``.

    :param until: the articles as they stood after the event with that number; default: as they stand now.
    :param processes: at most so many; default: one a processor where forking is safe, else one.
    :raises GraphError: if the archive is damaged.
    """
    with Archive(folder) as archive:
        count = min(processes or safe_processes(), max(1, -(-len(archive) // WORTH)))
    with _helpers(folder, until, count) as helpers:
        found = _part(folder, until, 0, count)
        for part, helper in enumerate(helpers, 1):
            try:
                found += helper.recv()
            except (EOFError, OSError, pickle.UnpicklingError):  # it was ended from outside, or met a fault: as we will
                found += _part(folder, until, part, count)
    return [violation for _, some in sorted(found, key=lambda one: one[0]) for violation in some]


def _part(folder: Path, until: int | None, part: int, parts: int) -> Found:
    """What is wrong with every so many-th article."""
    found: Found = []
    with Archive(folder) as archive:
        for number, record in archive.record_or_fault(until=until, part=part, parts=parts):
            if isinstance(record, EvidenceError):  # so far off that it is no record any more
                wrong = [Violation("violation", record.message, focus=str(record.where), article=record.where)]
            else:
                wrong = check_evidence([record])
            if wrong:
                found.append((number, wrong))
    return found


@contextmanager
def _helpers(folder: Path, until: int | None, parts: int) -> Iterator[list[Connection]]:
    """Processes that do all parts but the first, each behind what it sends its result through. Left, it ends them."""
    processes, results = [], []
    try:
        for part in range(1, parts):
            result, sender = multiprocessing.Pipe(duplex=False)
            process = multiprocessing.get_context("fork").Process(
                target=_help, args=(sender, folder, until, part, parts), daemon=True
            )
            with warnings.catch_warnings():
                # Python warns of any thread at a fork; those of Oxigraph and numpy are not asked anything there.
                warnings.simplefilter("ignore", DeprecationWarning)
                with suppress(OSError):  # there may be no more of them
                    process.start()
                    processes.append(process)
            sender.close()
            results.append(result)
        yield results
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _help(sender: Connection, folder: Path, until: int | None, part: int, parts: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it reaches all processes of a terminal: the first ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    sender.send(_part(folder, until, part, parts))
