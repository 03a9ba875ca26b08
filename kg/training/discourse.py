"""Readers of the corpora with coreference: OntoGUM and LitBank."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.language.phrases import noun_phrases
from kg.training.corpora import Example, lines, read_conllu

Span = tuple[int, int]


def read_ontogum(path: Path) -> Iterator[list[Example]]:
    """OntoGUM (Zhu, Pradhan and Zeldes 2021), train part, with the trees of the same sentences from ``../ud``.

    The corpus has no singletons. Noun phrases that it does not annotate are mentions that no other refers back to.
    """
    for record, trees in ontogum_records(path, "train"):
        clusters = _by_sentence(record)
        yield [_with_phrases(sentence, clusters[i]) for i, sentence in enumerate(trees)]


def ontogum_records(path: Path, split: str) -> Iterator[tuple[dict[str, Any], list[Example]]]:
    """The records of one part of OntoGUM, each with its sentences' trees from ``../ud`` beside it."""
    trees = {doc[0].doc: doc for doc in read_conllu(path.parent.parent / f"ud/{split}.conllu.gz")}
    for line in lines(path):
        record = json.loads(line)
        if record["split"] == split:
            yield record, trees[record["id"]]


def read_litbank(path: Path) -> Iterator[list[Example]]:
    """LitBank (Bamman, Lewke and Mansoor 2020): fiction; all persons, places, organizations and vehicles."""
    for line in lines(path):
        record = json.loads(line)
        clusters = _by_sentence(record)
        yield [
            Example(record["id"], tuple(words), (), mentions=ordered(clusters[i]), scheme="litbank")
            for i, words in enumerate(record["sents"])
        ]


def _by_sentence(record: dict[str, Any]) -> list[dict[Span, str]]:
    found: list[dict[Span, str]] = [{} for _ in record["sents"]]
    for number, cluster in enumerate(record["clusters"]):
        for sentence, start, end in cluster:
            found[sentence][start, end] = str(number)
    return found


def _with_phrases(sentence: Example, referring: dict[Span, str]) -> Example:
    assert sentence.upos is not None and sentence.deps is not None and sentence.heads is not None
    phrases = noun_phrases(sentence.upos, sentence.deps, sentence.heads, sentence.words)
    everything = {(start, end): "" for start, end, _ in phrases} | referring
    return replace(sentence, mentions=ordered(everything), scheme="ontonotes")


def ordered(mentions: Mapping[Span, str]) -> tuple[tuple[int, int, str], ...]:
    """First word, end and what it refers to of each mention, the outer ones first."""
    spans = sorted(mentions, key=lambda span: (span[0], -span[1]))
    return tuple((start, end, mentions[start, end]) for start, end in spans)
