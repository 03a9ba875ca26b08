"""Faults of a query in words for its author. Oxigraph's own messages list everything that its grammar might take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.errors import QueryError

GUIDE: Final = "compare it with a stock query or with https://www.w3.org/TR/sparql11-query/"
SENTENCES: Final = {
    "The SELECT contains a variable that is unbound": "SELECT names a variable that is not grouped",
    "IRI parsing failed": "an IRI is not written as one",
}


def fault(message: str, text: str, prefixes: Mapping[str, str], where: str) -> QueryError:
    """The error for a query that Oxigraph cannot parse.

    :param message: Oxigraph's ("error at LINE:COLUMN: expected …").
    :param prefixes: those that need no declaration.
    :param where: what the query is called.
    """
    found = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if not found:
        return QueryError(message, where=where, fix=GUIDE)
    line, column = int(found[1]), int(found[2])
    lines = text.splitlines() or [""]
    shown = lines[line - 1] if line <= len(lines) else ""
    what, fix = _reason(found[3], "\n".join([*lines[: line - 1], shown[: column - 1]]), text, prefixes)
    pointer = f"\n    {shown}\n    {' ' * (column - 1)}^" if shown and shown.isprintable() else ""
    return QueryError(what + pointer, where=f"{where}, line {line}, column {column}", fix=fix)


def _reason(expected: str, before: str, text: str, prefixes: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong and the fix."""
    if "Prefix not found" in expected:
        name = re.search(r"([\w.-]*:)[^\s:]*$", before)
        return (
            f"the prefix {name[1]} is not declared" if name else "a prefix is not declared",
            f"declare it (PREFIX x: <…>) or use one of {', '.join(f'{known}:' for known in prefixes)}",
        )
    for sentence, words in SENTENCES.items():
        if sentence in expected:
            return words, GUIDE
    if expected.strip() == "expected CONSTRUCT":
        return "this does not begin like a query", "begin with SELECT, CONSTRUCT, ASK or DESCRIBE"
    if not text[len(before) :].strip():
        return "the query ends too early", "see whether a brace, a quote or a value is missing"
    return "the query cannot be read on from here", GUIDE
