"""Corpora with relations, all as records of annotated articles in the vocabulary of the ontology.

The news is complete for all relations. Of the others each is complete for the few that it annotates, and what its
relations mean here is told by a table; those that have no counterpart are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from kg.training.annotation import read_annotations
from kg.training.corpora import lines
from kg.training.news import read_records
from kg.training.score import Record
from kg.training.stated import ENDS

#: Where the corpora lie in the folder of all.
NEWS = "corpus/train.jsonl"
KNOWLEDGENET = "corpora/relations/knowledgenet.jsonl.gz"
CORE = "corpora/relations/core_train.jsonl.gz"
#: The texts of the items that are annotated without theirs.
ITEMS = "corpora/links/current_events.jsonl.gz"

#: A relation of another corpus here: its name, whether it leads from object to subject, and the types of its ends.
Meaning = tuple[str, bool, str, str]
#: What it says, and where its two ends stand.
Fact = tuple[Meaning, tuple[int, int], tuple[int, int]]

_KNOWLEDGENET: Mapping[str, Meaning] = {
    "PLACE_OF_BIRTH": ("bornIn", False, "Person", "Place"),
    "SPOUSE": ("spouseOf", False, "Person", "Person"),
    "CHILD_OF": ("parentOf", True, "Person", "Person"),
    "EDUCATED_AT": ("educatedAt", False, "Person", "Organization"),
    "HEADQUARTERS": ("basedIn", False, "Organization", "Place"),
    "PLACE_OF_RESIDENCE": ("basedIn", False, "Person", "Place"),
    "FOUNDED_BY": ("founded", True, "Organization", "Person"),
    "CEO": ("leads", True, "Organization", "Person"),
    "NATIONALITY": ("citizenOf", False, "Person", "Country"),
    "POLITICAL_AFFILIATION": ("memberOf", False, "Person", "Organization"),
    "SUBSIDIARY_OF": ("partOf", False, "Organization", "Organization"),
}
_CORE: Mapping[str, Meaning] = {
    "product_or_service_of": ("created", True, "Product", "Organization"),
    "collaboration": ("alliedWith", False, "Organization", "Organization"),
    "acquired_by": ("acquired", True, "Organization", "Organization"),
    "shareholder_of": ("owns", False, "Organization", "Organization"),
    "subsidiary_of": ("partOf", False, "Organization", "Organization"),
    "competitor_of": ("opposes", False, "Organization", "Organization"),
    "brand_of": ("created", True, "Product", "Organization"),
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A record, and the relations that it is complete for (``None``: all). ``weight`` is what it counts in training."""

    record: Record
    complete: frozenset[str] | None = None
    weight: float = 1.0


def read_news(path: Path) -> Iterator[Annotated]:
    """The annotated news articles, which are complete."""
    yield from map(Annotated, read_records(path))


def read_prose(folder: Path, *, weight: float = 1.0) -> Iterator[Annotated]:
    """Articles annotated by hand in the form of :mod:`kg.training.annotation`, which are complete.

    Their statements name entities and a sentence. They are taken to be said of the two mentions there that are nearest
    to each other, as 96 of 100 in the news are.
    """
    for record in read_annotations(folder):
        for statement in record["statements"]:
            ends = [_mentioned(record, statement[end], statement["sentence"]) for end in ENDS]
            nearest = min(product(*ends), key=lambda spans: _apart(*spans), default=(None, None))
            statement |= {f"{end}_span": span for end, span in zip(ENDS, nearest, strict=True)}
        yield Annotated(record, weight=weight)


def _mentioned(record: Record, entity: str, sentence: Sequence[int]) -> list[tuple[int, int]]:
    start, end = sentence
    return [
        (mention["start"], mention["end"])
        for mention in record["mentions"]
        if mention["entity"] == entity and start <= mention["start"] < end
    ]


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def read_knowledgenet(path: Path, *, weight: float = 1.0) -> Iterator[Annotated]:
    """KnowledgeNet (Mesquita et al. 2019): a passage is complete for the properties that it says it is."""
    for line in lines(path):
        passage = json.loads(line)
        complete = frozenset(_KNOWLEDGENET[name][0] for name in passage["exhaustive"] if name in _KNOWLEDGENET)
        facts = [
            (_KNOWLEDGENET[fact["property"]], tuple(fact["subject"]), tuple(fact["object"]))
            for fact in passage["facts"]
            if fact["property"] in _KNOWLEDGENET
        ]
        if complete:
            yield Annotated(_record(passage["id"], passage["text"], facts), complete, weight)


def read_core(path: Path, *, weight: float = 1.0) -> Iterator[Annotated]:
    """CORE (Borchert et al. 2023): one pair of companies a passage, complete for what CORE tells apart."""
    complete = frozenset(meaning[0] for meaning in _CORE.values())
    for line in lines(path):
        one = json.loads(line)
        words = one["context"]
        text, starts = joined(words)
        first, second = (
            (starts[one[f"{end}_start"]], starts[one[f"{end}_end"]] + len(words[one[f"{end}_end"]]))
            for end in ("e1", "e2")
        )
        if one["invert_relation"] == 1:
            first, second = second, first
        meaning = _CORE.get(one["relation"], ("", False, "Organization", "Organization"))
        if first != second:
            yield Annotated(_record(one["id"], text, [(meaning, first, second)]), complete, weight)


def joined(words: Iterable[str]) -> tuple[str, list[int]]:
    """Words with a blank between them, and where each begins."""
    text, starts = "", []
    for word in words:
        starts.append(len(text))
        text += f"{word} "
    return text.rstrip(), starts


def _record(id: str, text: str, facts: Iterable[Fact]) -> Record:
    """A record with a mention for each end of a fact; ends with the same words are one entity."""
    entities: dict[str, dict[str, str]] = {}
    mentions: dict[tuple[int, int], dict[str, Any]] = {}
    statements = []
    for (relation, reverse, *types), *ends in facts:
        ids = []
        for (start, end), label in zip(ends, types, strict=True):
            name = text[start:end]
            entity = entities.setdefault(name, {"id": f"e{len(entities)}", "type": label, "name": name})
            mentions[start, end] = {"start": start, "end": end, "entity": entity["id"], "text": name}
            ids.append(entity["id"])
        subject, obj = (1, 0) if reverse else (0, 1)
        if relation:
            said = {"subject": ids[subject], "relation": relation, "object": ids[obj]}
            statements.append(said | {"subject_span": list(ends[subject]), "object_span": list(ends[obj])})
    return {
        "id": id,
        "text": text,
        "entities": list(entities.values()),
        "mentions": list(mentions.values()),
        "statements": statements,
    }
