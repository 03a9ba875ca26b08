"""A file that is not as it was written: found when a store is opened, or when all of it is read, and made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from reading_factory import FakeReader
from small_graph import store

from kg.archive import Archive
from kg.cli import main
from kg.errors import GraphError
from kg.query import query
from kg.rdf import checksums
from kg.rdf.checksums import check_sums, write_sums
from kg.rdf.store import Store


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "store"
    written = Store(path, create=True)
    written.replace(store().quads())
    written.named_database  # noqa: B018  made when it is first asked for
    return path


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 4
    path.write_bytes(data)


def files(path: Path) -> list[Path]:
    """All but the logs that RocksDB writes for people."""
    return sorted(it for it in path.rglob("*") if it.is_file() and it.stat().st_size and not it.name.startswith("LOG"))


def test_no_file_may_change(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksums, "QUICK", 0)
    names = [path.relative_to(whole) for path in files(whole)]
    assert len(names) > 20
    for name in names:
        copy = tmp_path / "copy"
        shutil.copytree(whole, copy)
        flip(copy / name, (copy / name).stat().st_size // 2)
        with pytest.raises(GraphError) as caught:
            Store(copy).check()
        assert caught.value.fix
        shutil.rmtree(copy)


def test_what_is_read_in_no_time_is_read_when_it_is_opened(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    flip(max(tmp_path.glob("generation-*/index/*.sst"), key=lambda path: path.stat().st_size), 900)
    with pytest.raises(GraphError, match=r"sst is damaged") as caught:
        Store(tmp_path)
    assert "kg build" in str(caught.value.fix)


def test_of_large_files_the_size_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksums, "QUICK", 10)
    (tmp_path / "small").write_bytes(b"12345")
    (tmp_path / "large").write_bytes(b"123456789")
    write_sums(tmp_path)
    flip(tmp_path / "large", 3)
    check_sums(tmp_path, whole=False)
    with pytest.raises(OSError, match="large is damaged"):
        check_sums(tmp_path, whole=True)
    flip(tmp_path / "small", 3)
    with pytest.raises(OSError, match="small is damaged"):
        check_sums(tmp_path, whole=False)


def test_damaged_tables_and_lines_are_no_traceback(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksums, "QUICK", 0)
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    (keys,), (lines,) = tmp_path.glob("generation-*/keys.db"), tmp_path.glob("generation-*/graph.nq")
    flip(keys, 111)
    flip(lines, 0)
    opened = Store(tmp_path)
    with pytest.raises(GraphError, match="malformed"):
        query(opened, "entities")
    with pytest.raises(GraphError, match="cannot be read"):
        list(opened.quads())


def test_validate_finds_it_and_the_next_build_mends_it(
    reader: FakeReader, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksums, "QUICK", 0)
    graph = tmp_path / "graph"

    def run(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(main, [*map(str, arguments)])
        return done.exit_code, done.stderr

    build = ("build", articles, "-o", graph)
    assert run(*build)[0] == 0
    with Archive(graph) as archive:
        before = archive.changes()
    (lines,) = graph.glob("store/generation-*/graph.nq")
    written = lines.read_bytes()
    flip(lines, 100)
    code, said = run("validate", graph)
    assert (code, "graph.nq is damaged" in said, "kg build" in said) == (2, True, True)
    assert run(*build)[0] == 0
    (lines,) = graph.glob("store/generation-*/graph.nq")
    assert lines.read_bytes() == written
    assert run("validate", graph)[0] == 0
    with Archive(graph) as archive:
        assert [(it.came, it.went) for it in archive.changes()] == [(it.came, it.went) for it in before]
