from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reading_factory import FakeReader

import kg

if TYPE_CHECKING:
    from kg.vocabulary import Vocabulary


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> FakeReader:
    """Build with :class:`FakeReader` in place of the language model; the shipped vocabulary is loaded but once."""
    return use_fake_reader(monkeypatch)


def use_fake_reader(patch: pytest.MonkeyPatch) -> FakeReader:
    from kg import language, reading, vocabulary  # takes seconds, which tests without a graph need not spend

    load = vocabulary.load_vocabulary

    def load_vocabulary(ontologies: Iterable[Path] = (), lexicons: Iterable[Path] = ()) -> Vocabulary:
        own = (tuple(ontologies), tuple(lexicons))
        return load(*own) if any(own) else _shipped(load)

    fake = FakeReader()
    patch.setattr(vocabulary, "load_vocabulary", load_vocabulary)
    patch.setattr(reading, "load_reader", lambda vocabulary, **options: fake)
    patch.setattr(language, "model_version", lambda: fake.model)
    return fake


@cache
def _shipped(load):  # type: ignore[no-untyped-def]
    return load()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with three articles that :class:`FakeReader` understands, and one file that it passes over."""
    return write_articles(tmp_path / "articles")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of those articles, built once; for reading only."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        use_fake_reader(patch)
        kg.build([write_articles(folder / "articles")], folder / "graph")
    return folder / "graph"


@pytest.fixture
def graph(reader: FakeReader, built: Path, tmp_path: Path) -> Path:
    """A copy of that graph to change."""
    return Path(shutil.copytree(built, tmp_path / "graph"))


def write_articles(folder: Path) -> Path:
    folder.mkdir()
    (folder / "2024-10-24-visit.txt").write_text("A visit to Paris\n\nAnn Lee met Bob Ray. They ate.\n")
    (folder / "claim.txt").write_text("Carol Fox said that Bob Ray met Dora Kim.\n")
    line = '{"id": "j1", "title": "More", "text": "Ann Lee met Eve Hill. Ann Lee met Bob Ray.", "source": "S"}\n'
    (folder / "more.jsonl").write_text(line)
    (folder / "notes.rst").write_text("Not an article.")
    return folder
