"""A file that is not as it was written: found when a store is opened, or when all of it is read, and made anew."""

from __future__ import annotations

import os
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
from kg.rdf.checksums import SUMS, check_sums, write_sums
from kg.rdf.generation import KEYS
from kg.rdf.store import Store


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "store"
    written = Store(path, create=True)
    written.replace(store().quads())
    written.named_database  # noqa: B018  made when it is first asked for
    return path


def flip(path: Path, at: int) -> None:
    """Change a byte, as a program does."""
    data = bytearray(path.read_bytes())
    data[at] ^= 4
    path.write_bytes(data)


def decay(path: Path, at: int) -> None:
    """Change a byte, as a disk does: the file's time stays."""
    before = path.stat()
    flip(path, at)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


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
        flip(copy / name, 0 if name.name == SUMS else (copy / name).stat().st_size // 2)
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


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file that is always read and one that is too large for that."""
    monkeypatch.setattr(checksums, "QUICK", 10)
    (tmp_path / "small").write_bytes(b"12345")
    (tmp_path / "large").write_bytes(b"123456789")
    write_sums(tmp_path)
    return tmp_path


def test_a_large_file_is_read_if_it_was_written_to(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = checksums._file_checksum
    monkeypatch.setattr(checksums, "_file_checksum", lambda path: (read.append(path.name), whole(path))[1])
    check_sums(two, whole=False)
    assert read == ["small"]
    flip(two / "large", 3)
    with pytest.raises(OSError, match="large is damaged"):
        check_sums(two, whole=False)


def test_what_a_disk_changes_is_found_when_all_is_read(two: Path) -> None:
    for name, quick in (("large", False), ("small", True)):
        decay(two / name, 3)
        if not quick:
            check_sums(two, whole=False)
        with pytest.raises(OSError, match=f"{name} is damaged"):
            check_sums(two, whole=not quick)


@pytest.mark.parametrize("writable", [True, False])
def test_a_copy_is_read_once_where_that_can_be_noted(
    two: Path, monkeypatch: pytest.MonkeyPatch, writable: bool
) -> None:
    read: list[str] = []
    whole = checksums._file_checksum
    monkeypatch.setattr(checksums, "_file_checksum", lambda path: (read.append(path.name), whole(path))[1])
    if not writable:
        monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError))
    os.utime(two / "large")
    for _ in range(3):
        check_sums(two, whole=False)
    assert read.count("large") == (1 if writable else 3)
    assert {path.name for path in two.iterdir()} == {"large", "small", SUMS}


def test_an_archive_keeps_no_fractions_of_a_second(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = (two / "large").stat().st_mtime_ns
    second = noted // 10**9 * 10**9
    monkeypatch.setattr(checksums, "_file_checksum", lambda path: int(path.name == "large") or 0xCBF53A1C)
    os.utime(two / "large", ns=(second, second))
    check_sums(two, whole=False)
    os.utime(two / "large", ns=(second - 10**9, second - 10**9))
    with pytest.raises(OSError, match="large is damaged"):
        check_sums(two, whole=False)


def test_damaged_tables_and_lines_are_no_traceback(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksums, "QUICK", 0)
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)  # with the times
    (keys,), (lines,) = tmp_path.glob(f"generation-*/{KEYS}"), tmp_path.glob("generation-*/graph.nq")
    decay(keys, 111)
    decay(lines, 0)
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
    decay(lines, 100)
    code, said = run("validate", graph)
    assert (code, "graph.nq is damaged" in said, "kg build" in said) == (2, True, True)
    assert run(*build)[0] == 0
    (lines,) = graph.glob("store/generation-*/graph.nq")
    assert lines.read_bytes() == written
    assert run("validate", graph)[0] == 0
    flip(lines, 100)  # what is written to a file is found without reading all: a question mends it too
    assert run("query", graph, "entities")[0] == 0
    (lines,) = graph.glob("store/generation-*/graph.nq")
    assert lines.read_bytes() == written
    with Archive(graph) as archive:
        assert [(it.came, it.went) for it in archive.changes()] == [(it.came, it.went) for it in before]
