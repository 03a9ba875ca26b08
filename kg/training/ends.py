"""Fits :mod:`kg.extract.ends`: how likely what is taken for a mention is one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.ends import KNOWN, Rows, rows
from kg.language import mentions
from kg.reading import BATCH, Reader
from kg.training.logistic import likeliest
from kg.training.score import ALIGNED, Record, overlap

#: How strongly weights are drawn to nothing, of values that all have the same deviation.
_PENALTY = 200.0


def read_mentions(reader: Reader, gold: Iterable[Record]) -> tuple[Rows, NDArray[np.bool_]]:
    """What is known of each mention that the language model finds in annotated articles, and whether it is one: whether
    it overlaps with one of the annotator's as scores want it."""
    known, right = list[Rows](), list[bool]()
    pairs = ((record["text"], record) for record in gold)
    for doc, record in reader.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH, disable=["kg_relations"]):
        found = mentions(doc, record["id"])
        if not found:
            continue
        known.append(rows(doc, found, reader.vocabulary.ontology))
        there = [(mention["start"], mention["end"]) for mention in record["mentions"]]
        right += [any(overlap((one.start, one.end), other) >= ALIGNED for other in there) for one in found]
    return np.concatenate(known), np.asarray(right)


def fit(known: Rows, right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The likeliest weights, in the order of :func:`kg.extract.ends.rows`."""
    values = known.astype(np.float64)
    deviation = values.std(axis=0) + 1e-3
    deviation[-1] = 1.0  # what is always 1
    penalty = np.full(values.shape[1], _PENALTY)
    penalty[-1] = 0.0
    return likeliest(values / deviation, right, penalty) / deviation


def write(path: Path, weights: NDArray[np.float64], *, articles: int, mentions: int) -> None:
    """What extraction reads, and what it was fitted on."""
    *others, bias = weights.round(4).tolist()
    vector, known = others[: -len(KNOWN)], others[-len(KNOWN) :]
    told = {
        "known": dict(zip(KNOWN, known, strict=True)),
        "bias": bias,
        "vector": vector,
        "fitted on": {"articles": articles, "mentions": mentions},
    }
    path.write_text(json.dumps(told) + "\n", encoding="utf-8")
