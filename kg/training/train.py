"""Training: mixes the corpora, optimises, saves the state so that a run can go on where it stopped."""

from __future__ import annotations

import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from kg.language.encoding import WordEncoder
from kg.training import corpora
from kg.training.batches import Batch, Batcher
from kg.training.chunks import Chunk, documents, epoch, mixed
from kg.training.config import Config, Source
from kg.training.corpora import Example
from kg.training.losses import Lesson, Scores, lesson, lesson_losses, losses, take_step
from kg.training.model import JointModel, Sizes, pretrained_encoder
from kg.training.runs import check_labels, describe, history_of, load_run, take_over

log = logging.getLogger(__name__)

_Corpora = Mapping[str, Sequence[Sequence[Example]]]


def _labels(docs: _Corpora) -> Sizes:
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


class _Batches(IterableDataset[Batch]):
    """The batches of a run, the same whatever the number of processes that make them: of ``n``, each makes one of
    ``n``.

    :param skip: so many are left out at the beginning, as a run that goes on has seen them.
    """

    def __init__(self, docs: _Corpora, sizes: Sizes, config: Config, skip: int) -> None:
        self.docs, self.config, self.skip = docs, config, skip
        self.batcher = Batcher(WordEncoder(config.pieces / "tokenizer.json"), sizes)

    def __iter__(self) -> Iterator[Batch]:
        config, worker = self.config, get_worker_info()
        first, step = (worker.id, worker.num_workers) if worker else (0, 1)
        streams = {source.name: self._stream(source) for source in config.sources}
        odds = {source.name: source.weight for source in config.sources}
        groups = enumerate(mixed(streams, odds, random.Random(config.seed)))
        for number, group in islice(groups, self.skip + first, None, step):
            rng = random.Random(f"{config.seed}-{number}")
            yield self.batcher.batch(group, rng, rough=config.rough)

    def _stream(self, source: Source) -> Iterator[list[Chunk]]:
        rng = random.Random(f"{self.config.seed}-{source.name}")
        read = documents if source.whole else epoch
        while True:
            yield from read(self.docs[source.name], rng, self.config.batch_words)


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
    """Train, on a GPU where there is one, and save to ``output`` what :mod:`kg.training.runs` tells.

    A run that finds ``state.pt`` of the same config goes on from there as if it had not stopped.

    :raises InputError: if a teacher, or the run to start with, has other labels than the corpora.
    """
    output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    docs = {
        source.name: [d for d in source.read() if not d or not d[0].doc.startswith(corpora.UNCLEAR_LICENCE)]
        for source in config.sources
    }
    sizes = _labels(docs)
    model = JointModel(pretrained_encoder(config.encoder, config.pieces), sizes, config.dropout)
    if config.start:
        take_over(model, config.start)
    teachers = [load_run(folder).to(device, torch.bfloat16) for folder in config.teachers]
    for folder, teacher in zip(config.teachers, teachers, strict=True):
        check_labels(teacher.sizes, sizes, folder)

    model.to(device)
    optimiser = torch.optim.AdamW(_parameters(model, config), betas=(0.9, 0.98), fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(config.average))
    run = _Run(model, mean, optimiser, config.taught)
    run.resume(output / "state.pt")
    data = _Batches(docs, sizes, config, 0 if config.kept else run.step)
    # Where a processor trains, it has no time for others that make batches. The loader draws a number from a
    # generator, which must not be that of the dropout.
    workers = 0 if device.type == "cpu" else config.workers
    loaded = DataLoader(data, batch_size=None, num_workers=workers, generator=torch.Generator())
    batches = _with_lessons(loaded, teachers, device)
    if config.kept:
        batches = islice(_again(list(islice(batches, config.kept)), random.Random(config.seed)), run.step, None)
    started, saved, log_of = time.perf_counter() - run.seconds, run.seen, _Log()
    model.train()
    for batch, told in batches:
        run.seconds = time.perf_counter() - started
        done = max(run.seen / config.words, run.seconds / 60 / config.minutes)
        if done >= 1:
            break
        scale = min(done / config.warmup, 1.0) * (1.0 - max(0.0, done - config.warmup) / (1.0 - config.warmup))
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        log_of.add(run.learn(batch.hidden(config.masked, data.batcher.encoder.mask), told))
        if run.step % 50 == 0:
            log.info("%.1f%% %d words %.0f words/s %s", 100 * done, run.seen, run.seen / run.seconds, log_of)
        if run.seen - saved > config.save_every:
            saved = run.seen
            run.save(output / "state.pt")
    run.save(output / "state.pt")
    describe(output, model, history_of(config, run.seen))
    trained: JointModel = mean.module.cpu()
    return trained.eval()


def _with_lessons(
    batches: Iterable[Batch], teachers: Sequence[JointModel], device: torch.device
) -> Iterator[tuple[Batch, Lesson | None]]:
    for batch in batches:
        there = batch.to(device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            told = lesson(teachers, there) if teachers else None
        yield there, told


def _again(batches: Sequence[tuple[Batch, Lesson | None]], rng: random.Random) -> Iterator[tuple[Batch, Lesson | None]]:
    """All again and again, each time in another order."""
    while True:
        yield from rng.sample(batches, len(batches))


class _Log(dict[str, Tensor]):
    """Losses by head, as moving averages; they stay where they were computed until they are shown."""

    def add(self, parts: Mapping[str, Tensor]) -> None:
        for name, value in parts.items():
            self[name] = value.detach() if name not in self else self[name].lerp(value.detach(), 0.02)

    def __str__(self) -> str:
        return " ".join(f"{name} {value.item():.3f}" for name, value in self.items())


@dataclass(slots=True)
class _Run:
    """What changes in the course of a run. ``average`` is the moving average of the weights, which is what ships
    (Polyak and Juditsky 1992). Where corpus and teachers both tell something, the teachers count ``taught``."""

    model: JointModel
    average: AveragedModel
    optimiser: torch.optim.Optimizer
    taught: float = 0.0
    seen: int = 0
    step: int = 0
    seconds: float = 0.0

    def learn(self, batch: Batch, told: Lesson | None) -> dict[str, Tensor]:
        """One step; returns the losses by head."""
        with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
            scores = Scores(self.model, batch)
            parts = losses(scores, batch)
            if told:
                parts = {name: (1 - self.taught) * value for name, value in parts.items()}
                for name, value in lesson_losses(scores, told, batch).items():
                    parts[name] = parts.get(name, 0.0) + self.taught * value
        take_step(self.model, self.average, self.optimiser, torch.stack(list(parts.values())).sum())
        self.seen, self.step = self.seen + batch.words, self.step + 1
        return parts

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
            "seconds": self.seconds,
        }
        temporary = path.with_suffix(".tmp")
        torch.save(state, temporary)
        temporary.replace(path)

    def resume(self, path: Path) -> None:
        """Go on where ``path`` was saved, if it was."""
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.average.module.load_state_dict(state["average"])
        self.average.n_averaged.copy_(state["averaged"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.seen, self.step, self.seconds = state["seen"], state["step"], state["seconds"]
        torch.set_rng_state(state["random"])
