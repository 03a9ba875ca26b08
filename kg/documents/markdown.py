"""Markdown, with front matter if there is any, to plain text: what is read aloud stays, what is looked at goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from kg.documents.checks import check_characters, check_language, check_text, clean, decode, parse_date, read_bytes
from kg.documents.text import date_of, source_of, title_of
from kg.errors import InputError
from kg.ids import article_id
from kg.records import Article

#: What front matter may tell; its other keys are passed over.
KEYS = ("id", "title", "date", "source", "language")


def read_markdown(path: Path, report: Callable[[InputError], None]) -> Iterator[Article]:
    """The article in a ``.md`` file. Front matter may give ``id``, ``title``, ``date``, ``source`` and ``language``.

    Without a title there, a heading at the start is the title. Code, tables, images and raw HTML are left out.
    """
    where = str(path)
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    tokens = parser.parse(clean(decode(read_bytes(path), where)))
    meta: dict[str, str] = {}
    if tokens and tokens[0].type == "front_matter":
        meta = _front_matter(tokens.pop(0).content, where)
    blocks = list(_blocks(tokens))
    title = meta.get("title", "").strip()
    if blocks and blocks[0][0] and (not title or blocks[0][1] == title):
        title = blocks.pop(0)[1]
    text = check_text("\n\n".join(block for _, block in blocks), where)
    source = meta.get("source") or source_of(path)
    id = meta.get("id") or article_id(source, text)
    for value in (id, title, source):
        check_characters(value, where)
    date = parse_date(meta.get("date"), where) or date_of(path)
    language = check_language(meta.get("language") or "en", where)
    yield Article(id, title or title_of(path), text, date, source, language)


def _front_matter(content: str, where: str) -> dict[str, str]:
    """The keys that are read, as text. A value that is no scalar is refused: aliases can make it endless."""
    try:
        meta = yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = str(error).splitlines()[0]
        raise InputError(
            f"the front matter is not YAML: {problem}", where=where, fix="mend the lines between ---"
        ) from error
    if not isinstance(meta, dict):
        raise InputError("the front matter has no keys", where=where, fix="write lines such as `date: 2024-10-24`")
    found = {}
    for key in KEYS:
        value = meta.get(key)
        if isinstance(value, list | dict | set | bytes):
            raise InputError(f'"{key}" is {type(value).__name__}, not text', where=where, fix=f"write `{key}: …`")
        if value is not None:
            found[key] = str(value)
    return found


def _blocks(tokens: list[Token]) -> Iterator[tuple[bool, str]]:
    """The text of each heading, paragraph and list item, and whether it is a heading."""
    table = 0
    for before, token in zip([None, *tokens], tokens, strict=False):
        table += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type == "inline" and not table:
            text = _inline(token.children or []).strip()
            if text:
                yield before is not None and before.type == "heading_open", text


def _inline(tokens: list[Token]) -> str:
    """The words of a paragraph. A line break in the source is a space, as a browser shows it."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
