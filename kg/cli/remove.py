"""``kg remove``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.build import remove
from kg.cli.options import graph_argument, note, quiet_option
from kg.cli.progress import ProgressBar


@click.command("remove")
@graph_argument
@click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True)
@quiet_option
def command(graph: Path, articles: tuple[str, ...], quiet: bool) -> None:
    """Take articles out of a graph, and with them what no other article says.

    ARTICLE is an article's id, as `kg query GRAPH articles` lists them. If one of them is not in the graph, none is
    removed, and the exit code is 1.

    \b
    Example:
      kg remove graph 3fb1c2d4e5f60718
    """
    with ProgressBar(quiet=quiet) as progress:
        remove(graph, articles, progress=progress)
    note(f"removed {len(set(articles))} from {graph}", quiet=quiet)
