"""``kg log``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from kg.cli.changes import difference_json, difference_lines, print_patch, relation_names
from kg.cli.options import format_option, graph_argument, print_json, quiet_option
from kg.graph import Graph
from kg.history import Entry, changes, entries, patch_headers, patch_rows


@click.command("log")
@graph_argument
@click.option("--change", type=click.IntRange(min=1), metavar="NUMBER", help="Tell of this change alone, in full.")
@click.option("-n", "--last", type=click.IntRange(min=1), metavar="COUNT", help="Tell of the last changes only.")
@click.option("-s", "--statements", is_flag=True, help="List the statements that came, went and changed.")
@format_option("text", "json", "patch")
@quiet_option
def command(graph: Path, change: int | None, last: int | None, statements: bool, format: str, quiet: bool) -> None:
    """Tell what happened to a graph, the newest change first.

    The format `patch` is RDF Patch, the oldest change first: applied one after the other they give the graph.

    \b
    Examples:
      kg log graph
      kg log graph --change 3
      kg log graph --format patch --last 1
    """
    Graph(graph)  # brings up to date what was cut off
    wanted = changes(graph, number=change)[-last if last else None :]
    if format == "patch":
        for one in wanted:
            print_patch(patch_rows(graph, one.number), **patch_headers(graph, one.number))
    elif format == "json":
        print_json([entry_json(entry) for entry in entries(graph, wanted)])
    else:
        names = relation_names(graph)
        for number, entry in enumerate(entries(graph, wanted)):
            for line in entry_lines(entry, names, statements=statements or change is not None, first=not number):
                click.echo(line)


def entry_lines(entry: Entry, names: Mapping[str, str], *, statements: bool, first: bool) -> Iterator[str]:
    """A change to read."""
    change = entry.change
    if not first:
        yield ""
    moment = change.at.replace("T", " ").replace("Z", " UTC")
    quads = "" if change.came is None else f"  {change.came:,} quads came, {change.went:,} went"
    yield click.style(f"change {change.number}", fg="yellow") + f"  {moment}  kg {change.software}{quads}"
    yield from difference_lines(entry.difference, names, statements=statements)
    if entry.reread:
        yield f"{len(entry.reread)} articles were read again with another vocabulary or model"


def entry_json(entry: Entry) -> dict[str, Any]:
    """A change for programs."""
    return {
        **dataclasses.asdict(entry.change),
        **difference_json(entry.difference),
        "reread": list(entry.reread),
    }
