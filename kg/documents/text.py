"""Plain text. A short first line with a blank line after it is the title; a date may stand in the file's name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.documents.checks import check_text, clean, decode, read_bytes
from kg.errors import InputError
from kg.ids import article_id
from kg.records import Article

MAX_TITLE = 150  # characters; a longer first line is a paragraph
_TITLE = re.compile(rf"\s*(\S[^\n]{{0,{MAX_TITLE - 1}}})\n[ \t]*\n\s*(?=\S)")
_DATE = re.compile(r"(?<!\d)(\d{4})-?(\d\d)-?(\d\d)(?!\d)")


def read_text(path: Path, report: Callable[[InputError], None]) -> Iterator[Article]:
    """The article in a ``.txt`` file."""
    where = str(path)
    text = clean(decode(read_bytes(path), where)).strip()
    title = title_of(path)
    found = _TITLE.match(text)
    if found and not found[1].rstrip().endswith((".", ",", ";", ":", ".”", '."')):
        title, text = found[1].strip(), text[found.end() :]
    text = check_text(text, where)
    source = source_of(path)
    yield Article(article_id(source, text), title, text, date_of(path), source)


def source_of(path: Path) -> str:
    """The file's name, as the source of an article that names no other. Not its folder: moving it changes no graph."""
    return clean(path.name)


def title_of(path: Path) -> str:
    """A title made of the file's name, for a text that brings none."""
    return clean(_DATE.sub("", path.stem).replace("_", " ").replace("-", " ")).strip() or path.stem


def date_of(path: Path) -> dt.date | None:
    """The day in a file's name such as ``2024-10-24-visit.txt``."""
    found = _DATE.search(path.stem)
    if not found:
        return None
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:  # digits that are no date
        return None
