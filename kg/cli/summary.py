"""A graph in numbers, as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.graph import Summary

SHOWN = 15  # relations; the others are added up


def summary_text(summary: Summary) -> str:
    """What ``kg build`` prints."""
    return "\n".join(_lines(summary))


def _lines(summary: Summary) -> Iterator[str]:
    counts = summary.coverage
    share = counts.sentences_with_statements / counts.sentences if counts.sentences else 0
    yield f"articles    {summary.articles:6,}"
    yield f"words       {counts.words:6,}"
    telling = f"{counts.sentences_with_statements:,} give statements ({share:.0%})"
    yield f"sentences   {counts.sentences:6,}  of which {telling}"
    yield f"entities    {sum(summary.entities.values()):6,}"
    yield from _table(summary.entities)
    yield f"statements  {counts.statements:6,}  of which {summary.attributed:,} have a speaker"
    yield from _table(summary.modalities)
    yield "relations"
    yield from _table(summary.relations, shown=SHOWN)


def _table(counts: Mapping[str, int], *, shown: int | None = None) -> Iterator[str]:
    rows = list(counts.items())
    for name, count in rows[:shown]:
        yield f"  {name:18}{count:6,}"
    rest = rows[shown:] if shown is not None else []
    if rest:
        yield f"  {f'{len(rest)} others':18}{sum(count for _, count in rest):6,}"
