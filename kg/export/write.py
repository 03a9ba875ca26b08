"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from kg.errors import OutputError
from kg.export.networks import gexf, graphml
from kg.export.readings import jsonl
from kg.export.tables import statements_csv
from kg.network import network
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import serialise
from kg.rdf.store import Store
from kg.records import ArticleRecord, Resolution

Writer = Callable[[Store, Iterable[ArticleRecord], Resolution], bytes]


def _rdf(suffix: str, store: Store, records: Iterable[ArticleRecord], resolution: Resolution) -> bytes:
    return serialise(store.lines, suffix, prefixes=prefixes(store.base))


def _graphml(store: Store, records: Iterable[ArticleRecord], resolution: Resolution) -> bytes:
    return graphml(network(store))


def _gexf(store: Store, records: Iterable[ArticleRecord], resolution: Resolution) -> bytes:
    return gexf(network(store))


def _csv(store: Store, records: Iterable[ArticleRecord], resolution: Resolution) -> bytes:
    return statements_csv(network(store))


def _jsonl(store: Store, records: Iterable[ArticleRecord], resolution: Resolution) -> bytes:
    return jsonl(records, resolution)


WRITERS: Final[Mapping[str, Writer]] = {
    **{suffix: partial(_rdf, suffix) for suffix in ("ttl", "trig", "nq", "nt", "jsonld", "rdf")},
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
    "jsonl": _jsonl,
}
#: The suffixes that can be written.
FORMATS: Final = tuple(WRITERS)


def export(
    path: Path, store: Store, records: Iterable[ArticleRecord] = (), resolution: Resolution | None = None
) -> None:
    """Write the graph to ``path``, in the format of its suffix (:data:`FORMATS`). The same graph gives the same bytes.

    :param records: the archive's records, and what their mentions stand for: read for ``.jsonl`` alone.
    :raises OutputError: if the suffix is none of these, or the file cannot be written; an older file then stays.
    """
    writer = WRITERS.get(path.suffix.removeprefix(".").lower())
    if writer is None:
        raise OutputError(
            f"there is no format {path.suffix!r}" if path.suffix else "the file has no suffix to tell the format by",
            where=str(path),
            fix=f"end the file's name in one of: {', '.join('.' + suffix for suffix in FORMATS)}",
        )
    write_bytes(path, writer(store, records, resolution or Resolution({}, {})))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file in one step: beside it first, then in its place.

    :raises OutputError: if it cannot be written; no half of it is left, and an older file stays.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder", str(path))
        target = Path(os.path.realpath(path))  # what a link points to is replaced, not the link
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a device or a pipe, such as /dev/stdout
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}-", suffix=".tmp")
        try:
            with open(handle, "wb") as file:
                file.write(data)
            os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            os.replace(name, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise OutputError(
            f"the file cannot be written: {error.strerror or error}",
            where=str(path),
            fix="check that the folder exists, that you may write to it and that there is space",
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
