"""A larger model that learns relations together with its encoder, to say what texts that nobody annotated state.

Too slow to ship, between given mentions it reads a tenth better than the scorer, which learns from its answers (Hinton,
Vinyals and Dean 2015) as :mod:`kg.training.relation_answers` tells.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor
from transformers import PreTrainedModel

from kg.language import load, load_parser
from kg.language.relation_pairs import Block, feature_sizes
from kg.training.answers import write
from kg.training.fitting import in_steps
from kg.training.model import pretrained_encoder
from kg.training.relation_answers import unseen
from kg.training.relation_examples import Example, Sizes, annotated_examples, blocks_of, mentions_of
from kg.training.relation_model import RelationModel
from kg.training.relation_sources import Annotated
from kg.training.relations import SHARE, Annotations, arguments, cross_entropy
from kg.training.teacher import Reader, Text, teach

#: A step has so many pairs at the least.
PAIRS = 800
#: Less likely answers are not written.
UNLIKELY = 0.03


def answer(
    corpora: Path,
    folder: Path,
    output: Path,
    *,
    encoder: Path,
    annotations: Path,
    prose: Iterable[Path] = (),
    rates: Sequence[float] = (5e-5, 1e-4),
    epochs: int = 16,
    seed: int = 1,
) -> None:
    """Train a teacher for each of ``rates`` on the corpora below a folder, on a GPU where there is one, and write what
    they say of texts to ``output``.

    :param folder: the model whose scorer is to learn from it; its parser, mentions and chains are what is asked about.
    :param encoder: a folder with an encoder in the Hugging Face format.
    :param annotations: items of the Current Events portal that are not asked about (:func:`unseen`).
    :param prose: as for :func:`kg.training.relations.train_scorer`.
    :raises InputError: if a file is missing.
    """
    given = Annotations.read(corpora, folder, prose=prose)
    parser, sizes = load_parser(model=folder), given.sizes

    def read(articles: Iterable[Annotated]) -> list[Text[Example]]:
        found = annotated_examples(parser, articles, sizes, given.symmetric)
        return [Text.of(doc, example, parser) for doc, example in found]

    data, others = read([*given.articles, *given.written]), read(given.passages)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    teachers = []
    for number, rate in enumerate(rates, start=seed):
        teacher = Teacher(pretrained_encoder(encoder, folder), len(sizes.deps), len(sizes.labels)).to(device)
        teachers.append(train(teacher, data, others, epochs=epochs, rate=rate, seed=number))
    nlp = load(model=folder, clusters=False)
    write_answers(teachers, unseen(nlp, corpora, annotations), sizes, nlp, output)


class Teacher(Reader):
    """An encoder, and a scorer of relations on its vectors of words."""

    def __init__(self, encoder: PreTrainedModel, deps: int, relations: int) -> None:
        super().__init__(encoder, dropout=0.2)
        self.relations = RelationModel(self.width, feature_sizes(deps), relations, size=192)

    def loss(self, reading: Sequence[Text[Example]]) -> Tensor:
        """What is lost by a pair of texts whose relations are known."""
        parts = [
            text.example.weight * cross_entropy(self.relations, text.example, _in_blocks(text.example.blocks, vectors))
            for text, vectors in zip(reading, self.vectors(reading), strict=True)
        ]
        return torch.stack(parts).sum() / sum(text.example.pairs for text in reading)


def train(
    teacher: Teacher,
    data: Sequence[Text[Example]],
    others: Sequence[Text[Example]],
    *,
    epochs: int,
    rate: float,
    seed: int,
) -> Teacher:
    """Train on all of ``data`` and some of ``others`` each time. What is returned is the moving average of the weights.

    :param rate: the highest of the encoder; the scorer learns with ``2e-3`` at the most.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)

    def steps() -> list[list[Text[Example]]]:
        seen = [*data, *rng.sample(others, len(others) // SHARE)]
        return list(in_steps(seen, lambda text: text.example.pairs, PAIRS, rng))

    return teach(teacher, [steps] * epochs, teacher.loss, rate=rate, scorer_rate=2e-3)


def write_answers(
    teachers: Sequence[Teacher], asked: Iterable[tuple[str, Doc]], sizes: Sizes, nlp: Language, path: Path
) -> None:
    """What the teachers say of texts, the mean of their probabilities, in the form that
    :mod:`kg.training.relation_answers` reads."""

    def lines() -> Iterator[dict[str, Any]]:
        for id, doc in asked:
            mentions = mentions_of(doc)
            found = list(blocks_of(doc, mentions, sizes))
            text = Text.of(doc, Example(tuple(found), (), (), (), 0.0), nlp)
            answers = [
                [int(block.mentions[block.left[row]]), int(block.mentions[block.right[row]]), label, round(likely, 2)]
                for block, probabilities in zip(found, _told(teachers, text), strict=True)
                for row, label, likely in _likely(probabilities, sizes.labels)
            ]
            ends = [[span.start_char, span.end_char, span.label_, span.id_] for span in mentions]
            yield {"id": id, "mentions": ends, "answers": answers}

    write(path, lines())


def _told(teachers: Sequence[Teacher], text: Text[Example]) -> list[NDArray[np.float32]]:
    """``[pairs, labels]`` of each block."""
    found = text.example.blocks
    told = []
    with torch.no_grad():
        for teacher in teachers:
            device = teacher.ending.device
            with teacher.in_16_bits():
                words = _in_blocks(found, teacher.vectors([text])[0])
                logits = [
                    teacher.relations(vectors, *(each.to(device) for each in arguments(block)))[0]
                    for block, vectors in zip(found, words, strict=True)
                ]
            told.append([each.float().sigmoid().cpu() for each in logits])
    return [torch.stack(each).mean(0).numpy() for each in zip(*told, strict=True)]


def _likely(probabilities: NDArray[np.float32], labels: Sequence[str]) -> Iterator[tuple[int, str, float]]:
    for row, number in zip(*np.nonzero(probabilities > UNLIKELY), strict=True):
        yield int(row), labels[number], float(probabilities[row, number])


def _in_blocks(found: Sequence[Block], vectors: Tensor) -> list[Tensor]:
    return [vectors[block.start : block.end] for block in found]
