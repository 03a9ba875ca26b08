"""Files of what larger models say of texts that nobody annotated: JSON lines, compressed, with the ``id`` of a text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.errors import InputError
from kg.training.corpora import lines


def write(path: Path, answers: Iterable[Mapping[str, Any]]) -> None:
    """Write a file; of the same answers it has the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        for line in answers:
            file.write((json.dumps(line, separators=(",", ":")) + "\n").encode())


def with_texts(path: Path, texts: Iterable[tuple[str, str | Doc]]) -> Iterator[tuple[str | Doc, Mapping[str, Any]]]:
    """The texts that a file has answers about, with these, in the order of ``texts``, which have their ids.

    :raises InputError: if a text is missing.
    """
    waiting = {line["id"]: line for line in map(json.loads, lines(path))}
    for id, text in texts:
        if (line := waiting.pop(id, None)) is not None:
            yield text, line
    if waiting:
        fix = "take the corpora that were asked about"
        raise InputError(f"no text for {next(iter(waiting))}", where=str(path), fix=fix)
