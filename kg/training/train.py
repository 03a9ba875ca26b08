"""Training: mixes the corpora, optimises, saves the state so that a run can go on where it stopped."""

from __future__ import annotations

import json
import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.errors import InputError
from kg.language.encoding import WordEncoder
from kg.training import corpora
from kg.training.batches import Batch, Batcher, mixed
from kg.training.config import READERS, Config, Source
from kg.training.corpora import Example
from kg.training.losses import losses, take_step
from kg.training.model import JointModel, Sizes, pretrained_encoder

log = logging.getLogger(__name__)


def _labels(docs: Mapping[str, Sequence[Sequence[Example]]]) -> Sizes:
    upos: set[str] = set()
    deps: set[str] = set()
    relations: set[str] = set()
    layers: dict[str, set[str]] = defaultdict(set)
    for corpus in docs.values():
        for example in (example for doc in corpus for example in doc):
            upos.update(example.upos or ())
            deps.update(example.deps or ())
            relations.update(*(pair.relations | pair.unclear for pair in example.pairs or ()))
            for layer, tags in example.tags.items():
                layers[layer].update(tag[2:] for tag in tags if tag != "O")
    ordered = {layer: tuple(sorted(labels)) for layer, labels in sorted(layers.items())}
    return Sizes(tuple(sorted(upos)), tuple(sorted(deps)), ordered, tuple(sorted(relations)))


def _stream(batcher: Batcher, docs: Sequence[Sequence[Example]], source: Source, config: Config) -> Iterator[Batch]:
    rng = random.Random(f"{config.seed}-{source.name}")
    epoch = batcher.documents if source.whole else batcher.epoch
    while True:
        yield from epoch(docs, rng, rough=config.rough, masked=config.masked)


def _parameters(model: JointModel, config: Config) -> list[dict[str, Any]]:
    """Parameter groups: the encoder learns slowly, the heads fast; biases, norms and embeddings do not decay."""
    groups: dict[tuple[bool, bool], list[nn.Parameter]] = defaultdict(list)
    for name, value in model.named_parameters():
        groups[name.startswith("encoder."), value.dim() > 1].append(value)
    return [
        {
            "params": values,
            "lr": config.encoder_rate if inside else config.head_rate,
            "weight_decay": 0.01 if decays else 0.0,
        }
        for (inside, decays), values in groups.items()
    ]


def train(config: Config, output: Path) -> JointModel:
    """Train and save to ``output``: ``state.pt`` (model, optimiser, progress), ``labels.json``, ``history.json``.

    A run that finds ``state.pt`` of the same config goes on from there as if it had not stopped.
    """
    output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    rng = random.Random(config.seed)
    docs = {source.name: list(READERS[source.reader](source.path)) for source in config.sources}
    docs = {
        name: [d for d in found if not d or not d[0].doc.startswith(corpora.UNCLEAR_LICENCE)]
        for name, found in docs.items()
    }
    sizes = _labels(docs)
    model = JointModel(pretrained_encoder(config.encoder), sizes, config.dropout)
    if config.start:
        _take_over(model, config.start)
    batcher = Batcher(WordEncoder(config.encoder / "tokenizer.json"), sizes, config.batch_words)
    for name, content in (("labels", asdict(sizes)), ("history", _history(config))):
        (output / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")

    optimiser = torch.optim.AdamW(_parameters(model, config), betas=(0.9, 0.98), fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    streams = {source.name: _stream(batcher, docs[source.name], source, config) for source in config.sources}
    weights = {source.name: source.weight for source in config.sources}
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(config.average))
    batches = mixed(streams, weights, rng)
    run = _Run(model, average, optimiser)
    run.resume(output / "state.pt", batches)
    running: dict[str, float] = {}
    started, began, saved = time.perf_counter(), run.seen, run.seen
    model.train()
    for _, batch in batches:
        if run.seen >= config.words:
            break
        done = run.seen / config.words
        scale = min(done / config.warmup, 1.0) * (1.0 - max(0.0, done - config.warmup) / (1.0 - config.warmup))
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        parts = run.learn(batch)
        for name, value in parts.items():
            running[name] = 0.98 * running.get(name, value) + 0.02 * value
        if run.step % 50 == 0:
            pace = (run.seen - began) / (time.perf_counter() - started)
            shown = " ".join(f"{name} {value:.3f}" for name, value in running.items())
            log.info("%.1f%% %d words %.0f words/s %s", 100 * done, run.seen, pace, shown)
        if run.seen - saved > config.save_every:
            saved = run.seen
            run.save(output / "state.pt")
    run.save(output / "state.pt")
    if config.start:
        _mix(average.module, _weights(config.start), config.start_share)
    return average.module.eval()


@dataclass(slots=True)
class _Run:
    """What changes in the course of a run. ``average`` is the moving average of the weights, which is what ships
    (Polyak and Juditsky 1992)."""

    model: JointModel
    average: AveragedModel
    optimiser: torch.optim.Optimizer
    seen: int = 0
    step: int = 0

    def learn(self, batch: Batch) -> dict[str, float]:
        """One step; returns the losses by head."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(self.model, batch)
        loss = torch.stack(list(parts.values())).sum()
        take_step(self.model, self.average, self.optimiser, loss)
        self.seen, self.step = self.seen + batch.words, self.step + 1
        return {name: value.item() for name, value in parts.items()}

    def save(self, path: Path) -> None:
        """Write all that the run needs to go on as if it had not stopped."""
        state = {
            "model": self.model.state_dict(),
            "average": self.average.module.state_dict(),
            "averaged": self.average.n_averaged,
            "optimiser": self.optimiser.state_dict(),
            "random": torch.get_rng_state(),
            "seen": self.seen,
            "step": self.step,
        }
        temporary = path.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(path)

    def resume(self, path: Path, batches: Iterator[object]) -> None:
        """Go on where ``path`` was saved, if it was; ``batches`` are drawn up to there."""
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average.module.load_state_dict(state["average"])
        self.average.n_averaged.copy_(state["averaged"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.seen, self.step = state["seen"], state["step"]
        for _ in islice(batches, self.step):
            pass
        torch.set_rng_state(state["random"])


def _history(config: Config) -> list[dict[str, Any]]:
    """What the weights of a run have been trained on, run by run, this one last."""
    earlier = json.loads((config.start / "history.json").read_text(encoding="utf-8")) if config.start else []
    rates = {"encoder": config.encoder_rate, "heads": config.head_rate}
    sources = {source.name: source.weight for source in config.sources}
    return [*earlier, {"words": config.words, "rates": rates, "seed": config.seed, "sources": sources}]


def _weights(run: Path) -> dict[str, Tensor]:
    weights: dict[str, Tensor] = torch.load(run / "state.pt", weights_only=True)["average"]
    return weights


def _mix(model: JointModel, others: Mapping[str, Tensor], share: float) -> None:
    """Draw the weights of a model towards others, as far as it has the same (Wortsman et al. 2022, model soups)."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if name in others and value.is_floating_point():
                value.lerp_(others[name], share)


def _take_over(model: JointModel, start: Path) -> None:
    """Begin with the weights of an earlier run; heads that it had not begin anew."""
    missing, unexpected = model.load_state_dict(_weights(start), strict=False)
    if unexpected:
        listed = ", ".join(unexpected)
        raise InputError(f"the earlier run has weights that this model has not: {listed}", fix="train anew")
    if missing:
        log.info("new: %s", ", ".join(missing))
