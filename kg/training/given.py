"""Extraction alone: what is read of articles whose entities and mentions an annotator gives.

The language model parses the text and the statements are found as in ``kg build``; only which words speak of which
entity comes from the gold record, so that a score tells how good extraction is, whatever names and coreference are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.documents.checks import parse_date
from kg.errors import InputError
from kg.export.readings import statement_reading
from kg.extract.ends import GIVEN
from kg.language.mentions import MENTIONS
from kg.reading import Reader
from kg.records import Article, ArticleRecord, Entity, Resolution
from kg.training.names import is_name
from kg.training.score import Record

#: The components of the pipeline whose work the gold record does.
DONE = ("kg_mentions", "kg_coreference")
#: The component that works on mentions, so that it runs when they are given.
AFTER = "kg_relations"


def read_given(reader: Reader, gold: Iterable[Record]) -> Iterator[tuple[Record, ArticleRecord]]:
    """Each gold record with our statements in place of its own, and what was read, with its evidence.

    :raises InputError: if a mention of a gold record is not in its text, or of no entity.
    """
    disable = [name for name in reader.nlp.pipe_names if name in DONE or name == AFTER]
    relations = reader.nlp.get_pipe(AFTER) if AFTER in reader.nlp.pipe_names else None
    pairs = ((record["text"], record) for record in gold)
    for doc, record in reader.nlp.pipe(pairs, as_tuples=True, batch_size=8, disable=disable):
        give_mentions(doc, record)
        if relations is not None:
            doc = relations(doc)
        read = reader.record(doc, article_of(record))
        chains = {entity["id"]: entity["id"] for entity in record["entities"]}
        resolution = Resolution(
            {e["id"]: Entity(e["id"], e["type"], e["name"]) for e in record["entities"]},
            {mention.id: mention.chain for mention in read.mentions},
        )
        statements = [statement_reading(statement, resolution, chains) for statement in read.statements]
        yield {**record, "statements": statements}, read


def give_mentions(doc: Doc, record: Record) -> None:
    """Set ``doc.spans["mentions"]`` and ``doc.ents`` from a gold record: types as labels, entities as chains.

    A mention that begins or ends within a token takes the whole token; of two with the same words then, the one that
    was these words in the first place stays.
    """
    types = {entity["id"]: entity["type"] for entity in record["entities"]}
    found: dict[tuple[int, int], Span] = {}
    exact: set[tuple[int, int]] = set()
    for mention in record["mentions"]:
        start, end, entity = mention["start"], mention["end"], mention["entity"]
        span = None
        if entity in types and 0 <= start < end <= len(doc.text):
            span = doc.char_span(start, end, label=types[entity], span_id=entity, alignment_mode="expand")
        if span is None:
            raise InputError(f"the mention at {start}-{end} is of no entity or not in the text", where=record["id"])
        key = (span.start, span.end)
        fits = (span.start_char, span.end_char) == (start, end)
        if key not in found or (fits and key not in exact):
            found[key] = span
        exact |= {key} if fits else set()
    spans = [found[key] for key in sorted(found, key=lambda key: (key[0], -key[1]))]
    doc.spans[MENTIONS] = spans
    doc.user_data[GIVEN] = True
    doc.ents = filter_spans([span for span in spans if is_name(span.text)])


def article_of(record: dict[str, Any] | Record) -> Article:
    """The article of an annotated record."""
    date = parse_date(record.get("date"), record["id"])
    return Article(record["id"], record.get("title") or "", record["text"], date, record.get("source"))
