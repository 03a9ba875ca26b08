"""``kg validate``."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from kg.cli.options import format_option, graph_argument, note, print_json, quiet_option
from kg.cli.quoting import safe
from kg.graph import Graph
from kg.records import Violation

DOES_NOT_CONFORM = 1


@click.command("validate")
@graph_argument
@format_option("text", "json")
@quiet_option
def command(graph: Path, format: str, quiet: bool) -> None:
    """Check a graph: its files (checksums), its shapes (SHACL), and its evidence, for which each cited span is read
    again in its article.

    If there is a violation, the exit code is 1; if a file is damaged, 2. Warnings do not count.

    \b
    Example:
      kg validate graph
    """
    found = Graph(graph).validate()
    violations = sum(one.severity == "violation" for one in found)
    if format == "json":
        print_json([dataclasses.asdict(one) for one in found])
    else:
        for one in found:
            click.echo(violation_text(one))
    warnings = len(found) - violations
    note(
        f"{'conforms' if not violations else 'does not conform'}: {violations} violations, {warnings} warnings",
        quiet=quiet,
    )
    if violations:
        click.get_current_context().exit(DOES_NOT_CONFORM)


def violation_text(one: Violation) -> str:
    """A violation to read: what, of which node, and in which sentence."""
    lines = [f"{one.severity}: {safe(one.message)}", f"    {safe(one.focus)}"]
    if one.sentence:
        lines.append(f"    “{safe(one.sentence)}”")
    if one.article:
        lines.append(f"    — {safe(one.article)}")
    return "\n".join(lines)
