"""Precision by confidence: whether statements are right as often as their confidence says.

usage: python benchmarks/calibration.py GOLD.jsonl [--gold-mentions] [--origins N] [--svg FILE]

With ``--gold-mentions`` entities and mentions are given, and only extraction is judged. ``--origins`` lists the N
lexicon entries and constructions whose confidence misleads most. ``--svg`` writes the reliability plot.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import kg
from kg.ontology import load_ontology
from kg.reading import load_reader
from kg.records import ArticleRecord
from kg.training.calibration import Band, Judged, bands, expected_error, origins, reliability_svg
from kg.training.given import read_given
from kg.training.score import Record, right
from kg.vocabulary import load_vocabulary

BAR = 50  # columns of a full bar


def records(path: Path) -> list[Record]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def given(gold: list[Record]) -> Iterator[tuple[Record, Record, ArticleRecord]]:
    """Each gold record, what we say between its entities, and how we read it."""
    read = read_given(load_reader(load_vocabulary()), gold)
    for wanted, (predicted, record) in zip(gold, read, strict=True):
        yield wanted, predicted, record


def built(path: Path, gold: list[Record]) -> Iterator[tuple[Record, Record, ArticleRecord]]:
    """Each gold record, our record of its text, and how we read it."""
    with tempfile.TemporaryDirectory() as folder:
        graph = kg.build([path], Path(folder) / "graph")
        graph.export(Path(folder) / "predicted.jsonl")
        predicted = {record["id"]: record for record in records(Path(folder) / "predicted.jsonl")}
        read = {record.article.id: record for record in graph.records()}
    for wanted in gold:
        yield wanted, predicted[wanted["id"]], read[wanted["id"]]


def judge(path: Path, *, gold_mentions: bool) -> Iterator[Judged]:
    """All our statements of the gold texts, judged."""
    gold = records(path)
    symmetric = load_ontology().symmetric
    for wanted, predicted, record in given(gold) if gold_mentions else built(path, gold):
        verdicts = right(wanted, predicted, symmetric=symmetric)
        for statement, verdict in zip(record.statements, verdicts, strict=True):
            yield Judged(statement.confidence, statement.origin, verdict)


def row(band: Band) -> str:
    """A band as a line with a bar of its precision; ``|`` stands at the confidence."""
    bar = list("█" * round(band.precision * BAR) + "·" * (BAR - round(band.precision * BAR)))
    bar[min(BAR - 1, round(band.confidence * BAR))] = "|"
    low, high = band.interval
    mark = " " if band.is_calibrated else "!"
    numbers = f"{band.count:6} {band.confidence:6.2f} {band.precision:6.2f}  {low:.2f}-{high:.2f} {mark}"
    return f"{band.name:28}{numbers} {''.join(bar)}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--gold-mentions", action="store_true")
    parser.add_argument("--origins", type=int, default=0, metavar="N")
    parser.add_argument("--svg", type=Path, metavar="FILE")
    options = parser.parse_args()
    judged = list(judge(options.gold, gold_mentions=options.gold_mentions))
    found = bands(judged)
    print(f"{'confidence':28}{'count':>6} {'mean':>6} {'right':>6}  95 %")
    for band in found:
        print(row(band))
    print(f"expected calibration error {expected_error(found):.3f}, {len(judged)} statements")
    for band in origins(judged)[: options.origins]:
        print(row(band))
    if options.svg:
        options.svg.write_text(reliability_svg(found), encoding="utf-8")


if __name__ == "__main__":
    main()
