"""``kg view``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import PathType, graph_argument, note, quiet_option, write_text
from kg.cli.query import parameter
from kg.graph import Graph


@click.command("view")
@graph_argument
@click.option("-o", "--output", metavar="FILE", type=PathType(), help="The page to write.  [default: GRAPH.html]")
@click.option("--focus", metavar="NAME", help="Show one entity and what is near it.")
@click.option(
    "--depth",
    metavar="N",
    type=click.IntRange(1, 10),
    default=1,
    show_default=True,
    help="How many steps around the focus.",
)
@click.option(
    "--query",
    metavar="QUERY",
    help="Show what SPARQL, a .rq file or a stock query finds, with the statements behind it.",
)
@click.option(
    "--value",
    "values",
    metavar="NAME=VALUE",
    multiple=True,
    help="Give a variable of the query its value. May be repeated.",
)
@click.option("--title", metavar="TEXT", help="The page's title.  [default: the name of the folder]")
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@quiet_option
def command(
    graph: Path,
    output: Path | None,
    focus: str | None,
    depth: int,
    query: str | None,
    values: tuple[str, ...],
    title: str | None,
    open_it: bool,
    quiet: bool,
) -> None:
    """Make a page to explore a graph in a browser.

    The page is one file that loads nothing from anywhere: it can be mailed, kept, and opened offline.

    \b
    Examples:
      kg view graph --open
      kg view graph -o abbas.html --focus "Mahmoud Abbas" --depth 2
      kg view graph --query held.rq
      kg view graph --query claims-about --value name=Hamas
    """
    if values and query is None:
        raise click.UsageError("--value gives a variable of a query its value: add --query")
    parameters = dict(map(parameter, values))
    page = Graph(graph).html(title=title, focus=focus, depth=depth, query=query, parameters=parameters)
    path = output or graph.resolve().with_name(f"{graph.resolve().name}.html")
    write_text(path, page)
    note(f"wrote {path}", quiet=quiet)
    if open_it:
        click.launch(path.resolve().as_uri())
