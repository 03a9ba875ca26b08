"""What statements are ordered and chosen by, in a small database beside the index: for the stock queries.

Oxigraph finds what stands in a pattern. It does not know that of a million statements in the order of their day only
the first thousand are wanted, and looks through all names for a part of one. Here a table has a row for each statement
with its ends, its relation, its day. :mod:`kg.rdf.choosing` chooses statements from it, and Oxigraph is asked about
these, so that an answer is SPARQL's, whatever is here.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kg.rdf import counts
from kg.rdf.counts import Counting
from kg.rdf.namespaces import KG, PROV, RDF, RDFS, SCHEMA, SKOS

TABLES: Final = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE term (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE TABLE label (term INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE day (term INTEGER PRIMARY KEY, date TEXT);
CREATE TABLE title (article INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE name (entity INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE against (one TEXT NOT NULL, other TEXT NOT NULL);
CREATE TABLE said (
    iri TEXT NOT NULL, subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL,
    modality INTEGER NOT NULL, article INTEGER NOT NULL, speaker INTEGER, phrase INTEGER, start TEXT,
    contradicted INTEGER NOT NULL
);
"""
#: ``number`` counts statements by the time they give or, without one, by the day of their article.
FINISHED: Final = """
CREATE TABLE statement AS
    SELECT said.*, day.date AS date, coalesce(said.start, substr(day.date, 1, 10)) AS time
    FROM said LEFT JOIN day ON day.term = said.article ORDER BY time;
DROP TABLE said;
CREATE INDEX statement_by_subject ON statement (subject);
CREATE INDEX statement_by_object ON statement (object);
CREATE INDEX statement_by_speaker ON statement (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX statement_by_phrase ON statement (phrase) WHERE phrase IS NOT NULL;
CREATE INDEX statement_by_predicate ON statement (predicate, date);
CREATE INDEX statement_by_modality ON statement (modality, date);
CREATE INDEX statement_by_time ON statement (time);
CREATE INDEX statement_by_contradicted ON statement (contradicted) WHERE contradicted;
CREATE INDEX against_by_other ON against (other);
CREATE INDEX day_by_date ON day (date);
"""
#: Columns by the property of a statement that they hold.
COLUMNS: Final = {
    RDF.subject.value: "subject",
    RDF.object.value: "object",
    KG.attributedTo.value: "speaker",
    KG.attributedToPhrase.value: "phrase",
}
#: Columns that each statement has, beside its quote.
NEEDED: Final = {"subject": None, "predicate": None, "object": None, "modality": None, "article": None}.keys()
READ: Final = {
    f"<{name}>".encode(): column
    for name, column in {
        **COLUMNS,
        RDF.predicate.value: "predicate",
        KG.modality.value: "modality",
        PROV.wasDerivedFrom.value: "article",
        KG.timeStart.value: "start",
        KG.timeEnd.value: "end",
        KG.independentSources.value: "sources",
        KG.contradicts.value: "contradicted",
        KG.quote.value: "quote",
    }.items()
}
#: What the first line of a statement ends with; no literal does.
FIRST: Final = b"> %s %s .\n" % (str(RDF.type).encode(), str(RDF.Statement).encode())
LABEL: Final = RDFS.label.value.encode()
CALLED: Final = re.compile(
    rb'^<([^>]*)> <(%s|%s)> (".*") \.$' % (re.escape(LABEL), re.escape(SKOS.altLabel.value.encode())), re.MULTILINE
)
DATED: Final = re.compile(rb'^<([^>]*)> <%s> "([^"]*)"' % re.escape(SCHEMA.datePublished.value.encode()), re.MULTILINE)
ARTICLE: Final = re.compile(
    rb"^<([^>]*)> %s %s \.$" % tuple(re.escape(str(it).encode()) for it in (RDF.type, SCHEMA.NewsArticle)), re.MULTILINE
)


class KeysWriter:
    """A context manager: put graphs in, and end; when it is left without a fault, the tables are whole.

    :param path: the file; default: a database in memory, ``db``.
    """

    __slots__ = ("_counting", "_finishing", "_ids", "_other", "db")

    def __init__(self, path: Path | None = None) -> None:
        self.db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
        self.db.executescript(TABLES + counts.TABLES)
        self.db.execute("BEGIN")
        self._ids: dict[str, int] = {}
        self._counting = Counting()
        self._other = ThreadPoolExecutor(max_workers=1)
        self._finishing: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._other.shutdown()
        if error is not None:
            self.db.close()
        elif self._finishing is not None:
            self._finishing.result()

    def end(self) -> None:
        """No more graphs come: the tables are finished while its caller does something else."""
        self._finishing = self._other.submit(self._finish)

    def _finish(self) -> None:
        self.db.executemany("INSERT INTO term VALUES (?, ?)", ((id, iri) for iri, id in self._ids.items()))
        self._counting.finish(self.db, self._ids)
        self.db.executescript(FINISHED + counts.FINISHED)  # commits what is pending

    def _id(self, iri: str) -> int:
        return self._ids.setdefault(iri, len(self._ids))

    def put(self, graph: str, triples: bytes) -> None:
        """Take in the triples of a graph, as N-Triples, all those of a subject together."""
        if graph.endswith("/statements"):
            self._put_statements(triples)
        elif graph.endswith("/articles"):
            days = {article.decode(): None for article in ARTICLE.findall(triples)}
            days |= {article.decode(): day.decode() for article, day in DATED.findall(triples)}
            rows = ((self._id(f"<{article}>"), day) for article, day in days.items())
            self.db.executemany("INSERT OR REPLACE INTO day VALUES (?, ?)", rows)
            titles = ((self._id(f"<{it.decode()}>"), text) for it, name, text in _called(triples) if name == LABEL)
            self.db.executemany("INSERT OR REPLACE INTO title VALUES (?, ?)", titles)
            self._counting.add_articles(triples)
        elif graph.endswith("/entities"):
            self._put_names(triples)

    def _put_statements(self, triples: bytes) -> None:
        found: dict[bytes, dict[str, str]] = {}
        against: list[tuple[str, str]] = []
        # Two thirds of the lines are of spans, whose IRIs sort before those of statements.
        for line in triples[triples.rfind(b"\n", 0, max(0, triples.find(FIRST))) + 1 :].splitlines():
            it, name, value = line.split(b" ", 2)
            if column := READ.get(name):
                found.setdefault(it, {})[column] = value[:-2].decode()
                if column == "contradicted":
                    against.append((it.decode(), value[:-2].decode()))
        phrases = {known["phrase"] for known in found.values() if "phrase" in known} - self._ids.keys()
        self._name((phrase, _text(phrase)) for phrase in phrases)
        self.db.executemany("INSERT INTO against VALUES (?, ?)", against)
        self.db.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._rows(found))

    def _rows(self, found: Mapping[bytes, Mapping[str, str]]) -> Iterator[tuple[str | int | None, ...]]:
        for it, known in found.items():
            if known.keys() >= NEEDED and "quote" in known:
                start, phrase = known.get("start", known.get("end")), known.get("phrase", '""')
                speaker, spoken = (self._id(known[it]) if it in known else None for it in ("speaker", "phrase"))
                who = spoken if speaker is None else speaker
                sentence, sources = _text(known["quote"]), int(known.get("sources", '"1"').split('"', 2)[1])
                self._counting.add_sentence(who, _text(phrase), sentence)
                if sources > 1:
                    self._counting.add_carried(it.decode(), sources, sentence)
                yield (
                    it.decode(),
                    *(self._id(known[column]) for column in NEEDED),
                    speaker,
                    spoken,
                    start and start.split('"', 2)[1][:10],
                    "contradicted" in known,
                )

    def _put_names(self, triples: bytes) -> None:
        labels, names = [], []
        for it, name, called in _called(triples):
            entity = f"<{it.decode()}>"
            names.append((entity, called))
            if name == LABEL:
                labels.append((self._id(entity), called))
        self._name(names)
        self.db.executemany("INSERT OR REPLACE INTO label VALUES (?, ?)", labels)

    def _name(self, names: Iterable[tuple[str, str]]) -> None:
        self.db.executemany("INSERT INTO name VALUES (?, ?)", ((self._id(it), name.lower()) for it, name in names))


def _called(triples: bytes) -> Iterator[tuple[bytes, bytes, str]]:
    """What things are called: their IRIs, that of the property, and the text."""
    for it, name, text in CALLED.findall(triples):
        yield it, name, _text(text.decode())


def _text(literal: str) -> str:
    """The text of a plain literal; what N-Triples escapes, JSON does too."""
    text: str = json.loads(literal, strict=False) if "\\" in literal else literal[1:-1]
    return text
