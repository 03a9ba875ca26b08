"""Hand-built parses with the statements that they make, as ``tests/extract/parses/*.txt`` list them.

A case is its name (``##``), a sentence in the notation of :func:`factory.doc`, the type of each mention (``=``), and a
line for each statement (``+``), with the title that makes it in brackets; without such a line it makes none.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from factory import doc
from spacy.tokens import Doc

from kg.extract.patterns import Match

FOLDER = Path(__file__).parent / "extract" / "parses"


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence, the types of its mentions by their words, and what it says."""

    text: str
    mentions: dict[str, str]
    expected: frozenset[str]

    def doc(self) -> Doc:
        """The sentence parsed."""
        return doc(self.text, mentions=self.mentions)


def read_parses(name: str) -> dict[str, Parse]:
    """The cases of one file by their names, which must differ.

    :raises ValueError: where two cases have one name.
    """
    found: dict[str, Parse] = {}
    for block in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n\n"):
        title, text, mentions, *expected = block.strip().splitlines()
        case = title.removeprefix("## ")
        if case in found:
            raise ValueError(f"{name}.txt has two cases {case!r}")
        types = dict(one.rsplit(": ", 1) for one in mentions.removeprefix("= ").split(" | "))
        found[case] = Parse(text, types, frozenset(line.removeprefix("+ ") for line in expected))
    return found


def told(match: Match) -> str:
    """What a match says, as a case writes it."""
    said = f"{match.subject.text} {match.sense.relation} {match.object.text}"
    return f"{said} ({match.title.text})" if match.title else said
