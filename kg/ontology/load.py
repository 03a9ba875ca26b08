"""The front door: files to :class:`Ontology`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg import ids
from kg.errors import KGError, VocabularyError
from kg.ontology.model import Ontology
from kg.ontology.reader import Reader
from kg.ontology.source import Source, read_source

#: The shipped files: the classes and relations, and the terms in which statements are recorded.
SHIPPED = ("news.ttl", "records.ttl")


def vocabulary_path(name: str) -> Path:
    """Where a shipped vocabulary file is: inside the installed package or, in a checkout, beside it."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "ontologies" / name
    return installed if installed.exists() else package.parent / "ontologies" / name


def load_ontology(*paths: Path) -> Ontology:
    """The shipped ontology, extended by the files at ``paths``. The same files, unchanged, are read once a process.

    :raises VocabularyError: with every fault of every file: the file, the line, the term and the fix.
    """
    return _load(tuple((path, _stamp(path)) for path in [*map(vocabulary_path, SHIPPED), *map(Path, paths)]))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=16)
def _load(stamped: tuple[tuple[Path, tuple[int, int]], ...]) -> Ontology:
    sources: list[Source] = []
    faults: list[KGError] = []
    for path, _ in stamped:
        try:
            sources.append(read_source(path))
        except KGError as fault:
            faults.append(fault)
    if faults:  # what the others refer to may stand in the file that could not be read
        raise VocabularyError(faults)
    reader = Reader(sources, shipped=len(SHIPPED))
    ontology = reader.ontology(ids.digest(*(source.text for source in sources)))
    if reader.faults:
        raise VocabularyError(reader.faults)
    return ontology
