"""Answers of everything, kept beside the index once they took long: a generation never changes, so neither do they."""

from __future__ import annotations

import io
import os
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.rdf.sparql import Hints, Solutions, asked
from kg.rdf.store import Store

ANSWERS: Final = "answers"
LONG: Final = 1.0  # seconds


def kept_or_asked(
    store: Store, text: str, *, name: str, facts: bool, where: str, hints: Hints, most: int | None = None
) -> Solutions:
    """The answer to a query that takes no parameters, from its file if it was asked before.

    :param name: what the query is called, and no other.
    :param most: rows that are wanted.
    :raises QueryError, GraphError: as :func:`kg.rdf.sparql.evaluate` does.
    """
    folder = store.folder and store.folder / ANSWERS
    file = folder and folder / f"{name}{'-facts' if facts else ''}.json"
    if file and file.is_file():
        with store.faults(), file.open("rb") as answer:
            return _first(answer, most)
    start = time.perf_counter()
    with asked(store, text, facts=facts, where=where, hints=hints) as found:
        data = io.BytesIO()
        found.serialize(data, ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
    if file and time.perf_counter() - start > LONG:
        _keep(data.getvalue(), file)
    data.seek(0)
    return _first(data, most)


def _keep(data: bytes, file: Path) -> None:
    """Write it whole or, where nothing can be written, not at all: the answer is known anyway."""
    try:
        file.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as fresh:
            fresh.write(data)
        os.replace(fresh.name, file)
    except OSError:
        return


def _first(answer: IO[bytes], most: int | None) -> Solutions:
    found = ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    return Solutions(columns, tuple(tuple(row) for row in islice(found, most)))
