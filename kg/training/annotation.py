"""Hand-written annotations: texts with marks in place, read into the record format that ``kg evaluate`` scores.

::

    # id: reactor-visit
    # title: Inspectors reach the plant
    # date: 2022-09-01
    # entities
    e1 Person Rafael Grossi
    e2 Organization IAEA
    # marked
    1 [[Rafael Grossi|e1]], [[the head of the [[IAEA|e2]]|e1]], arrived at noon.
    # statements
    e1 leads e2 @1 position="head"

Marks nest and never cross. Numbered lines are sentences, joined by a space; a blank line parts paragraphs. Blank lines
elsewhere are ignored. ``by=`` takes an entity id or a quoted phrase. Everything else about the annotation is said in
``data/README.md``.
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

#: What a reader of records meets: the JSON object of one annotated article.
Record = dict[str, Any]

_SECTIONS = ("entities", "marked", "statements")
_QUALIFIERS = ("time", "place", "position", "status", "number")
_ENTITY = re.compile(r"(\S+) (\w+) (.+)")
_SENTENCE = re.compile(r"(\d+) (.+)")
_STATEMENT = re.compile(r"(\S+) (\w+) (\S+) @(\d+)((?: \w+=(?:\"[^\"]*\"|\S+))*)")
_OPTION = re.compile(r" (\w+)=(?:\"([^\"]*)\"|(\S+))")
_MARK = re.compile(r"\[\[|\|(\w+)\]\]")


def read_annotation(text: str, *, where: str = "annotation") -> Record:
    """Read one annotated article.

    :param where: the file it comes from, for messages.
    :raises InputError: at the first line that breaks the format, with its number.
    """
    record: Record = {"id": "", "title": "", "date": None, "source": None, "text": ""}
    entities: dict[str, Record] = {}
    mentions: list[Record] = []
    sentences: dict[str, tuple[int, int]] = {}
    statements: list[Record] = []
    body, section, gap = "", "", ""
    for number, line in enumerate(text.splitlines(), 1):
        place = f"{where}:{number}"
        if line.startswith("# "):
            key, _, value = line[2:].partition(":")
            if key in _SECTIONS:
                section = key
            elif key in record and key != "text" and not section:
                record[key] = None if value.strip() == "-" else value.strip()
            else:
                raise InputError(f"unknown heading {key!r}", where=place, fix=f"use one of {', '.join(_SECTIONS)}")
        elif not line.strip():
            gap = "\n\n" if body else ""
        elif section == "entities":
            name, type_, label = _match(_ENTITY, line, place, "ID Type Name")
            entities[name] = {"id": name, "type": type_, "name": label}
        elif section == "marked":
            sentence, marked = _match(_SENTENCE, line, place, "NUMBER the marked sentence")
            start = len(body) + len(gap)
            plain, found = _unmark(marked, start, place)
            body, gap = body + gap + plain, " "
            sentences[sentence] = (start, len(body))
            mentions += found
        elif section == "statements":
            statements.append(_statement(line, sentences, place))
        else:
            raise InputError("a line outside any section", where=place, fix="begin with '# entities'")
    mentions.sort(key=lambda mention: (mention["start"], -mention["end"]))
    record |= {"text": body, "entities": list(entities.values()), "mentions": mentions, "statements": statements}
    _check(record, where)
    for mention in mentions:
        mention["text"] = body[mention["start"] : mention["end"]]
    for statement in statements:
        statement["subject_span"], statement["object_span"] = _nearest(statement, mentions)
    return record


def _match(pattern: re.Pattern[str], line: str, place: str, form: str) -> tuple[Any, ...]:
    match = pattern.fullmatch(line.strip())
    if not match:
        raise InputError(f"cannot read {line.strip()!r}", where=place, fix=f"write: {form}")
    return match.groups()


def _unmark(marked: str, offset: int, place: str) -> tuple[str, list[Record]]:
    """The sentence without its marks, and the mentions that they stood for."""
    plain, last, open_at, mentions = "", 0, list[int](), list[Record]()
    for mark in _MARK.finditer(marked):
        plain += marked[last : mark.start()]
        last = mark.end()
        if mark.group() == "[[":
            open_at.append(len(plain))
        elif not open_at:
            raise InputError(f"a mark is closed that was never opened: {mark.group()!r}", where=place)
        else:
            mentions.append({"start": offset + open_at.pop(), "end": offset + len(plain), "entity": mark.group(1)})
    if open_at:
        raise InputError(f"{len(open_at)} mark(s) left open", where=place, fix="close each [[ with |ID]]")
    return plain + marked[last:], mentions


def _statement(line: str, sentences: dict[str, tuple[int, int]], place: str) -> Record:
    form = 'SUBJECT relation OBJECT @SENTENCE by=… mod=… time="…"'
    subject, relation, obj, sentence, options = _match(_STATEMENT, line, place, form)
    if sentence not in sentences:
        raise InputError(f"there is no sentence {sentence}", where=place)
    given = {key: quoted or word for key, quoted, word in _OPTION.findall(options)}
    attribution, modality = given.pop("by", None), given.pop("mod", "actual")
    if modality not in MODALITIES:
        raise InputError(f"unknown modality {modality!r}", where=place, fix=f"use one of {', '.join(MODALITIES)}")
    if unknown := set(given) - set(_QUALIFIERS):
        raise InputError(f"unknown option {min(unknown)!r}", where=place, fix=f"use one of {', '.join(_QUALIFIERS)}")
    return {
        "subject": subject, "relation": relation, "object": obj, "sentence": list(sentences[sentence]),
        "attribution": attribution, "modality": modality, "qualifiers": given,
    }  # fmt: skip


def _check(record: Record, where: str) -> None:
    """Every id that is used is declared, and every declared entity is marked somewhere."""
    declared = {entity["id"] for entity in record["entities"]}
    marked = {mention["entity"] for mention in record["mentions"]}
    used = marked | {statement[end] for statement in record["statements"] for end in ("subject", "object")}
    used |= {by for s in record["statements"] if (by := s["attribution"]) and re.fullmatch(r"e\d+", by)}
    if stray := sorted(used - declared):
        raise InputError(f"undeclared: {', '.join(stray)}", where=where, fix="add a line to '# entities'")
    if unmarked := sorted(declared - marked):
        raise InputError(f"never marked: {', '.join(unmarked)}", where=where, fix="mark it in the text or take it out")


def _nearest(statement: Record, mentions: list[Record]) -> tuple[list[int] | None, list[int] | None]:
    """The mentions of subject and object that stand nearest to each other in the statement's sentence."""
    start, end = statement["sentence"]
    here = [m for m in mentions if start <= m["start"] and m["end"] <= end]
    subjects, objects = ([m for m in here if m["entity"] == statement[side]] for side in ("subject", "object"))
    pairs = [(abs(s["start"] - o["start"]), s, o) for s in subjects for o in objects]
    if pairs:
        _, subject, obj = min(pairs, key=lambda pair: pair[0])
        return [subject["start"], subject["end"]], [obj["start"], obj["end"]]
    first = [[m[0]["start"], m[0]["end"]] if m else None for m in (subjects, objects)]
    return first[0], first[1]


def read_annotations(folder: Path) -> Iterator[Record]:
    """The records of all ``.txt`` files of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.txt")):
        yield read_annotation(path.read_text(encoding="utf-8"), where=str(path))


if __name__ == "__main__":  # python -m kg.training.annotation FOLDER > GOLD.jsonl
    for entry in read_annotations(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")
