"""What a run tells of itself: ``run.json``, logs as JSON lines, exit codes."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from prose_factory import many_articles

import kg
from kg.cli import main
from kg.errors import KGError, OutputError
from kg.logs import JSONLines, logging_to
from kg.records import Article


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def report(graph: Path) -> dict:  # type: ignore[type-arg]
    return json.loads((graph / "run.json").read_text(encoding="ascii"))  # type: ignore[no-any-return]


@pytest.mark.usefixtures("reader")
def test_a_build_reports_counts_timings_and_what_was_dropped(articles: Path, tmp_path: Path) -> None:
    (articles / "broken.jsonl").write_text("no JSON\n")
    errors: list[KGError] = []
    kg.build([articles], tmp_path / "g", on_error=errors.append)
    found = report(tmp_path / "g")
    assert (found["command"], found["outcome"], found["error"]) == ("build", "done", None)
    assert found["articles"] == {"given": 3, "read": 3, "removed": [], "failed": 1}
    assert found["sentences"] == {"read": 5, "with_statements": 4, "without_statements": 1}
    assert (found["statements"], found["dropped"]) == (4, {"no frame": 5})
    assert [fault["where"] for fault in found["faults"]] == [error.where for error in errors]
    assert {told["id"]: told["statements"] for told in found["by_article"]}["j1"] == 2
    assert found["graph"]["articles"] == 3
    assert found["graph"]["change"] == 1
    assert set(found["seconds"]) == {"documents", "articles", "entities", "total"}
    assert 0 < found["seconds"]["total"] < 600
    assert found["started"] <= found["ended"]


def test_each_run_has_its_own(graph: Path) -> None:
    kg.add(graph, [Article("n", "T", "Fay Orr met Guy Wood.")])
    assert [told["id"] for told in report(graph)["by_article"]] == ["n"]
    kg.remove(graph, ["n"])
    found = report(graph)
    assert (found["command"], found["articles"]["removed"], found["graph"]["articles"]) == ("remove", ["n"], 3)
    assert found["graph"]["quads_went"] > found["graph"]["quads_came"]


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    ("text", "outcome", "error"),
    [("STOP here.", "interrupted", None), ("BREAK here.", "failed", "z: broken")],
)
def test_a_run_that_ends_badly_is_reported_too(tmp_path: Path, text: str, outcome: str, error: str | None) -> None:
    with pytest.raises((KeyboardInterrupt, KGError)):
        kg.build([Article("a", "T", "Ann Lee met Bob Ray."), Article("z", "T", text)], tmp_path / "g")
    found = report(tmp_path / "g")
    assert (found["outcome"], found["error"]) == (outcome, error)
    assert found["articles"]["read"] == 1
    assert found["graph"]["derived"] is False


@pytest.mark.usefixtures("reader")
def test_what_happens_is_logged_as_json_lines(articles: Path, tmp_path: Path) -> None:
    (articles / "red.jsonl").write_text(json.dumps({"text": "Ann Lee met Bob Ray.", "title": "two\nlines \u202e"}))
    log = tmp_path / "log.jsonl"
    assert run("--log", log, "build", articles, "-o", tmp_path / "g", "--quiet").exit_code == 0
    lines = log.read_text(encoding="ascii").splitlines()
    events = [json.loads(line) for line in lines]
    assert [event["event"] for event in events].count("article") == 4
    assert events[0]["event"] == "started"
    assert events[-1]["event"] == "ended"
    assert {event["event"] for event in events} >= {"derived"}
    assert all({"at", "level", "logger"} <= event.keys() for event in events)
    assert "two\nlines \u202e" in {event.get("title") for event in events}
    assert not logging.getLogger("kg").handlers  # nothing stays behind


def test_logs_go_to_stderr_or_nowhere(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with logging_to("-"):
        logging.getLogger("kg.test").info("told", extra={"n": 1, "path": tmp_path})
    with logging_to(None):
        logging.getLogger("kg.test").info("not told")
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["n"] == 1
    with pytest.raises(OutputError, match="log cannot be written"), logging_to(str(tmp_path / "none" / "log")):
        pass


def test_a_log_line_tells_of_exceptions() -> None:
    try:
        raise ValueError
    except ValueError:
        record = logging.LogRecord("kg", logging.ERROR, "f", 1, "x", None, sys.exc_info())
    assert json.loads(JSONLines().format(record))["exception"] == "ValueError"


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_command_cleanly(tmp_path: Path, number: signal.Signals, code: int) -> None:
    articles = many_articles(tmp_path / "many.jsonl")
    log = tmp_path / "log.jsonl"
    command = [sys.executable, "-m", "kg", "--log", log, "build", articles, "-o", tmp_path / "graph"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=Path(kg.__file__).parents[1])
    for _ in range(600):
        if log.exists() and log.read_text():
            break
        time.sleep(0.1)
    time.sleep(0.5)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == code
    assert "interrupted; what was stored is kept" in stderr
    assert "Traceback" not in stderr
