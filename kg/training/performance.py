"""Speed, memory and size of a language pipeline, measured in a process of its own."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from spacy.language import Language

from kg.language import load
from kg.memory import most_memory

#: Processors that the measured process uses.
PROCESSORS = 2
#: How often the texts are read; the fastest time counts, as what slows the others is not the pipeline.
ROUNDS = 3
Loader = Callable[[Path], Language]


@dataclass(frozen=True, slots=True)
class Performance:
    """``per_processor`` is the words read in a second of processor time. ``memory`` is the most that the process held
    at once, ``disk`` the model's files; both in bytes."""

    words_per_second: float
    per_processor: float
    words_per_article: float
    processors: int
    memory: int
    disk: int

    def __str__(self) -> str:
        return (
            f"{self.words_per_second:,.0f} words a second on {self.processors} processors "
            f"({self.per_processor:,.0f} a second of processor time), over articles of "
            f"{self.words_per_article:.0f} words on average; {self.memory / 1e6:.0f} MB of memory; "
            f"{self.disk / 1e6:.1f} MB on disk"
        )


def whole(folder: Path) -> Language:
    """The whole language pipeline with the model in a folder."""
    return load(model=folder)


def measure(model: Path, texts: Sequence[str], *, loader: Loader = whole) -> Performance:
    """Read ``texts`` with the model in the folder ``model``, after the first of them once to warm up.

    :param loader: makes the pipeline; a function of a module, so that it can be sent to another process.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        seconds, work, words, processors, memory = pool.submit(_read, loader, model, texts).result()
    disk = sum(file.stat().st_size for file in model.rglob("*") if file.is_file())
    return Performance(words / seconds, words / work, words / len(texts), processors, memory, disk)


def _read(loader: Loader, model: Path, texts: Sequence[str]) -> tuple[float, float, int, int, int]:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    nlp = loader(model)
    nlp(texts[0])
    seconds = work = math.inf
    for _ in range(ROUNDS):
        started, worked = time.perf_counter(), time.process_time()
        words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
        seconds, work = min(seconds, time.perf_counter() - started), min(work, time.process_time() - worked)
    return seconds, work, words, min(PROCESSORS, os.cpu_count() or 1), most_memory()
