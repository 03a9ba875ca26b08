"""``kg build``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.build import build
from kg.cli.imports import without_torch
from kg.cli.options import (
    Faults,
    PathType,
    learned_option,
    note,
    processes_option,
    quiet_option,
    sources_argument,
    verbose_option,
    vocabulary_options,
)
from kg.cli.progress import ProgressBar
from kg.cli.summary import summary_text
from kg.ids import BASE_IRI


@click.command("build")
@sources_argument
@click.option("-o", "--output", metavar="GRAPH", required=True, type=PathType(), help="The graph folder to make.")
@vocabulary_options
@learned_option
@click.option("--base-iri", metavar="IRI", help=f"What the graph's own IRIs start with.  [default: {BASE_IRI}]")
@processes_option
@quiet_option
@verbose_option
def command(
    sources: tuple[Path, ...],
    output: Path,
    ontologies: tuple[Path, ...],
    lexicons: tuple[Path, ...],
    learned: bool,
    base_iri: str | None,
    processes: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read articles into a graph.

    SOURCE is a file or a folder with files: .txt, .md, .html or .jsonl (a line is
    {"id", "title", "date", "text", "source"}). A source that cannot be read is reported at the end; the others are
    built all the same, and the exit code is 2.

    If GRAPH is there already, what it holds stays, and articles that it knows are not read again: run the same command
    to go on after an interruption.

    \b
    Examples:
      kg build articles/ -o graph
      kg build today.jsonl page.html -o graph --base-iri https://news.example.com/kg/
      kg build articles/ -o graph --ontology sport.ttl --lexicon sport-en.ttl
    """
    with Faults() as faults:
        with without_torch(), ProgressBar(quiet=quiet, verbose=verbose) as progress:
            graph = build(
                sources,
                output,
                ontologies=ontologies,
                lexicons=lexicons,
                base_iri=base_iri,
                learned=learned,
                processes=processes,
                progress=progress,
                on_error=faults,
            )
        click.echo(summary_text(graph.summary()))
        note(f"\nthe graph is in {output}; try: kg view {output}", quiet=quiet)
