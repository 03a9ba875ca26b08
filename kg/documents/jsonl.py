"""JSON Lines: ``{"id", "title", "date", "text", "source"}``. The text is kept as it stands: offsets count in it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.documents.checks import check_characters, check_language, check_text, decode, parse_date, unopenable
from kg.documents.text import source_of
from kg.errors import InputError
from kg.ids import article_id
from kg.records import Article

MAX_LINE = 16 * 2**20  # bytes; no article is that long, so the file is something else
MAX_ID = 200  # characters
MAX_FAULTS = 100  # in a row: such a file is no JSON Lines
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LINE_FORM = (
    'each line is an object such as {"id": "a1", "title": "…", "date": "2024-10-24", "text": "…", "source": "…"}'
)


def read_jsonl(path: Path, report: Callable[[InputError], None]) -> Iterator[Article]:
    """The articles in a ``.jsonl`` file. A line that cannot be read is reported, and the next ones are read.

    ``text`` is needed; further keys, such as those of annotated records, are passed over.
    """
    try:
        with path.open("rb") as file:
            number = faults = 0
            while line := file.readline(MAX_LINE):
                number += 1
                where = f"{path}:{number}"
                if faults == MAX_FAULTS:
                    raise InputError(
                        f"{faults} lines in a row cannot be read; the rest is passed over", where=where, fix=LINE_FORM
                    )
                if b"\x00" in line and not line.startswith(MARKS):
                    raise InputError("is binary, not text", where=where, fix="convert it to text, or leave it out")
                try:
                    if len(line) == MAX_LINE and not line.endswith(b"\n"):
                        while line and not line.endswith(b"\n"):
                            line = file.readline(MAX_LINE)
                        raise InputError(f"the line is longer than {MAX_LINE:,} bytes", where=where, fix=LINE_FORM)
                    if line.strip():
                        yield _article(decode(line, where), path, where)
                    faults = 0
                except InputError as error:
                    faults += 1
                    report(error)
    except OSError as error:
        raise unopenable(path, error) from error
    if not number:
        raise InputError("the file is empty", where=str(path), fix="leave it out, or fill it")


def _article(line: str, path: Path, where: str) -> Article:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the line is not JSON: {error}", where=where, fix=LINE_FORM) from error
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise InputError('the line has no "text"', where=where, fix=LINE_FORM)
    text = check_text(data["text"], where)
    title, source, language = (_string(data, key, where) for key in ("title", "source", "language"))
    source = source or source_of(path)
    date = parse_date(data.get("date"), where)
    id = _id(data, where) or article_id(source, text)
    return Article(id, title or "", text, date, source, check_language(language or "en", where))


def _id(data: dict[str, Any], where: str) -> str | None:
    value = data.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    id = _string(data, "id", where)
    if id and (len(id) > MAX_ID or any(character.isspace() for character in id)):
        raise InputError(f'"id" is longer than {MAX_ID} characters or has spaces', where=where, fix="give a shorter id")
    return id


def _string(data: dict[str, Any], key: str, where: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(
            f'"{key}" is {type(value).__name__}, not a string', where=where, fix=f'write "{key}" in quotes'
        )
    check_characters(value or "", where)
    return value
