"""Answers to queries: rows of terms, or triples, and the formats they are written in."""

from __future__ import annotations

import csv
import html
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from kg.errors import QueryError
from kg.rdf.serialise import serialise_triples
from kg.rdf.terms import Plain, Term, boolean, json_term, plain, shown

#: What :meth:`Table.format` and :meth:`Triples.format` know.
FORMATS: Final = ("table", "csv", "json", "ttl")
#: Characters that turn the reading direction round, and so can make a line show what it does not say.
BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: A spreadsheet takes a cell that begins so for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows of a SELECT query. Iterating gives dictionaries of plain values; ``terms`` keeps the RDF."""

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    prefixes: Mapping[str, str]
    answer: bool | None = None  # of an ASK query, which has one row
    more: bool = False  # whether there are more rows than were asked for

    @classmethod
    def truth(cls, answer: bool) -> Self:
        """The answer to an ASK query."""
        return cls(("answer",), ((boolean(answer),),), {}, answer)

    def __len__(self) -> int:
        return len(self.terms)

    def __bool__(self) -> bool:
        """Whether there are rows; of ASK, the answer itself."""
        return bool(self.terms) if self.answer is None else self.answer

    def __iter__(self) -> Iterator[dict[str, Plain]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @property
    def rows(self) -> tuple[tuple[Plain, ...], ...]:
        """Plain values: numbers and truth values as such, IRIs and all else as text, ``None`` where unbound."""
        return tuple(tuple(plain(term) for term in row) for row in self.terms)

    @property
    def n3(self) -> tuple[tuple[str | None, ...], ...]:
        """The terms as N-Triples writes them."""
        return tuple(tuple(None if term is None else str(term) for term in row) for row in self.terms)

    def __str__(self) -> str:
        return self.format("table")

    def __repr__(self) -> str:
        return f"<Table of {len(self)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        cells = [[html.escape(shown(term, self.prefixes)) for term in row] for row in self.terms]
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def format(self, format: str, *, width: int | None = None) -> str:
        """The table as text.

        :param format: ``table`` (columns side by side), ``csv`` or ``json`` (SPARQL results).
        :param width: the most columns of a terminal that ``table`` may take; long cells are then cut with an ellipsis.
        :raises QueryError: for ``ttl``, which has no form for rows.
        """
        match format:
            case "table":
                cells = [[shown(term, self.prefixes) for term in row] for row in self.terms]
                return _aligned(self.columns, cells, width)
            case "csv":
                return write_csv(self.columns, self.rows)
            case "json":
                return self._json()
            case "ttl":
                raise QueryError("rows have no form in Turtle", fix="use CONSTRUCT or DESCRIBE, or another format")
        raise _unknown(format)

    def _json(self) -> str:
        if self.answer is not None:
            return _dump({"head": {}, "boolean": self.answer})
        bindings = [
            {name: json_term(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.terms
        ]
        return _dump({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}})


class Triples:
    """The graph that CONSTRUCT or DESCRIBE makes."""

    __slots__ = ("prefixes", "triples")

    def __init__(self, triples: Sequence[Any], prefixes: Mapping[str, str]) -> None:
        self.triples = tuple(triples)
        self.prefixes = prefixes

    def __len__(self) -> int:
        return len(self.triples)

    def __str__(self) -> str:
        return self.format("ttl")

    def __repr__(self) -> str:
        return f"<Triples: {len(self)}>"

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"

    def table(self) -> Table:
        """The triples as rows of subject, predicate and object."""
        rows = tuple((triple.subject, triple.predicate, triple.object) for triple in self.triples)
        return Table(("subject", "predicate", "object"), tuple(sorted(rows, key=str)), self.prefixes)

    def format(self, format: str, *, width: int | None = None) -> str:
        """As Turtle (``ttl``, sorted) or, as a table of three columns, in the formats of :class:`Table`."""
        if format == "ttl":
            return serialise_triples(self.triples, "ttl", prefixes=self.prefixes).decode()
        return self.table().format(format, width=width)


def write_csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """CSV with a header (RFC 4180, but lines end in a plain newline).

    News text is anybody's: a cell of text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def guarded(cell: object) -> object:
    """The cell, with an apostrophe before text that begins like a formula."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str):
        cell = cell.replace("\0", "")
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    return "" if cell is None else cell


def _unknown(format: str) -> QueryError:
    return QueryError(f"there is no format {format!r}", fix=f"use one of {', '.join(FORMATS)}")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _aligned(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int | None) -> str:
    """Columns side by side, measured in what a terminal shows."""
    cells = [[_printable(cell) for cell in row] for row in [list(columns), *rows]]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(columns))]
    if width is not None:
        widths = _fitted(widths, width - 2 * (len(widths) - 1))
    lines = ["  ".join(_padded(cell, room) for cell, room in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("─" * room for room in widths))
    return "\n".join(lines) + "\n"


def _printable(text: str) -> str:
    """On one line and without control characters: text of an article must not steer the terminal."""
    spaced = " ".join(text.split())
    return spaced if spaced.isprintable() else "".join("\ufffd" if _steers(char) else char for char in spaced)


def _steers(char: str) -> bool:
    return char in BIDI or unicodedata.category(char) in ("Cc", "Cs")


def _width(text: str) -> int:
    """The columns of a terminal that the text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def _fitted(widths: list[int], room: int) -> list[int]:
    """Take from the widest columns until all fit; none gets narrower than 8."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > 8:
        widest = max(widths)
        others = [width for width in widths if width < widest]
        step = max(1, min(widest - max([*others, 8]), (sum(widths) - room) // widths.count(widest)))
        widths = [width - step if width == widest else width for width in widths]
    return widths


def _padded(text: str, room: int) -> str:
    if _width(text) > room:
        while _width(text) > room - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (room - _width(text))
