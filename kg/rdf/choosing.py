"""Choosing statements by what stands in the tables of :mod:`kg.rdf.keys`: by names, in an order, a part at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from kg.rdf.keys import COLUMNS
from kg.rdf.namespaces import KG

#: The statements that come first in a pair of which one contradicts the other: a denial comes second.
FIRST: Final = f"""WITH pair AS MATERIALIZED (
    SELECT statement.iri, rtrim(statement.iri, '>') AS text, term.iri = '<{KG.iri}negated>' AS negated
    FROM statement JOIN term ON id = modality WHERE contradicted
)
SELECT one.iri FROM pair AS one JOIN against ON against.one = one.iri JOIN pair AS other ON other.iri = against.other
WHERE NOT one.negated AND (other.negated OR one.text < other.text)"""
SUBJECT: Final = "(SELECT text FROM label WHERE term = statement.subject)"
OBJECT: Final = "(SELECT text FROM label WHERE term = statement.object)"
#: What statements are ordered by.
ORDERS: Final = {
    "date": "statement.date",
    "time": "statement.time",
    "article": "(SELECT text FROM title WHERE title.article = statement.article)",
    "subject": SUBJECT,
    "object": OBJECT,
    "contradicted": SUBJECT,
}
#: The condition that goes with an order.
CONDITIONS: Final = {"contradicted": f"statement.contradicted AND statement.iri IN ({FIRST})"}
#: Articles of one day, or without one, from which on the order of a day's statements is looked at, too.
CROWD: Final = 100
#: What somebody else says, or what is not said to be so.
CLAIMED: Final = f"""(
    statement.speaker IS NOT NULL OR statement.phrase IS NOT NULL
    OR statement.modality NOT IN (SELECT id FROM term WHERE iri = '<{KG.iri}actual>')
)"""
NAMED: Final = "SELECT entity FROM name WHERE instr(text, ?)"
OTHERS: Final = """statement.iri IN (
    SELECT one FROM against JOIN statement AS other ON other.iri = against.other WHERE other.contradicted AND ({})
)"""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which statements a query is about.

    :param relations: IRIs of relations; ``modalities``: of modalities. None stands for all.
    :param ends: for some parts of names, IRIs of properties of a statement; one must lead to what has that name, where
        ``kg:contradicts`` leads to the ends of the other statement.
    :param order: some of ``ORDERS``. What is equal in the first may come in any order, unless it is very much.
    :param claimed: those alone that somebody else says, or that are not said to be so.
    """

    order: Sequence[str] = ("date",)
    relations: Sequence[str] = ()
    modalities: Sequence[str] = ()
    ends: Sequence[tuple[Sequence[str], str]] = ()
    claimed: bool = False


class Keys:
    """The tables of a store.

    :param source: their file, or the database in memory.
    """

    def __init__(self, source: Path | sqlite3.Connection) -> None:
        self._db = source if isinstance(source, sqlite3.Connection) else _opened(source)

    def statements(self, choice: Choice) -> Iterator[tuple[object, str]]:
        """The statements in their order: what they are ordered by, and ``(statement relation modality)`` as SPARQL."""
        order = [ORDERS[name] for name in choice.order]
        if len(order) > 1 and not self._crowded:  # sorting by all of it takes time
            del order[1:]
        where = [CONDITIONS[name] for name in choice.order if name in CONDITIONS]
        values: list[str] = []
        for properties, part in choice.ends:
            columns = [COLUMNS[name] for name in properties if name in COLUMNS]
            either = [f"statement.{column} IN ({NAMED})" for column in columns]
            if KG.contradicts.value in properties:
                either.append(OTHERS.format(" OR ".join(f"other.{column} IN ({NAMED})" for column in columns)))
            where.append(f"({' OR '.join(either)})")
            values += [part.lower()] * where[-1].count("?")
        if choice.claimed:
            where.append(CLAIMED)
        # A plus keeps SQLite from an index where another one narrows better.
        found = bool(choice.ends)
        for column, iris in (("predicate", choice.relations), ("modality", choice.modalities)):
            if iris:
                plus = "+" if found or choice.order[0] == "time" else ""
                some = ", ".join("?" * len(iris))
                where.append(f"{plus}statement.{column} IN (SELECT id FROM term WHERE iri IN ({some}))")
                values += [f"<{iri}>" for iri in iris]
                found = True
        rows = self._db.execute(
            f"""SELECT statement.iri, relation.iri, modality.iri, {", ".join(order)} FROM statement
            JOIN term AS relation ON relation.id = statement.predicate
            JOIN term AS modality ON modality.id = statement.modality
            {"WHERE" if where else ""} {" AND ".join(where)} ORDER BY {", ".join(order)}""",
            values,
        )
        return ((key, f"({it} {relation} {modality})") for it, relation, modality, *key in rows)

    @cached_property
    def _crowded(self) -> bool:
        """Whether many statements may be of one day, or of none."""
        most = self._db.execute("SELECT max(articles) FROM (SELECT count(*) AS articles FROM day GROUP BY date)")
        return (most.fetchone()[0] or 0) > CROWD

    def articles(self) -> Iterator[tuple[object, str]]:
        """The articles by their day: the day, and the article as SPARQL writes it."""
        return self._db.execute("SELECT date, iri FROM day JOIN term ON term.id = day.term ORDER BY date")

    def counted(
        self, table: str, narrowed: Sequence[tuple[Sequence[str], str]]
    ) -> tuple[str, Iterator[tuple[object, str]]]:
        """The solutions of a subquery that is counted beforehand (:mod:`kg.rdf.counts`), in the order of its query.

        Returns its variables and, for each solution, its rank and its values, both as SPARQL writes them.

        :param narrowed: for some parts of names, variables; one must be something that has that name.
        """
        names = [name for _, name, *_ in self._db.execute(f"PRAGMA table_info({table})")][1:]
        named = f"SELECT iri FROM term WHERE id IN ({NAMED})"
        where = [f"({' OR '.join(f'{it[1:]} IN ({named})' for it in variables)})" for variables, _ in narrowed]
        rows = self._db.execute(
            f"SELECT * FROM {table} {'WHERE' if where else ''} {' AND '.join(where)} ORDER BY rank",
            [part.lower() for variables, part in narrowed for _ in variables],
        )
        variables = " ".join(f"?{name}" for name in names)
        return f"({variables})", ((rank, f"({' '.join(map(str, values))})") for rank, *values in rows)


def _opened(path: Path) -> sqlite3.Connection:
    # Nobody writes to it, so there is nothing to lock.
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
