"""``kg reconcile``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_argument, note, quiet_option
from kg.graph import Graph
from kg.identity import reconcile


@click.command("reconcile")
@graph_argument
@click.argument("service", metavar="ADDRESS")
@click.option(
    "--type",
    "types",
    metavar="TYPE[=ID]",
    multiple=True,
    default=("Person", "Organization"),
    show_default=True,
    help="Which entities to ask for, and what the service calls that type. May be repeated.",
)
@quiet_option
def command(graph: Path, service: str, types: tuple[str, ...], quiet: bool) -> None:
    """Ask a reconciliation service for the identifiers of named entities. Names leave this computer.

    ADDRESS is that of a W3C Reconciliation Service API 0.2, as Wikidata and OpenRefine speak it. Answers are kept in
    reconciled.csv in the graph folder, and a name is asked once. What the service itself calls a match becomes
    owl:sameAs.

    \b
    Example:
      kg reconcile graph https://wikidata.reconci.link/en/api --type Person=Q5
    """
    wanted = dict(it.partition("=")[::2] for it in types)
    matched = reconcile(Graph(graph), service, types=wanted)
    note(f"{service} knows {matched} of them", quiet=quiet)
