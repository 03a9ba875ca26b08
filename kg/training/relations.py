"""Training of the scorer of relations: on the vectors, parses and given mentions of annotated articles, and on what
larger models say of texts that nobody annotated.

The encoder stays as it is, so that the scorer can be trained anew in minutes. It ships as ``relations.onnx``.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from kg.language import load_parser
from kg.language.encoder import read_meta
from kg.language.relation_pairs import TYPES, Block, feature_sizes
from kg.ontology import load_ontology
from kg.training.corpora import check_files
from kg.training.fitting import endless, fit, in_steps, warmed_up
from kg.training.redocred import REDOCRED, read_redocred
from kg.training.relation_examples import Example, Sizes, annotated_examples, taught_examples
from kg.training.relation_model import RelationModel
from kg.training.relation_sources import (
    CORE,
    KNOWLEDGENET,
    NEWS,
    Annotated,
    read_core,
    read_knowledgenet,
    read_news,
    read_prose,
)
from kg.training.scorers import write_scorer
from kg.training.stated import is_held_out

log = logging.getLogger(__name__)

#: What a pair of an article written to teach counts beside one of the news, and one of a passage of another corpus.
PROSE, OTHERS = 0.8, 0.3
#: One in so many passages is drawn in an epoch.
SHARE = 12
#: A step has at least so many pairs of articles and passages, and so many of texts with answers, which count as much
#: as :data:`TAUGHT` says.
PAIRS, LESSON_PAIRS, TAUGHT = 1500, 3000, 2.0


@dataclass(frozen=True, slots=True)
class Annotations:
    """Annotated articles, those written to teach, and passages of other corpora, with what shapes a scorer of them."""

    articles: list[Annotated]
    written: list[Annotated]
    passages: list[Annotated]
    sizes: Sizes
    symmetric: Set[str]

    @classmethod
    def read(
        cls,
        corpora: Path,
        folder: Path,
        *,
        prose: Iterable[Path] = (),
        redocred: bool = False,
    ) -> Annotations:
        """Those below the folder ``corpora``, for the model in ``folder``.

        :param prose: folders with annotated articles beside those of the corpora.
        :raises InputError: if a file is missing.
        """
        wikipedia = REDOCRED if redocred else ()
        check_files(corpora, NEWS, KNOWLEDGENET, CORE, *wikipedia)
        ontology = load_ontology()
        news = [one for one in read_news(corpora / NEWS) if not is_held_out(one.record["id"])]
        own = [one for path in prose for one in read_prose(path, weight=PROSE)]
        labels = {statement["relation"] for one in (*news, *own) for statement in one.record["statements"]}
        passages = [
            *read_knowledgenet(corpora / KNOWLEDGENET, weight=OTHERS),
            *read_core(corpora / CORE, weight=OTHERS),
            *(passage for path in wikipedia for passage in read_redocred(corpora / path, ontology, weight=OTHERS)),
        ]
        return cls(news, own, passages, Sizes.of(ontology, labels, read_meta(folder)["deps"]), ontology.symmetric)


def train_scorer(
    corpora: Path,
    folder: Path,
    *,
    epochs: int,
    seed: int,
    prose: Iterable[Path] = (),
    answers: Path | None = None,
    redocred: bool = False,
) -> None:
    """Train on the corpora below a folder, and write the scorer to the folder of the model that it works with.

    :param prose: folders with annotated articles beside those of the corpora.
    :param answers: a file of :mod:`kg.training.relation_answers`.
    :param redocred: train on Re-DocRED too. On news it was of no use: alone, between given mentions, the scorer had F1
        .630 with it and .629 without.
    :raises InputError: if a file is missing.
    """
    given = Annotations.read(corpora, folder, prose=prose, redocred=redocred)
    nlp, sizes = load_parser(model=folder), given.sizes

    def read(articles: Iterable[Annotated]) -> list[Example]:
        return [example for _, example in annotated_examples(nlp, articles, sizes, given.symmetric)]

    data, others = read([*given.articles, *given.written]), read(given.passages)
    lessons = list(taught_examples(nlp, corpora, answers, sizes, random.Random(seed))) if answers else []
    pairs = sum(one.pairs for one in (*data, *others, *lessons))
    told = "%d articles, %d passages, %d texts with answers, %d pairs"
    log.info(told, len(data), len(others), len(lessons), pairs)
    model = train(data, others, sizes, lessons=lessons, epochs=epochs, seed=seed)
    export(
        model,
        sizes,
        folder,
        told={
            "articles": len(given.articles),
            "prose": len(given.written),
            "passages": len(given.passages),
            "answered": len(lessons),
            "epochs": epochs,
            "seed": seed,
        },
    )


def train(
    data: Sequence[Example],
    others: Sequence[Example],
    sizes: Sizes,
    *,
    lessons: Sequence[Example] = (),
    epochs: int = 28,
    rate: float = 2e-3,
    seed: int = 1,
) -> RelationModel:
    """Train on all of ``data`` and some of ``others`` each time, in random order, and beside them on ``lessons``, on a
    GPU where there is one.

    What is returned is the moving average of the weights.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    width = data[0].words[0].shape[1]
    model = RelationModel(width, feature_sizes(len(sizes.deps)), len(sizes.labels)).to(device)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.05)
    taught = endless(lessons, lambda one: one.pairs, LESSON_PAIRS, rng)

    def steps() -> list[list[Example]]:
        return list(in_steps([*data, *rng.sample(others, len(others) // SHARE)], lambda one: one.pairs, PAIRS, rng))

    def loss(group: Sequence[Example]) -> Tensor:
        lost = _loss(model, group)
        return lost + TAUGHT * _loss(model, next(taught)) if lessons else lost

    return fit(model, optimiser, [steps] * epochs, loss, share=warmed_up).cpu()


def _loss(model: RelationModel, group: Sequence[Example]) -> Tensor:
    """What is lost by a pair."""
    device = model.inside.weight.device
    parts = [one.weight * cross_entropy(model, one, [vectors.to(device) for vectors in one.words]) for one in group]
    return torch.stack(parts).sum() / sum(one.pairs for one in group)


def cross_entropy(model: RelationModel, example: Example, words: Sequence[Tensor]) -> Tensor:
    """Cross-entropy over all labels, summed over pairs.

    :param words: the vectors of the words of each block; those in ``example`` are not looked at.
    """
    parts = []
    for block, vectors, right, counts in zip(example.blocks, words, example.targets, example.counts, strict=True):
        logits, _ = model(vectors, *(each.to(vectors.device) for each in arguments(block)))
        wrong = F.binary_cross_entropy_with_logits(logits.float(), right.to(vectors.device), reduction="none")
        parts.append((wrong * counts.to(vectors.device)).sum())
    return torch.stack(parts).sum()


def arguments(block: Block) -> tuple[Tensor, ...]:
    """What the scorer takes beside the words' vectors."""
    arrays = (block.spans, block.left, block.right, block.features, block.path, block.place)
    return tuple(torch.from_numpy(array) for array in arrays)


def export(model: RelationModel, sizes: Sizes, folder: Path, *, told: dict[str, Any]) -> None:
    """Write ``relations.onnx`` to a model's folder, and what it is into the model's ``meta.json``.

    :param told: what the model card tells of the training.
    """
    words = torch.zeros(4, model.inside.in_features, dtype=torch.float16)
    pairs, spans = torch.tensor([0, 1, 0]), torch.tensor([[0, 1], [2, 4]])
    features = torch.zeros(3, len(model.features), dtype=torch.int64)
    place = torch.zeros(3, 4, dtype=torch.int64)
    inputs = {
        "words": words,
        "spans": spans,
        "left": pairs,
        "right": pairs,
        "features": features,
        "path": place > 0,
        "place": place,
    }
    axes = {name: {0: "pairs"} for name in ("left", "right", "features", "scores")}
    tables = {name: {0: "pairs", 1: "words"} for name in ("path", "place", "attention")}
    axes = {"words": {0: "words"}, "spans": {0: "mentions"}, **axes, **tables}
    types = [(a, b) for (i, a), (j, b) in product(enumerate(TYPES), repeat=2) if sizes.possible[i, j]]
    told = {"labels": sizes.labels, "types": types, **told}
    write_scorer(model, folder / "relations.onnx", inputs, ["scores", "attention"], axes=axes, told=told)
