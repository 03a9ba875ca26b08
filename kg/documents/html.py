"""Web pages: the article without the page around it, found by trafilatura. Markup never gets into the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from kg.documents.checks import check_language, check_text, clean, decode, parse_date, read_bytes
from kg.documents.text import date_of, source_of, title_of
from kg.errors import InputError
from kg.ids import article_id
from kg.records import Article

if TYPE_CHECKING:
    from trafilatura.settings import Document

SHORT = 250  # characters; under this trafilatura doubts what it has found and loses inline structure
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html\b[^>]{0,2000}?\slang\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_BULLET = re.compile(r"^[-*•]\s+")


def read_html(path: Path, report: Callable[[InputError], None]) -> Iterator[Article]:
    """The article in a ``.html`` file: text, title, date and the site's name as the page gives them."""
    where = str(path)
    data = read_bytes(path)
    charset = _CHARSET.search(data[:4096])
    try:
        page = decode(data, where, _encoding(charset[1].decode("ascii")) if charset else None)
    except LookupError as error:
        raise InputError(f"declares an unknown charset: {error}", where=where, fix="mend its <meta charset>") from error
    declared = _LANGUAGE.search(page[:8192])
    language = check_language(declared[1] if declared else "en", where)
    document = _extract(page)
    if document is None or not document.text:
        raise InputError(
            "no article text was found in the page", where=where, fix="save the article's own page, or its text"
        )
    title = clean(document.title or "").strip()
    text = check_text(_paragraphs(document.text, title), where)
    source = clean(document.sitename or document.url or source_of(path))
    date = parse_date(document.date, where) or date_of(path)
    yield Article(article_id(source, text), title or title_of(path), text, date, source, language)


def _encoding(charset: str) -> str:
    """What bytes with that label are in. A label that was read byte by byte is not UTF-16, whatever it says (HTML)."""
    return "utf-8" if charset.lower().startswith("utf-16") else charset


def _extract(page: str) -> Document | None:
    document = _bare_extraction(page, SHORT)
    if document is None or len(document.text or "") < SHORT:
        return _bare_extraction(page, 1) or document
    return document


def _bare_extraction(page: str, least: int) -> Document | None:
    from trafilatura import bare_extraction  # a quarter of a second that other formats need not wait for
    from trafilatura.settings import DEFAULT_CONFIG, Document

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = str(least)
    # The extensive search for a date would take one from the story for the day of publication.
    document = bare_extraction(
        page,
        config=config,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    return document if isinstance(document, Document) else None


def _paragraphs(text: str, title: str) -> str:
    """Paragraphs with blank lines between, without bullets and without the title on top."""
    lines = [_BULLET.sub("", line).strip() for line in clean(text).split("\n")]
    kept = [line for line in lines if line]
    if kept and kept[0] == title:
        del kept[0]
    return "\n\n".join(kept)
