from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.archive import FILE_NAME, LOCK_NAME, Archive, Manifest, reading_key
from kg.codec import from_json, to_json
from kg.errors import EvidenceError, GraphError, KGError, OutputError
from kg.records import (
    Article,
    ArticleRecord,
    Attribution,
    Coverage,
    Entity,
    Evidence,
    Mention,
    Qualifiers,
    Resolution,
    Span,
    Statement,
    Time,
)

TEXT = "Officials say Ann met Bob \U0001f600 on Friday."


def make_record(id: str = "a1", text: str = TEXT) -> ArticleRecord:
    ann = Mention(14, 17, "Ann", id, "name", "Person", "c1")
    bob = Mention(22, 25, "Bob", id, "name", "Person", "c2")
    statement = Statement(
        id="s1",
        subject=ann,
        relation="metWith",
        object=bob,
        evidence=Evidence(id, (Span(0, len(text), text),), ann.span, bob.span, Span(18, 21, "met")),
        modality="possible",
        attribution=Attribution(Span(0, 9, "Officials"), "said", Span(10, 13, "say"), None, (Span(0, 3, "Off"),)),
        qualifiers=Qualifiers(time=Time("Friday", "2024-10-25", None, "day", "2024-10-24"), number="1"),
        origin="meet-v#1",
        confidence=0.1 + 0.2,
    )
    article = Article(id, "A “title”\ud83d", text, dt.date(2024, 10, 24), None)
    return ArticleRecord(article, (ann, bob), (statement,), Coverage(7, 1, 1, 1, {"no frame": 2}))


@pytest.mark.parametrize(
    "value",
    [
        make_record(),
        ArticleRecord(Article("x", "", ""), (), (), Coverage(0, 0, 0, 0)),
        Manifest(base="http://a/", ontologies=("own.ttl",)),
    ],
    ids=["full", "bare", "manifest"],
)
def test_codec_is_lossless(value: object) -> None:
    line = to_json(value)
    assert line.isascii()
    assert "\n" not in line
    assert from_json(type(value), line) == value


def test_codec_refuses_what_it_cannot_bring_back() -> None:
    with pytest.raises(TypeError, match="cannot hold"):
        to_json(OSError)


def test_put_get_remove(tmp_path: Path) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        for id in ("b", "a", "c"):
            archive.put(make_record(id))
        archive.put(make_record("b", TEXT + " And left."))
        assert archive.remove("c")
        assert not archive.remove("c")
    with Archive(tmp_path / "g") as archive:
        assert [record.article.id for record in archive.records()] == ["a", "b"]
        assert len(archive) == 2
        assert "a" in archive
        assert archive.record("a") == make_record("a")
        assert archive.article("b") == make_record("b", TEXT + " And left.").article
        assert archive.article("c") is None


MANIFEST = Manifest("http://example.net/", ("own.ttl",), (), "1", "2", "3")
RESOLUTION = Resolution({"Ann": Entity("Ann", "Person", "Ann", ("A.",))}, {"a#0-1": "Ann"})


def test_readings_change_with_the_article_and_with_what_read_it(tmp_path: Path) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        keys = set()
        for record, reader in ((make_record(), "r"), (make_record(), "s"), (make_record(text=TEXT + "!"), "r")):
            archive.put(record, reader=reader)
            [key] = archive.readings().values()
            assert key == reading_key(record.article, reader)
            keys.add(key)
    assert len(keys) == 3


def test_manifest_and_what_was_derived_are_kept(tmp_path: Path) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        assert archive.manifest == Manifest()
        assert archive.derived_with is None
        assert archive.resolution is None
        archive.set_manifest(MANIFEST)
        archive.set_derived(RESOLUTION, software="0.1")
        archive.set_manifest(MANIFEST)
    with Archive(tmp_path / "g") as archive:
        assert archive.manifest == MANIFEST
        assert archive.derived_with == "0.1"
        assert archive.resolution == RESOLUTION


@pytest.mark.parametrize(
    "change",
    [
        lambda archive: archive.put(make_record("b")),
        lambda archive: archive.remove("a"),
        lambda archive: archive.set_manifest(MANIFEST),
    ],
    ids=["put", "remove", "manifest"],
)
def test_a_change_outdates_what_was_derived(tmp_path: Path, change: Callable[[Archive], None]) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        archive.put(make_record("a"))
        archive.set_derived(RESOLUTION, software="0.1")
        change(archive)
        assert archive.derived_with is None
        assert archive.resolution == RESOLUTION


def test_one_writer_many_readers(tmp_path: Path) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        archive.put(make_record())
        with pytest.raises(GraphError, match="another process is writing"):
            Archive(tmp_path / "g", write=True)
        with Archive(tmp_path / "g") as reader:
            assert len(reader) == 1
    with Archive(tmp_path / "g", write=True) as archive:
        assert len(archive) == 1


def test_a_killed_writer_keeps_what_it_stored_and_frees_the_lock(tmp_path: Path) -> None:
    script = """
import os, sys, pathlib
from kg.archive import Archive
from kg.records import Article, ArticleRecord, Coverage
archive = Archive(pathlib.Path(sys.argv[1]), write=True)
archive.put(ArticleRecord(Article("a", "t", "x"), (), (), Coverage(1, 1, 0, 0)))
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path / "g")]).returncode == 9
    with Archive(tmp_path / "g", write=True) as archive:
        assert len(archive) == 1


def test_a_finished_archive_is_one_plain_file(tmp_path: Path) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        archive.put(make_record())
        with Archive(tmp_path / "g") as reader:
            archive.put(make_record("b"))
            assert len(reader) == 2
    assert {path.name for path in (tmp_path / "g").iterdir()} == {FILE_NAME, LOCK_NAME}
    assert (tmp_path / "g" / FILE_NAME).read_bytes()[18] == 1  # the journal mode that needs no other file to be read


def make_nothing(folder: Path) -> None:
    """No folder at all."""


def make_other_files(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")


def make_garbage(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"not a database, but long enough to look at" * 50)


def make_newer(folder: Path) -> None:
    Archive(folder, write=True).close()
    db = sqlite3.connect(folder / FILE_NAME)
    db.execute("PRAGMA user_version = 99")
    db.close()


def make_file(folder: Path) -> None:
    folder.write_text("a file")


@pytest.mark.parametrize(
    ("make", "write", "error", "message"),
    [
        (make_nothing, False, GraphError, "there is no graph here"),
        (make_other_files, False, GraphError, "there is no graph here"),
        (make_other_files, True, GraphError, "not empty and holds no graph"),
        (make_garbage, False, GraphError, "damaged"),
        (make_garbage, True, GraphError, "damaged"),
        (make_newer, False, GraphError, "format 99"),
        (make_newer, True, GraphError, "format 99"),
        (make_file, True, OutputError, "cannot be made"),
    ],
)
def test_faults_are_named_with_a_fix(tmp_path: Path, make, write: bool, error: type[KGError], message: str) -> None:
    make(tmp_path / "g")
    with pytest.raises(error, match=message) as raised:
        Archive(tmp_path / "g", write=write)
    assert raised.value.fix
    assert raised.value.where


def test_what_is_no_record_is_told_as_such_whoever_reads_it() -> None:
    """Half a surrogate pair goes to Python's reader, all else to msgspec: neither takes what is no evidence."""
    for title in ("A title", "half \ud83d"):
        record = make_record()
        line = to_json(ArticleRecord(Article("a1", title, TEXT), record.mentions, record.statements, record.coverage))
        assert from_json(ArticleRecord, line).article.title == title
        with pytest.raises(EvidenceError):
            from_json(ArticleRecord, line.replace('"text":"met"', '"text":"mat"'))


def test_bytes_that_are_no_text_are_damage(tmp_path: Path) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        archive.put(make_record("a"))
        archive._db.execute("UPDATE articles SET record = CAST(x'7ba2' AS TEXT)")
        archive._db.commit()
        with pytest.raises(GraphError, match="damaged"):
            list(archive.records())


def test_a_record_whose_evidence_is_none_does_not_hide_the_others(tmp_path: Path) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        for id in ("a", "b", "c"):
            archive.put(make_record(id))
        archive._db.execute("""UPDATE articles SET record = replace(record, '"met"', '"mat"') WHERE id = 'b'""")
        archive._db.commit()
        found = [one for _, one in archive.record_or_fault()]
    assert found[0] == make_record("a") and found[2] == make_record("c")
    assert isinstance(found[1], EvidenceError)
    assert found[1].where == "b"


def test_what_stood_there_at_any_event_can_still_be_read(tmp_path: Path) -> None:
    with Archive(tmp_path / "g", write=True) as archive:
        archive.put(make_record("a"))
        archive.put(make_record("b"))
        archive.put(make_record("a", TEXT + " And left."))
        archive.remove("b")
        archive.put(make_record("c"))
        stood = [[record.article for record in archive.records(until=number)] for number in range(6)]
        assert [[article.id for article in articles] for articles in stood] == [
            [],
            ["a"],
            ["a", "b"],
            ["a", "b"],
            ["a"],
            ["a", "c"],
        ]
        assert [articles[0].text for articles in stood[2:4]] == [TEXT, TEXT + " And left."]
        assert [record.article for record in archive.records()] == stood[5]
        for number, articles in enumerate(stood):
            for id in ("a", "b", "c"):
                record = archive.record(id, until=number)
                assert (record.article if record else None) == {it.id: it for it in articles}.get(id)
        assert [event.kind for event in archive.events()] == ["added", "added", "corrected", "removed", "added"]
        assert [article.id for article in archive.articles()] == ["a", "c"]
        assert {id: len(trail) for id, trail in archive.revisions().items()} == {"a": 1}


def test_a_reader_takes_back_what_a_killed_writer_left_half_done(tmp_path: Path) -> None:
    """Killed while it wrote without the log beside the file: there is a journal, which only writing undoes."""
    script = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN")
for n in range(2000):
    db.execute("INSERT INTO manifest VALUES (?, ?)", (str(n), "x" * 1000))
os._exit(9)
"""
    with Archive(tmp_path / "g", write=True) as archive:
        archive.put(make_record())
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path / "g" / FILE_NAME)]).returncode == 9
    assert (tmp_path / "g" / f"{FILE_NAME}-journal").exists()
    with Archive(tmp_path / "g") as archive:
        assert list(archive.records()) == [make_record()]


@pytest.mark.parametrize("name", ["../secret.ttl", "/etc/passwd", "ontologies/../../secret.ttl", "link.ttl"])
@pytest.mark.parametrize("kind", ["ontologies", "lexicons"])
def test_a_graph_from_others_names_no_files_outside_of_its_folder(tmp_path: Path, kind: str, name: str) -> None:
    with Archive(tmp_path / "graph", write=True) as archive:
        archive.set_manifest(Manifest(**{kind: (name,)}))
    (tmp_path / "graph" / "link.ttl").symlink_to(tmp_path / "secret.ttl")
    with Archive(tmp_path / "graph") as archive, pytest.raises(GraphError, match="is not in the graph's folder"):
        _ = archive.manifest
