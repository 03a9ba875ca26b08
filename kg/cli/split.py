"""``kg split``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.completing import entities
from kg.cli.options import graph_argument, note, quiet_option
from kg.graph import Graph
from kg.identity import split


@click.command("split")
@graph_argument
@click.argument("name", metavar="NAME", shell_complete=entities)
@click.argument("parts", metavar="ARTICLE...", nargs=-1, required=True)
@click.option("--why", default="", help="The reason, kept with the decision.")
@click.option("--who", default="", help="Who decides; the user's name if not given.")
@quiet_option
def command(graph: Path, name: str, parts: tuple[str, ...], why: str, who: str, quiet: bool) -> None:
    """Say that an entity is two: what the named articles say of it is of another.

    NAME is a name, an alias or an id; ARTICLE an article's id, as `kg query GRAPH articles` lists them, or
    ARTICLE#START-END for one mention, where one article speaks of both. The decisions are rows of decisions.csv in the
    graph folder: they hold on every rebuild, and taking the rows out takes them back.

    \b
    Example:
      kg split graph "Michael Brandt" brandt-2 brandt-4 --why "the statistician"
    """
    split(Graph(graph), name, parts, who=who, why=why)
    note(f"what {len(parts)} of the articles say of {name} is of another from now on", quiet=quiet)
