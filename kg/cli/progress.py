"""Progress on stderr: a bar on a terminal, and a line for each article."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

import click
from tqdm import tqdm

from kg.records import ArticleRecord, Coverage
from kg.sources import Progress

LABELS = {"documents": "reading", "articles": "extracting", "entities": "resolving"}


class _Bar(tqdm):  # type: ignore[type-arg]  # at run time it takes none
    monitor_interval = 0  # beside a thread that looks whether a bar moves, no other process may be forked


class ProgressBar:
    """What :func:`kg.build.build` calls after each step; a context manager."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet, self.verbose = quiet, verbose
        self._bar: _Bar | None = None
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __call__(self, step: Progress) -> None:
        """Show a step."""
        if self.quiet:
            return
        if step.stage != self._stage:
            self._close()
            self._stage = step.stage
            # Where stderr is no terminal there is no bar, only the lines.
            self._bar = _Bar(
                total=step.total or None, desc=LABELS[step.stage], unit="article", leave=False, disable=None
            )
        if self._bar is not None:
            self._bar.update(step.done - self._bar.n)
        if step.record is not None:
            tqdm.write(coverage_line(step.record), file=sys.stderr)
            if self.verbose and step.record.coverage.dropped:
                tqdm.write(dropped_line(step.record.coverage), file=sys.stderr)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def coverage_line(record: ArticleRecord) -> str:
    """One article: its id, its title, and how much of it was turned into statements."""
    article, counts = record.article, record.coverage
    title = " ".join(article.title.split())
    title = title if len(title) <= 40 else title[:39] + "…"
    return (
        f"{click.unstyle(article.id)[:24]:24}  {click.unstyle(title):40}  {counts.words:6,} words  "
        f"{counts.sentences_with_statements:3} of {counts.sentences:3} sentences  {counts.statements:3} statements"
    )


def dropped_line(counts: Coverage) -> str:
    """Why candidates were dropped, the most frequent reason first."""
    reasons = sorted(counts.dropped.items(), key=lambda item: (-item[1], item[0]))
    return "    dropped: " + ", ".join(f"{count} {reason}" for reason, count in reasons)
