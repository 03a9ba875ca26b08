"""``kg replace``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.build import replace
from kg.cli.imports import without_torch
from kg.cli.options import PathType, graph_argument, note, quiet_option, verbose_option
from kg.cli.progress import ProgressBar


@click.command("replace")
@graph_argument
@click.argument("article", metavar="ARTICLE")
@click.argument("source", metavar="SOURCE", type=PathType())
@quiet_option
@verbose_option
def command(graph: Path, article: str, source: Path, quiet: bool, verbose: bool) -> None:
    """Put a corrected text in the place of an article.

    ARTICLE is the article's id, as `kg query GRAPH articles` lists them: it stays, and so do links to it. SOURCE is a
    file with the article as it reads now. What it was before is kept, as a revision (PROV) and in `kg log`.

    \b
    Example:
      kg replace graph 3fb1c2d4e5f60718 corrected.html
    """
    with without_torch(), ProgressBar(quiet=quiet, verbose=verbose) as progress:
        replace(graph, article, source, progress=progress)
    note(f"replaced {article} in {graph}", quiet=quiet)
