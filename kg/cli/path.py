"""``kg path``."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from kg.cli.completing import entities
from kg.cli.options import format_option, graph_argument, print_json, quiet_option
from kg.cli.quoting import said_lines
from kg.graph import Graph


@click.command("path")
@graph_argument
@click.argument("start", metavar="NAME", shell_complete=entities)
@click.argument("end", metavar="NAME", shell_complete=entities)
@format_option("text", "json")
@quiet_option
def command(graph: Path, start: str, end: str, format: str, quiet: bool) -> None:
    """Show how two entities are connected: the shortest way along facts and claims, each step with its sentence.

    If they are not connected, the exit code is 1.

    \b
    Example:
      kg path graph "Musa Abu Marzouk" "Vladimir Putin"
    """
    steps = Graph(graph).path(start, end)
    if format == "json":
        print_json([dataclasses.asdict(step) for step in steps])
    else:
        click.echo("\n\n".join("\n".join(said_lines(step)) for step in steps))
