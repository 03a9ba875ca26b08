from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from reading_factory import FakeReader


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> FakeReader:
    """Build with :class:`FakeReader` in place of the language model; the shipped vocabulary is loaded but once."""
    from kg import reading

    load = reading.load_vocabulary

    def load_vocabulary(ontologies: Iterable[Path] = (), lexicons: Iterable[Path] = ()) -> reading.Vocabulary:
        own = (tuple(ontologies), tuple(lexicons))
        return load(*own) if any(own) else _shipped(load)

    fake = FakeReader()
    monkeypatch.setattr(reading, "load_vocabulary", load_vocabulary)
    monkeypatch.setattr(reading, "load_reader", lambda vocabulary: fake)
    return fake


@cache
def _shipped(load):  # type: ignore[no-untyped-def]
    return load()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with three articles that :class:`FakeReader` understands, and one file that it passes over."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "2024-10-24-visit.txt").write_text("A visit to Paris\n\nAnn Lee met Bob Ray. They ate.\n")
    (folder / "claim.txt").write_text("Carol Fox said that Bob Ray met Dora Kim.\n")
    line = '{"id": "j1", "title": "More", "text": "Ann Lee met Eve Hill. Ann Lee met Bob Ray.", "source": "S"}\n'
    (folder / "more.jsonl").write_text(line)
    (folder / "notes.rst").write_text("Not an article.")
    return folder
