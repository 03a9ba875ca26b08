"""``kg show``."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from kg.cli.completing import entities
from kg.cli.options import format_option, graph_argument, print_json, quiet_option
from kg.cli.quoting import said_lines
from kg.explore import Dossier
from kg.graph import Graph


@click.command("show")
@graph_argument
@click.argument("name", metavar="NAME", shell_complete=entities)
@format_option("text", "json")
@quiet_option
def command(graph: Path, name: str, format: str, quiet: bool) -> None:
    """Show what is said of one entity: names, type, and each statement with its sentence, speaker and article.

    NAME is a name, an alias or an id; capitals do not matter. If nothing is called so, the exit code is 1.

    \b
    Examples:
      kg show graph "Mahmoud Abbas"
      kg show graph Hamas --format json
    """
    found = Graph(graph).show(name)
    if format == "json":
        print_json(dataclasses.asdict(found))
    else:
        click.echo(dossier_text(found))


def dossier_text(found: Dossier) -> str:
    """A dossier to read."""
    head = [f"{click.style(found.name, bold=True)} ({found.type})", found.iri]
    if found.aliases:
        head.append("also: " + ", ".join(found.aliases))
    head += [f"same as: {link}" for link in found.links]
    body = ["\n".join(said_lines(said)) for said in found.statements]
    return "\n\n".join(["\n".join(head), *body])
