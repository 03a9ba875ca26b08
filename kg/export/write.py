"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from kg.errors import OutputError
from kg.export.networks import gexf, graphml
from kg.export.readings import jsonl
from kg.export.tables import statements_csv
from kg.network import network
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import write
from kg.rdf.store import Store
from kg.records import ArticleRecord, Resolution

if TYPE_CHECKING:
    import networkx as nx

Writer = Callable[[IO[bytes], Store, Iterable[ArticleRecord], Resolution], None]


def _rdf(suffix: str, out: IO[bytes], store: Store, records: Iterable[ArticleRecord], resolution: Resolution) -> None:
    write(store.blocks(), suffix, out, prefixes=prefixes(store.base))


def _network(
    form: Callable[[nx.MultiDiGraph[str]], bytes],
    out: IO[bytes],
    store: Store,
    records: Iterable[ArticleRecord],
    resolution: Resolution,
) -> None:
    out.write(form(network(store)))


def _jsonl(out: IO[bytes], store: Store, records: Iterable[ArticleRecord], resolution: Resolution) -> None:
    for record in records:
        out.write(jsonl([record], resolution))


WRITERS: Final[Mapping[str, Writer]] = {
    **{suffix: partial(_rdf, suffix) for suffix in ("ttl", "trig", "nq", "nt", "jsonld", "rdf")},
    "graphml": partial(_network, graphml),
    "gexf": partial(_network, gexf),
    "csv": partial(_network, statements_csv),
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
    write_file(path, lambda out: writer(out, store, records, resolution or Resolution({}, {})))


def write_file(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """Write a file in one step: beside it first, then in its place.

    :param fill: writes the content to the file that it is given.
    :raises OutputError: if it cannot be written; no half of it is left, and an older file stays.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder", str(path))
        target = Path(os.path.realpath(path))  # what a link points to is replaced, not the link
        if target.exists() and not target.is_file():
            with target.open("wb") as device:  # a device or a pipe, such as /dev/stdout
                fill(device)
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}-", suffix=".tmp")
        try:
            with open(handle, "wb") as file:
                fill(file)
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
