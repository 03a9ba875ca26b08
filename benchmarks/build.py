"""How fast articles are read and a graph is built, what memory that takes, and how soon a query answers.

usage: python benchmarks/build.py SOURCE…

The stages are measured one by one on the same texts: the language model, the whole pipeline with mentions and
coreference, then `kg build` and `kg query` as commands, start-up included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.documents import read_documents
from kg.language import load
from kg.memory import most_memory_of_children
from kg.processors import processors


def seconds(work: Callable[[], Any]) -> float:
    """Wall-clock time of ``work``."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def of_children() -> float:
    """Seconds that processors have worked for the processes that this one has waited for."""
    times = os.times()
    return times.children_user + times.children_system


def main(sources: list[str]) -> None:
    """Print one line a figure."""
    texts = [article.text for article in read_documents(sources)]
    nlp = load()
    nlp(texts[0])
    words = sum(not token.is_space for doc in nlp.pipe(texts) for token in doc)
    print(f"{len(texts)} articles, {words:,} words, {processors()} processors")

    parser = seconds(
        lambda: list(nlp.pipe(texts, disable=[name for name in nlp.pipe_names if name != "kg_tagger_parser"]))
    )
    print(f"language model               {words / parser:10,.0f} words/s")
    print(f"whole language pipeline      {words / seconds(lambda: list(nlp.pipe(texts))):10,.0f} words/s")

    command = [sys.executable, "-m", "kg"]
    with tempfile.TemporaryDirectory() as folder:
        graph = str(Path(folder) / "graph")
        before = of_children()
        build = seconds(
            lambda: subprocess.run([*command, "build", *sources, "-o", graph, "--quiet"], check=True, stdout=-3)
        )
        worked, peak = of_children() - before, most_memory_of_children() / 2**20
        told = f"({build:.1f} s, {worked:.1f} s of processors, peak {peak:,.0f} MB)"
        print(f"kg build, start-up included  {words / build:10,.0f} words/s  {told}")
        ask = [*command, "query", graph, "SELECT * { ?who kg:metWith ?whom }"]
        subprocess.run(ask, check=True, stdout=-3)
        print(f"kg query, start to answer    {seconds(lambda: subprocess.run(ask, check=True, stdout=-3)):10.2f} s")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
