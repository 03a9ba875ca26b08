"""A process that builds a graph over and over in children and kills each at a random moment (``kill -9``).

Run as a script, so that the children are forked from a process without threads: what is loaded once serves all of them.

usage: killed_builds.py FOLDER KILLS SEED
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from reading_factory import FakeReader, read_meetings

from kg import reading, vocabulary
from kg.archive import Archive
from kg.build import add, build
from kg.errors import GraphError
from kg.graph import Graph
from kg.records import Article, ArticleRecord
from kg.sources import Progress

#: Names that several articles share, so that taking one in changes entities of others.
PEOPLE = [f"{first} {last}" for first in ("Ann", "Bob", "Carol", "Dora", "Eve") for last in ("Lee", "Ray", "Fox")]
ARTICLES = 12


def articles(chance: random.Random, count: int = ARTICLES) -> list[Article]:
    """Articles about meetings."""
    found = []
    for number in range(count):
        pairs = [chance.sample(PEOPLE, 2) for _ in range(chance.randint(1, 4))]
        text = " ".join(f"{one} met {other}." for one, other in pairs)
        found.append(Article(f"a{number:02}", f"Title {number}", text, source="The Courier"))
    return found


class SlowReader(FakeReader):
    """Takes some time for each article, as reading does."""

    def read(self, articles, *, on_error=None):  # type: ignore[no-untyped-def]
        for article in articles:
            time.sleep(0.002)
            self.seen.append(article.id)
            yield read_meetings(article)


def child(folder: Path, given: list[Article], told: int, *, first: bool) -> None:
    """Build or add, telling each article once it is stored; ends the process."""
    reader = SlowReader()
    reading.load_reader = lambda vocabulary, **options: reader  # type: ignore[assignment,misc]

    def tell(step: Progress) -> None:
        if step.record is not None:
            os.write(told, f"{step.record.article.id}\n".encode())

    graph = build(given, folder, progress=tell) if first else add(folder, given, progress=tell)
    graph.export(folder.with_suffix(".trig"))
    os.write(told, b"done\n")
    os._exit(0)


def run(folder: Path, given: list[Article], *, first: bool, kill_after: float | None) -> list[str]:
    """What a child told until it ended or was killed."""
    out, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(out)
            child(folder, given, told, first=first)
        finally:
            os._exit(70)
    os.close(told)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with os.fdopen(out) as file:
        lines = file.read().split()
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"the child failed with status {status}"
    return lines


def stored(folder: Path) -> dict[str, ArticleRecord] | None:
    """What the archive holds, each record read whole; ``None`` if there is no archive yet."""
    try:
        with Archive(folder) as archive:
            return {record.article.id: record for record in archive.records()}
    except GraphError as error:
        assert error.message == "there is no graph here", error
        return None


def main(scratch: Path, kills: int, seed: int) -> None:
    """Kill, look what is there, go on, and compare the end with a build that was never killed."""
    chance = random.Random(seed)
    shipped = vocabulary.load_vocabulary()
    vocabulary.load_vocabulary = lambda *own: shipped  # type: ignore[assignment]
    given = articles(chance)
    whole = {article.id: read_meetings(article) for article in given}
    started = time.monotonic()
    assert run(scratch / "whole", given, first=True, kill_after=None)[-1] == "done"
    took = time.monotonic() - started
    expected = (scratch / "whole.trig").read_bytes()
    killed, rounds, kept, opened = 0, 0, 0, 0
    while killed < kills:
        folder = scratch / "graph"
        shutil.rmtree(folder, ignore_errors=True)
        rounds += 1
        acknowledged: set[str] = set()
        while True:
            before = stored(folder)
            last = run(
                folder, given, first=before is None, kill_after=chance.uniform(0, took) if killed < kills else None
            )
            finished = "done" in last
            read_now = [line for line in last if line != "done"]
            assert not (before or {}).keys() & set(read_now), "an article was read again"
            killed += not finished
            acknowledged |= set(read_now)
            there = stored(folder) or {}
            assert acknowledged <= there.keys(), f"lost: {acknowledged - there.keys()}"
            assert all(whole[id] == record for id, record in there.items()), "half an article"
            kept += len(there)
            if finished:
                break
            if chance.random() < 0.1 and there:  # opening it makes up for what was not derived
                pid = os.fork()
                if pid == 0:
                    summary = Graph(folder).summary()
                    os._exit(0 if summary.articles == len(there) else 71)
                assert os.waitpid(pid, 0)[1] == 0, "the graph does not open"
                opened += 1
        assert folder.with_suffix(".trig").read_bytes() == expected, "the end differs from a build that was not killed"
    sys.stdout.write(json.dumps({"killed": killed, "rounds": rounds, "looked at": kept, "opened": opened}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
