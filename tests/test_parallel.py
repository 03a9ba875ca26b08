"""Articles read by several processes: the same records in the same order, faults told, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from reading_factory import FakeReader

import kg
from kg import parallel, reading
from kg.codec import to_json
from kg.documents import read_documents
from kg.errors import EvidenceError, KGError, MissingError, OutputError
from kg.records import Article
from kg.vocabulary import load_vocabulary

pytestmark = pytest.mark.skipif(parallel.START != "fork", reason="what is faked here reaches forked processes only")

ARTICLES = [Article(f"a{number:02}", "", f"Ann Lee met Bob Ray{'s' * number}.") for number in range(20)]


class Telling(FakeReader):
    """Says who read an article, and ends its process at ``DIE``."""

    def read(self, articles: Any, *, on_error: Any = None) -> Any:
        for article in articles:
            if "DIE" in article.text:
                os.kill(os.getpid(), signal.SIGKILL)
            yield from super().read([Article(article.id, str(os.getpid()), article.text)], on_error=on_error)


@pytest.fixture(autouse=True)
def telling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "load_reader", lambda vocabulary, **options: Telling())


def read(articles: list[Article], processes: int | None, **options: Any) -> list[Any]:
    vocabulary: Any = SimpleNamespace()
    return [found.record for found in parallel.read_articles(vocabulary, articles, processes=processes, **options)]


def test_the_records_are_those_of_one_process_in_the_same_order() -> None:
    alone, shared = read(ARTICLES, 1), read(ARTICLES, 2)
    assert [record.statements for record in shared] == [record.statements for record in alone]
    assert [record.article.id for record in shared] == [article.id for article in ARTICLES]
    assert {record.article.title for record in alone} == {str(os.getpid())}
    readers = {record.article.title for record in shared}
    assert len(readers) <= 2
    assert str(os.getpid()) not in readers


@pytest.mark.parametrize("processes", [1, 2])
def test_each_record_comes_with_the_line_that_is_stored(processes: int) -> None:
    vocabulary: Any = SimpleNamespace()
    for record, line in parallel.read_articles(vocabulary, ARTICLES, processes=processes):
        assert line == to_json(record)


def test_the_model_is_loaded_once_for_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[dict[str, Any]] = []

    def load(vocabulary: object, **options: Any) -> Telling:
        loaded.append(options)
        return Telling()

    monkeypatch.setattr(reading, "load_reader", load)
    assert len(read(ARTICLES, 2)) == len(ARTICLES)
    assert loaded == [{"threads": 1}]


def test_few_articles_are_read_in_this_process() -> None:
    assert {record.article.title for record in read(ARTICLES[: parallel.WORTH], 4)} == {str(os.getpid())}
    assert read([], 4) == []


def test_a_program_with_threads_is_not_forked_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.processors.processors", lambda: 4)
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert {record.article.title for record in read(ARTICLES, None)} == {str(os.getpid())}
    monkeypatch.setattr("threading.active_count", lambda: 1)
    assert str(os.getpid()) not in {record.article.title for record in read(ARTICLES, None)}
    monkeypatch.setattr("multiprocessing.current_process", lambda: SimpleNamespace(daemon=True))
    assert {record.article.title for record in read(ARTICLES, None)} == {str(os.getpid())}


def test_a_system_without_semaphores_reads_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*given: object, **options: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("multiprocessing.synchronize.SemLock.__init__", forbidden)
    assert {record.article.title for record in read(ARTICLES, 2)} == {str(os.getpid())}


def test_a_fault_is_told_and_the_others_are_read() -> None:
    broken = [*ARTICLES[:9], Article("bad", "", "BREAK"), *ARTICLES[9:]]
    faults: list[KGError] = []
    assert len(read(broken, 2, on_error=faults.append)) == len(ARTICLES)
    assert [(type(fault), str(fault)) for fault in faults] == [(EvidenceError, "bad: broken")]
    with pytest.raises(EvidenceError, match="bad: broken"):
        read(broken, 2)


def test_a_missing_model_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(vocabulary: object, **options: object) -> None:
        raise MissingError("the language model is missing", fix="reinstall the package")

    monkeypatch.setattr(reading, "load_reader", missing)
    with pytest.raises(MissingError, match="fix: reinstall"):
        read(ARTICLES, 2)


def test_a_process_that_is_killed_is_told_with_what_to_do() -> None:
    with pytest.raises(KGError, match=r"ended from outside.*\n.*run the same command again"):
        read([*ARTICLES, Article("dead", "", "DIE")], 2)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_its_parent_nor_is_it_waited_for(how: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "build.py"
    script.write_text(
        f"""
import os, signal, time
from kg import parallel, reading
from kg.records import Article
from kg.vocabulary import load_vocabulary

class Slow:
    def read(self, articles, *, on_error=None):
        os.write(1, b"%d\\n" % os.getpid())  # in one piece: the other process writes there too
        time.sleep(60)
        yield from ()

signal.signal(signal.SIGINT, signal.default_int_handler)
reading.load_reader = lambda vocabulary, **options: Slow()
list(parallel.read_articles(None, {ARTICLES!r}, processes=2))
"""
    )
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout is not None
        children = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(how)
        assert parent.wait(20) != 0
    deadline = time.monotonic() + 20
    while alive := [child for child in children if _runs(child)]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


@pytest.mark.model
def test_the_shipped_model_says_the_same_in_each_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    articles = list(read_documents([Path(__file__).parents[1] / "data" / "articles"]))
    assert len(articles) > parallel.WORTH
    vocabulary = load_vocabulary()
    alone = list(parallel.read_articles(vocabulary, articles, processes=1))
    assert list(parallel.read_articles(vocabulary, articles, processes=2)) == alone


def test_a_build_that_fails_ends_what_reads_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def full(archive: object, record: Any, **options: object) -> None:
        read.append(int(record.article.title))
        raise OutputError("disk full")

    monkeypatch.setattr("kg.archive.Archive.put", full)
    with pytest.raises(OutputError, match="disk full") as caught:
        kg.build(ARTICLES, tmp_path / "graph", processes=2)
    assert caught.tb is not None  # as long as it is looked at, it holds the frames of the build
    assert not any(map(_runs, read))


def test_a_build_can_be_told_how_many(tmp_path: Path, reader: FakeReader) -> None:
    graph = kg.build(ARTICLES, tmp_path / "graph", processes=2)
    assert graph.summary().articles == len(ARTICLES)
    assert reader.seen == []  # the fake of this process was not asked
    kg.build(ARTICLES, tmp_path / "again", processes=1)
    assert len(reader.seen) == len(ARTICLES)
