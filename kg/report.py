"""The report of a run: what a build, addition, replacement or removal did, for programs.

It is written to ``run.json`` in the graph folder at the end of each run, however that ends; and told event by event to
the logger ``kg.report``, whose records carry their fields (``kg --log FILE`` writes them as JSON lines).
"""

from __future__ import annotations

import json
import logging
import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.archive import Archive
from kg.archive.history import now
from kg.errors import KGError
from kg.sources import Progress
from kg.version import __version__

FILE_NAME = "run.json"

log = logging.getLogger(__name__)


class RunReport:
    """What happened in a run so far. :meth:`tell` and :attr:`on_error` stand in for the caller's own.

    :param command: what is run: build, add, replace or remove.
    :param progress: the caller's, called after each step.
    :param on_error: the caller's, called with each fault of a source; ``None`` lets the first one end the run.
    """

    def __init__(
        self,
        command: str,
        progress: Callable[[Progress], None] | None = None,
        on_error: Callable[[KGError], None] | None = None,
    ) -> None:
        self._command, self._progress, self._report_fault = command, progress, on_error
        self._started, self._clock = now(), time.perf_counter()
        self._seconds: Counter[str] = Counter()
        self._stage, self._since = "documents", self._clock
        self._articles: list[dict[str, Any]] = []
        self._faults: list[dict[str, Any]] = []
        self._given = 0
        self.removed: list[str] = []
        log.info("started", extra={"command": command, "kg": __version__})

    @property
    def on_error(self) -> Callable[[KGError], None] | None:
        """Takes note of a fault, and lets the caller know; ``None`` where the caller wants it raised."""
        return self._fault if self._report_fault else None

    def _fault(self, error: KGError) -> None:
        self._faults.append({"message": error.message, "where": error.where, "fix": error.fix})
        log.warning("fault", extra={"what": error.message, "where": error.where, "fix": error.fix})
        assert self._report_fault is not None
        self._report_fault(error)

    def tell(self, step: Progress) -> None:
        """Take note of a step, and let the caller know."""
        self._enter(step.stage)
        if step.stage == "documents":
            self._given = step.done
        if step.record is not None:
            article, counts = step.record.article, step.record.coverage
            told = {
                "id": article.id,
                "title": article.title,
                "words": counts.words,
                "sentences": counts.sentences,
                "sentences_with_statements": counts.sentences_with_statements,
                "statements": counts.statements,
                "dropped": dict(counts.dropped),
            }
            self._articles.append(told)
            log.info("article", extra={"article": article.id, **{k: v for k, v in told.items() if k != "id"}})
        if self._progress is not None:
            self._progress(step)

    def _enter(self, stage: str) -> None:
        moment = time.perf_counter()
        self._seconds[self._stage] += moment - self._since  # type: ignore[assignment]
        self._stage, self._since = stage, moment

    @contextmanager
    def written_to(self, archive: Archive) -> Iterator[None]:
        """Write the report when what is done within ends, however it ends."""
        outcome, message = "done", None
        try:
            yield
        except KeyboardInterrupt:
            outcome = "interrupted"
            raise
        except BaseException as error:
            outcome, message = "failed", str(error) if isinstance(error, KGError) else type(error).__name__
            raise
        finally:
            self._enter("")
            found = self.report(archive, outcome, message)
            shown = {key: found[key] for key in ("command", "outcome", "error", "seconds", "statements")}
            log.info("ended", extra=shown)
            _write(archive.folder / FILE_NAME, found)

    def report(self, archive: Archive, outcome: str, message: str | None) -> dict[str, Any]:
        """All of it."""
        dropped: Counter[str] = Counter()
        for article in self._articles:
            dropped.update(article["dropped"])

        def total(name: str) -> int:
            return sum(article[name] for article in self._articles)

        seconds = {stage: round(self._seconds[stage], 3) for stage in ("documents", "articles", "entities")}
        read, telling = total("sentences"), total("sentences_with_statements")
        return {
            "command": self._command,
            "outcome": outcome,
            "error": message,
            "started": self._started,
            "ended": now(),
            "seconds": {**seconds, "total": round(time.perf_counter() - self._clock, 3)},
            "versions": {"kg": __version__, "python": platform.python_version()},
            "articles": {
                "given": self._given,
                "read": len(self._articles),
                "removed": self.removed,
                "failed": len(self._faults),
            },
            "words": total("words"),
            "sentences": {"read": read, "with_statements": telling, "without_statements": read - telling},
            "statements": total("statements"),
            "dropped": dict(sorted(dropped.items(), key=lambda item: (-item[1], item[0]))),
            "faults": self._faults,
            "by_article": self._articles,
            **_of_archive(archive),
        }


def _of_archive(archive: Archive) -> dict[str, Any]:
    """What the archive tells; nothing where it cannot be read any more."""
    try:
        manifest, known = archive.manifest, archive.changes()
        finished = archive.derived_with is not None
        return {
            "graph": {
                "articles": len(archive),
                "base": manifest.base,
                "model": manifest.model,
                "ontology": manifest.ontology,
                "lexicon": manifest.lexicon,
                "derived": finished,
                "change": known[-1].number if known and finished else None,
                "quads_came": known[-1].came if known and finished else None,
                "quads_went": known[-1].went if known and finished else None,
            }
        }
    except KGError:
        return {"graph": None}


def _write(path: Path, found: dict[str, Any]) -> None:
    """Write the report in one step. A run does not fail for want of its report."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(json.dumps(found, ensure_ascii=True, indent=1) + "\n", encoding="ascii")
        os.replace(fresh, path)
    except OSError as error:
        log.warning("report not written", extra={"why": str(error)})
