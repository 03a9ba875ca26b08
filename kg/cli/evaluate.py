"""``kg evaluate``."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from kg.build import build
from kg.cli.options import Faults, note, print_json, quiet_option, vocabulary_options
from kg.cli.progress import ProgressBar
from kg.cli.quoting import safe
from kg.training.score import Report, Score, score


@click.command("evaluate")
@click.argument("gold", metavar="GOLD.jsonl", type=click.Path(path_type=Path))
@vocabulary_options
@click.option(
    "-f", "--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.option("--relations", is_flag=True, help="Score each relation too.")
@click.option(
    "--errors", metavar="N", type=click.IntRange(min=0), default=0, help="Show N wrong and N missed statements."
)
@quiet_option
def command(
    gold: Path,
    ontologies: tuple[Path, ...],
    lexicons: tuple[Path, ...],
    format: str,
    relations: bool,
    errors: int,
    quiet: bool,
) -> None:
    """Measure extraction: build a graph from the texts of annotated articles, and compare.

    GOLD.jsonl holds one record an article, in the format of `kg export GRAPH -o FILE.jsonl`: id, text, entities,
    mentions, statements.

    \b
    Example:
      kg evaluate data/gold/gold.jsonl --relations
    """
    with Faults() as faults:
        with tempfile.TemporaryDirectory(prefix="kg-") as folder, ProgressBar(quiet=quiet) as progress:
            graph = build(
                [gold],
                Path(folder) / "graph",
                ontologies=ontologies,
                lexicons=lexicons,
                progress=progress,
                on_error=faults,
            )
            predicted = Path(folder) / "predicted.jsonl"
            graph.export(predicted)
            symmetric = [name for name, relation in graph.ontology().properties.items() if relation.symmetric]
            report = score(_records(gold), _records(predicted), symmetric=symmetric)
        if format == "json":
            print_json(report_json(report, relations=relations, errors=errors))
        else:
            click.echo("\n".join(report_lines(report, relations=relations, errors=errors)))
        note("\nP precision, R recall, F1; stance: shares of the right statements", quiet=quiet or format == "json")


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def report_lines(report: Report, *, relations: bool = False, errors: int = 0) -> Iterator[str]:
    """The scores as a table."""
    yield f"{'':14}{'P':>7}{'R':>7}{'F1':>7}{'right':>8}{'found':>8}{'gold':>8}"
    for label, one in _scores(report).items():
        yield _row(label, one)
    yield f"{'coreference':14}{'':14}{report.coref:7.3f}"
    yield f"{'macro':14}{'':14}{report.macro:7.3f}"
    yield f"stance: modality {report.modality:.3f}, attribution {report.attribution:.3f}"
    if relations:
        yield ""
        for name, one in sorted(report.relations.items(), key=lambda item: (-item[1].gold, item[0])):
            yield _row(name, one)
    for kind in ("wrong", "missed"):
        for miss in [miss for miss in report.misses if miss.kind == kind][:errors]:
            yield safe(f"{kind}: {miss.subject} {miss.relation} {miss.object}  [{miss.article}] {miss.sentence}")


def report_json(report: Report, *, relations: bool, errors: int) -> dict[str, Any]:
    """The scores for programs."""
    out: dict[str, Any] = {label: _numbers(one) for label, one in _scores(report).items()}
    out |= {name: getattr(report, name) for name in ("coref", "macro", "modality", "attribution")}
    if relations:
        out["relations"] = {name: _numbers(one) for name, one in sorted(report.relations.items())}
    if errors:
        out["misses"] = [
            dataclasses.asdict(miss)
            for kind in ("wrong", "missed")
            for miss in [miss for miss in report.misses if miss.kind == kind][:errors]
        ]
    return out


def _scores(report: Report) -> dict[str, Score]:
    return {
        "names": report.names,
        "name spans": report.name_spans,
        "statements": report.statements,
        "named": report.named,
        "pairs": report.pairs,
        "strict": report.strict,
    }


def _row(label: str, one: Score) -> str:
    numbers = f"{one.precision:7.3f}{one.recall:7.3f}{one.f1:7.3f}{one.right:8.0f}{one.predicted:8.0f}{one.gold:8.0f}"
    return f"{label:14}{numbers}" if len(label) < 14 else f"{label:14} {numbers[1:]}"


def _numbers(one: Score) -> dict[str, float]:
    return {"precision": one.precision, "recall": one.recall, "f1": one.f1, **dataclasses.asdict(one)}
