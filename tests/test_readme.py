"""What the README shows is what happens: its commands are run, its Python too, and its figures are the measured ones.

After a change that is meant, ``python tests/test_readme.py`` writes the new outputs into the README.
"""

from __future__ import annotations

import difflib
import doctest
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
ACCURACY = ROOT / "data" / "accuracy.json"
REGENERATE = "run: python tests/test_readme.py"

_BLOCK = r"(?<=^```{language}\n)(.*?)(?=^```$)"
_ACCURACY = re.compile(r"(<!-- accuracy.*?-->)\n.*?(<!-- /accuracy -->)", re.DOTALL)
#: Processors round the model's 8-bit activations differently, so that here and there one reads a statement that another
#: does not: numbers may be others, and of the lines of the README so many.
OTHERWISE = 6
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def blocks(language: str, text: str) -> list[str]:
    """The fenced code blocks of a language."""
    return re.findall(_BLOCK.format(language=language), text, re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    """What ``kg …`` prints, run in ``folder``."""
    program, *arguments = shlex.split(command)
    assert program == "kg"
    environment = os.environ | {"COLUMNS": "100", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip("\n").split("\n"))


def with_true_output(text: str, folder: Path) -> str:
    """The README with the output of its commands as it is now."""
    (folder / "data").symlink_to(ROOT / "data")
    for block in blocks("console", text):
        new = _COMMAND.sub(lambda match: f"$ {match[1]}\n{run(match[1], folder)}\n", block).rstrip("\n") + "\n"
        text = text.replace(block, new)
    return text


class Collector(doctest.DocTestRunner):
    """Runs Python lines and keeps what they print where that is not what is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.got: dict[int, str] = {}

    def report_failure(self, out: object, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        self.got[example.lineno] = got

    def report_unexpected_exception(
        self, out: object, test: doctest.DocTest, example: doctest.Example, exc: Any
    ) -> None:
        raise exc[1]


def with_true_values(text: str) -> str:
    """The README with what its Python lines print now, in the current folder."""
    for block in blocks("pycon", text):
        test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
        collector = Collector()
        collector.run(test, out=lambda _: None)
        lines = block.splitlines(keepends=True)
        for example in reversed(test.examples):
            if example.lineno in collector.got:
                start = example.lineno + example.source.count("\n")
                lines[start : start + example.want.count("\n")] = [collector.got[example.lineno]]
        text = text.replace(block, "".join(lines))
    return text


def with_measured_figures(text: str) -> str:
    """The README with the figures of ``data/accuracy.json``, which another test measures."""
    pinned = json.loads(ACCURACY.read_text(encoding="utf-8"))
    news, samples = pinned["news dev"]["measured"], pinned["gold"]["measured"]
    rows = [f"| {name} | {news[name]:.2f} | {samples[name]:.2f} |" for name in news]
    table = "\n".join(["| | held-out news | sample articles |", "| --- | --: | --: |", *rows])
    return _ACCURACY.sub(lambda match: f"{match[1]}\n{table}\n{match[2]}", text)


def otherwise(text: str, shown: str) -> list[str]:
    """The lines that stand in one of two texts alone, but for numbers and the width of columns."""
    sides = [
        [re.sub(r"\s+", " ", re.sub(r"\d+|─+", "0", line)) for line in side.splitlines()] for side in (text, shown)
    ]
    return [line for line in difflib.unified_diff(*sides, lineterm="", n=0) if re.match(r"[+-](?![+-]{2} )", line)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.mark.model
@pytest.mark.slow
def test_the_commands_print_what_is_shown(folder: Path) -> None:
    text = README.read_text(encoding="utf-8")
    assert sum(len(_COMMAND.findall(block)) for block in blocks("console", text)) == 4
    found = otherwise(with_true_output(text, folder), text)
    assert len(found) <= OTHERWISE, "\n".join([REGENERATE, *found])


@pytest.mark.model
@pytest.mark.slow
def test_the_python_lines_give_what_they_show(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    text = README.read_text(encoding="utf-8")
    assert len(blocks("pycon", text)) == 1
    found = otherwise(with_true_values(text), text)
    assert len(found) <= OTHERWISE, "\n".join([REGENERATE, *found])


def test_what_is_shown_may_differ_in_numbers_and_few_lines() -> None:
    assert otherwise("statements  518\nleads  1\n", "statements 1,516\nleads  2\n") == [
        "-statements 0",
        "+statements 0,0",
    ]
    assert otherwise("who  by\n───  ──\nAnn  Bob\n", "who by\n── ─\nAnn   Bob\n") == []
    assert otherwise("one\ntwo\n", "one\nthree\nfour\n") == ["-two", "+three", "+four"]


def test_the_figures_are_the_pinned_ones() -> None:
    text = README.read_text(encoding="utf-8")
    assert _ACCURACY.search(text)
    assert with_measured_figures(text) == text, REGENERATE


def test_pictures_and_files_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", README.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (ROOT / target).exists(), target
    for picture in (ROOT / "docs").glob("*.png"):
        assert picture.stat().st_size <= 300_000


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        shown = with_true_output(README.read_text(encoding="utf-8"), Path(scratch))
        os.chdir(scratch)
        README.write_text(with_measured_figures(with_true_values(shown)), encoding="utf-8")
        os.chdir(ROOT)
