"""Training of the scorer of clusters: on the vectors and parses of OntoGUM, and on what larger models say of texts that
nobody annotated.

The encoder stays as it is, so that the scorer can be trained anew in minutes. It ships as ``clusters.onnx``.
"""

from __future__ import annotations

import logging
import random
import shutil
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor
from torch.nn import functional as F

from kg.language import load, load_parser
from kg.language.coreference.links import CANDIDATE_FEATURES, PAIR_FEATURES
from kg.training.antecedent_model import AntecedentModel
from kg.training.antecedents import REFERS, export
from kg.training.cluster_answers import read_answers
from kg.training.cluster_examples import Example, read_ontogum
from kg.training.fitting import endless, fit, in_steps, warmed_up
from kg.training.losses import antecedent_loss, taught_antecedent_loss
from kg.training.ontogum import ontogum_scores
from kg.training.quantised import in_eight_bits
from kg.training.treebank import Rows

log = logging.getLogger(__name__)

#: A step has so many words of documents at the least, and so many of texts with answers; what each counts.
WORDS, ANNOTATED, TAUGHT = 3000, 0.5, 2.0
#: The share of the epochs that go on from the average of the weights, and that of the rate which they have.
AGAIN, SLOWER = 0.3, 0.4
#: The shares of the documents that tell what more of them would be worth.
SHARES = {"a quarter": 0.25, "half": 0.5, "all": 1.0}


def train_scorer(
    corpora: Path, folder: Path, *, answers: Path | None = None, epochs: int, seed: int, curve: bool = False
) -> Rows:
    """Train on the corpora below a folder, and write the scorer to the folder of the model that it works with.

    :param answers: a file of :mod:`kg.training.cluster_answers`.
    :param curve: also train on fewer documents, without answers, and return what all are worth on OntoGUM dev.
    :raises InputError: if a file is missing.
    """
    nlp = load_parser(model=folder)
    variants = read_ontogum(nlp, corpora, seed=seed)
    lessons = list(read_answers(answers, corpora, nlp)) if answers else []
    log.info("%d documents, %d texts with answers", len(variants[0]), len(lessons))
    rows = Rows()
    for name, share in SHARES.items() if curve else ():
        documents = max(1, round(share * len(variants[0])))
        part = [variant[:documents] for variant in variants]
        with TemporaryDirectory() as temporary:
            model = Path(temporary) / "model"
            shutil.copytree(folder, model)
            write(part, (), model, epochs=epochs, seed=seed)
            rows[f"{name}: {documents} documents"] = _measured(model, corpora)
    write(variants, lessons, folder, epochs=epochs, seed=seed)
    return {**rows, f"all, and {len(lessons):,} texts with answers": _measured(folder, corpora)} if curve else rows


def write(
    variants: Sequence[Sequence[Example]], lessons: Sequence[Example], folder: Path, *, epochs: int, seed: int
) -> None:
    """Train a scorer, and write it to a model's folder, in eight bits."""
    model = train(variants, lessons, epochs=epochs, seed=seed)
    in_eight_bits(model)
    told = {"documents": len(variants[0]), "answered": len(lessons), "epochs": epochs, "seed": seed}
    export(model, folder, name="clusters", told=told)


def _measured(model: Path, corpora: Path) -> dict[str, float]:
    scores = ontogum_scores(load(model=model), corpora / "corpora")
    return scores.row() if scores else {}


def train(
    variants: Sequence[Sequence[Example]],
    lessons: Sequence[Example],
    *,
    epochs: int,
    rate: float = 1e-3,
    size: int = 128,
    dropout: float = 0.2,
    seed: int = 1,
) -> AntecedentModel:
    """Train on one variant of OntoGUM in each epoch, by turns, and beside it on ``lessons``, on a GPU where there is
    one.

    What is returned is the moving average of the weights. It is the start of the last epochs, whose rates rise and fall
    once more.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    width = variants[0][0].words.shape[1]
    features = {"phrases": CANDIDATE_FEATURES, "links": PAIR_FEATURES}
    untrained = AntecedentModel(width, size=size, dropout=dropout, **features).to(device)
    turns, taught = cycle(variants), endless(lessons, len, WORDS, rng)

    def steps() -> list[list[Example]]:
        return list(in_steps(next(turns), len, WORDS, rng))

    def learn(model: AntecedentModel, epochs: int, rate: float) -> AntecedentModel:
        def loss(step: Sequence[Example]) -> Tensor:
            value = ANNOTATED * _lost(model, step)
            return value + TAUGHT * _lost(model, next(taught)) if lessons else value

        optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02, betas=(0.9, 0.98))
        return fit(model, optimiser, [steps] * epochs, loss, share=warmed_up, decay=0.998)

    again = round(AGAIN * epochs)
    return learn(learn(untrained, epochs - again, rate), again, SLOWER * rate).cpu()


def _lost(model: AntecedentModel, step: Sequence[Example]) -> Tensor:
    device = model.weight.weight.device
    return mean_lost(model, [(example, example.words.to(device).float()) for example in step])


def mean_lost(model: AntecedentModel, step: Sequence[tuple[Example, Tensor]]) -> Tensor:
    """What is lost by a candidate of some texts, given the vectors of their words."""
    parts = [example.weight * len(example.arguments[0]) * _lost_by(model, example, words) for example, words in step]
    return torch.stack(parts).sum() / sum(len(example.arguments[0]) for example, _ in step)


def _lost_by(model: AntecedentModel, example: Example, words: Tensor) -> Tensor:
    spans, heads, features, left, right, links = (each.to(words.device).long() for each in example.arguments)
    vectors = model.phrases(words, spans, heads, features)
    scores = model.pairs(left, right, links, vectors).float()
    if example.told is not None:
        return taught_antecedent_loss(scores, left, example.told.to(words.device))
    assert example.same is not None and example.refers is not None
    refers = model.refers(vectors[0]).squeeze(-1).float()
    wrong = F.binary_cross_entropy_with_logits(refers, example.refers.to(words.device))
    return antecedent_loss(scores, left, example.same.to(words.device), len(spans)) + REFERS * wrong
