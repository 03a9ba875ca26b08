"""What larger models say of relations in texts that nobody annotated, and the lesson that the scorer takes from it.

Answers lie in a file without the texts: JSON lines, compressed, with the ``id`` of a text, its ``mentions`` (first
character, end, type, and what it refers to) and ``answers`` (numbers of the mentions that are subject and object,
relation, probability). Pairs of mentions in one sentence without an answer have, so they say, no relation.
:mod:`kg.training.relation_teacher` writes them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.mentions import MENTIONS
from kg.language.relation_pairs import Block
from kg.training.annotated import item_records
from kg.training.answers import with_texts
from kg.training.corpora import check_files, lines
from kg.training.relation_sources import ITEMS, NEWS
from kg.training.unlabelled import TOGETHER, Run, runs, runs_in

#: Sentences of news as words; short news items, each a text of its own, are asked about too.
SENTENCES = "corpora/ner/gmb.jsonl.gz"
#: The articles that teach the scorer and those that judge it.
ARTICLES = (NEWS, "corpus/dev.jsonl")
#: Of pairs without an answer one in so many teaches, and counts for all: they are four in five, and teach little.
EASY = 7

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answered:
    """A text's mentions as :func:`kg.training.given.give_mentions` takes them, and the probability of each relation
    between two mentions that are told by their characters."""

    record: dict[str, Any]
    answers: Mapping[tuple[Span, ...], Mapping[str, float]]


def texts(corpora: Path, vocab: Vocab) -> Iterator[tuple[str, str | Doc]]:
    """The texts that are asked about, with their ids.

    :raises InputError: if a file is missing.
    """
    check_files(corpora, ITEMS, SENTENCES)
    for line in lines(corpora / ITEMS):
        item = json.loads(line)
        yield item["id"], " ".join(item["text"].split())
    sentences = (json.loads(line)["tokens"] for line in lines(corpora / SENTENCES))
    for number, together in enumerate(zip(*[sentences] * TOGETHER, strict=False), start=1):
        yield f"gmb-{TOGETHER * number}", Doc(vocab, words=list(chain.from_iterable(together)))


def unseen(nlp: Language, corpora: Path, annotations: Path) -> Iterator[tuple[str, Doc]]:
    """The texts to be asked about, read by the whole pipeline, without those that share words with articles that judge
    or teach the scorer, or with the items of ``annotations``, on which the verdict is fitted.

    :raises InputError: if a file is missing.
    """
    check_files(corpora, *ARTICLES)
    known = set[Run]().union(*(runs_in(corpora / name) for name in ARTICLES))
    known.update(run for item in item_records(corpora / ITEMS, annotations) for run in runs(item["text"]))
    asked = ((text, id) for id, text in texts(corpora, nlp.vocab) if known.isdisjoint(runs(str(text))))
    for doc, id in nlp.pipe(asked, as_tuples=True, batch_size=32):
        if len(doc.spans[MENTIONS]) > 1:
            yield id, doc


def read_answers(path: Path, corpora: Path, vocab: Vocab) -> Iterator[tuple[str | Doc, Answered]]:
    """The texts with what was said of them.

    :raises InputError: if a file is missing, or a text.
    """
    for text, line in with_texts(path, texts(corpora, vocab)):
        yield text, _answered(line, text if isinstance(text, str) else text.text)


def _answered(line: Mapping[str, Any], text: str) -> Answered:
    spans: list[Span] = [(start, end) for start, end, *_ in line["mentions"]]
    types = {entity: label for *_, label, entity in line["mentions"]}
    answers: dict[tuple[Span, ...], dict[str, float]] = {}
    for subject, obj, relation, probability in line["answers"]:
        answers.setdefault((spans[subject], spans[obj]), {})[relation] = probability
    record = {
        "id": line["id"],
        "text": text,
        "entities": [{"id": entity, "type": label} for entity, label in types.items()],
        "mentions": [{"start": start, "end": end, "entity": entity} for start, end, _, entity in line["mentions"]],
    }
    return Answered(record, answers)


def lesson(
    found: Iterable[Block],
    tokens: list[Span],
    answers: Mapping[tuple[Span, ...], Mapping[str, float]],
    labels: Mapping[str, int],
    rng: random.Random,
) -> Iterator[tuple[Block, NDArray[np.float32], NDArray[np.float32]]]:
    """Blocks with those of their pairs that teach, the probabilities ``[pairs, labels]``, and ``[pairs]`` for how many
    pairs each counts.

    :param tokens: first token and end of each mention; ``answers`` tells its ends by these too.
    """
    for block in found:
        ends = zip(block.mentions[block.left].tolist(), block.mentions[block.right].tolist(), strict=True)
        said = [answers.get((tokens[i], tokens[j])) for i, j in ends]
        kept = [row for row, told in enumerate(said) if told or rng.randrange(EASY) == 0]
        if not kept:
            continue
        wanted = np.zeros((len(kept), len(labels)), dtype=np.float32)
        for row, number in enumerate(kept):
            for relation, probability in (said[number] or {}).items():
                if relation in labels:
                    wanted[row, labels[relation]] = probability
        counts = np.asarray([1.0 if said[number] else EASY for number in kept], dtype=np.float32)
        part = {name: getattr(block, name)[kept] for name in ("left", "right", "features", "path", "place")}
        yield replace(block, **part), wanted, counts
