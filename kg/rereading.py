"""The evidence of a whole archive read again, on all processors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Final, TypeAlias

from kg.archive import Archive
from kg.beside import made_beside
from kg.errors import EvidenceError
from kg.processors import safe_processes
from kg.rdf.evidence import check_evidence
from kg.records import Violation

#: Articles for which one more process is worth its start.
WORTH: Final = 300

#: The place of an article in the archive, and what is wrong with it.
Found: TypeAlias = tuple[int, list[Violation]]


def reread(folder: Path, *, until: int | None = None, processes: int | None = None) -> list[Violation]:
    """Where the articles of an archive do not say what is cited of them, by article id; the same for any ``processes``.

    :param until: the articles as they stood after the event with that number; default: as they stand now.
    :param processes: at most so many; default: one a processor where forking is safe, else one.
    :raises GraphError: if the archive is damaged.
    """
    with Archive(folder) as archive:
        count = min(processes or safe_processes(), max(1, -(-len(archive) // WORTH)))
    parts = [partial(_part, folder, until, part, count) for part in range(count)]
    with ExitStack() as stack:
        others = [stack.enter_context(made_beside(part)) for part in parts[1:]]
        found = [*parts[0](), *chain.from_iterable(others)]
    return [violation for _, some in sorted(found, key=itemgetter(0)) for violation in some]


def _part(folder: Path, until: int | None, part: int, parts: int) -> Iterator[Found]:
    """What is wrong with every so many-th article."""
    with Archive(folder) as archive:
        for number, record in archive.record_or_fault(until=until, part=part, parts=parts):
            if isinstance(record, EvidenceError):  # so far off that it is no record any more
                wrong = [Violation("violation", record.message, focus=str(record.where), article=record.where)]
            else:
                wrong = check_evidence([record])
            if wrong:
                yield number, wrong
