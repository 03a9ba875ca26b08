"""The whole pipeline on the annotated news articles, from their texts, by the definitions of ``kg evaluate``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from kg.export.readings import reading
from kg.reading import Reader
from kg.records import Article
from kg.resolve import resolve
from kg.training.coreference import CoreferenceScores, clusters, score_clusters
from kg.training.names import is_name, is_pronoun
from kg.training.score import Record, Score
from kg.vocabulary import load_vocabulary


def read_records(path: Path) -> Iterator[Record]:
    """The annotated articles of a file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def predict(nlp: Language, gold: list[Record]) -> list[Record]:
    """What ``nlp`` reads of the texts of annotated articles, all resolved together."""
    articles = [Article(record["id"], record.get("title") or "", record["text"]) for record in gold]
    found = list(Reader(nlp, load_vocabulary()).read(articles))
    resolution = resolve(found)
    return [reading(record, resolution) for record in found]


def mention_scores(gold: list[Record], predicted: list[Record]) -> dict[str, Score]:
    """Exact span and type of ``names`` and of ``nominals``, which are what is neither name nor pronoun."""
    scores = {}
    for kind in ("names", "nominals"):
        sides = [[_mentions(record, kind) for record in side] for side in (gold, predicted)]
        right = sum(len(a & b) for a, b in zip(*sides, strict=True))
        scores[kind] = Score(right, *(sum(map(len, side)) for side in reversed(sides)))
    return scores


def coreference_scores(gold: list[Record], predicted: list[Record]) -> CoreferenceScores:
    """Over all mentions, those of one alone included."""
    return score_clusters((clusters(a), clusters(b)) for a, b in zip(gold, predicted, strict=True))


def _mentions(record: Record, kind: str) -> set[tuple[int, int, str]]:
    types = {entity["id"]: entity["type"] for entity in record["entities"]}
    spans = {(m["start"], m["end"], types[m["entity"]]) for m in record["mentions"] if m["entity"] in types}
    return {span for span in spans if _kind(record["text"][span[0] : span[1]]) == kind}


def _kind(words: str) -> str:
    return "names" if is_name(words) else "pronouns" if is_pronoun(words) else "nominals"
