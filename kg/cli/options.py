"""Arguments and options that several commands share, and the errors of sources that a command goes on after."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import click

from kg.errors import KGError, OutputError
from kg.processors import processors

F = TypeVar("F", bound=Callable[..., Any])

UNREADABLE = 2  # the exit code where some sources could not be read


class PathType(click.Path):
    """A path, which may not be empty: :mod:`pathlib` would take that for the folder we are in."""

    def __init__(self, *, exists: bool = False, file_okay: bool = True, dir_okay: bool = True) -> None:
        super().__init__(exists=exists, file_okay=file_okay, dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        :raises click.BadParameter: if it is empty, or is not what it should be.
        """
        if value == "":
            self.fail("the path is empty; to name the folder you are in, write .", param, ctx)
        return super().convert(value, param, ctx)


def graph_argument(function: F) -> F:
    """``GRAPH``, a graph folder."""
    return click.argument("graph", metavar="GRAPH", type=PathType(file_okay=False))(function)


def sources_argument(function: F) -> F:
    """``SOURCE…``, files and folders."""
    return click.argument("sources", metavar="SOURCE...", nargs=-1, required=True, type=PathType())(function)


def quiet_option(function: F) -> F:
    """``--quiet``: nothing on stderr but errors."""
    return click.option("-q", "--quiet", is_flag=True, help="Print errors and results only: no progress, no notes.")(
        function
    )


def verbose_option(function: F) -> F:
    """``--verbose``: more on stderr."""
    return click.option("-v", "--verbose", is_flag=True, help="Tell also why candidates were dropped.")(function)


def vocabulary_options(function: F) -> F:
    """``--ontology`` and ``--lexicon``, the user's own files."""
    paths = PathType()
    lexicon = click.option(
        "--lexicon",
        "lexicons",
        metavar="FILE",
        type=paths,
        multiple=True,
        help="Your own lexicon (OntoLex in Turtle). May be repeated.",
    )
    ontology = click.option(
        "--ontology",
        "ontologies",
        metavar="FILE",
        type=paths,
        multiple=True,
        help="Your own ontology (OWL in Turtle). May be repeated.",
    )
    return ontology(lexicon(function))


def learned_option(function: F) -> F:
    """``--no-learned``, the lexicon without the learned scorer."""
    help = "Whether the learned scorer of relations is asked beside the lexicon."
    return click.option("--learned/--no-learned", default=True, show_default=True, help=help)(function)


def processes_option(function: F) -> F:
    """``--processes``, at most so many read articles at once."""
    return click.option(
        "--processes",
        type=click.IntRange(min=1),
        metavar="N",
        default=processors,
        help="How many processes read articles, each with some 300 MB.  [default: one a processor]",
    )(function)


def format_option(*formats: str) -> Callable[[F], F]:
    """``--format``, the first being the default."""
    return click.option(
        "-f", "--format", type=click.Choice(formats), default=formats[0], show_default=True, help="How to print it."
    )


def note(text: str, *, quiet: bool = False) -> None:
    """Say something on stderr that is no result."""
    if not quiet:
        click.echo(text, err=True)


def print_json(value: object) -> None:
    """A result for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def write_text(path: Path, text: str) -> None:
    """Write a result to a file, as UTF-8.

    :raises OutputError: if it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror}", where=str(path), fix="name another file with -o"
        ) from error


class Faults:
    """The faults of sources. Work goes on after them; they are listed at the end, and make the exit code 2."""

    def __init__(self) -> None:
        self.errors: list[KGError] = []

    def __call__(self, error: KGError) -> None:
        """Take note of a fault."""
        self.errors.append(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """List them; if nothing else went wrong, end the command with their exit code."""
        if self.errors and (error is None or isinstance(error, KGError)):
            count = len(self.errors)
            click.echo(
                f"{click.style('error:', fg='red')} {count} input{'s' * (count > 1)} could not be read:", err=True
            )
            for fault in self.errors:
                click.echo(f"- {fault}", err=True)
            if error is None:
                click.get_current_context().exit(UNREADABLE)
