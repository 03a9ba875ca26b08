"""``kg evaluate``."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from kg.cli.imports import without_torch
from kg.cli.options import Faults, PathType, learned_option, note, print_json, quiet_option, vocabulary_options
from kg.cli.progress import ProgressBar
from kg.cli.scores import error_lines, errors_json, report_json, report_lines
from kg.documents.checks import unopenable
from kg.errors import InputError
from kg.ontology import Ontology
from kg.rdf.evidence import unsupported
from kg.records import ArticleRecord
from kg.training.score import Record, Report, score


@click.command("evaluate")
@click.argument("gold", metavar="GOLD.jsonl", type=PathType())
@vocabulary_options
@learned_option
@click.option(
    "-f", "--format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.option(
    "--gold-mentions", is_flag=True, help="Take entities and mentions from GOLD.jsonl: only statements are ours."
)
@click.option(
    "--part",
    "parts",
    metavar="PREFIX[,PREFIX...]",
    multiple=True,
    help="Score the articles whose id begins so by themselves too. May be repeated.",
)
@click.option("--relations", is_flag=True, help="Score each relation too.")
@click.option("--errors", is_flag=True, help="Show missed and wrong statements by relation, the largest class first.")
@click.option(
    "--most", metavar="N", type=click.IntRange(min=1), help="Show at most N missed and N wrong of a relation."
)
@quiet_option
def command(
    gold: Path,
    ontologies: tuple[Path, ...],
    lexicons: tuple[Path, ...],
    learned: bool,
    format: str,
    gold_mentions: bool,
    parts: tuple[str, ...],
    relations: bool,
    errors: bool,
    most: int | None,
    quiet: bool,
) -> None:
    """Measure extraction: build a graph from the texts of annotated articles, and compare.

    GOLD.jsonl holds one record an article, in the format of `kg export GRAPH -o FILE.jsonl`: id, text, entities,
    mentions, statements.

    \b
    Examples:
      kg evaluate data/gold/gold.jsonl --relations
      kg evaluate data/gold/gold.jsonl --gold-mentions --errors --most 5
      kg evaluate dev.jsonl --part wn- --part ce-,ct-
    """
    with Faults() as faults:
        wanted = list(_records(gold))
        with without_torch(), ProgressBar(quiet=quiet) as progress:
            if gold_mentions:
                reading = _given(wanted, ontologies, lexicons, learned=learned)
            else:
                reading = _built(gold, ontologies, lexicons, progress, faults, learned=learned)
        symmetric = reading.ontology.symmetric
        whole = score(wanted, reading.predicted, symmetric=symmetric)
        scored = {part: score(_part(wanted, part), reading.predicted, symmetric=symmetric) for part in parts}
        if format == "json":
            print_json(_json(whole, scored, reading, relations=relations, errors=errors, most=most))
        else:
            click.echo("\n".join(_lines(whole, scored, reading, relations=relations, errors=errors, most=most)))
        note("\nP precision, R recall, F1; stance: shares of the right statements", quiet=quiet or format == "json")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What we read of the gold texts, in the record format, and how many statements their evidence does not hold."""

    predicted: list[Record]
    ontology: Ontology
    statements: int
    unsupported: int


def _built(
    gold: Path,
    ontologies: Sequence[Path],
    lexicons: Sequence[Path],
    progress: ProgressBar,
    faults: Faults,
    *,
    learned: bool,
) -> _Reading:
    """Everything ours, from the text on."""
    from kg.build import build

    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        graph = build(
            [gold],
            Path(folder) / "graph",
            ontologies=ontologies,
            lexicons=lexicons,
            learned=learned,
            progress=progress,
            on_error=faults,
        )
        predicted = Path(folder) / "predicted.jsonl"
        graph.export(predicted)
        return _reading(list(_records(predicted)), graph.records(), graph.ontology())


def _given(gold: Sequence[Record], ontologies: Sequence[Path], lexicons: Sequence[Path], *, learned: bool) -> _Reading:
    """Statements between the entities that the gold records give."""
    from kg.reading import load_reader
    from kg.training.given import read_given
    from kg.vocabulary import load_vocabulary

    vocabulary = replace(load_vocabulary(ontologies, lexicons), learned=learned)
    pairs = list(read_given(load_reader(vocabulary), gold))
    return _reading([record for record, _ in pairs], (read for _, read in pairs), vocabulary.ontology)


def _reading(predicted: list[Record], read: Iterable[ArticleRecord], ontology: Ontology) -> _Reading:
    statements = without = 0
    for record in read:
        statements += len(record.statements)
        without += len(unsupported(record))
    return _Reading(predicted, ontology, statements, without)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """
    :raises InputError: if the file cannot be read or a line is no annotated article.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    record = json.loads(line)
                    if missing := {"id", "text", "entities", "mentions", "statements"} - record.keys():
                        raise InputError(f"the line lacks {', '.join(sorted(missing))}", where=f"{path}:{number}")
                    yield record
    except FileNotFoundError as error:
        raise InputError("no such file", where=str(path), fix="name a file of annotated articles") from error
    except OSError as error:
        raise unopenable(path, error) from error
    except (ValueError, AttributeError) as error:
        raise InputError("a line is no JSON object", where=f"{path}", fix="kg export writes such files") from error


def _part(gold: Sequence[Record], part: str) -> list[Record]:
    """The gold records whose ids begin with one of the prefixes that ``part`` lists.

    :raises InputError: if there is none: the prefix is misspelt.
    """
    found = [record for record in gold if record["id"].startswith(tuple(part.split(",")))]
    if not found:
        raise InputError(f"no article's id begins with {part!r}", fix="name a prefix of the ids in GOLD.jsonl")
    return found


def _lines(
    whole: Report, parts: dict[str, Report], reading: _Reading, *, relations: bool, errors: bool, most: int | None
) -> Iterator[str]:
    yield from report_lines(whole, relations=relations)
    yield f"evidence: {reading.unsupported} of {reading.statements} statements without both ends and the trigger in it"
    for part, report in parts.items():
        yield f"\n{part}"
        yield from report_lines(report)
    if errors:
        yield from error_lines(whole.misses, most=most)


def _json(
    whole: Report, parts: dict[str, Report], reading: _Reading, *, relations: bool, errors: bool, most: int | None
) -> dict[str, Any]:
    out = report_json(whole, relations=relations) | {"unsupported": reading.unsupported}
    if parts:
        out["parts"] = {part: report_json(report, relations=relations) for part, report in parts.items()}
    if errors:
        out["misses"] = errors_json(whole.misses, most=most)
    return out
