"""``kg query``."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.cli.completing import stock_queries
from kg.cli.options import format_option, graph_argument, note, quiet_option
from kg.errors import InputError
from kg.graph import Graph
from kg.query import FORMATS, Stock, Table, stock

NOTHING_FOUND = 1
SHOWN = 1_000  # rows of a table for the eye
NARROWEST = 60  # columns; a narrower terminal wraps the lines


@click.command("query")
@graph_argument
@click.argument("query", metavar="[QUERY]", required=False, shell_complete=stock_queries)
@click.argument("values", metavar="[NAME=VALUE]...", nargs=-1)
@format_option(*FORMATS)
@click.option("--facts", is_flag=True, help="Leave out what is only claimed or possible.")
@click.option("--limit", metavar="N", type=click.IntRange(min=0),
    help=f"Rows to give at most, the first.  [default: {SHOWN:,} in a table, else all]",
)  # fmt: skip
@quiet_option
def command(
    graph: Path,
    query: str | None,
    values: tuple[str, ...],
    format: str,
    facts: bool,
    limit: int | None,
    quiet: bool,
) -> None:
    """Ask a graph.

    QUERY is SPARQL 1.1, the path of a .rq file, or the name of a stock query; without it the stock queries are listed.
    NAME=VALUE gives a variable of the query its value. The prefixes kg: (vocabulary) and entity: (entities) need no
    declaration. If nothing is found, the exit code is 1.

    \b
    Examples:
      kg query graph
      kg query graph who-met-whom
      kg query graph claims-about name=Hamas --format csv
      kg query graph 'SELECT ?who ?by { ?who kg:heldBy ?by }' --facts
    """
    opened = Graph(graph)
    if query is None:
        click.echo("\n\n".join(stock_text(one) for one in stock().values()))
        return
    if limit is None and format == "table":
        limit = SHOWN
    with ended_by_signals():
        answer = opened.query(query, facts=facts, parameters=dict(map(parameter, values)), limit=limit)
    width = max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None
    click.echo(answer.format(format, width=width), nl=False)
    if isinstance(answer, Table) and answer.more:
        note(f"there are more than {limit:,} rows: --limit gives as many as you say, --format csv all", quiet=quiet)
    if not len(answer):
        note("nothing was found", quiet=quiet)
        click.get_current_context().exit(NOTHING_FOUND)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let Ctrl-C end the process at once: Oxigraph answers in one call, which no exception of Python's gets into.

    Nothing is lost, for a query only reads.
    """
    before = {it: signal.signal(it, signal.SIG_DFL) for it in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for it, handler in before.items():
            signal.signal(it, handler or signal.SIG_DFL)


def parameter(text: str) -> tuple[str, str]:
    """The name and value of ``NAME=VALUE``.

    :raises InputError: if there is no ``=``.
    """
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise InputError(f"{text!r} is not NAME=VALUE", fix="put SPARQL in quotes, and write values as name=Hamas")
    return name, value


def stock_text(one: Stock) -> str:
    """A stock query as the list shows it."""
    lines = [f"{one.name}", f"  {one.description}"]
    for name, meaning in one.parameters.items():
        lines.append(f"  {name}={'…' if name in one.required else '… (optional)'}  {meaning}")
    return "\n".join(lines)
