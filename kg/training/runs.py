"""The output folders of training runs: what begins with their weights, learns from their models, or is made of several.

A folder holds ``state.pt`` (the weights, under ``average``), ``labels.json``, ``history.json`` and ``encoder.json``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from kg.errors import InputError
from kg.training.config import Config
from kg.training.model import SHIPPED_LAYERS, JointModel, Sizes, untrained_encoder

log = logging.getLogger(__name__)


def load_run(folder: Path) -> JointModel:
    """The model that a run has trained, to teach another."""
    sizes = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    layers = {layer: tuple(labels) for layer, labels in sizes.pop("layers").items()}
    sizes = {name: tuple(value) if isinstance(value, list) else value for name, value in sizes.items()}
    model = JointModel(untrained_encoder(folder / "encoder.json"), Sizes(layers=layers, **sizes))
    model.load_state_dict(_weights(folder))
    return model.eval()


def take_over(model: JointModel, start: Path) -> None:
    """Begin with the weights of an earlier run; heads that it had not begin anew."""
    missing, unexpected = model.load_state_dict(_weights(start), strict=False)
    if unexpected:
        listed = ", ".join(unexpected)
        raise InputError(f"the earlier run has weights that this model has not: {listed}", fix="train anew")
    if missing:
        log.info("new: %s", ", ".join(missing))


def check_labels(theirs: Sizes, ours: Sizes, folder: Path) -> None:
    """See whether the model of the run in ``folder`` tells the same as another.

    :raises InputError: if it does not.
    """
    told = ("upos", "deps", "relations")
    same = all(getattr(theirs, name) == getattr(ours, name) for name in told)
    if not same or any(theirs.layers.get(layer) != ours.layers.get(layer) for layer in SHIPPED_LAYERS):
        raise InputError("the run tells other labels", where=str(folder), fix="train it on the same corpora")


def average(shares: Mapping[Path, float], output: Path) -> JointModel:
    """The model whose weights are the mean of those of runs that began with the same (Wortsman et al. 2022, model
    soups); it is saved to ``output`` as a run is.

    :param shares: of each run, by its folder.
    :raises InputError: if a folder holds no run, or another kind of model.
    """
    if missing := [folder for folder in shares if not (folder / "history.json").exists()]:
        raise InputError("there is no run", where=str(missing[0]), fix="name the output folder of kg train language")
    first, *others = shares
    model = load_run(first)
    for folder in others:
        check_labels(load_run(folder).sizes, model.sizes, folder)
    whole = sum(shares.values())
    states = {folder: _weights(folder) for folder in shares}
    for name, value in model.state_dict().items():
        if value.is_floating_point():
            value.copy_(sum(share / whole * states[folder][name] for folder, share in shares.items()))
    history: list[dict[str, Any]] = []
    for runs in sorted((_told(folder) for folder in shares), key=len):
        history += [run for run in runs if run not in history]
    output.mkdir(parents=True, exist_ok=True)
    torch.save({"average": model.state_dict()}, output / "state.pt")
    describe(output, model, history)
    return model.eval()


def describe(output: Path, model: JointModel, history: list[dict[str, Any]]) -> None:
    """Write what a run's folder tells beside its weights."""
    for name, content in (("labels", asdict(model.sizes)), ("history", history)):
        (output / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    model.encoder.config.to_json_file(output / "encoder.json")


def history_of(config: Config, words: int) -> list[dict[str, Any]]:
    """What the weights of a run have been trained on, run by run, this one last, in so many words."""
    earlier = _told(config.start) if config.start else []
    rates = {"encoder": config.encoder_rate, "heads": config.head_rate}
    sources = {source.name: source.weight for source in config.sources}
    told = {"words": words, "rates": rates, "seed": config.seed, "sources": sources}
    return [*earlier, told | ({"teachers": len(config.teachers)} if config.teachers else {})]


def _told(run: Path) -> list[dict[str, Any]]:
    history: list[dict[str, Any]] = json.loads((run / "history.json").read_text(encoding="utf-8"))
    return history


def _weights(run: Path) -> dict[str, Tensor]:
    weights: dict[str, Tensor] = torch.load(run / "state.pt", weights_only=True, map_location="cpu")["average"]
    return weights
