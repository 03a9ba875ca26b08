"""Differences and changes as lines of text and as JSON."""

from __future__ import annotations

import dataclasses
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from kg.cli.quoting import WIDTH, safe
from kg.derive import STORE_FOLDER
from kg.history import Difference, Said
from kg.rdf import Store
from kg.rdf.patch import Row, write_patch
from kg.rdf.vocabulary import labels
from kg.records import Article

CAME, WENT, CHANGED = (
    click.style("+", fg="green"),
    click.style("-", fg="red"),
    click.style("~", fg="yellow"),
)


def relation_names(*graphs: Path) -> Mapping[str, str]:
    """What relations are called, by their local names, in the graphs' own words."""
    found: dict[str, str] = {}
    for graph in graphs:
        found |= labels(Store(graph / STORE_FOLDER))
    return found


def difference_lines(found: Difference, names: Mapping[str, str], *, statements: bool = True) -> Iterator[str]:
    """What is new, changed and withdrawn, to read."""
    yield from article_lines(found)
    counts = (len(found.new), len(found.withdrawn), len(found.changed))
    if any(counts):
        yield "statements  {} new, {} withdrawn, {} changed".format(*counts)
    if not statements:
        return
    titles = {article.id: article.title for article in (*found.added, *found.removed)}
    titles |= {after.id: after.title for _, after in found.corrected}
    for said in found.new:
        yield from said_lines(CAME, said, names, titles)
    for said in found.withdrawn:
        yield from said_lines(WENT, said, names, titles)
    for before, after in found.changed:
        yield from said_lines(CHANGED, after, names, titles)
        was = stance(before) or "in the article's own voice, as a fact"
        yield f"    was: {safe(was)}"
        if before.quote != after.quote:
            yield from textwrap.wrap(f"“{safe(before.quote)}”", WIDTH, initial_indent="    ", subsequent_indent="    ")


def article_lines(found: Difference) -> Iterator[str]:
    """The articles that came, went and were corrected."""
    counts = (len(found.added), len(found.removed), len(found.corrected))
    if any(counts):
        yield "articles    {} new, {} withdrawn, {} corrected".format(*counts)
    for mark, articles in ((CAME, found.added), (WENT, found.removed)):
        for article in articles:
            yield f"{mark} {article_text(article)}"
    for before, after in found.corrected:
        yield f"{CHANGED} {article_text(after)}" + (f"  (was: {article_text(before)})" * (before.title != after.title))


def article_text(article: Article) -> str:
    """An article in one line."""
    parts = [article.id, article.title, article.date.isoformat() if article.date else "", article.source or ""]
    return safe("  ".join(part for part in parts if part))


def said_lines(mark: str, said: Said, names: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[str]:
    """A statement with who says so and how surely, and the quote."""
    how = stance(said)
    relation = click.style(names.get(said.relation, said.relation), bold=True)
    yield f"{mark} {safe(said.subject)} {relation} {safe(said.object)}" + (f"  [{safe(how)}]" if how else "")
    yield from textwrap.wrap(f"“{safe(said.quote)}”", WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield f"    — {safe(titles.get(said.article) or said.article)}"


def stance(said: Said) -> str:
    """Who says so, how surely and what narrows it; empty for a plain fact."""
    parts = [said.modality] if said.modality != "actual" else []
    if said.speaker:
        parts.append(f"according to {said.speaker}")
    return "; ".join([*parts, *(f"{name}: {value}" for name, value in said.qualifiers)])


def difference_json(found: Difference) -> dict[str, Any]:
    """The same for programs. Articles go by their ids and titles; their texts are left out."""
    return {
        "articles": {
            "new": [_article(article) for article in found.added],
            "withdrawn": [_article(article) for article in found.removed],
            "corrected": [{"was": _article(before), "is": _article(after)} for before, after in found.corrected],
        },
        "statements": {
            "new": [_said(said) for said in found.new],
            "withdrawn": [_said(said) for said in found.withdrawn],
            "changed": [{"was": _said(before), "is": _said(after)} for before, after in found.changed],
        },
    }


def _article(article: Article) -> dict[str, Any]:
    date = article.date.isoformat() if article.date else None
    return {"id": article.id, "title": article.title, "date": date, "source": article.source}


def _said(said: Said) -> dict[str, Any]:
    return {**dataclasses.asdict(said), "qualifiers": dict(said.qualifiers)}


def print_patch(rows: Iterable[Row], *, id: str = "", previous: str = "") -> int:
    """Print an RDF Patch; says how many quads came and went."""
    out = sys.stdout.buffer
    counts = write_patch(rows, out, id=id, previous=previous)
    out.flush()
    return sum(counts)
