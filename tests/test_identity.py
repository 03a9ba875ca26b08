"""Decisions of people: they hold on every rebuild, win over guesses, and can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from records_factory import reading, said

import kg
from kg.archive import Archive
from kg.cli import main
from kg.derive import derive
from kg.errors import InputError, NotFoundError
from kg.graph import Graph
from kg.identity import Mentions, add_known, find, joins, merge, open_pairs, split
from kg.records import ArticleRecord
from kg.resolve import Decision, read_decisions, write_decisions

RECORDS = [
    reading("[[Ada Lund|c1:Person]] leads [[Norway|c2:Country]].", said("c1", "leads", "c2", "leads"), id="a1"),
    reading("[[Ada Lund|c1:Person]] met [[Bo Ray|c2:Person]].", said("c1", "metWith", "c2", "met"), id="a2"),
    reading("[[A. Lund|c1:Person]] saw [[Bo Ray|c2:Person]].", id="a3"),
    reading(
        "[[Lark|c1:Organization]] sued [[Finch|c2:Organization]].", said("c1", "prosecuted", "c2", "sued"), id="a4"
    ),
    reading("[[Ada Lund|c1:Person]] and [[A. Lund|c2:Person]] sang.", id="a5"),
]


def graph_of(records: list[ArticleRecord], folder: Path) -> Graph:
    with Archive(folder, write=True) as archive:
        for record in records:
            archive.put(record)
        derive(archive)
    return Graph(folder)


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return graph_of(RECORDS[:4], tmp_path / "graph")


def names(graph: Graph) -> list[str]:
    return sorted(entity.name for entity in graph.entities())


def rebuilt(graph: Graph, folder: Path) -> Graph:
    """A graph of the same articles and decisions, made anew."""
    folder.mkdir()
    write_decisions(folder, read_decisions(graph.folder))
    (folder / "decisions.csv").rename(folder.parent / "kept.csv")
    folder.rmdir()
    again = graph_of(list(graph.records()), folder)
    (folder.parent / "kept.csv").rename(folder / "decisions.csv")
    return Graph(again.folder)


def lines(graph: Graph) -> bytes:
    """The graph's canonical lines."""
    return b"".join(graph.store.blocks())


def test_articles_that_come_and_go_one_by_one_leave_the_same_bytes(tmp_path: Path) -> None:
    whole = graph_of(RECORDS, tmp_path / "whole")
    for record in (*RECORDS[:2], reading("[[Ada Lund|c1:Place]] burned.", id="b"), *reversed(RECORDS)):
        graph = graph_of([record], tmp_path / "parts")
    kept = graph.folder / "identity.npz"
    kept.write_bytes(kept.read_bytes()[:200])  # it is no loss
    with Archive(graph.folder, write=True) as archive:
        archive.remove("b")
        derive(archive)
    assert lines(Graph(graph.folder)) == lines(whole)


def test_a_merge_holds_on_a_rebuild_and_is_explained(graph: Graph, tmp_path: Path) -> None:
    assert {"Lark", "Finch"} <= set(names(graph))
    merged = merge(graph, "lark", "Finch", who="me", why="renamed")
    assert find(merged, "Finch") == find(merged, "Lark")
    (row,) = read_decisions(graph.folder)
    assert (row.judgement, {row.left_name, row.right_name}, row.who, row.why) == (
        "same",
        {"Lark", "Finch"},
        "me",
        "renamed",
    )
    assert [join.reason for join in joins(merged, find(merged, "Lark"))] == ["decided"]
    assert Graph(rebuilt(merged, tmp_path / "again").folder).entities() == merged.entities()
    with pytest.raises(InputError, match="one entity already"):
        merge(merged, "Lark", "Finch")


def test_a_split_parts_for_good_and_can_be_taken_back(graph: Graph, tmp_path: Path) -> None:
    assert len([name for name in names(graph) if name == "Bo Ray"]) == 1
    parted = split(graph, "Bo Ray", ["a3"], why="two men")
    assert len([name for name in names(parted) if name == "Bo Ray"]) == 2
    with pytest.raises(InputError, match="2 entities are called"):
        find(parted, "Bo Ray")
    (graph.folder / "decisions.csv").unlink()  # a graph that is opened follows what people put into its folder
    assert names(Graph(graph.folder)) == names(graph)


def test_one_mention_leaves_the_chain_that_it_was_put_into(tmp_path: Path) -> None:
    record = reading("[[Ada Lund|c1:Person]] sang. [[Lund|c1]] slept. [[Ada Dahl|c1]] danced. [[She|c1]] won.", id="a1")
    made = graph_of([record], tmp_path / "graph")
    mentions = {m.text: m.id for m in record.mentions}
    ada = made.entity_of(mentions["Ada Lund"])
    parted = split(made, ada.id, [mentions["Lund"]])
    assert parted.entity_of(mentions["Lund"]) != parted.entity_of(mentions["Ada Lund"])
    assert {m.id for m in record.mentions} == {id for entity in parted.entities() for id in entity.mentions}


def test_parts_must_be_there_and_something_must_stay(graph: Graph) -> None:
    with pytest.raises(InputError, match="does not speak of"):
        split(graph, "Bo Ray", ["a1"])
    with pytest.raises(InputError, match="nothing would be left"):
        split(graph, "Bo Ray", ["a2", "a3"])
    with pytest.raises(NotFoundError):
        find(graph, "Nobody")


def test_open_pairs_are_links_in_the_graph(graph: Graph) -> None:
    (pair,) = open_pairs(graph)
    assert ({pair.left.name, pair.right.name}, pair.reason) == ({"Ada Lund", "A. Lund"}, "initials, shared_companions")
    rows = graph.query("SELECT ?a ?b { ?x kg:possiblySame ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }")
    assert sorted(rows.rows) == [("A. Lund", "Ada Lund"), ("Ada Lund", "A. Lund")]  # type: ignore[union-attr]
    (row,) = graph.query("possibly-same")
    assert {row["entity"], row["other"]} == {"A. Lund", "Ada Lund"}


def test_what_two_papers_say_is_borne_out(tmp_path: Path) -> None:
    text, met = "[[Ada Lund|c1:Person]] met [[Bo Ray|c2:Person]].", said("c1", "metWith", "c2", "met")
    denied = said("c1", "metWith", "c2", "met", modality="negated")
    papers = [reading(text, met, id="a1", source="Post"), reading(text, met, id="a2", source="Mail")]
    graph = graph_of([*papers, reading(text, denied, id="a3", source="Echo")], tmp_path / "graph")
    (row,) = graph.query("corroborated")
    assert (row["subject"], row["object"], row["sources"], row["contradicted"], row["articles"]) == (
        "Ada Lund",
        "Bo Ray",
        2,
        1,
        2,
    )


@pytest.mark.parametrize(
    ("answers", "judgements", "decided"),
    [
        ("y\n", ["same"], 1),
        ("n\n", ["not-same"], 1),
        ("u\n", ["unsure"], 1),
        ("s\n", [], 0),
        ("q\n", [], 0),
        ("d\ny\n", ["same"], 1),
        ("x\nn\n", ["not-same"], 1),
    ],
)
def test_review(graph: Graph, answers: str, judgements: list[str], decided: int) -> None:
    result = CliRunner().invoke(main, ["review", str(graph.folder), "--who", "me"], input=answers)
    assert result.exit_code == 0, result.output
    assert "Ada Lund met Bo Ray." in result.output
    assert [row.judgement for row in read_decisions(graph.folder)] == judgements
    assert f"{decided} decided, {1 - decided} open" in result.output
    count = len({"Ada Lund", "A. Lund"} & {entity.name for entity in Graph(graph.folder).entities()})
    assert count == (1 if judgements == ["same"] else 2)


def test_review_takes_an_answer_back(tmp_path: Path) -> None:
    more = [
        reading("[[Tor Dahl|c1:Person]] met [[Bo Ray|c2:Person]].", said("c1", "metWith", "c2", "met"), id="b1"),
        reading("[[T. Dahl|c1:Person]] saw [[Bo Ray|c2:Person]].", id="b2"),
    ]
    graph = graph_of([*RECORDS[:4], *more], tmp_path / "graph")
    assert len(open_pairs(graph)) == 2
    result = CliRunner().invoke(main, ["review", str(graph.folder)], input="y\nd\nn\ns\n")
    assert result.exit_code == 0, result.output
    assert [row.judgement for row in read_decisions(graph.folder)] == ["not-same"]


def test_what_was_just_found_to_be_one_is_not_asked_about_again(tmp_path: Path) -> None:
    """Ada Lund is A. Lund: whether A. Lund is Arne Lund is no question any more; taken back, it is one again."""
    more = [
        reading("[[Arne Lund|c1:Person]] met [[Bo Ray|c2:Person]].", said("c1", "metWith", "c2", "met"), id="b1"),
        reading("[[Tor Dahl|c1:Person]] met [[Bo Ray|c2:Person]].", said("c1", "metWith", "c2", "met"), id="b2"),
        reading("[[T. Dahl|c1:Person]] saw [[Bo Ray|c2:Person]].", id="b3"),
    ]
    for answers, judgements in (("ys", ["same"]), ("ydnus", ["not-same", "unsure"])):
        graph = graph_of([*RECORDS[:4], *more], tmp_path / answers)
        assert ["Lund" in pair.left.name for pair in open_pairs(graph)] == [True, True, False]
        result = CliRunner().invoke(main, ["review", str(graph.folder)], input="\n".join(answers) + "\n")
        assert result.exit_code == 0, result.output
        assert [row.judgement for row in read_decisions(graph.folder)] == judgements


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Talks", "Talks began."),
        ("Army", "The U.S. Army met Gen. Ann Lee in the U.S. on Monday."),
        ("works", "“It works!” said J. K. Rau."),
        ("He", "He left"),
    ],
)
def test_exhibits_are_whole_sentences(name: str, sentence: str, tmp_path: Path) -> None:
    text = "Talks began. The U.S. Army met Gen. Ann Lee in the U.S. on Monday. “It works!” said J. K. Rau. He left"
    record = reading(text.replace(name, f"[[{name}|c1:Person]]", 1), id="a1")
    graph = graph_of([record], tmp_path / "graph")
    (entity,) = graph.entities()
    (exhibit,) = Mentions(graph, [entity]).exhibits(entity)
    assert exhibit.sentence == sentence


def test_review_lists_and_explains(graph: Graph) -> None:
    listed = CliRunner().invoke(main, ["review", str(graph.folder), "--list"])
    (pair,) = json.loads(listed.stdout)
    assert sorted(pair["names"]) == ["A. Lund", "Ada Lund"]
    why = CliRunner().invoke(main, ["review", str(graph.folder), "--why", "Bo Ray"])
    assert "all under one name" in why.stdout


def test_merge_and_split_from_the_command_line(graph: Graph) -> None:
    run = CliRunner()
    assert run.invoke(main, ["merge", str(graph.folder), "Ada Lund", "A. Lund", "--why", "signed so"]).exit_code == 0
    assert run.invoke(main, ["split", str(graph.folder), "Bo Ray", "a3"]).exit_code == 0
    assert len(read_decisions(graph.folder)) == 2
    assert run.invoke(main, ["split", str(graph.folder), "Nobody", "a3"]).exit_code == 1
    assert kg.open(graph.folder).validate() == []


def test_known_entities_win_over_guesses(graph: Graph, tmp_path: Path) -> None:
    register = tmp_path / "known.csv"
    register.write_text(
        "id,type,name,aliases,links\n"
        "lund,Person,Ada Marie Lund,Ada Lund|A. Lund,https://example.org/lund https://example.org/l\n"
    )
    known = add_known(graph, [register])
    lund = find(known, "Ada Marie Lund")
    assert (lund.id, lund.aliases) == ("Ada_Marie_Lund", ("Ada Lund", "A. Lund"))
    assert lund.links == ("https://example.org/lund", "https://example.org/l")
    assert {m.split("#")[0] for m in lund.mentions} == {"a1", "a2", "a3"}


def test_registers_may_be_turtle(graph: Graph, tmp_path: Path) -> None:
    register = tmp_path / "known.ttl"
    register.write_text(
        "@prefix : <https://example.org/> . @prefix kg: <https://w3id.org/newskg/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        ':lark a kg:Organization ; rdfs:label "Lark & Sons" ; skos:altLabel "Lark", "Finch" .\n'
    )
    known = add_known(graph, [register])
    assert find(known, "Lark").links == ("https://example.org/lark",)
    assert find(known, "Lark") == find(known, "Finch")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "id,type\n", "has no column name"),
        ("a.csv", "id,type,name\n1,Person,\n", "has no name"),
        ("a.csv", "id,type,name\n1,Elf,Ada Lund\n", "no class of the ontology"),
        ("a.csv", "id,type,name,links\n1,Person,Ada Lund,not an IRI\n", "is no IRI"),
        ("a.txt", "", "neither CSV nor Turtle"),
    ],
)
def test_faults_of_registers_are_told(graph: Graph, tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        add_known(graph, [path])
    assert names(Graph(graph.folder)) == names(graph)


def test_decisions_are_plain_text(tmp_path: Path) -> None:
    rows = [Decision("same", "a#0-1", "b,c#2-3", 'An "A"', "B\nC", "me", "2030-01-01", "why, not")]
    write_decisions(tmp_path, rows)
    assert list(read_decisions(tmp_path)) == rows
    head = (tmp_path / "decisions.csv").read_text(encoding="utf-8").splitlines()[0]
    assert head == "judgement,left,right,left_name,right_name,who,when,why"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("judgement,left\n", "has no column right"),
        ("judgement,left,right\nmaybe,a#0-1,b#0-1\n", "unknown judgement"),
        ("judgement,left,right\nsame,a,b#0-1\n", "is no mention"),
    ],
)
def test_faults_of_decisions_are_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "decisions.csv").write_text(text)
    with pytest.raises(InputError, match=message):
        read_decisions(tmp_path)
