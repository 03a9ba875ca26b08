"""Training of the scorer of antecedents: on the vectors and parses of texts with coreference.

The encoder stays as it is, so that the scorer can be trained anew in minutes. It ships as ``antecedents.onnx``.
"""

from __future__ import annotations

import logging
import random
from itertools import cycle
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from kg.training.antecedent_model import AntecedentModel
from kg.training.antecedent_sources import Example, Texts
from kg.training.fitting import fit, warmed_up
from kg.training.losses import antecedent_loss
from kg.training.scorers import write_scorer

log = logging.getLogger(__name__)

#: The inputs of the scorer in ONNX, and the dimension of each that varies.
INPUTS = {
    "words": "words",
    "spans": "phrases",
    "heads": "phrases",
    "phrases": "phrases",
    "left": "pairs",
    "right": "pairs",
    "links": "pairs",
}
#: What it counts whether a phrase refers at all, beside what to.
REFERS = 0.3


def train_scorer(texts: Texts, folder: Path, *, epochs: int, seed: int) -> None:
    """Train on texts that the model in ``folder`` has read, and write the scorer there."""
    log.info("%s", texts)
    told = {"documents": len(texts.variants[0]), "others": len(texts.others), "epochs": epochs, "seed": seed}
    export(train(texts, epochs=epochs, seed=seed), folder, name="antecedents", told=told)


def train(texts: Texts, *, epochs: int, seed: int = 1, rate: float = 1e-3, size: int = 96) -> AntecedentModel:
    """Train a scorer. What is returned is the moving average of the weights.

    An epoch has one variant of OntoGUM, and of the other documents one in so many as there are variants.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    variants, others = texts.variants, texts.others
    model = AntecedentModel(variants[0][0].words.shape[1], size=size)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    turns = cycle(range(len(variants)))

    def steps() -> list[Example]:
        number = next(turns)
        chosen = [*variants[number], *others[number :: len(variants)]]
        return rng.sample(chosen, len(chosen))

    return fit(model, optimiser, [steps] * epochs, lambda example: _loss(model, example), share=warmed_up)


def _loss(model: AntecedentModel, example: Example) -> Tensor:
    spans, heads, phrases, left, right, links = example.arguments
    vectors = model.phrases(example.words.float(), spans, heads, phrases)
    scores = model.pairs(left, right, links, vectors)
    refers = F.binary_cross_entropy_with_logits(model.refers(vectors[0]).squeeze(-1), example.refers)
    return antecedent_loss(scores, left, example.same, len(spans)) + REFERS * refers


def export(model: AntecedentModel, folder: Path, *, name: str, told: dict[str, Any]) -> None:
    """Write a scorer of that name to a model's folder, and what it is into the model's ``meta.json``.

    :param told: what the model card tells of the training.
    """
    features, others = model.features
    words, spans = torch.zeros(4, model.width, dtype=torch.float16), torch.tensor([[0, 1], [2, 4]])
    phrases, links = torch.zeros(2, features, dtype=torch.int64), torch.zeros(3, others, dtype=torch.int64)
    pairs = torch.zeros(3, dtype=torch.int64)
    inputs = dict(zip(INPUTS, (words, spans, spans[:, 0], phrases, pairs, pairs, links), strict=True))
    axes = {of: {0: dimension} for of, dimension in {**INPUTS, "scores": "pairs"}.items()}
    write_scorer(model, folder / f"{name}.onnx", inputs, ["scores"], axes=axes, told=told)
