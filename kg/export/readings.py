"""JSON Lines in the record format of annotated articles: what was read, to compare with what an annotator reads.

One article a line: ``id``, ``title``, ``date``, ``source``, ``text``, ``entities`` (``id``, ``type``, ``name``),
``mentions`` (``start``, ``end``, ``text``, ``entity``) and ``statements`` (``subject``, ``relation``, ``object``,
``sentence``, ``subject_span``, ``object_span``, ``attribution``: an entity's id, a phrase or null, ``modality``,
``qualifiers``). Entities are numbered within the article. Those without a name that nothing is said of are left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.rdf.description import named_or_used
from kg.records import ArticleRecord, Mention, Resolution, Statement


def jsonl(records: Iterable[ArticleRecord], resolution: Resolution) -> bytes:
    """The records, one a line, in UTF-8."""
    lines = (json.dumps(reading(record, resolution), ensure_ascii=False) + "\n" for record in records)
    return "".join(lines).encode("utf-8", "replace")


def reading(record: ArticleRecord, resolution: Resolution) -> dict[str, Any]:
    """One article in the record format."""
    article, kept = record.article, named_or_used(record, resolution)
    mentions: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(record.mentions):
        mentions[resolution.entity_of[mention.id]].append(mention)
    numbers = {key: f"e{n}" for n, key in enumerate((key for key in mentions if key in kept), start=1)}
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "text": article.text,
        "entities": [
            {"id": number, "type": resolution.entities[key].type, "name": _name(mentions[key])}
            for key, number in numbers.items()
        ],
        "mentions": [
            {"start": mention.start, "end": mention.end, "text": mention.text, "entity": number}
            for key, number in numbers.items()
            for mention in mentions[key]
        ],
        "statements": [statement_reading(statement, resolution, numbers) for statement in record.statements],
    }


def _name(mentions: list[Mention]) -> str:
    """The fullest name in the article, else the fullest description, else what there is."""
    for kind in ("name", "nominal", "pronoun"):
        if words := [mention.text for mention in mentions if mention.kind == kind]:
            return max(words, key=len)
    raise ValueError("an entity without mentions")


def statement_reading(statement: Statement, resolution: Resolution, numbers: Mapping[str, str]) -> dict[str, Any]:
    """A statement in the record format; ``numbers`` tells what each entity is called there."""
    evidence, attribution = statement.evidence, statement.attribution
    told = next((it for it in evidence.sentences if it.covers(evidence.trigger)), evidence.sentences[0])
    by = None
    if attribution:
        by = attribution.source.text
        if attribution.mention:
            by = numbers[resolution.entity_of[attribution.mention.id]]
    return {
        "subject": numbers[resolution.entity_of[statement.subject.id]],
        "relation": statement.relation,
        "object": numbers[resolution.entity_of[statement.object.id]],
        "sentence": [told.start, told.end],
        "subject_span": [evidence.subject.start, evidence.subject.end],
        "object_span": [evidence.object.start, evidence.object.end],
        "attribution": by,
        "modality": statement.modality,
        "qualifiers": statement.qualifiers.words,
    }
