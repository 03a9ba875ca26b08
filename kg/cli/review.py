"""``kg review``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli.completing import entities
from kg.cli.options import graph_argument, note, print_json, quiet_option
from kg.cli.quoting import WIDTH, safe
from kg.graph import Graph
from kg.identity import Mentions, OpenPair, apply, decision, find, joins, mention_lines, open_pairs, record_decisions
from kg.records import Entity
from kg.resolve import read_decisions, write_decisions
from kg.resolve.decisions import Judgement

JUDGEMENTS: dict[str, Judgement] = {"y": "same", "n": "not-same", "u": "unsure"}
QUESTION = "Are they one? [y]es [n]o [u]nsure, [s]kip, un[d]o, [q]uit"


@click.command("review")
@graph_argument
@click.option("--list", "listing", is_flag=True, help="Print the open pairs as JSON instead of asking.")
@click.option("--why", "name", metavar="NAME", shell_complete=entities, help="Print why an entity is one, and stop.")
@click.option("--most", metavar="N", default=50, show_default=True, help="How many pairs at most.")
@click.option("--who", default="", help="Who decides; the user's name if not given.")
@quiet_option
def command(graph: Path, listing: bool, name: str | None, most: int, who: str, quiet: bool) -> None:
    """Go through entities that may be one, the most valuable pairs first, with what is said of each.

    Each answer is kept at once, as a row of decisions.csv in the graph folder, and applied at the end: it holds on
    every rebuild, and taking the row out takes it back. "Unsure" keeps the pair apart and does not ask again.

    \b
    Examples:
      kg review graph
      kg review graph --why "Ada Lund"
    """
    opened = Graph(graph)
    if name is not None:
        _print_joins(opened, find(opened, name))
        return
    pairs = open_pairs(opened)[:most]
    if listing:
        print_json([_plain(pair) for pair in pairs])
        return
    decided = _ask(opened, pairs, who) if pairs else 0
    if decided:
        note("kept; applying them to the graph ...", quiet=quiet)
        apply(opened.folder)
    note(f"{decided} decided, {len(open_pairs(Graph(graph)))} open", quiet=quiet)


def _ask(graph: Graph, pairs: list[OpenPair], who: str) -> int:
    """Go through the pairs; returns how many were decided.

    Of an entity that was just found to be one with another no more is asked: what else it may be is a new question.
    """
    mentions = Mentions(graph, [entity for pair in pairs for entity in (pair.left, pair.right)])
    trail: list[tuple[int, str]] = []
    at = 0
    while at < len(pairs):
        pair = pairs[at]
        joined = {it.id for place, answer in trail if answer == "y" for it in (pairs[place].left, pairs[place].right)}
        if not joined.isdisjoint((pair.left.id, pair.right.id)):
            at += 1
            continue
        click.echo("\n".join(_lines(pair, mentions, f"{at + 1} of {len(pairs)}")))
        answer = click.prompt(QUESTION, type=click.Choice([*"ynusdq"]), show_choices=False, default="s")
        if answer == "q":
            break
        if answer == "d":
            at = _undo(graph.folder, trail, at)
            continue
        if answer in JUDGEMENTS:
            left, right = mentions.best(pair.left), mentions.best(pair.right)
            record_decisions(graph.folder, [decision(JUDGEMENTS[answer], left, right, who=who, why="reviewed")])
        trail.append((at, answer))
        at += 1
    return sum(answer in JUDGEMENTS for _, answer in trail)


def _undo(folder: Path, trail: list[tuple[int, str]], at: int) -> int:
    """Take the last answer back; returns the pair to ask for again."""
    if not trail:
        click.echo("there is nothing to undo")
        return at
    last, answer = trail.pop()
    if answer in JUDGEMENTS:
        write_decisions(folder, read_decisions(folder)[:-1])
    return last


def _lines(pair: OpenPair, mentions: Mentions, place: str) -> Iterator[str]:
    yield ""
    yield click.style(f"{place}: {pair.score:.2f} by {pair.reason}", dim=True)
    for entity in (pair.left, pair.right):
        also = f", also {', '.join(entity.aliases[:4])}" if entity.aliases else ""
        yield click.style(safe(entity.name), bold=True) + safe(f" ({entity.type}{also}; {entity.id})")
        for line in mention_lines(mentions.exhibits(entity)):
            yield from textwrap.wrap(safe(line), WIDTH, initial_indent="    ", subsequent_indent="      ")


def _print_joins(graph: Graph, entity: Entity) -> None:
    words = {mention.id: mention for mention in Mentions(graph, [entity]).of(entity)}
    found = joins(graph, entity)
    click.echo(safe(f"{entity.name} ({entity.type}; {entity.id}): {len(entity.mentions)} mentions"))
    if not found:
        click.echo("  all under one name, with nothing against it")
    for join in found:
        left, right = words[join.left], words[join.right]
        click.echo(
            safe(f"  {join.score:.2f}  {left.text} ({left.article}) = {right.text} ({right.article}): {join.reason}")
        )


def _plain(pair: OpenPair) -> dict[str, object]:
    return {
        "left": pair.left.id,
        "right": pair.right.id,
        "names": [pair.left.name, pair.right.name],
        "score": pair.score,
        "reason": pair.reason,
        "value": round(pair.value, 3),
    }
