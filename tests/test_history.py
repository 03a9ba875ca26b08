"""What is new, changed and withdrawn: in words, as JSON and as RDF Patch."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.archive import Archive
from kg.cli import main
from kg.errors import GraphError, NotFoundError
from kg.history import compare, lines_at, patch_rows
from kg.rdf.patch import applied, read_patch
from kg.records import Article

pytestmark = pytest.mark.usefixtures("reader")

OLD = "Ann Lee met Eve Hill. Ann Lee met Bob Ray. Bob Ray met Gus Orr."
NEW = "Today. Ann Lee met Eve Hill. Eve Hill said that Ann Lee met Bob Ray. Ann Lee met Gus Orr."


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def changed(graph: Path) -> Path:
    """A graph of three changes: built, one article more, that article corrected."""
    kg.add(graph, [Article("n1", "News", OLD)])
    kg.replace(graph, "n1", Article("x", "News, corrected", NEW))
    return graph


def words(*said: object) -> list[str]:
    return [f"{one.subject} {one.relation} {one.object}" for one in said]  # type: ignore[attr-defined]


def test_what_is_the_same_where_it_stands_elsewhere_is_no_difference(changed: Path) -> None:
    found = compare(changed, changed, old_change=2, new_change=3)
    assert [(before.title, after.title) for before, after in found.corrected] == [("News", "News, corrected")]
    assert not found.added and not found.removed
    assert words(*found.new) == ["Ann Lee metWith Gus Orr"]
    assert words(*found.withdrawn) == ["Bob Ray metWith Gus Orr"]
    [(before, after)] = found.changed
    assert words(before, after) == ["Ann Lee metWith Bob Ray"] * 2
    assert (before.speaker, after.speaker) == (None, "Eve Hill")


def test_diff_of_two_graphs(graph: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(graph, tmp_path / "old"))
    kg.add(graph, [Article("n1", "News", OLD)])
    kg.remove(graph, ["j1"])
    result = run("diff", old, graph, "--exit-code")
    assert result.exit_code == 1
    text = result.stdout
    assert "articles    1 new, 1 withdrawn, 0 corrected" in text
    assert "statements  3 new, 2 withdrawn, 0 changed" in text
    assert "+ n1  News" in text
    assert "- j1  More" in text
    assert "+ Bob Ray met with Gus Orr\n    “Bob Ray met Gus Orr.”\n    — News" in text
    data = json.loads(run("diff", old, graph, "--format", "json").stdout)
    assert [article["id"] for article in data["articles"]["withdrawn"]] == ["j1"]
    assert {said["object"] for said in data["statements"]["new"]} == {"Eve Hill", "Bob Ray", "Gus Orr"}
    same = run("diff", graph, graph, "--exit-code")
    assert (same.exit_code, same.stdout) == (0, "")
    assert "say the same" in same.stderr


def test_the_patch_between_two_graphs_leads_from_one_to_the_other(graph: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(graph, tmp_path / "old"))
    kg.add(graph, [Article("n1", "News", OLD)])
    kg.remove(graph, ["j1"])
    result = run("diff", old, graph, "--format", "patch", "--exit-code")
    assert result.exit_code == 1
    rows = read_patch(result.stdout_bytes.splitlines(keepends=True))
    assert list(applied(lines_at(old), rows)) == list(lines_at(graph))


def test_log_tells_the_changes_newest_first(changed: Path) -> None:
    text = run("log", changed).stdout
    assert [line.split()[1] for line in text.splitlines() if line.startswith("change ")] == ["3", "2", "1"]
    assert "~ n1  News, corrected  (was: n1  News)" in text
    assert "statements  1 new, 1 withdrawn, 1 changed" in text
    assert "“" not in text
    one = run("log", changed, "--change", "3").stdout
    assert "change 2" not in one
    assert "~ Ann Lee met with Bob Ray  [according to Eve Hill]" in one
    assert "was: in the article's own voice, as a fact" in one
    [last] = json.loads(run("log", changed, "--last", "1", "--format", "json").stdout)
    assert (last["number"], last["articles"]["corrected"][0]["is"]["title"]) == (3, "News, corrected")
    assert last["came"] > 0 < last["went"]


def test_the_patches_of_the_log_make_the_graph_from_nothing(changed: Path) -> None:
    kg.remove(changed, ["n1"])
    parts = [run("log", changed, "--change", number, "--format", "patch").stdout_bytes for number in (1, 2, 3, 4)]
    assert run("log", changed, "--format", "patch").stdout_bytes == b"".join(parts)
    found: list[bytes] = []
    for number, part in enumerate(parts, start=1):
        found = list(applied(found, read_patch(part.splitlines(keepends=True))))
        assert found == list(lines_at(changed, number))
    assert found == list(lines_at(changed))
    ids = [line.split()[2] for part in parts for line in part.splitlines() if line.startswith(b"H id ")]
    previous = [line.split()[2] for part in parts for line in part.splitlines() if line.startswith(b"H prev ")]
    assert ids[:-1] == previous


def test_an_earlier_state_of_a_graph_can_be_compared(changed: Path) -> None:
    assert "+ n1  News" in run("diff", f"{changed}@1", changed).stdout
    assert run("diff", f"{changed}@1", f"{changed}@9").exit_code == 1
    assert run("diff", f"{changed}@2", f"{changed}@2", "--exit-code").exit_code == 0
    with pytest.raises(NotFoundError, match="no change 4"):
        list(patch_rows(changed, 4))


def test_what_changes_nothing_is_no_change(changed: Path) -> None:
    kg.add(changed, [Article("n1", "News, corrected", NEW)])
    shutil.rmtree(changed / "store")
    assert kg.open(changed).summary().articles == 4
    with Archive(changed) as archive:
        assert [change.number for change in archive.changes()] == [1, 2, 3]


def test_where_the_files_of_a_change_were_lost_the_log_says_so(changed: Path) -> None:
    with Archive(changed, write=True) as archive:
        archive.remove("n1")
    shutil.rmtree(changed / "store")
    assert kg.open(changed).summary().articles == 3
    assert "- n1  News, corrected" in run("log", changed, "--last", "1").stdout  # articles and statements are known
    with pytest.raises(GraphError, match="what change 4 did is not known"):
        list(lines_at(changed, 3))
    assert list(lines_at(changed, 4))


def test_a_graph_that_was_cut_off_while_deriving_loses_no_change(
    changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off after the store is written and before that is noted: the patch is still against what was noted."""
    with monkeypatch.context() as patch:
        patch.setattr(Archive, "set_derived", lambda *given, **rest: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            kg.remove(changed, ["n1"])
    found = kg.add(changed, [Article("n2", "More news", OLD)])
    with Archive(changed) as archive:
        assert [change.number for change in archive.changes()] == [1, 2, 3, 4]
    assert found.summary().articles == 4
    rows = list(patch_rows(changed, 4))
    assert any(b"/n1/" in line for op, line in rows if op == b"D")
    assert any(b"/n2/" in line for op, line in rows if op == b"A")


def test_a_graph_of_the_format_before_is_read_and_brought_up_to_date(graph: Path) -> None:
    db = sqlite3.connect(graph / "articles.db")
    db.executescript("DROP TABLE events; DROP TABLE changes; PRAGMA user_version = 1;")
    db.close()
    assert kg.open(graph).summary().articles == 3
    assert run("log", graph).exit_code == 0
    found = kg.add(graph, [Article("n1", "News", OLD)])
    assert found.summary().articles == 4
    assert kg.remove(graph, ["n1"]).summary().articles == 3
    assert "change 2" in run("log", graph).stdout
