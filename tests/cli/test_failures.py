"""What goes wrong: exit code, one message with its fix on stderr, and what was stored stays."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from prose_factory import many_articles

from kg.cli import main

GOOD = '{"id": "good", "text": "Ann Lee met Bob Ray."}\n'


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.txt", None, "there is no such file"),
        ("empty.txt", b"", "is empty"),
        ("binary.txt", b"\x00\x01", "is binary"),
        ("latin.txt", b"caf\xe9", "is not UTF-8"),
        ("page.html", b"<html><body></body></html>", "no article text"),
        ("broken.jsonl", b'{"text": "Ann\n' + GOOD.replace("good", "other").encode(), "is not JSON"),
        ("twice.jsonl", GOOD.encode(), "was already read"),
        ("report.pdf", b"%PDF", ".pdf files are not read"),
    ],
)
@pytest.mark.usefixtures("reader")
def test_a_bad_source_beside_a_good_one(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    (tmp_path / "good.jsonl").write_text(GOOD)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run("build", tmp_path / "good.jsonl", tmp_path / name, "-o", tmp_path / "graph")
    assert result.exit_code == 2
    assert "1 input could not be read" in result.stderr
    assert message in result.stderr
    assert name in result.stderr
    assert "fix: " in result.stderr
    assert "Traceback" not in result.output
    assert "Ann Lee" in run("query", tmp_path / "graph", "who-met-whom").stdout
    again = run("add", tmp_path / "graph", tmp_path / name)
    assert again.exit_code == 2 or name == "twice.jsonl"
    assert "Ann Lee" in run("query", tmp_path / "graph", "who-met-whom").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("query", "GRAPH", "SELECT ?x {"), 2, "line 1"),
        (("query", "GRAPH", "no-such-query"), 2, "no stock query"),
        (("query", "GRAPH", "none.rq"), 2, "cannot be read"),
        (("query", "GRAPH", "INSERT DATA { <a:a> <a:b> <a:c> }"), 2, "would change the graph"),
        (("query", "GRAPH", "claims-about", "Hamas"), 2, "is not NAME=VALUE"),
        (("query", "NONE", "held"), 2, "there is no graph here"),
        (("show", "GRAPH", "Nobody Known"), 1, "Nobody Known"),
        (("path", "GRAPH", "Ann Lee", "Nobody Known"), 1, "Nobody Known"),
        (("view", "GRAPH", "--focus", "Nobody Known"), 1, "Nobody Known"),
        (("view", "GRAPH", "-o", "NONE/x.html"), 2, "cannot be written"),
        (("export", "GRAPH", "-o", "x.docx"), 2, "docx"),
        (("export", "GRAPH", "-o", "NONE/x.ttl"), 2, "written"),
        (("remove", "GRAPH", "no-such-article"), 1, "no article"),
        (("validate", "NONE"), 2, "there is no graph here"),
        (("add", "NONE", "ARTICLES"), 2, "there is no graph here"),
        (("build", "ARTICLES", "-o", "FILE"), 2, "cannot be made"),
        (("build", "ARTICLES", "-o", "ARTICLES"), 2, "not empty and holds no graph"),
        (("build", "ARTICLES", "-o", "NEW", "--base-iri", "kg"), 2, "base IRI"),
        (("build", "ARTICLES", "-o", "NEW", "--ontology", "FAULTY"), 2, "FAULTY"),
        (("build", "ARTICLES", "-o", "NEW", "--ontology", "NONE"), 2, "NONE"),
        (("build", "NONE", "-o", "NEW"), 2, "no article could be read"),
        (("build", "-o", "NEW"), 2, "Missing argument"),
        (("build", "ARTICLES"), 2, "Missing option"),
        (("build", "", "-o", "NEW"), 2, "the path is empty"),
        (("build", "ARTICLES", "-o", ""), 2, "the path is empty"),
        (("query", "", "held"), 2, "the path is empty"),
        (("ontology", "check", "--ontology", "FAULTY"), 2, "FAULTY"),
        (("evaluate", "NONE"), 2, "no such file"),
        (("train", "evaluate", "NONE"), 2, "not there: corpora/ud/dev.conllu.gz"),
        (("train", "verdict", "NONE"), 2, "not there: corpus/train.jsonl"),
        (("nonsense",), 2, "No such command"),
    ],
    ids=lambda value: " ".join(value)[:50] if isinstance(value, tuple) else None,
)
def test_failures(
    graph: Path, articles: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    before = run("query", graph, "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "--format", "json").stdout
    (tmp_path / "FILE").write_text("x")
    (tmp_path / "FAULTY").write_text("@prefix : <a:> .\n:a :b \n")
    places = {"GRAPH": graph, "ARTICLES": articles} | {
        name: tmp_path / name for name in ("NONE", "FILE", "FAULTY", "NEW")
    }
    places["NONE/x.html"] = places["NONE/x.ttl"] = tmp_path / "NONE" / "x.ttl"
    result = run(*(places.get(argument, argument) for argument in arguments))
    assert result.exit_code == code, result.output
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr) < 2000
    assert not (tmp_path / "NEW").exists()
    assert run("query", graph, "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "--format", "json").stdout == before


@pytest.mark.usefixtures("reader")
def test_a_missing_model_is_exit_code_3(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.errors import MissingError

    def missing(vocabulary: object, **options: object) -> None:
        raise MissingError("the language model is missing", fix="reinstall the package")

    monkeypatch.setattr("kg.reading.load_reader", missing)
    result = run("build", articles, "-o", tmp_path / "graph")
    assert result.exit_code == 3
    assert "fix: reinstall" in result.stderr


@pytest.mark.usefixtures("reader")
def test_an_interrupted_build_keeps_what_it_read(articles: Path, tmp_path: Path) -> None:
    (articles / "zz.txt").write_text("STOP. Fay Orr met Guy Wood.")
    result = run("build", articles, "-o", tmp_path / "graph")
    assert result.exit_code == 130
    assert "interrupted" in result.stderr
    assert "Ann Lee" in run("query", tmp_path / "graph", "who-met-whom").stdout


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_ends_the_process_with_130(tmp_path: Path) -> None:
    articles = many_articles(tmp_path / "many.jsonl")
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", articles, "-o", tmp_path / "graph"],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # jobs in the background ignore it
    )
    time.sleep(5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted" in stderr
    assert "Traceback" not in stderr


def test_errors_are_text_even_where_articles_hold_terminal_codes(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "x", "title": "\\u001b[31mred", "text": "Ann Lee met Bob Ray."}')
    result = run("add", graph, tmp_path / "bad.jsonl")
    assert result.exit_code == 2
    assert "\x1b" not in result.output


CLOSED = {
    "nothing to print to": ("query GRAPH who-met-whom >&-", 0, ""),
    "nothing at all": ("query GRAPH who-met-whom <&- >&- 2>&-", 0, ""),
    "nothing to tell notes to": ("validate GRAPH 2>&-", 0, ""),
    "no room": ("query GRAPH who-met-whom > /dev/full", 2, "the result cannot be written: No space left"),
    "no room for JSON": ("log GRAPH --format json > /dev/full", 2, "the result cannot be written: No space left"),
    "no room for a page": ("show GRAPH 'Ann Lee' > /dev/full", 2, "the result cannot be written: No space left"),
    "a query without end": ("query GRAPH endless.rq", 2, "more than 10,000,000 characters"),
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("case", CLOSED)
def test_streams_that_are_closed_full_or_without_end(graph: Path, tmp_path: Path, case: str) -> None:
    command, code, message = CLOSED[case]
    (tmp_path / "endless.rq").symlink_to("/dev/zero")
    before = hashlib.sha256((graph / "articles.db").read_bytes()).hexdigest()
    done = subprocess.run(
        f"{sys.executable} -m kg {command.replace('GRAPH', str(graph))}",
        shell=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 2
    assert hashlib.sha256((graph / "articles.db").read_bytes()).hexdigest() == before
