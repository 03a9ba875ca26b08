"""``kg explain``."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.imports import without_torch
from kg.cli.options import format_option, graph_argument, note, print_json, quiet_option
from kg.cli.quoting import WIDTH, safe
from kg.explain import Explanation, explain
from kg.graph import Graph
from kg.lexicon import Argument
from kg.records import Span, Statement, Time

if TYPE_CHECKING:
    from kg.extract.tracing import Node, Trace


@click.command("explain")
@graph_argument
@click.argument("statement", metavar="STATEMENT")
@format_option("text", "json")
@quiet_option
def command(graph: Path, statement: str, format: str, quiet: bool) -> None:
    """Show why a statement is in a graph: the words, the lexicon's entry and frame, the parse, the speaker, what casts
    doubt, how the time was understood, and which candidates of the same sentence were refused, and why.

    STATEMENT is its id or the beginning of that, its IRI, or the statement in words as `kg show` prints it. The article
    is read again for this, which needs the language model. If there is no such statement, the exit code is 1.

    \b
    Examples:
      kg explain graph 3fb1c2d4
      kg explain graph "Ann Lee met with Bob Ray"
    """
    with without_torch():
        found = explain(Graph(graph), statement)
    if format == "json":
        print_json(explanation_json(found))
    else:
        click.echo("\n".join(explanation_lines(found)))
    if found.trace is None:
        note("\nread again, the article does not give this statement: model or vocabulary have changed", quiet=quiet)


def explanation_lines(found: Explanation) -> Iterator[str]:
    """An explanation to read."""
    statement, trace, article = found.statement, found.trace, found.article
    yield f"{safe(found.subject.name)} {click.style(found.relation, bold=True)} {safe(found.object.name)}"
    yield f"{statement.id}, confidence {statement.confidence:.2f}"
    yield from _wrapped("sentence", marked(statement))
    yield _row("", "— " + ", ".join(part for part in (article.title or article.id, str(article.date or "")) if part))
    yield from _witness_lines(found)
    yield _row("modality", _modality(statement, trace))
    yield _row("speaker", _speaker(statement))
    for name, value in _qualifiers(statement):
        yield _row(name, value)
    if trace is not None:
        yield from parse_lines(trace.parse)
        yield from _refused_lines(trace)


def marked(statement: Statement) -> str:
    """The sentences of the evidence with the words that matter in brackets: ``[Ann Lee](subject) [met](trigger)``."""
    evidence, attribution = statement.evidence, statement.attribution
    spans = [("subject", evidence.subject), ("object", evidence.object), ("trigger", evidence.trigger)]
    if attribution:
        spans += [("speaker", attribution.source)] + ([("cue", attribution.cue)] if attribution.cue else [])
    return " … ".join(_mark(sentence, spans) for sentence in sorted(evidence.sentences))


def _mark(sentence: Span, spans: list[tuple[str, Span]]) -> str:
    inside = [(role, span) for role, span in spans if sentence.covers(span)]
    # What opens at one place: the longest outermost; what closes: the shortest first.
    opened = sorted(inside, key=lambda item: -item[1].end)
    closed = sorted(inside, key=lambda item: -item[1].start)
    text = ""
    for offset in range(sentence.start, sentence.end + 1):
        text += "".join(f"]({role})" for role, span in closed if span.end == offset)
        text += "".join("[" for _, span in opened if span.start == offset)
        text += sentence.text[offset - sentence.start : offset - sentence.start + 1]
    return " ".join(text.split())


def _witness_lines(found: Explanation) -> Iterator[str]:
    """The entry of the lexicon or the construction, and how its frame was filled."""
    statement, trace = found.statement, found.trace
    if trace is None:
        yield _row("origin", statement.origin)
        return
    entry, sense, witnesses = trace.entry, trace.sense, trace.witnesses
    seen = f"reads {sense.relation}, {1 / (1 + exp(-witnesses.learned)):.2f}" if witnesses.learned is not None else ""
    if witnesses.ends < 1:
        yield _row("ends", f"the less likely one is a mention by {witnesses.ends:.2f}")
    if witnesses.lexicon is None:
        yield _row("origin", f"{statement.origin}: the scorer alone {seen}, off “{safe(entry.lemma)}”")
        return
    yield _row("origin", f"{entry.id}: “{entry.lemma}” ({entry.pos}) says {sense.relation}, {sense.confidence:.2f}")
    yield _row("frame", f"{sense.frame.kind}, {trace.construction}")
    for role, ways, mention in (
        ("subject", sense.subject, statement.subject),
        ("object", sense.object, statement.object),
    ):
        yield _row("", f"{role} “{safe(mention.text)}” ({mention.type}): {' or '.join(map(_way, ways))}")
    if seen:
        yield _row("", f"the learned scorer {seen} too")


def _way(argument: Argument) -> str:
    # Other ways to express the argument carry its prepositions along, and do not use them.
    led = argument.role == "prepositionalAdjunct"
    markers = f" with {', '.join(sorted(argument.markers))}" if led else ""
    fillers = f" that holds {', '.join(sorted(argument.fillers))}" if argument.fillers else ""
    return argument.role + markers + fillers


def _modality(statement: Statement, trace: Trace | None) -> str:
    if trace is None or statement.modality == "actual":
        return statement.modality
    if statement.modality == trace.sense.modality:
        return f"{statement.modality}: the entry says no more"
    if not trace.doubts:
        return f"{statement.modality}: by the form of the sentence"
    return f"{statement.modality}, by " + ", ".join(f"“{safe(span.text)}”" for span in trace.doubts)


def _speaker(statement: Statement) -> str:
    attribution = statement.attribution
    if attribution is None:
        return "the article itself"
    cue = f", by “{safe(attribution.cue.text)}”" if attribution.cue else ""
    chain = "".join(f", told by {safe(span.text)}" for span in attribution.chain)
    return f"{safe(attribution.source.text)} ({attribution.kind}{cue}){chain}"


def _qualifiers(statement: Statement) -> Iterator[tuple[str, str]]:
    qualifiers = statement.qualifiers
    if qualifiers.time:
        yield "time", _time(qualifiers.time)
    for name in ("place", "position", "status", "number"):
        if words := getattr(qualifiers, name):
            yield name, f"“{safe(words)}”"


def _time(time: Time) -> str:
    if not (time.start or time.end):
        return f"“{safe(time.text)}”, no known day"
    days = (time.start or "") if time.start == time.end else f"{time.start or '…'} to {time.end or '…'}"
    counted = f", counted from {time.anchor}" if time.anchor else ""
    return f"“{safe(time.text)}”: {days} ({time.granularity}){counted}"


def parse_lines(parse: tuple[Node, ...]) -> Iterator[str]:
    """The dependency tree, one word or phrase a line, what depends on another indented below it."""
    for number, node in enumerate(parse):
        roles = f"  ← {', '.join(node.roles)}" if node.roles else ""
        text = "  " * node.depth + safe(node.text)
        yield _row("parse" if not number else "", f"{node.relation:12} {node.pos:6} {text}{roles}")


def _refused_lines(trace: Trace) -> Iterator[str]:
    for number, one in enumerate(trace.refused):
        ends = " — ".join(f"“{safe(end.text)}”" if end else "?" for end in (one.subject, one.object))
        between = f" {ends}" if one.subject or one.object else ""
        what = f"“{safe(one.trigger.text)}” ({', '.join(one.relations)}){between}: {one.reason}"
        yield _row("refused" if not number else "", what)


def _row(label: str, text: str) -> str:
    return f"{label:10}{text}".rstrip()


def _wrapped(label: str, text: str) -> Iterator[str]:
    return iter(textwrap.wrap(safe(text), WIDTH, initial_indent=f"{label:10}", subsequent_indent=" " * 10))


def explanation_json(found: Explanation) -> dict[str, Any]:
    """An explanation for programs; sets as sorted lists, the article without its text."""
    data: dict[str, Any] = _plain(dataclasses.asdict(found))
    del data["article"]["text"]
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(_plain(part) for part in value)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
