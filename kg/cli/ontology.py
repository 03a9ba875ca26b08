"""``kg ontology``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import format_option, print_json, quiet_option, vocabulary_options
from kg.lexicon import load_lexicon
from kg.ontology import describe, load_ontology


@click.group("ontology")
def command() -> None:
    """Show or check the vocabulary: the ontology (what can be said) and the lexicon (the words that say it)."""


@command.command("show")
@click.argument("term", metavar="[TERM]", required=False)
@vocabulary_options
@format_option("text", "json")
@quiet_option
def show(term: str | None, ontologies: tuple[Path, ...], lexicons: tuple[Path, ...], format: str, quiet: bool) -> None:
    """List classes and relations, or tell all about one TERM.

    \b
    Examples:
      kg ontology show
      kg ontology show heldBy
      kg ontology show --ontology sport.ttl --format json
    """
    rows = describe(load_ontology(*ontologies), term)
    if format == "json":
        print_json(rows)
    elif term:
        click.echo("\n\n".join(term_text(row) for row in rows))
    else:
        click.echo("\n".join(list_lines(rows)))


@command.command("check")
@vocabulary_options
@quiet_option
def check(ontologies: tuple[Path, ...], lexicons: tuple[Path, ...], quiet: bool) -> None:
    """Check your ontology and lexicon together with the shipped ones. All faults are listed; then the exit code is 2.

    \b
    Example:
      kg ontology check --ontology sport.ttl --lexicon sport-en.ttl
    """
    ontology = load_ontology(*ontologies)
    lexicon = load_lexicon(ontology, *lexicons)
    counts = f"{len(ontology.classes)} classes, {len(ontology.properties)} relations"
    click.echo(f"no faults: {counts}, {len(lexicon.entries)} lexicon entries")


def list_lines(rows: list[dict[str, str]]) -> list[str]:
    """A line a term, under the heading of its group."""
    lines: list[str] = []
    group = None
    for row in rows:
        heading = row["group"] or row["kind"]
        if heading != group:
            lines += [""] * bool(lines) + [click.style(heading, bold=True)]
            group = heading
        ends = f"{row['subject']} → {row['object']}" if row["subject"] else ""
        lines.append(f"  {row['name']:20} {ends:44} {row['definition'] or row['label']}".rstrip())
    return lines


def term_text(row: dict[str, str]) -> str:
    """All about one term."""
    name = click.style(row["name"], bold=True)
    return "\n".join([name, *(f"  {key:12} {value}" for key, value in row.items() if value and key != "name")])
