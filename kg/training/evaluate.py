"""Scores of a language model by public definitions, on the parts of the corpora held out for development.

With gold tokens and our own sentence starts: UPOS, UAS and LAS over all words, punctuation included, labels with their
subtypes; F1 of sentence starts after the first word of each document. Names: exact span and type.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.training.corpora import Example, join, read_conllu, read_news


@dataclass(frozen=True, slots=True)
class TreebankScores:
    """Shares of 1."""

    upos: float
    uas: float
    las: float
    sentence_f1: float
    words: int


def f1(right: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / (predicted + gold) if right else 0.0


def treebank(nlp: Language, docs: Iterable[Sequence[Example]]) -> TreebankScores:
    """Score parses of documents given as gold words."""
    counts = dict.fromkeys(("words", "upos", "uas", "las", "starts", "predicted", "gold"), 0)
    gold = [join(doc) for doc in docs]
    parsed = nlp.pipe(_doc(nlp, example) for example in gold)
    for example, doc in zip(gold, parsed, strict=True):
        assert example.heads is not None and example.deps is not None and example.upos is not None
        starts = {token.i for token in doc if token.is_sent_start} - {0}
        wanted = set(example.starts) - {0}
        counts["starts"] += len(starts & wanted)
        counts["predicted"] += len(starts)
        counts["gold"] += len(wanted)
        for token, upos, head, dep in zip(doc, example.upos, example.heads, example.deps, strict=True):
            counts["words"] += 1
            counts["upos"] += token.pos_ == upos
            counts["uas"] += token.head.i == head
            counts["las"] += token.head.i == head and token.dep_ == dep
    n = counts["words"]
    starts_f1 = f1(counts["starts"], counts["predicted"], counts["gold"])
    return TreebankScores(counts["upos"] / n, counts["uas"] / n, counts["las"] / n, starts_f1, n)


def tagged(nlp: Language, docs: Iterable[Sequence[Example]], layer: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of a mention layer on the annotated articles: exact words and type.

    ``names`` is read from ``doc.ents``, ``nominals`` from ``doc.spans``.
    """
    right = predicted = gold = 0
    parts = [example for doc in docs for example in doc]
    for example, doc in zip(parts, nlp.pipe(_doc(nlp, e) for e in parts), strict=True):
        spans = doc.ents if layer == "names" else doc.spans[layer]
        found = {(span.start, span.end, span.label_) for span in spans}
        wanted = set(_spans(example.tags[layer]))
        right += len(found & wanted)
        predicted += len(found)
        gold += len(wanted)
    return right / max(predicted, 1), right / max(gold, 1), f1(right, predicted, gold)


def _doc(nlp: Language, example: Example) -> Doc:
    joined = example.joined or (False,) * len(example.words)
    return Doc(nlp.vocab, words=list(example.words), spaces=[not after for after in (*joined[1:], False)])


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((i, i + 1, tag[2:]))
        elif tag.startswith("I-"):
            spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
    return spans


def speed(nlp: Language, texts: Sequence[str]) -> float:
    """Words a second of the whole pipeline over ``texts``, the first of which warms it up."""
    nlp(texts[0])
    started = time.perf_counter()
    words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
    return words / (time.perf_counter() - started)


def news_texts(corpus_root: Path) -> list[str]:
    """The texts of the annotated articles held out for development."""
    lines = (corpus_root / "corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


def language_scores(nlp: Language, corpus_root: Path) -> dict[str, dict[str, float]]:
    """All scores that can be had with the files below ``corpus_root``."""
    table: dict[str, dict[str, float]] = {}
    docs = list(read_conllu(corpus_root / "corpora/ud/dev.conllu.gz"))
    parts = {
        "EWT": [d for d in docs if d[0].doc.startswith("ewt-")],
        "GUM": [d for d in docs if d[0].doc.startswith("gum-")],
    }
    for name, part in {**parts, "EWT + GUM": docs}.items():
        scores = treebank(nlp, part)
        table[f"UD {name} dev"] = {
            "UPOS": scores.upos,
            "UAS": scores.uas,
            "LAS": scores.las,
            "sentence F1": scores.sentence_f1,
        }
    news = list(read_news(corpus_root / "corpus/dev.jsonl"))
    for layer in ("names", "nominals"):
        precision, recall, score = tagged(nlp, news, layer)
        table[f"news dev, {layer}"] = {"P": precision, "R": recall, "F1": score}
    return table
