"""Killed at any moment, on a full disk, without power: whole articles stay, and work goes on where it stopped."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.archive import Archive
from kg.archive.database import FILE_NAME
from kg.errors import GraphError, OutputError
from kg.rdf.generation import KEYS
from kg.records import Article

from reading_factory import read_meetings  # isort: skip

HERE = Path(__file__).parent
posix = pytest.mark.skipif(os.name != "posix", reason="needs signals and fork")


def run_script(name: str, *arguments: object, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(HERE), str(HERE.parent), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [*prefix, sys.executable, HERE / name, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@posix
@pytest.mark.parametrize("kills", [pytest.param(12, id="some"), pytest.param(200, id="many", marks=pytest.mark.slow)])
def test_builds_killed_at_random_moments_lose_nothing(tmp_path: Path, kills: int) -> None:
    done = run_script("killed_builds.py", tmp_path, kills, 20261126 + kills)
    assert done.returncode == 0, done.stderr[-3000:]
    counts = json.loads(done.stdout)
    assert counts["killed"] >= kills
    assert counts["looked at"] > kills


@posix
def test_a_file_that_may_not_grow_is_told_and_made_up_for(tmp_path: Path) -> None:
    done = run_script("full_disk.py", tmp_path, 20_000, 60_000, 120_000, 400_000)
    assert done.returncode == 0, done.stderr[-3000:]
    messages = json.loads(done.stdout)
    assert sum(map(bool, messages)) >= 2
    assert all("fix: " in message for message in messages if message)


UNSHARE = ("unshare", "-Urm")


def can_mount() -> bool:
    """Whether a user may mount a file system of their own here."""
    if shutil.which("unshare") is None:
        return False
    probe = [*UNSHARE, "mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@posix
@pytest.mark.slow
@pytest.mark.skipif(not can_mount(), reason="needs a file system of its own")
def test_a_full_disk_is_told_and_made_up_for(tmp_path: Path) -> None:
    sizes = [40_960 * step for step in (1, 2, 3, 5, 8, 13, 20, 40)]
    done = run_script("full_disk.py", tmp_path, "--tmpfs", *sizes, prefix=UNSHARE)
    assert done.returncode == 0, done.stderr[-3000:]
    messages = json.loads(done.stdout)
    assert sum(map(bool, messages)) >= 5
    assert all("fix: " in message for message in messages if message)


def test_without_power_what_was_stored_last_may_go_but_never_half_an_article(tmp_path: Path) -> None:
    """The log beside the archive is cut at any byte: what was complete before that byte is there, and nothing else."""
    records = [read_meetings(Article(f"a{n:02}", "T", "Ann Lee met Bob Ray. " * (n % 5 + 1))) for n in range(30)]
    chance = random.Random(1)
    chance.shuffle(records)
    folder = tmp_path / "graph"
    ends = []
    with Archive(folder, write=True) as archive:
        log = folder / f"{FILE_NAME}-wal"
        for record in records:
            archive.put(record)
            ends.append(log.stat().st_size)
        data = log.read_bytes()
        for number in range(60):
            cut = chance.randrange(len(data))
            torn = tmp_path / f"torn{number}"
            torn.mkdir()
            shutil.copy(folder / FILE_NAME, torn / FILE_NAME)
            rest = bytes(len(data) - cut) if number % 2 else b""  # a block that was never written may read as zeros
            (torn / f"{FILE_NAME}-wal").write_bytes(data[:cut] + rest)
            with Archive(torn, write=True) as opened:
                there = list(opened.records())
            complete = sum(end <= cut for end in ends)
            assert len(there) in (complete, complete + 1)
            assert sorted(there, key=lambda one: one.article.id) == sorted(
                records[: len(there)], key=lambda one: one.article.id
            )


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("damage", ["lines", "index", "current", "keys"])
def test_a_store_that_did_not_reach_the_disk_is_derived_again(graph: Path, tmp_path: Path, damage: str) -> None:
    import kg

    kg.open(graph).export(tmp_path / "before.trig")
    [generation] = (graph / "store").glob("generation-*")
    target = {
        "lines": generation / "graph.nq",
        "index": next(iter(sorted((generation / "index").glob("MANIFEST-*")))),
        "current": graph / "store" / "current",
        "keys": generation / KEYS,
    }[damage]
    target.write_bytes(target.read_bytes()[: target.stat().st_size // 3])
    kg.open(graph).export(tmp_path / "after.trig")
    assert (tmp_path / "after.trig").read_bytes() == (tmp_path / "before.trig").read_bytes()


WRITER = """
import sys, pathlib, time
from kg.archive import Archive
with Archive(pathlib.Path(sys.argv[1]), write=True) as archive:
    archive.remove("j1")
    print("writing", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.usefixtures("reader")
def test_while_one_process_writes_others_are_refused_and_readers_go_on(graph: Path, tmp_path: Path) -> None:
    import kg

    before = kg.open(graph)
    before.export(tmp_path / "before.jsonl")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(graph)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(HERE.parent)},
    )
    assert writer.stdout is not None and writer.stdin is not None
    assert writer.stdout.readline() == "writing\n"
    with pytest.raises(GraphError, match="another process is writing to this graph"):
        kg.add(graph, [Article("new", "T", "Fay Orr met Guy Wood.")])
    with pytest.raises(GraphError, match="another process is writing"):
        kg.remove(graph, ["j1"])
    during = kg.open(graph)  # not half of what is being written: the graph as it was
    during.export(tmp_path / "during.jsonl")
    assert (tmp_path / "during.jsonl").read_bytes() == (tmp_path / "before.jsonl").read_bytes()
    assert during.summary() == before.summary()
    assert "Ann Lee" in str(during.query("who-met-whom"))
    writer.communicate("\n", timeout=30)
    after = kg.open(graph)
    assert after.summary().articles == before.summary().articles - 1


def test_a_write_that_fails_half_way_through_a_transaction_leaves_nothing(tmp_path: Path) -> None:
    record = read_meetings(Article("a", "T", "Ann Lee met Bob Ray."))
    with Archive(tmp_path / "graph", write=True) as archive:
        archive.put(record)
        archive._db.execute("PRAGMA max_page_count = 1")  # a disk with no page left
        large = read_meetings(Article("b", "T", "Ann Lee met Bob Ray. " * 3_000))
        with pytest.raises(OutputError, match="full"):
            archive.put(large)
        assert list(archive.records()) == [record]
        archive._db.execute("PRAGMA max_page_count = 1000000")
        archive.put(large)
        assert [event.id for event in archive.events()] == ["a", "b"]
