"""Sentences with the statements they make and must not make, as ``tests/extract/sentences/*.txt`` list them.

A case is a text and the statements it makes (``+``) and must not make (``-``): ``subject | relation | object``, then
the modality and who says so, where ``?`` leaves one open. A ``+`` without them is actual and in the article's own
voice, a ``-`` without them is wrong in any. An entity goes by some words of one of its mentions. ``!`` tells why a text
is not read right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.records import Article, ArticleRecord, Mention, Statement

FOLDER = Path(__file__).parent / "extract" / "sentences"
DATE = dt.date(2024, 11, 7)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A statement that a text makes, or must not make."""

    there: bool
    subject: str
    relation: str
    object: str
    modality: str
    speaker: str

    def __str__(self) -> str:
        parts = (self.subject, self.relation, self.object, self.modality, self.speaker)
        return f"{'+' if self.there else '-'} {' | '.join(part for part in parts if part)}"


@dataclass(frozen=True, slots=True)
class Case:
    """A text of one category with what it says."""

    category: str
    text: str
    wanted: tuple[Wanted, ...]
    #: Why it is not read right where that is not for extraction to mend.
    excuses: tuple[str, ...] = ()

    def article(self, number: int) -> Article:
        """The text as an article of its own."""
        return Article(f"case-{number}", "", self.text, DATE)


def read_cases() -> list[Case]:
    """All cases in the order of the files."""
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in _of_file(path.read_text(encoding="utf-8"))]


def _of_file(text: str) -> Iterator[Case]:
    category = ""
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("# ")]
        if lines and lines[0].startswith("## "):
            category = lines.pop(0).removeprefix("## ")
        if lines:
            excuses = tuple(line for line in lines[1:] if line.startswith("! "))
            wanted = tuple(_wanted(line) for line in lines[1:] if line not in excuses)
            yield Case(category, lines[0], wanted, excuses)


def _wanted(line: str) -> Wanted:
    there = {"+ ": True, "- ": False}[line[:2]]
    subject, relation, obj, *rest = (part.strip() for part in line[2:].split("|"))
    modality, speaker = (*rest, *("actual" if there else "?", "" if there else "?")[len(rest) :])
    return Wanted(there, subject, relation, obj, modality, speaker)


def faults(case: Case, record: ArticleRecord, symmetric: Callable[[str], bool]) -> list[Wanted]:
    """What is missing from the statements of a text and what must not be among them."""
    chains: dict[str, list[str]] = {}
    for mention in record.mentions:
        chains.setdefault(mention.chain, []).append(mention.text)

    def is_called(mention: Mention, name: str) -> bool:
        return any(f" {name.lower()} " in f" {_words(text)} " for text in (mention.text, *chains[mention.chain]))

    def fits(statement: Statement, wanted: Wanted) -> bool:
        ends = [(statement.subject, statement.object)]
        if symmetric(wanted.relation):
            ends.append((statement.object, statement.subject))
        return (
            statement.relation == wanted.relation
            and wanted.modality in {"?", statement.modality}
            and (wanted.speaker == "?" or _says(statement, wanted.speaker, is_called))
            and any(is_called(one, wanted.subject) and is_called(other, wanted.object) for one, other in ends)
        )

    return [one for one in case.wanted if one.there != any(fits(it, one) for it in record.statements)]


def _says(statement: Statement, speaker: str, is_called: Callable[[Mention, str], bool]) -> bool:
    source = statement.attribution
    if source is None or not speaker:
        return source is None and not speaker
    named = source.mention is not None and is_called(source.mention, speaker)
    return named or f" {speaker.lower()} " in f" {_words(source.source.text)} "


def _words(text: str) -> str:
    return text.lower().replace("'s", " 's").replace(",", " ,")
