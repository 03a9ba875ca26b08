"""The queries that come with kg, each a file of ``kg/queries`` whose leading comments describe it and its parameters.

::

    # Who is said to have met whom.
    # @name? a part of the name of one of them
    # @name -> ?statement rdf:subject rdf:object
    # @order ?statement date subject object
    # @facts ?who ?property ?whom
    # @statements

A parameter is a variable of the query; ``?`` marks one that may be left out. The other lines are for speed, and change
no answer but that of ``--facts``: which variable a part of a name narrows, and by which properties of a statement; by
what the rows are ordered first; what must be a plain triple where only facts are asked for; that the query looks at
statements alone, not at plain triples. ``# @claimed`` says that it looks at no statement that an article makes in its
own voice as a fact. What stands between ``# @counted TABLE`` and ``# @end`` is counted beforehand
(:mod:`kg.rdf.counts`); its solutions may go where ``# @here`` stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

HINT: Final = re.compile(
    r"# @(?:(?P<name>order|facts|statements|claimed)(?: (?P<text>.*))?|(?P<part>\w+) -> (?P<by>.*))"
)
RELATIONS: Final = re.compile(r"VALUES \?property \{([^}]*)\}")
CHOSEN: Final = re.compile(r"VALUES \?(?:property|mode) \{[^}]*\}|# @counted(?s:.*?)# @end")
COUNTED: Final = re.compile(r"# @counted (\w+)")
MODALITIES: Final = re.compile(r"VALUES \?mode \{([^}]*)\}|\?mode IN \(([^)]*)\)")
HEADER: Final = re.compile(r"# (?:@(?P<name>\w+)(?P<optional>\?)? )?(?P<text>.*)")


@dataclass(frozen=True, slots=True)
class Stock:
    """A query that comes with kg. ``parameters`` maps a name to what it means; those in ``required`` must be given.

    ``narrows`` maps a parameter to the variable and the properties that it narrows; ``order`` is the variable and the
    keys that rows are ordered by first. ``relations`` and ``modalities`` are the only ones it looks at, if it has any.
    ``counted`` is the table that has the solutions of a part of it.
    """

    name: str
    description: str
    parameters: Mapping[str, str]
    required: frozenset[str]
    text: str
    narrows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    facts: str = ""
    statements: bool = False
    claimed: bool = False
    counted: str = ""

    @property
    def begun(self) -> str:
        """The text for where its beginning is known: without lists of relations and modalities, without counts."""
        return CHOSEN.sub("", self.text)


@cache
def stock() -> Mapping[str, Stock]:
    """The stock queries by name."""
    files = (file for file in resources.files("kg").joinpath("queries").iterdir() if file.name.endswith(".rq"))
    found = (_read_stock(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files)
    return {one.name: one for one in sorted(found, key=lambda one: one.name)}


def _read_stock(name: str, text: str) -> Stock:
    """A stock query with what its leading comments say."""
    description: list[str] = []
    parameters: dict[str, str] = {}
    required: set[str] = set()
    hints: dict[str, str] = {}
    narrows: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        found = HEADER.fullmatch(line)
        if not found:
            break
        if hint := HINT.fullmatch(line):
            if hint["part"]:
                narrows[hint["part"]] = tuple(hint["by"].split())
            else:
                hints[hint["name"]] = hint["text"] or ""
            continue
        if found["name"]:
            parameters[found["name"]] = found["text"]
            if not found["optional"]:
                required.add(found["name"])
        else:
            description.append(found["text"])
    return Stock(
        name,
        " ".join(description),
        parameters,
        frozenset(required),
        text,
        narrows,
        tuple(hints.get("order", "").split()),
        _words(RELATIONS, text),
        _words(MODALITIES, text),
        hints.get("facts", ""),
        "statements" in hints,
        "claimed" in hints,
        counted[1] if (counted := COUNTED.search(text)) else "",
    )


def _words(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = pattern.search(text)
    return tuple(re.split(r"[\s,]+", next(filter(None, found.groups())).strip())) if found else ()
