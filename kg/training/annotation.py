"""Hand-written annotations: texts with marks in place, read into the records that ``kg evaluate`` scores.

::

    # id: 2022-09-01-inspectors
    # title: Inspectors reach the plant
    # date: 2022-09-01
    # entities
    e1 Person Rafael Grossi
    e2 Organization IAEA
    # marked
    1 [[Rafael Grossi|e1]], [[the head of the [[IAEA|e2]]|e1]], arrived at noon.
    # statements
    e1 leads e2 @1 position="head"

Marks nest and never cross. A numbered line is a sentence, a blank line parts paragraphs. After ``@`` stands the number
of the sentence that says it; ``by=`` takes an entity id or a quoted phrase. ``data/README.md`` tells what to mark.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.records import MODALITIES

#: One annotated article as a JSON object; its keys are those of ``kg export GRAPH -o FILE.jsonl``.
Record = dict[str, Any]

_QUALIFIERS = ("time", "place", "position", "status", "number")
_BEGINNING = re.compile(r"^(?=# id:)", re.MULTILINE)
_HEADING = re.compile(r"# (\w+)(?:: (.*))?")
_MARK = re.compile(r"\[\[|\|(\w+)\]\]")
_OPTION = re.compile(r' (\w+)=(?:"([^"]*)"|(\S+))')
#: How a line of each section looks, and how to write it.
_LINES = {
    "entities": (re.compile(r"(\S+) (\w+) (.+)"), "ID Type Name"),
    "marked": (re.compile(r"(\d+) (.+)"), "NUMBER the sentence with its marks"),
    "statements": (
        re.compile(r'(\S+) (\w+) (\S+) @(\d+)((?: \w+=(?:"[^"]*"|\S+))*)'),
        'SUBJECT relation OBJECT @NUMBER by=ID mod=MODALITY time="…"',
    ),
}


def read_annotations(folder: Path) -> Iterator[Record]:
    """The records of all ``.txt`` files of a folder, in the order of their names; each ``# id:`` begins an article.

    :raises InputError: as :func:`read_annotation` does; with the file, and the line or the article.
    """
    for path in sorted(folder.glob("*.txt")):
        first = 0
        for article in _BEGINNING.split(path.read_text(encoding="utf-8")):
            if article.strip():
                yield read_annotation(article, where=str(path), first=first)
            first += article.count("\n")


def read_annotation(text: str, *, where: str = "annotation", first: int = 0) -> Record:
    """Read one annotated article.

    :param where: the file it comes from, for messages; ``first``: how many lines stand before it there.
    :raises InputError: at the first line that breaks the format, or if entities and their uses do not match.
    """
    record: Record = {"id": "", "title": "", "date": None, "text": "", "entities": [], "mentions": [], "statements": []}
    sentences: dict[str, list[int]] = {}
    section, gap = "", ""
    for number, line in enumerate(text.splitlines(), first + 1):
        place = f"{where}:{number}"
        if not line.strip():
            gap = "\n\n" if record["text"] else ""
        elif heading := _HEADING.fullmatch(line.strip()):
            section = _heading(record, heading[1], heading[2], place)
        elif section == "entities":
            record["entities"].append(dict(zip(("id", "type", "name"), _fields(section, line, place), strict=True)))
        elif section == "marked":
            sentence, marked = _fields(section, line, place)
            start = len(record["text"]) + len(gap)
            plain, mentions = _unmark(marked, start, place)
            record["text"] += gap + plain
            record["mentions"] += mentions
            sentences[sentence], gap = [start, start + len(plain)], " "
        elif section == "statements":
            record["statements"].append(_statement(_fields(section, line, place), sentences, place))
        else:
            raise InputError("a line outside the sections", where=place, fix="begin with '# entities'")
    _check(record, f"{where}, {record['id'] or 'without an id'}")
    record["mentions"].sort(key=lambda mention: (mention["start"], -mention["end"]))
    return record


def _heading(record: Record, key: str, value: str | None, place: str) -> str:
    """The section that a heading opens; a heading with a value fills the record instead."""
    if value is None and key in _LINES:
        return key
    if value is not None and key in ("id", "title", "date"):
        record[key] = None if value == "-" else value
        return ""
    raise InputError(f"unknown heading {key!r}", where=place, fix=f"use id, title, date, {', '.join(_LINES)}")


def _fields(section: str, line: str, place: str) -> tuple[Any, ...]:
    pattern, form = _LINES[section]
    match = pattern.fullmatch(line.strip())
    if not match:
        raise InputError(f"cannot read {line.strip()!r}", where=place, fix=f"write: {form}")
    return match.groups()


def _unmark(marked: str, offset: int, place: str) -> tuple[str, list[Record]]:
    """The sentence without its marks, and the mentions that they stood for."""
    plain, last, opened, mentions = "", 0, list[int](), list[Record]()
    for mark in _MARK.finditer(marked):
        plain += marked[last : mark.start()]
        last = mark.end()
        if mark.group() == "[[":
            opened.append(len(plain))
        elif not opened:
            raise InputError(f"{mark.group()!r} closes a mark that is not open", where=place, fix="open it with [[")
        else:
            start = opened.pop()
            mentions.append(
                {"start": offset + start, "end": offset + len(plain), "entity": mark[1], "text": plain[start:]}
            )
    if opened:
        raise InputError(f"{len(opened)} of the marks [[ left open", where=place, fix="close each with |ID]]")
    return plain + marked[last:], mentions


def _statement(fields: tuple[str, ...], sentences: dict[str, list[int]], place: str) -> Record:
    subject, relation, obj, sentence, options = fields
    if sentence not in sentences:
        raise InputError(f"there is no sentence {sentence}", where=place, fix="name one under '# marked'")
    given = {key: quoted or word for key, quoted, word in _OPTION.findall(options)}
    attribution, modality = given.pop("by", None), given.pop("mod", "actual")
    if modality not in MODALITIES:
        raise InputError(f"unknown modality {modality!r}", where=place, fix=f"use one of {', '.join(MODALITIES)}")
    if unknown := set(given) - set(_QUALIFIERS):
        raise InputError(f"unknown option {min(unknown)!r}", where=place, fix=f"use by, mod, {', '.join(_QUALIFIERS)}")
    said = {"subject": subject, "relation": relation, "object": obj, "sentence": sentences[sentence]}
    return said | {"attribution": attribution, "modality": modality, "qualifiers": given}


def _check(record: Record, where: str) -> None:
    """Every id that is used is declared, and every declared entity is marked somewhere."""
    declared = {entity["id"] for entity in record["entities"]}
    marked = {mention["entity"] for mention in record["mentions"]}
    used = marked | {statement[end] for statement in record["statements"] for end in ("subject", "object")}
    used |= {by for statement in record["statements"] if re.fullmatch(r"e\d+", by := statement["attribution"] or "")}
    if stray := sorted(used - declared):
        raise InputError(f"not declared: {', '.join(stray)}", where=where, fix="add them under '# entities'")
    if unmarked := sorted(declared - marked):
        raise InputError(f"never marked: {', '.join(unmarked)}", where=where, fix="mark them, or take them out")


if __name__ == "__main__":  # python -m kg.training.annotation data/gold > gold.jsonl
    for entry in read_annotations(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")
