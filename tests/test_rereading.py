"""Evidence read again by several processes: the same as by one, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import sqlite3
from pathlib import Path

import pytest
from reading_factory import read_meetings

from kg import beside, rereading
from kg.archive import Archive
from kg.records import Article, Violation

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

COUNT = 25
MOVED = {3: "Ann Lee met Eve Fox.", 8: "Ann Lee saw Bob Ray.", 17: " Ann Lee met Bob Ray.", 24: "Ann Lea met Bob Ray."}
CHANGE = "UPDATE articles SET record = json_set(record,"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with some articles whose text was changed behind its back, and one that holds no evidence at all."""
    monkeypatch.setattr(rereading, "WORTH", 5)
    monkeypatch.setattr(beside, "safe_processes", lambda: 2)
    with Archive(tmp_path, write=True) as archive:
        for number in range(COUNT):
            archive.put(read_meetings(Article(f"a{number:02}", "T", "Ann Lee met Bob Ray.")))
    db = sqlite3.connect(tmp_path / "articles.db")
    with db:
        for number, text in MOVED.items():
            db.execute(f"{CHANGE} '$.article.text', ?) WHERE id = ?", (text, f"a{number:02}"))
        db.execute(f"{CHANGE} '$.statements[0].evidence.trigger.start', 0) WHERE id = 'a11'")
    db.close()
    return tmp_path


def told(found: list[Violation]) -> list[tuple[str | None, str]]:
    return [(one.article, one.message) for one in found]


@pytest.mark.parametrize("processes", [2, 3, 5])
def test_the_same_is_found_by_any_number_of_processes(folder: Path, processes: int) -> None:
    alone = rereading.reread(folder, processes=1)
    assert sorted({one.article for one in alone if one.article}) == ["a03", "a08", "a11", "a17", "a24"]
    assert told(rereading.reread(folder, processes=processes)) == told(alone)


def test_what_a_process_leaves_undone_is_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = rereading.reread(folder, processes=1)
    monkeypatch.setattr(beside, "_send", lambda *given: os.kill(os.getpid(), signal.SIGKILL))
    assert told(rereading.reread(folder, processes=3)) == told(alone)


def test_where_there_are_no_more_processes_one_does_it_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = rereading.reread(folder, processes=1)

    def no_more() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", no_more)
    assert told(rereading.reread(folder, processes=3)) == told(alone)


def test_articles_as_they_stood(folder: Path) -> None:
    with Archive(folder, write=True) as archive:
        until = archive.moments()[-1].number
        for number in MOVED:
            archive.put(read_meetings(Article(f"a{number:02}", "T", "Eve Fox met Bob Ray.")))
    assert {one.article for one in rereading.reread(folder)} == {"a11"}
    for processes in (1, 3):
        then = {one.article for one in rereading.reread(folder, until=until, processes=processes)}
        assert then == {"a03", "a08", "a11", "a17", "a24"}


def test_an_empty_archive_has_no_faults(tmp_path: Path) -> None:
    with Archive(tmp_path, write=True):
        pass
    assert rereading.reread(tmp_path) == []
