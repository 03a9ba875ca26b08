"""Sources to articles: one reader a format, each a generator of :class:`~kg.records.Article`.

A source that cannot be read is reported with its fix, and the others are read all the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.documents.checks import quoted, unopenable
from kg.documents.folders import files_within
from kg.documents.html import read_html
from kg.documents.jsonl import read_jsonl
from kg.documents.markdown import read_markdown
from kg.documents.text import read_text
from kg.errors import InputError
from kg.records import Article

__all__ = ["READERS", "read_documents"]

Report = Callable[[InputError], None]
Reader = Callable[[Path, Report], Iterator[Article]]

#: The formats that are read, by the suffix of the file's name.
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
}


def read_documents(sources: Iterable[str | os.PathLike[str]], *, on_error: Report | None = None) -> Iterator[Article]:
    """The articles in files and folders, folders searched through in the order of their names.

    :param sources: paths. In a folder, hidden files and formats that are not read are passed over, and links that lead
        out of it are faults.
    :param on_error: called with each fault, after which reading goes on; without it the first fault is raised.
    :raises InputError: the first fault, where ``on_error`` is not given.
    """
    report = on_error or _raise
    first: dict[str, Path] = {}
    for path in _files(sources, report):
        try:
            for article in READERS[path.suffix.lower()](path, report):
                if article.id in first:
                    report(_duplicate(article, path, first[article.id]))
                else:
                    first[article.id] = path
                    yield article
        except InputError as error:
            report(error)


def _raise(error: InputError) -> None:
    raise error


def _duplicate(article: Article, path: Path, before: Path) -> InputError:
    return InputError(
        f"the article id {quoted(article.id)} was already read from {before}",
        where=str(path),
        fix="leave one of the two out, or give them different ids",
    )


def _files(sources: Iterable[str | os.PathLike[str]], report: Report) -> Iterator[Path]:
    """The files to read, each once."""
    seen = set()
    for source in sources:
        path = Path(source)
        try:
            if source == "":  # which pathlib takes for the folder we are in
                raise InputError("the name of a source is empty", fix="name a file or folder; here is .")
            found = _expand(path, report)
        except InputError as error:
            report(error)
            continue
        except OSError as error:
            report(unopenable(path, error))
            continue
        for file in found:
            key = file.resolve()
            if key not in seen:
                seen.add(key)
                yield file


def _expand(path: Path, report: Report) -> list[Path]:
    formats = ", ".join(READERS)
    if path.is_dir():
        found = sorted(files_within(path, READERS, report))
        if not found:
            raise InputError("the folder holds no articles", where=str(path), fix=f"kg reads {formats} files")
        return found
    if not path.exists():
        raise InputError("there is no such file or folder", where=str(path), fix="check the path")
    if path.suffix.lower() not in READERS:
        kind = f"{path.suffix} files are" if path.suffix else "a file without a suffix is"
        raise InputError(f"{kind} not read", where=str(path), fix=f"convert or rename it: kg reads {formats} files")
    if not path.is_file():  # a pipe may never end, nor begin
        raise InputError("is no regular file", where=str(path), fix="save what it gives in a file")
    return [path]
