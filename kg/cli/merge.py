"""``kg merge``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.completing import entities
from kg.cli.options import graph_argument, note, quiet_option
from kg.graph import Graph
from kg.identity import merge


@click.command("merge")
@graph_argument
@click.argument("left", metavar="NAME", shell_complete=entities)
@click.argument("right", metavar="NAME", shell_complete=entities)
@click.option("--why", default="", help="The reason, kept with the decision.")
@click.option("--who", default="", help="Who decides; the user's name if not given.")
@quiet_option
def command(graph: Path, left: str, right: str, why: str, who: str, quiet: bool) -> None:
    """Say that two entities are one.

    NAME is a name, an alias or an id. The decision is a row of decisions.csv in the graph folder: it holds on every
    rebuild, and taking the row out takes it back.

    \b
    Example:
      kg merge graph "Halden Motors" Voltara --why "renamed in 2028"
    """
    merge(Graph(graph), left, right, who=who, why=why)
    note(f"{left} and {right} are one from now on", quiet=quiet)
