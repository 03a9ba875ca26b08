"""How the language pipeline's time and memory grow with a text, and how fast it reads articles of usual length.

usage: python benchmarks/language.py [--lengths 1000,2000,…] [--articles N] [--text KIND] [-o FOLDER] [--cnn PIPELINE]

The texts are made up (``tests/prose_factory.py``; KIND names one of its hard ones). Each row is measured in a process
of its own. FOLDER takes the table as CSV and as a plot (SVG; both written here, so that no plotting package is needed).
PIPELINE is a folder with a spaCy pipeline, such as `benchmarks/spacy_cnn.py` trains, to measure on the same articles.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from prose_factory import HARD, prose

from kg.memory import most_memory

LENGTHS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
#: Length of an article, in words between spaces; with signs counted they are some 300.
ARTICLE = 240
COLOURS = ("#222", "#2a6", "#26a", "#a62", "#a26", "#662", "#888")

Row = dict[str, float]


def apart(work: Callable[..., Row], *arguments: Any) -> Row:
    """What ``work`` measures in a process that does nothing else, with the memory that took."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_with_memory, work, *arguments).result()


def _with_memory(work: Callable[..., Row], *arguments: Any) -> Row:
    row = work(*arguments)
    return row | {"memory": most_memory() / 2**20}


def length(kind: str, size: int, threads: int | None) -> Row:
    """Seconds for one text of about ``size`` words: by the clock, of the processor, and that by component."""
    import kg.language

    nlp = kg.language.load(threads=threads)
    nlp(prose(100))
    text = HARD[kind](size)
    steps: Row = {}
    started, worked = time.perf_counter(), time.process_time()
    doc, before = nlp.tokenizer(text), worked
    steps["tokenizer"] = time.process_time() - before
    for name, component in nlp.pipeline:
        before = time.process_time()
        doc = component(doc)
        steps[name] = time.process_time() - before
    row = {"seconds": time.perf_counter() - started, "processor": time.process_time() - worked, **steps}
    return {"words": float(sum(not token.is_space for token in doc)), **row}


def articles(number: int, threads: int | None, pipeline: str | None) -> Row:
    """Words a second over ``number`` articles, by the clock and of the processor; ``pipeline`` in place of ours."""
    import spacy

    import kg.language

    nlp = spacy.load(pipeline) if pipeline else kg.language.load(threads=threads)
    texts = [prose(ARTICLE, seed=seed) for seed in range(number)]
    nlp(texts[0])
    started, worked = time.perf_counter(), time.process_time()
    words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    return {"words": float(words), "words/s": words / seconds, "words/processor s": words / work}


def growth(rows: Sequence[Row], column: str) -> list[float]:
    """The power of the length with which a column grows from each row to the next: 1 is linear, 2 the square."""
    return [
        math.log(max(b[column], 1e-3) / max(a[column], 1e-3)) / math.log(b["words"] / a["words"])
        for a, b in pairwise(rows)
    ]


def plot(rows: Sequence[Row], columns: Sequence[str], *, width: int = 560, height: int = 400) -> str:
    """Seconds over words as SVG, both axes logarithmic; the dashed line is the first column grown as the words do."""
    margin = 50
    values = [row[column] for row in rows for column in columns if row[column] > 0]
    low, high = math.floor(math.log10(max(min(values), 1e-3))), math.ceil(math.log10(max(values)))
    left, right = math.floor(math.log10(rows[0]["words"])), math.log10(rows[-1]["words"])

    def x(words: float) -> float:
        return round(margin + (math.log10(words) - left) / max(right - left, 0.1) * (width - 4 * margin), 1)

    def y(seconds: float) -> float:
        share = (math.log10(max(seconds, 10.0**low)) - low) / max(high - low, 1)
        return round(height - margin - share * (height - 2 * margin), 1)

    def line(points: Sequence[tuple[float, float]], colour: str, style: str = "") -> str:
        path = "L".join(f"{x(words)} {y(seconds)}" for words, seconds in points)
        return f'<path d="M{path}" fill="none" stroke="{colour}" {style}/>'

    first, last = rows[0], rows[-1]
    parts = [f'<path d="M{margin} {margin}V{height - margin}H{width - 3 * margin}" fill="none" stroke="#444"/>']
    parts += [
        f'<text x="{margin - 6}" y="{y(10.0**power) + 4}" text-anchor="end">{10.0**power:g}</text>'
        for power in range(low, high + 1)
    ]
    parts += [
        f'<text x="{x(row["words"])}" y="{height - margin + 16}" text-anchor="middle">{row["words"] / 1000:.0f}k</text>'
        for row in rows
    ]
    linear = first[columns[0]] / first["words"]
    parts.append(
        line([(row["words"], linear * row["words"]) for row in (first, last)], "#999", 'stroke-dasharray="4 4"')
    )
    below = 0.0  # where the next name may stand without overlapping
    for colour, column in sorted(zip(COLOURS, columns, strict=False), key=lambda pair: -last[pair[1]]):
        parts.append(line([(row["words"], row[column]) for row in rows], colour))
        below = max(below + 13, y(last[column]) + 4)
        parts.append(f'<text x="{x(last["words"]) + 6}" y="{below:.1f}" fill="{colour}">{column}</text>')
    parts.append(f'<text x="{width / 2 - margin}" y="{height - 8}" text-anchor="middle">words of the text</text>')
    parts.append(f'<text transform="translate(12 {height / 2}) rotate(-90)" text-anchor="middle">seconds</text>')
    box = f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11"'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {box}>', *parts, "</svg>\n"])


def show(cells: Mapping[str, str], widths: Mapping[str, int]) -> None:
    """Print one line of a table."""
    print("  ".join(f"{cells[name]:>{widths[name]}}" for name in widths), flush=True)


def main() -> None:
    """Read the command line, print the tables, write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lengths", default=",".join(map(str, LENGTHS)), help="words (default: %(default)s)")
    parser.add_argument("--text", default="prose", choices=list(HARD), metavar="KIND", help=", ".join(HARD))
    parser.add_argument("--threads", type=int, help="for the table of lengths (default: all processors)")
    parser.add_argument("--articles", type=int, default=100, help="how many (default: %(default)s)")
    parser.add_argument("--cnn", metavar="PIPELINE", help="a spaCy pipeline to compare with")
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER")
    options = parser.parse_args()

    rows: list[Row] = []
    for size in map(int, filter(None, options.lengths.split(","))):
        rows.append(apart(length, options.text, size, options.threads))
        widths = {name: max(len(name), 9) for name in rows[0]}
        if len(rows) == 1:
            print("seconds of one text; those of the components are processor seconds; memory in MB")
            show({name: name for name in widths}, widths)
        form = {name: ",.0f" if name in {"words", "memory"} else ".2f" for name in widths}
        show({name: format(rows[-1][name], form[name]) for name in widths}, widths)
    columns = [name for name in rows[0] if name not in {"words", "memory", "seconds"}] if rows else []
    if len(rows) > 1:
        print("grows with the length to the power of (1 is linear), from each row to the next:")
        for name in columns:
            print(f"  {name:18}", " ".join(f"{power:5.2f}" for power in growth(rows, name)))
    if options.output and rows:
        options.output.mkdir(parents=True, exist_ok=True)
        with (options.output / "lengths.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]))
            table.writeheader()
            table.writerows({name: round(value, 3) for name, value in row.items()} for row in rows)
        (options.output / "lengths.svg").write_text(plot(rows, columns), encoding="utf-8")

    runs: list[tuple[str, int | None, str | None]] = [("1 thread", 1, None), ("2 threads", 2, None)]
    if options.cnn:
        runs.append(("spaCy CNN", None, options.cnn))
    for name, threads, pipeline in runs if options.articles else []:
        row = apart(articles, options.articles, threads, pipeline)
        print(
            f"{options.articles} articles of {row['words'] / options.articles:.0f} words, {name:9}"
            f"{row['words/s']:10,.0f} words/s {row['words/processor s']:10,.0f} words/processor s"
            f"{row['memory']:7,.0f} MB"
        )


if __name__ == "__main__":
    main()
