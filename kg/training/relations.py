"""Training of the scorer of relations: on the vectors, parses and given mentions of annotated articles.

The encoder stays as it is, so that the scorer can be trained anew in minutes. It ships as ``relations.onnx``.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.language import load_parser
from kg.language.encoder import read_meta
from kg.language.mentions import MENTIONS
from kg.language.relation_pairs import TYPES, Block, blocks, feature_sizes
from kg.ontology import Ontology, load_ontology
from kg.training.corpora import check_files
from kg.training.given import give_mentions
from kg.training.losses import take_step
from kg.training.redocred import REDOCRED, read_redocred
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
from kg.training.scorers import note_scorer
from kg.training.stated import Statements, is_held_out, targets

log = logging.getLogger(__name__)

#: What a passage of the other corpora counts beside a news article.
OTHERS = 0.3
#: What an article written to teach counts, which is plainer than news: with 1 the best F1 on news is .006 lower.
PROSE = 0.1
#: So many passages make one step of training.
PASSAGES = 16
#: One in so many of these is drawn in an epoch.
SHARE = 20


@dataclass(frozen=True, slots=True)
class Sizes:
    """What shapes the scorer: its labels, the parser's relations, and the types that any label may connect."""

    labels: tuple[str, ...]
    deps: tuple[str, ...]
    possible: NDArray[np.bool_]

    @classmethod
    def of(cls, ontology: Ontology, labels: Iterable[str], deps: Sequence[str]) -> Sizes:
        """The types follow from the ontology's domains and ranges."""
        names = tuple(sorted(labels))
        possible = [[any(ontology.allows(name, a, b) for name in names) for b in TYPES] for a in TYPES]
        return cls(names, tuple(deps), np.asarray(possible))


@dataclass(frozen=True, slots=True)
class Example:
    """The blocks of one article with the vectors of their words, and of each pair which labels are right and train."""

    blocks: tuple[Block, ...]
    words: tuple[Tensor, ...]
    targets: tuple[Tensor, ...]
    known: tuple[Tensor, ...]
    weight: float = 1.0


def train_scorer(
    corpora: Path, folder: Path, *, epochs: int, seed: int, prose: Iterable[Path] = (), redocred: bool = False
) -> None:
    """Train on the corpora below a folder, and write the scorer to the folder of the model that it works with.

    :param prose: folders with annotated articles beside those of the corpora.
    :param redocred: train on Re-DocRED too. On news it was of no use: alone, between given mentions, the scorer had F1
        .630 with it and .629 without.
    """
    wikipedia = REDOCRED if redocred else ()
    check_files(corpora, NEWS, KNOWLEDGENET, CORE, *wikipedia)
    ontology, nlp = load_ontology(), load_parser(model=folder)
    articles = [one for one in read_news(corpora / NEWS) if not is_held_out(one.record["id"])]
    written = [one for path in prose for one in read_prose(path, weight=PROSE)]
    meta = read_meta(folder)
    labels = {statement["relation"] for article in (*articles, *written) for statement in article.record["statements"]}
    sizes = Sizes.of(ontology, labels, meta["deps"])
    passages = [
        *read_knowledgenet(corpora / KNOWLEDGENET, weight=OTHERS),
        *read_core(corpora / CORE, weight=OTHERS),
        *(passage for path in wikipedia for passage in read_redocred(corpora / path, ontology, weight=OTHERS)),
    ]
    symmetric = ontology.symmetric
    data = list(examples(nlp, [*articles, *written], sizes, symmetric))
    others = together(list(examples(nlp, passages, sizes, symmetric)), random.Random(seed))
    pairs = sum(len(block.left) for one in (*data, *others) for block in one.blocks)
    log.info("%d articles, %d groups of passages, %d pairs", len(data), len(others), pairs)
    model = train(data, others, sizes, epochs=epochs, seed=seed)
    export(
        model,
        sizes,
        folder,
        told={
            "articles": len(articles),
            "prose": len(written),
            "passages": len(passages),
            "epochs": epochs,
            "seed": seed,
        },
    )


def examples(nlp: Language, articles: Iterable[Annotated], sizes: Sizes, symmetric: Set[str]) -> Iterator[Example]:
    """Annotated texts read by the parser, with the annotator's mentions."""
    pairs = ((article.record["text"], article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        give_mentions(doc, article.record)
        made = _example(doc, article, sizes, symmetric)
        if made is not None:
            yield made


def together(passages: Sequence[Example], rng: random.Random) -> list[Example]:
    """Passages put together, so many that they have as many pairs as an article."""
    mixed = rng.sample(passages, len(passages))
    groups = [mixed[i : i + PASSAGES] for i in range(0, len(mixed), PASSAGES)]
    return [
        Example(
            blocks=tuple(block for one in group for block in one.blocks),
            words=tuple(vectors for one in group for vectors in one.words),
            targets=tuple(right for one in group for right in one.targets),
            known=tuple(training for one in group for training in one.known),
            weight=group[0].weight,
        )
        for group in groups
    ]


def _example(doc: Doc, article: Annotated, sizes: Sizes, symmetric: Set[str]) -> Example | None:
    mentions = sorted(doc.spans[MENTIONS], key=lambda span: (span.start, -span.end))
    statements = Statements(article.record["statements"], symmetric)
    number = {label: n for n, label in enumerate(sizes.labels)}
    tokens = [(span.start, span.end) for span in mentions]
    at = {}
    for (subject, obj), relations in statements.spans.items():
        spans = [doc.char_span(*end, alignment_mode="expand") for end in (subject, obj)]
        at[tuple((span.start, span.end) for span in spans if span is not None)] = relations
    annotated = np.ones(len(sizes.labels), dtype=np.bool_)
    if article.complete is not None:
        annotated = np.asarray([label in article.complete for label in sizes.labels])
    found: list[tuple[Block, Tensor, Tensor, Tensor]] = []
    deps = {dep: n for n, dep in enumerate(sizes.deps, start=1)}
    for block in blocks(doc, mentions, deps, sizes.possible, {name: name for name in TYPES}):
        ends = zip(block.mentions[block.left].tolist(), block.mentions[block.right].tolist(), strict=True)
        pairs = [
            statements.stated(i, j, at.get((tokens[i], tokens[j]), frozenset()), (mentions[i].id_, mentions[j].id_))
            for i, j in ends
        ]
        wanted, known = targets(pairs, number)
        known &= annotated | (wanted > 0)
        vectors = torch.from_numpy(doc.tensor[block.start : block.end].astype(np.float32))
        found.append((block, vectors, torch.from_numpy(wanted), torch.from_numpy(known)))
    if not found:
        return None
    read, vectors_of, right, training = zip(*found, strict=True)
    return Example(read, vectors_of, right, training, article.weight)


def train(
    data: Sequence[Example],
    others: Sequence[Example],
    sizes: Sizes,
    *,
    epochs: int = 30,
    rate: float = 2e-3,
    seed: int = 1,
) -> RelationModel:
    """Train on all of ``data`` and some of ``others`` each time, in random order.

    What is returned is the moving average of the weights.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    width = data[0].words[0].shape[1]
    model = RelationModel(width, feature_sizes(len(sizes.deps)), len(sizes.labels))
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.995))
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.05)
    drawn = -(-len(others) // SHARE)
    steps, total = 0, epochs * (len(data) + drawn)
    for epoch in range(epochs):
        lost = 0.0
        for example in rng.sample([*data, *rng.sample(others, drawn)], len(data) + drawn):
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, steps / 200) * (1 - steps / total)
            loss = _loss(model, example)
            take_step(model, average, optimiser, loss)
            steps, lost = steps + 1, lost + loss.item()
        log.info("epoch %d: loss %.4f", epoch + 1, lost / (len(data) + drawn))
    trained: RelationModel = average.module
    return trained.eval()


def _loss(model: RelationModel, example: Example) -> Tensor:
    """Cross-entropy over all labels, by pair."""
    parts = []
    for block, words, right, known in zip(example.blocks, example.words, example.targets, example.known, strict=True):
        logits, _ = model(words, *arguments(block))
        wrong = F.binary_cross_entropy_with_logits(logits, right, reduction="none")
        parts.append(wrong[known].sum())
    return example.weight * torch.stack(parts).sum() / sum(map(len, example.targets))


def arguments(block: Block) -> tuple[Tensor, ...]:
    """What the scorer takes beside the words' vectors."""
    arrays = (block.spans, block.left, block.right, block.features, block.path.astype(np.float32), block.place)
    return tuple(torch.from_numpy(array) for array in arrays)


def export(model: RelationModel, sizes: Sizes, folder: Path, *, told: dict[str, Any]) -> None:
    """Write ``relations.onnx`` to a model's folder, and what it is into the model's ``meta.json``.

    :param told: what the model card tells of the training.
    """
    words = torch.zeros(4, model.inside.in_features)
    pairs, spans = torch.tensor([0, 1, 0]), torch.tensor([[0, 1], [2, 4]])
    features = torch.zeros(3, len(model.features), dtype=torch.int64)
    place = torch.zeros(3, 4, dtype=torch.int64)
    names = ["words", "spans", "left", "right", "features", "path", "place"]
    axes = {name: {0: "pairs"} for name in ("left", "right", "features", "scores")}
    tables = {name: {0: "pairs", 1: "words"} for name in ("path", "place", "attention")}
    path = folder / "relations.onnx"
    torch.onnx.export(
        model.eval(),
        (words, spans, pairs, pairs, features, place.float(), place),
        str(path),
        input_names=names,
        output_names=["scores", "attention"],
        dynamic_axes={"words": {0: "words"}, "spans": {0: "mentions"}, **axes, **tables},
        opset_version=17,
        dynamo=False,
    )
    types = [(a, b) for (i, a), (j, b) in product(enumerate(TYPES), repeat=2) if sizes.possible[i, j]]
    note_scorer(path, "relations", {"labels": sizes.labels, "types": types, **told})
