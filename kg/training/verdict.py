"""Fits how much the lexicon and the learned scorer are to be believed, alone, together, and beside other candidates.

Fitted on what both say of articles that the scorer has not learned from, read from their texts alone, so that mistakes
in names and coreference count as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc

from kg.export.readings import reading
from kg.extract import extract
from kg.extract.comparison import Candidate, Rows, features
from kg.extract.verdict import EVIDENCE, FLOOR, Weights, Witnesses
from kg.language import mentions
from kg.reading import BATCH, Reader, coverage
from kg.records import Article, ArticleRecord
from kg.resolve import resolve
from kg.training.logistic import likeliest
from kg.training.score import Record
from kg.training.score import right as right_of

#: How strongly weights are drawn to nothing; those of single relations more, as they rest on little.
_PENALTY, _PENALTY_OF_RELATIONS = 1.0, 3.0
#: What a statement of an item of the Current Events portal counts beside one of an article of the news corpus: they are
#: of one kind and four times as many. With 1 the articles lose a hundredth of F1, without the items these lose as much.
OF_ITEMS = 0.2

#: A witness that is surer makes nothing less likely, as it would where few of the articles show it.
SURER = ("both: lexicon", "both: learned", "lexicon only: lexicon", "learned only: learned", "surely mentions")


class Judged(NamedTuple):
    """What the witnesses say of a candidate, what else is known of it, and whether it is right."""

    witnesses: Witnesses
    features: Rows
    right: bool


def judged(reader: Reader, gold: Sequence[Record], *, floor: float = FLOOR) -> Iterator[Judged]:
    """Each statement that either witness finds possible at all.

    :param floor: as for :func:`kg.extract.extract`.
    """
    ontology, lexicon = reader.vocabulary.ontology, reader.vocabulary.lexicon
    records, told = [], []

    def alone(candidates: Sequence[Candidate], doc: Doc) -> list[float]:
        rows.update(zip(map(id, candidates), features(candidates, doc), strict=True))
        return [candidate.verdict for candidate in candidates]

    for doc, record in reader.nlp.pipe(((r["text"], r) for r in gold), as_tuples=True, batch_size=BATCH):
        article = Article(record["id"], record.get("title") or "", record["text"])
        found = mentions(doc, article.id)
        rows: dict[int, Rows] = {}
        made = extract(doc, article, found, ontology, lexicon, bar=0.0, least=0.0, floor=floor, compare=alone)
        records.append(ArticleRecord(article, found, made.statements, coverage(doc, made.statements, {})))
        kept = [made.candidates[statement.id] for statement in made.statements]
        told.append([(candidate.witnesses, rows[id(candidate)]) for candidate in kept])
    resolution = resolve(records)
    for wanted, read, known in zip(gold, records, told, strict=True):
        found_right = right_of(wanted, reading(read, resolution), symmetric=ontology.symmetric)
        yield from (Judged(*both, is_right) for both, is_right in zip(known, found_right, strict=True))


def fit(found: Sequence[Judged], counts: Sequence[float] | None = None) -> Weights:
    """The likeliest weights (logistic regression).

    :param counts: what each statement counts; default: 1.
    """
    names = sorted({one.witnesses.relation for one in found})
    column = {name: len(EVIDENCE) + 2 * n for n, name in enumerate(names)}
    values = np.zeros((len(found), len(EVIDENCE) + 2 * len(names)))
    for row, (witnesses, _, _) in enumerate(found):
        values[row, : len(EVIDENCE)] = witnesses.evidence()
        values[row, column[witnesses.relation] + (witnesses.lexicon is None)] = 1.0
    right = np.asarray([one.right for one in found])
    penalty = np.full(values.shape[1], _PENALTY_OF_RELATIONS)
    penalty[: len(EVIDENCE)] = _PENALTY
    weighed = None if counts is None else np.asarray(counts)
    surer = [number for number, name in enumerate(EVIDENCE) if name in SURER]
    best = likeliest(values, right, penalty, counts=weighed, not_negative=surer).round(3).tolist()
    relations = {name: (best[at], best[at + 1]) for name, at in column.items()}
    return Weights(tuple(best[: len(EVIDENCE)]), relations)


def write(path: Path, weights: Weights, *, articles: int, statements: int) -> None:
    """What extraction reads, and what it was fitted on."""
    told = {
        "weights": dict(zip(EVIDENCE, weights.evidence, strict=True)),
        "relations": weights.relations,
        "fitted on": {"articles": articles, "statements": statements},
    }
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
