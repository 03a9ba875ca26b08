"""``kg serve``."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kg.cli.options import graph_argument, note, quiet_option
from kg.derive import STORE_FOLDER
from kg.errors import MissingError
from kg.graph import Graph
from kg.logs import show_logs


@click.command("serve")
@graph_argument
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free."
)
@click.option(
    "--timeout", metavar="SECONDS", type=click.FloatRange(0.1, 3600), default=10, show_default=True,
    help="What a query may take.",
)  # fmt: skip
@click.option("--workers", metavar="N", type=click.IntRange(1, 64), help="Queries at a time.  [default: CPUs - 1]")
@click.option(
    "--max-answer", metavar="MB", type=click.IntRange(1, 1024), default=32, show_default=True,
    help="What an answer may have.",
)  # fmt: skip
@click.option("--max-memory", metavar="MB", type=click.IntRange(256, 1 << 20), default=2048, show_default=True,
    help="What a worker may use.",
)  # fmt: skip
@click.option("--cors", "origins", metavar="ORIGIN", multiple=True, help="A site whose pages may ask, or *.")
@click.option("--allow-host", "hosts", metavar="NAME", multiple=True, help="A name that the server answers to.")
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@quiet_option
def command(
    graph: Path,
    host: str,
    port: int,
    timeout: float,
    workers: int | None,
    max_answer: int,
    max_memory: int,
    origins: tuple[str, ...],
    hosts: tuple[str, ...],
    open_it: bool,
    quiet: bool,
) -> None:
    """Serve a graph over HTTP: pages, SPARQL and a REST API.

    It only reads, and listens to this machine alone unless told otherwise. What takes too long or too much memory is
    stopped. Ctrl-C ends it.

    \b
    Examples:
      kg serve graph --open
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT ?n { ?x rdfs:label ?n }' localhost:8000/sparql
      curl -L -H 'Accept: text/turtle' localhost:8000/entity/Norland
    """
    try:
        from kg.serve import Settings
        from kg.serve.repeats import Repeats
        from kg.serve.server import run
    except ImportError as error:
        raise MissingError(f"kg serve needs {error.name}", fix="pip install 'newskg[serve]'") from error
    opened = Graph(graph)
    mega = 1024 * 1024
    more = {} if workers is None else {"workers": workers}
    settings = Settings(
        host=host, port=port, seconds=timeout, answer=max_answer * mega, memory=max_memory * mega,
        origins=origins, hosts=hosts, **more,
    )  # fmt: skip
    show_logs("%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Repeats())

    def ready(address: str) -> None:
        note(f"serving {opened.title} at {address} (Ctrl-C ends it)", quiet=quiet)
        if open_it:
            click.launch(address)

    opened.store.check()
    opened.store.prepare()
    run(opened.folder / STORE_FOLDER, opened.title, settings, ready=ready)
