"""``kg add``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.build import add
from kg.cli.imports import without_torch
from kg.cli.options import (
    Faults,
    graph_argument,
    processes_option,
    quiet_option,
    sources_argument,
    verbose_option,
)
from kg.cli.progress import ProgressBar
from kg.cli.summary import summary_text


@click.command("add")
@graph_argument
@sources_argument
@click.option(
    "--update",
    is_flag=True,
    help="An article of the same source, title and date as one in the graph is its correction, and takes its place.",
)
@processes_option
@quiet_option
@verbose_option
def command(graph: Path, sources: tuple[Path, ...], update: bool, processes: int, quiet: bool, verbose: bool) -> None:
    """Add articles to a graph.

    They are read with the vocabulary that the graph was built with. An article whose id the graph has already takes
    the place of that one, and is not read again if it is the same. What it was stays as a revision: see `kg log`.

    \b
    Examples:
      kg add graph today/ late-news.html
      kg add graph articles/ --update
    """
    with Faults() as faults:
        with without_torch(), ProgressBar(quiet=quiet, verbose=verbose) as progress:
            grown = add(graph, sources, update=update, processes=processes, progress=progress, on_error=faults)
        click.echo(summary_text(grown.summary()))
