"""A statement as lines of text, with the sentence that says it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from kg.explore import Said

WIDTH = 100  # columns


def said_lines(said: Said) -> Iterator[str]:
    """The statement, who says so and how surely, the quote, and where it stands."""
    stance = [said.modality] if said.modality != "actual" else []
    if said.speaker:
        stance.append(f"according to {said.speaker}")
    stance += [f"{name}: {value}" for name, value in said.qualifiers.items()]
    suffix = f"  [{'; '.join(stance)}]" if stance else ""
    relation = click.style(said.relation, bold=True)
    yield click.style(safe(f"{said.subject} "), reset=False) + relation + safe(f" {said.object}{suffix}")
    yield from textwrap.wrap(f"“{safe(said.quote)}”", WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield "    — " + safe(", ".join(part for part in (said.title or said.article, said.date) if part))


def safe(text: str) -> str:
    """``text`` without control characters: what an article says must not steer the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
