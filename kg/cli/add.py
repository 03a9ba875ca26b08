"""``kg add``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.build import add
from kg.cli.options import Faults, graph_argument, quiet_option, sources_argument, verbose_option
from kg.cli.progress import ProgressBar
from kg.cli.summary import summary_text


@click.command("add")
@graph_argument
@sources_argument
@quiet_option
@verbose_option
def command(graph: Path, sources: tuple[Path, ...], quiet: bool, verbose: bool) -> None:
    """Add articles to a graph.

    They are read with the vocabulary that the graph was built with. An article whose id the graph has already takes
    the place of that one, and is not read again if it is the same.

    \b
    Example:
      kg add graph today/ late-news.html
    """
    with Faults() as faults:
        with ProgressBar(quiet=quiet, verbose=verbose) as progress:
            grown = add(graph, sources, progress=progress, on_error=faults)
        click.echo(summary_text(grown.summary()))
