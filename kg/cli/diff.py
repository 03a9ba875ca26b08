"""``kg diff``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.changes import difference_json, difference_lines, print_patch, relation_names
from kg.cli.options import format_option, note, print_json, quiet_option
from kg.history import compare, lines_at
from kg.rdf.patch import differences

DIFFERENT = 1


class GraphAt(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """``GRAPH`` or ``GRAPH@CHANGE``: a folder and the number of a change, or ``None``."""

    name = "graph"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Path, int | None]:
        """The folder and the number."""
        folder, at, number = value.rpartition("@")
        if at and number.isascii() and number.isdigit() and not Path(value).exists():
            return Path(folder), int(number)
        return Path(value), None


@click.command("diff")
@click.argument("old", metavar="OLD", type=GraphAt())
@click.argument("new", metavar="NEW", type=GraphAt())
@format_option("text", "json", "patch")
@click.option("--exit-code", is_flag=True, help="Exit with 1 if the graphs differ, as `diff` does.")
@quiet_option
def command(
    old: tuple[Path, int | None], new: tuple[Path, int | None], format: str, exit_code: bool, quiet: bool
) -> None:
    """Tell what is new, changed and withdrawn from one graph to another.

    OLD and NEW are graph folders. GRAPH@3 is a graph as it was after its third change (see `kg log`).

    The format `patch` is RDF Patch: the quads that came (A) and went (D).

    \b
    Examples:
      kg diff yesterday today
      kg diff graph@1 graph --format patch
    """
    if format == "patch":
        differ = print_patch(differences(lines_at(*old), lines_at(*new))) > 0
    else:
        found = compare(old[0], new[0], old_change=old[1], new_change=new[1])
        differ = bool(found)
        if format == "json":
            print_json(difference_json(found))
        else:
            for line in difference_lines(found, relation_names(old[0], new[0])):
                click.echo(line)
            if not differ:
                note("the graphs say the same", quiet=quiet)
    if differ and exit_code:
        click.get_current_context().exit(DIFFERENT)
