from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graph import CAPTIVES, RECORDS, resolved, store

from kg.errors import OutputError
from kg.export import FORMATS, export
from kg.export.networks import gexf, graphml
from kg.export.readings import reading
from kg.export.tables import COLUMNS
from kg.export.write import write_file
from kg.network import network


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_is_written_the_same_twice(tmp_path: Path, suffix: str) -> None:
    one, other = tmp_path / f"one.{suffix}", tmp_path / f"other.{suffix.upper()}"
    for path in (one, other):
        export(path, store(), RECORDS, resolved())
    assert one.read_bytes() == other.read_bytes()
    assert "Ann Lee" in one.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == sorted([one, other])


@pytest.mark.parametrize("name", ["graph.docx", "graph", ".ttl"])
def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError) as caught:
        export(tmp_path / name, store())
    assert ".graphml" in str(caught.value)


@pytest.mark.parametrize("name", ["missing/graph.ttl", "file/graph.ttl", "folder.ttl", "n" * 300 + ".ttl"])
def test_what_cannot_be_written_is_reported_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(OutputError) as caught:
        export(tmp_path / name, store())
    assert caught.value.fix
    assert {path.name for path in tmp_path.iterdir()} == {"file", "folder.ttl"}


def test_an_older_file_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        write_file(path, lambda out: out.write(b"new"))
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["graph.ttl"]


def test_links_and_permissions_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "graph.ttl", tmp_path / "link.ttl"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_file(link, lambda out: out.write(b"new"))
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize(("read", "suffix"), [(nx.read_graphml, "graphml"), (nx.read_gexf, "gexf")])
def test_networks_are_read_back(tmp_path: Path, read: object, suffix: str) -> None:
    path = tmp_path / f"graph.{suffix}"
    export(path, store())
    back, graph = read(path), network(store())  # type: ignore[operator]
    assert set(back.nodes) == set(graph.nodes)
    assert back.nodes["Ann_Lee"]["label"] == "Ann Lee"
    assert back.nodes["Ann_Lee"]["aliases"] == "Lee"
    assert back.number_of_edges() == graph.number_of_edges()
    speakers = {data.get("speaker") for _, _, data in back.edges(data=True)}
    assert speakers == {"Ann Lee", "Bo Ray", "Red Front", "officials", None}
    sentences = {data["sentence"] for _, _, data in back.edges(data=True)}
    assert "Norland lists Red Front as a terrorist group." in sentences


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.lists(st.text(max_size=5), max_size=3))
@settings(max_examples=20, deadline=None)
def test_networks_are_well_formed_whatever_the_words(words: str, aliases: list[str]) -> None:
    graph = network(store())
    for _, data in graph.nodes(data=True):
        data |= {"label": words, "aliases": aliases}
    for _, _, data in graph.edges(data=True):
        data["speaker"] = words
        data["evidence"][0]["text"] = words
    for written in (graphml(graph), gexf(graph)):
        ElementTree.fromstring(written)


def test_csv_has_a_row_for_each_statement(tmp_path: Path) -> None:
    path = tmp_path / "graph.csv"
    export(path, store())
    found = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert tuple(found[0]) == COLUMNS
    assert len(found) == sum(len(record.statements) for record in RECORDS)
    held = next(row for row in found if row["relation"] == "heldBy")
    assert (held["subject"], held["object"], held["speaker"], held["speaker_id"]) == (
        "Dan Orr",
        "Red Front",
        "Ann Lee",
        "Ann_Lee",
    )
    assert held["modality"] == "possible"
    assert held["sentence"].startswith("Dan Orr is held")


def test_jsonl_is_the_record_format_of_annotators(tmp_path: Path) -> None:
    path = tmp_path / "graph.jsonl"
    export(path, store(), RECORDS, resolved())
    first, second = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    assert (first["id"], first["date"], second["id"], second["date"]) == ("captives", "2024-03-05", "denial/2", None)
    assert first["text"] == CAPTIVES.article.text
    names = {entity["id"]: entity["name"] for entity in first["entities"]}
    assert names["e1"] == "Dan Orr"
    for mention in first["mentions"]:
        assert first["text"][mention["start"] : mention["end"]] == mention["text"]
        assert mention["entity"] in names
    held, captured, leads, *_ = first["statements"]
    start, end = held["sentence"]
    assert first["text"][start:end] == "Dan Orr is held by Red Front, Ann Lee said."
    assert (names[held["subject"]], names[held["object"]], names[held["attribution"]]) == (
        "Dan Orr",
        "Red Front",
        "Ann Lee",
    )
    assert captured["attribution"] == "officials"
    assert captured["qualifiers"] == {"time": "on Monday"}
    assert (leads["attribution"], leads["modality"]) == (None, "actual")
    assert [second["text"][slice(*one["object_span"])] for one in second["statements"]] == ["Ann Lee", "Norland"]


def test_jsonl_leaves_out_unnamed_entities_of_which_nothing_is_said() -> None:
    names = {entity["name"] for entity in reading(CAPTIVES, resolved())["entities"]}
    assert "officials" not in names  # it speaks, but as a phrase
    assert "twelve sailors" in names
