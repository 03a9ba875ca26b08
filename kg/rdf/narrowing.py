"""Where a stock query begins: the statements or things that it can be about, a part at a time, in its own order.

Oxigraph would go through all statements, look at the names of each, and sort what it found before it gives the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.rdf.choosing import Choice
from kg.rdf.store import Store

#: The first part should be enough. The one after it has so many statements, and each next one so many times more, until
#: it has so many.
LEAST: Final = 200
GROWTH: Final = 2
MOST: Final = 50_000


def statement_heads(store: Store, choice: Choice, first: int) -> Iterator[str]:
    """``VALUES`` clauses for ``?statement``, ``?property`` and ``?mode``, in the order of the choice.

    What is equal in that order stands in one clause, so the answers to one after the other are in order.

    :param first: how many statements the first is to have, at least.
    """
    with store.faults():
        for rows in _parts(store.keys.statements(choice), first):
            yield f" VALUES (?statement ?property ?mode) {{ {' '.join(rows)} }}"


def article_heads(store: Store, variable: str, first: int) -> Iterator[str]:
    """``VALUES`` clauses with all articles by their day."""
    with store.faults():
        for rows in _parts(store.keys.articles(), first):
            yield f" VALUES {variable} {{ {' '.join(rows)} }}"


def counted_heads(store: Store, table: str, narrowed: Sequence[tuple[Sequence[str], str]], first: int) -> Iterator[str]:
    """``VALUES`` clauses with the solutions of a subquery that is counted beforehand, in the order of its query.

    :param narrowed: for some parts of names, variables; one must be something that has that name.
    """
    with store.faults():
        variables, solutions = store.keys.counted(table, narrowed)
        for rows in _parts(solutions, first):
            yield f" VALUES {variables} {{ {' '.join(rows)} }}"


def _parts(rows: Iterable[tuple[object, str]], first: int) -> Iterator[list[str]]:
    size, after = max(first, LEAST), LEAST
    found: list[str] = []
    before: object = None
    for key, row in rows:
        if len(found) >= size and key != before:
            yield found
            found, size, after = [], after, min(after * GROWTH, MOST)
        found.append(row)
        before = key
    if found or before is None:  # an answer without rows has columns too
        yield found
