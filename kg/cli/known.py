"""``kg known``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import PathType, graph_argument, note, quiet_option
from kg.graph import Graph
from kg.identity import add_known


@click.command("known")
@graph_argument
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PathType(dir_okay=False))
@quiet_option
def command(graph: Path, files: tuple[Path, ...], quiet: bool) -> None:
    """Tell a graph of people and organizations that you know: their names win over guesses.

    FILE is CSV with the columns id, type, name, aliases (parted by |), links (parted by spaces) and about ("Norwegian
    sculptor, born in 1970", which tells namesakes apart), or Turtle with rdf:type, rdfs:label, skos:altLabel,
    owl:sameAs and skos:definition. Files are copied into the graph; one of the same name is replaced.

    \b
    Example:
      kg known graph ministers.csv
    """
    missing = [path for path in files if not path.is_file()]
    if missing:
        raise click.BadParameter(f"there is no file {missing[0]}")
    add_known(Graph(graph), files)
    note(f"{len(files)} file{'s' * (len(files) != 1)} of known entities in {graph}", quiet=quiet)
