"""What the stock queries count over a whole graph, counted when the tables of :mod:`kg.rdf.keys` are finished.

A count needs all statements, however few rows are wanted, so no order and no index helps the one who asks. Each table
here has the solutions of one subquery of a stock query: ``rank`` counts in the order of the query's rows (what is equal
in that order has one rank), and the other columns are the subquery's variables, as SPARQL writes them.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import Final

from kg.rdf.namespaces import KG, SCHEMA
from kg.rdf.ntriples import literal

NOBODY: Final = -1
TABLES: Final = """
CREATE TEMP TABLE mention (entity INTEGER PRIMARY KEY, articles INTEGER NOT NULL);
CREATE TEMP TABLE cited (who INTEGER PRIMARY KEY, name TEXT NOT NULL, sentence TEXT NOT NULL);
CREATE TEMP TABLE carried (iri TEXT PRIMARY KEY, sources INTEGER NOT NULL, sentence TEXT NOT NULL);
"""
#: ``side`` has each statement once for each of its ends, which may be one; ``carried`` what several sources carry.
FINISHED: Final = f"""
CREATE TEMP VIEW side AS
    SELECT subject AS it, object AS neighbour, article FROM statement
    UNION ALL SELECT object, subject, article FROM statement WHERE object != subject;
CREATE TABLE connections AS
    SELECT dense_rank() OVER (ORDER BY neighbours DESC, statements DESC, text) AS rank,
        iri AS it, neighbours, statements, articles
    FROM (
        SELECT it, count(DISTINCT neighbour) AS neighbours, count(*) AS statements, count(DISTINCT article) AS articles
        FROM side WHERE it != neighbour GROUP BY it
    ) JOIN label ON term = it JOIN term ON id = it ORDER BY rank;
CREATE TABLE occurrences AS
    SELECT dense_rank() OVER (ORDER BY coalesce(statements, 0) DESC, text) AS rank,
        iri AS it, coalesce(articles, 0) AS inArticles, coalesce(statements, 0) AS inStatements
    FROM label JOIN term ON id = term LEFT JOIN mention ON entity = id
    LEFT JOIN (SELECT it, count(*) AS statements FROM side GROUP BY it) ON it = id ORDER BY rank;
CREATE INDEX occurrences_by_entity ON occurrences (it);
CREATE TABLE speakers AS
    SELECT dense_rank() OVER (ORDER BY statements DESC, coalesce(label.text, name)) AS rank,
        coalesce(iri, '""') AS who, statements, articles, literal(article) AS article, literal(sentence) AS sentence
    FROM (
        SELECT coalesce(speaker, phrase, {NOBODY}) AS who, count(*) AS statements, count(DISTINCT article) AS articles,
            min(title.text) AS article
        FROM statement JOIN title USING (article) GROUP BY 1
    ) JOIN cited USING (who) LEFT JOIN label ON term = who LEFT JOIN term ON id = who ORDER BY rank;
CREATE TABLE corroborations AS
    SELECT dense_rank() OVER (ORDER BY sources DESC, contradicted, text) AS rank,
        one.iri AS subjectEntity, relation.iri AS property, other.iri AS objectEntity,
        sources, contradicted, articles, literal(sentence) AS sentence
    FROM (
        SELECT subject, predicate, object, max(sources) AS sources, count(DISTINCT against.other) AS contradicted,
            count(DISTINCT article) AS articles, min(carried.sentence) AS sentence
        FROM carried JOIN statement USING (iri) JOIN term ON id = modality LEFT JOIN against ON one = statement.iri
        WHERE term.iri IN ('<{KG.iri}actual>', '<{KG.iri}possible>') GROUP BY subject, predicate, object
    ) JOIN label ON term = subject JOIN term AS one ON one.id = subject
    JOIN term AS relation ON relation.id = predicate JOIN term AS other ON other.id = object ORDER BY rank;
"""
MENTIONED: Final = re.compile(rb"^<[^>]*> <%s> (<[^>]*>) \.$" % re.escape(SCHEMA.mentions.value.encode()), re.MULTILINE)


class Counting:
    """What is counted while a graph is read, for there is no table to count it from afterwards."""

    __slots__ = ("_carried", "_cited", "_mentions")

    def __init__(self) -> None:
        self._carried: list[tuple[str, int, str]] = []
        self._mentions: Counter[bytes] = Counter()
        self._cited: dict[int, tuple[str, str]] = {}

    def add_articles(self, triples: bytes) -> None:
        """Count which entities the articles mention."""
        self._mentions.update(MENTIONED.findall(triples))

    def add_sentence(self, who: int | None, name: str, sentence: str) -> None:
        """Note a sentence with which somebody is cited: of all of them, the first as text is sorted is kept.

        :param who: the term of the speaker; ``None`` for an article's own voice, which is no term.
        :param name: what is said for the speaker, where that is no entity.
        """
        key = NOBODY if who is None else who
        known = self._cited.get(key)
        if known is None or sentence < known[1]:
            self._cited[key] = name, sentence

    def add_carried(self, statement: str, sources: int, sentence: str) -> None:
        """Note a statement that several sources carry."""
        self._carried.append((statement, sources, sentence))

    def finish(self, db: sqlite3.Connection, ids: Mapping[str, int]) -> None:
        """Put down what was counted. ``ids`` has the number of each term."""
        counted = ((it.decode(), count) for it, count in self._mentions.items())
        db.executemany("INSERT INTO mention VALUES (?, ?)", ((ids[it], count) for it, count in counted if it in ids))
        db.executemany("INSERT INTO cited VALUES (?, ?, ?)", ((who, *it) for who, it in self._cited.items()))
        db.executemany("INSERT INTO carried VALUES (?, ?, ?)", self._carried)
        db.create_function("literal", 1, literal, deterministic=True)
