"""The vocabulary that another process loads for a build is the one that this process would have loaded."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from reading_factory import FakeReader

import kg
from kg import beside, reading, vocabulary
from kg.errors import VocabularyError
from kg.records import Article
from kg.vocabulary import Vocabulary, load_vocabulary

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked here")

ARTICLES = [Article("a1", "", "Ann Lee met Bob Ray.")]


@pytest.fixture(autouse=True)
def first_build(monkeypatch: pytest.MonkeyPatch, reader: FakeReader) -> None:
    """As in a process that has not read any article yet."""
    monkeypatch.setattr(beside, "safe_processes", lambda: 2)
    monkeypatch.delitem(sys.modules, "kg.parallel", raising=False)


def test_another_process_loads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, used = load_vocabulary(), list[Vocabulary]()

    def signed(*own: object) -> Vocabulary:
        return replace(shipped, files=(Path(str(os.getpid())),))

    def load_reader(vocabulary: Vocabulary, **options: object) -> FakeReader:
        used.append(vocabulary)
        return FakeReader()

    monkeypatch.setattr(vocabulary, "load_vocabulary", signed)
    monkeypatch.setattr(reading, "load_reader", load_reader)
    kg.build(ARTICLES, tmp_path / "graph")
    assert used[0].files != signed().files
    assert used[0].ontology == shipped.ontology
    for field in ("entries", "stance", "digest", "light_verbs", "modifiers", "index"):
        assert getattr(used[0].lexicon, field) == getattr(shipped.lexicon, field)


def test_its_faults_are_told_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def faulty(*own: object) -> Vocabulary:
        raise VocabularyError([])

    monkeypatch.setattr(vocabulary, "load_vocabulary", faulty)
    with pytest.raises(VocabularyError):
        kg.build(ARTICLES, tmp_path / "graph")
    assert capfd.readouterr().err == ""
