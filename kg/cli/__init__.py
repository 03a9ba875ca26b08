"""The command line: ``kg COMMAND``. A command's module is imported when that command is called, and no other.

Here the exceptions of :mod:`kg.errors` end: their message goes to stderr, and their exit code is the process's.
"""

from __future__ import annotations

import atexit
import gc
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import FrameType

import click

from kg.cli.streams import open_streams, results_written
from kg.errors import KGError
from kg.logs import logging_to
from kg.version import __version__

#: The commands in the order of ``kg --help``, each in the module of its name, with its line there.
COMMANDS = {
    "build": "Read articles into a graph.",
    "add": "Add articles to a graph.",
    "replace": "Put a corrected article in the place of another.",
    "remove": "Take articles out of a graph.",
    "diff": "Tell what is new, changed and withdrawn between two graphs.",
    "log": "Tell what happened to a graph, and when.",
    "query": "Ask a graph, in SPARQL or with a stock query.",
    "show": "Show what is said of one entity.",
    "explain": "Show why a statement is in a graph.",
    "path": "Show how two entities are connected.",
    "review": "Decide which entities are one.",
    "merge": "Say that two entities are one.",
    "split": "Say that an entity is two.",
    "known": "Tell a graph of people and organizations that you know.",
    "reconcile": "Ask a reconciliation service for identifiers.",
    "view": "Make a page to explore a graph in a browser.",
    "serve": "Serve a graph over HTTP: pages, SPARQL, an API.",
    "export": "Write a graph to a file of another format.",
    "validate": "Check a graph against its shapes and its articles.",
    "evaluate": "Measure extraction against annotated articles.",
    "ontology": "Show or check the vocabulary.",
    "doctor": "Check what is installed.",
    "train": "Train the language model.",
    "completion": "Print the completion script of a shell.",
}

EXIT_CODES = """\b
Exit codes:
  0  done
  1  the graph does not conform, or nothing was found
  2  bad usage, or input that cannot be read
  3  something is not installed
  130, 143  interrupted (Ctrl-C, SIGTERM); what was stored is kept"""

INTERRUPTED = 130  # 128 + SIGINT, as shells have it
TERMINATED = 143  # 128 + SIGTERM


class Commands(click.Group):
    """The commands of the table above, imported when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without importing any of it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named; turn errors, Ctrl-C and SIGTERM into messages and exit codes."""
        open_streams()
        try:
            with results_written(), stopped_by_sigterm(), logging_to(ctx.params.get("log")):
                return super().invoke(ctx)
        except KGError as error:
            click.echo(f"{click.style('error:', fg='red')} {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt as stop:
            click.echo("\ninterrupted; what was stored is kept", err=True)
            ctx.exit(TERMINATED if isinstance(stop, Terminated) else INTERRUPTED)


class Terminated(KeyboardInterrupt):
    """The process is asked to end (SIGTERM), which is done as after Ctrl-C."""


@contextmanager
def stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end what is done within as Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Terminated

    if threading.current_thread() is not threading.main_thread():  # only there may signals be handled
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.group(cls=Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
@click.option("--log", metavar="FILE", envvar="KG_LOG", help="Append what happens to FILE, as JSON lines; - is stderr.")
def main(log: str | None) -> None:
    """Turn news articles into a knowledge graph whose every statement keeps its sentence, its speaker and its doubt.

    \b
    Start with:
      kg build articles/ -o graph
      kg query graph who-met-whom
      kg view graph
    """
    # A command makes much that stays and ends soon: looking for cyclic garbage as often as usual costs a twentieth.
    gc.set_threshold(50_000, 20, 50)
    # Nor is it worth half a second to look through a language model for some before the process ends.
    atexit.register(gc.freeze)
    # Libraries tell by logging what our own errors tell better, or not at all.
    logging.getLogger().addHandler(logging.NullHandler())
