"""Each command end to end, over all stages but the language model."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result
from reading_factory import FakeReader

from kg.cli import COMMANDS, main


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_build_prints_summary_and_coverage(reader: FakeReader, articles: Path, tmp_path: Path) -> None:
    result = run("build", articles, "-o", tmp_path / "graph")
    assert result.exit_code == 0
    rows = dict(line.split(maxsplit=1) for line in result.stdout.splitlines() if len(line.split()) > 1)
    assert rows["articles"] == "3"
    assert rows["Person"] == "4"
    assert rows["metWith"] == "4"
    assert rows["statements"].startswith("4")
    lines = [line for line in result.stderr.splitlines() if " sentences " in line]
    assert len(lines) == 3
    assert "A visit to Paris" in lines[0]
    assert "1 of   2 sentences    1 statements" in lines[0]
    assert "dropped" not in result.stderr


def test_build_verbose_tells_what_was_dropped(reader: FakeReader, articles: Path, tmp_path: Path) -> None:
    assert "dropped: 2 no frame" in run("build", articles, "-o", tmp_path / "graph", "--verbose").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "GRAPH", "ARTICLES"),
        ("query", "GRAPH", "who-met-whom"),
        ("show", "GRAPH", "Ann Lee"),
        ("path", "GRAPH", "Ann Lee", "Dora Kim"),
        ("view", "GRAPH", "-o", "OUT.html"),
        ("export", "GRAPH", "-o", "OUT.ttl"),
        ("validate", "GRAPH"),
        ("remove", "GRAPH", "j1"),
        ("ontology", "show"),
        ("ontology", "check"),
        ("completion", "bash"),
    ],
    ids=" ".join,
)
def test_quiet_commands_leave_stderr_empty(
    graph: Path, articles: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    names = {"GRAPH": graph, "ARTICLES": articles, "OUT.html": tmp_path / "o.html", "OUT.ttl": tmp_path / "o.ttl"}
    result = run(*(names.get(argument, argument) for argument in arguments), "--quiet")
    assert result.exit_code == 0
    assert result.stderr == ""


def test_add_and_remove(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("Fay Orr met Guy Wood.")
    assert run("add", graph, tmp_path / "new.txt").exit_code == 0
    assert "Fay Orr" in run("query", graph, "who-met-whom", "--format", "csv").stdout
    [id] = [
        record["id"]
        for record in map(json.loads, exported(graph, tmp_path / "all.jsonl").splitlines())
        if "Fay" in record["text"]
    ]
    assert run("remove", graph, id).exit_code == 0
    assert "Fay Orr" not in run("query", graph, "who-met-whom", "--format", "csv").stdout


def exported(graph: Path, path: Path) -> str:
    assert run("export", graph, "-o", path).exit_code == 0
    return path.read_text(encoding="utf-8")


SELECT = "SELECT ?a ?b { ?x kg:metWith ?y . ?x rdfs:label ?a . ?y rdfs:label ?b } ORDER BY ?a ?b"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--format", "csv"), "a,b\nAnn Lee,Bob Ray\nAnn Lee,Eve Hill\nBob Ray,Ann Lee\nBob Ray,Dora Kim\n"),
        (("--format", "csv", "--facts"), "a,b\nAnn Lee,Bob Ray\nAnn Lee,Eve Hill\nBob Ray,Ann Lee\nEve Hill,Ann Lee\n"),
    ],
)
def test_query(graph: Path, options: tuple[str, ...], expected: str) -> None:
    result = run("query", graph, SELECT, *options)
    assert result.exit_code == 0
    assert result.stdout.startswith(expected)


def test_query_from_a_file_and_as_json(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_text(SELECT)
    answer = json.loads(run("query", graph, tmp_path / "own.rq", "--format", "json").stdout)
    assert answer["results"]["bindings"][0]["a"]["value"] == "Ann Lee"


def test_query_with_a_value(graph: Path) -> None:
    assert "Dora Kim" in run("query", graph, "claims-about", "name=Bob Ray").stdout


def test_query_without_a_query_lists_the_stock(graph: Path) -> None:
    listed = run("query", graph).stdout
    for name in (
        "who-met-whom",
        "held",
        "designated",
        "claims-about",
        "contradictions",
        "timeline",
        "entities",
        "articles",
    ):
        assert f"\n{name}\n" in f"\n{listed}"


def test_query_that_finds_nothing(graph: Path) -> None:
    result = run("query", graph, "SELECT ?x { ?x kg:bornIn ?y }")
    assert result.exit_code == 1
    assert "nothing was found" in result.stderr


def test_show(graph: Path) -> None:
    text = run("show", graph, "bob ray").stdout
    assert "Bob Ray (Person)" in text
    assert "“Carol Fox said that Bob Ray met Dora Kim.”" in text
    assert "according to Carol Fox" in text
    assert "A visit to Paris, 2024-10-24" in text
    data = json.loads(run("show", graph, "Bob Ray", "--format", "json").stdout)
    assert data["name"] == "Bob Ray"
    assert {said["article"] for said in data["statements"]} >= {"j1"}


def test_path(graph: Path) -> None:
    lines = [line for line in run("path", graph, "Eve Hill", "Dora Kim").stdout.splitlines() if line[:1].isalpha()]
    assert [line.split("  ")[0] for line in lines] == [
        "Ann Lee met with Eve Hill",
        "Ann Lee met with Bob Ray",
        "Bob Ray met with Dora Kim",
    ]
    assert len(json.loads(run("path", graph, "Eve Hill", "Dora Kim", "-f", "json").stdout)) == 3


def test_view_writes_beside_the_graph(graph: Path, tmp_path: Path) -> None:
    assert run("view", graph).exit_code == 0
    page = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert "Dora Kim" in page
    assert run("view", graph, "-o", tmp_path / "near.html", "--focus", "Eve Hill", "--title", "<Near>").exit_code == 0
    near = (tmp_path / "near.html").read_text(encoding="utf-8")
    assert "Dora Kim" not in near
    assert "<Near>" not in near


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nq", "jsonld", "rdf", "graphml", "gexf", "csv", "jsonl"])
def test_export(graph: Path, tmp_path: Path, suffix: str) -> None:
    assert "Dora Kim" in exported(graph, tmp_path / f"out.{suffix}")


def test_validate(graph: Path) -> None:
    result = run("validate", graph)
    assert result.exit_code == 0
    assert "conforms: 0 violations" in result.stderr
    assert json.loads(run("validate", graph, "--format", "json").stdout) == []


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ('"text":"Ann Lee met Eve Hill. Ann', '"text":"Ann Fox met Eve Hill. Ann'),  # the article
        ('"text":"Ann Lee met Eve Hill."', '"text":"Ann Fox met Eve Hill."'),  # the cited sentence
    ],
)
def test_validate_fails_where_the_evidence_is_not_in_the_article(graph: Path, words: str, others: str) -> None:
    db = sqlite3.connect(graph / "articles.db")
    db.execute("UPDATE articles SET record = replace(record, ?, ?)", (words, others))
    db.commit()
    db.close()
    result = run("validate", graph)
    assert result.exit_code == 1
    assert "does not conform" in result.stderr
    assert "j1" in result.stdout


def test_evaluate(reader: FakeReader, graph: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    exported(graph, gold)
    scores = json.loads(run("evaluate", gold, "--format", "json", "--relations").stdout)
    assert scores["statements"]["f1"] == 1
    assert scores["relations"]["metWith"]["gold"] == 4
    assert scores["unsupported"] == 0
    assert "evidence: 0 of 4 statements without" in run("evaluate", gold).stdout


def test_evaluate_shows_errors_by_relation(reader: FakeReader, graph: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = [json.loads(line) for line in exported(graph, gold).splitlines()]
    by_text = {line["text"].split()[0]: line for line in lines if line["id"] != "j1"}
    by_text["Ann"]["statements"][0]["relation"] = "visited"
    by_text["Carol"]["statements"] = []
    gold.write_text("\n".join(map(json.dumps, lines)))
    result = run("evaluate", gold, "--errors")
    assert result.exit_code == 0
    [row] = [line.split() for line in result.stdout.splitlines() if line.startswith("statements")]
    assert row[1:4] == ["0.500", "0.667", "0.571"]
    told = result.stdout[result.stdout.index("metWith: 0 missed, 2 wrong") :]
    assert "wrong   Ann Lee — Bob Ray  (gold: visited)" in told
    assert "Carol Fox said that Bob Ray met Dora Kim." in told
    assert told.index("metWith: ") < told.index("visited: 1 missed, 0 wrong")
    data = json.loads(run("evaluate", gold, "--errors", "--most", "1", "--format", "json").stdout)
    assert [(miss["kind"], miss["relation"]) for miss in data["misses"]] == [
        ("wrong", "metWith"),
        ("missed", "visited"),
    ]


def test_evaluate_scores_parts(reader: FakeReader, graph: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    exported(graph, gold)
    data = json.loads(run("evaluate", gold, "--part", "j", "--part", "x,j", "--format", "json").stdout)
    assert {part: scores["statements"]["gold"] for part, scores in data["parts"].items()} == {"j": 2, "x,j": 2}
    assert data["statements"]["gold"] == 4
    assert run("evaluate", gold, "--part", "j").stdout.count("coreference") == 2
    assert run("evaluate", gold, "--part", "zz").exit_code == 2


@pytest.mark.parametrize("line", ['{"id": "a", "text": "b"}', "[]", "no JSON"])
def test_evaluate_refuses_what_is_not_annotated(reader: FakeReader, tmp_path: Path, line: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(line)
    result = run("evaluate", gold)
    assert result.exit_code == 2
    assert "gold.jsonl" in result.stderr


def test_ontology_show() -> None:
    assert "metWith" in run("ontology", "show").stdout
    one = run("ontology", "show", "heldBy").stdout
    assert "held" in one
    assert "metWith" not in one
    rows = json.loads(run("ontology", "show", "--format", "json").stdout)
    assert len([row for row in rows if row["kind"] == "relation"]) == 60
    assert run("ontology", "show", "heldBx").exit_code == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_KG_COMPLETE" in run("completion", shell).stdout


def test_completion_knows_commands_and_stock_queries() -> None:
    complete = ShellComplete(main, {}, "kg", "_KG_COMPLETE")
    assert {item.value for item in complete.get_completions([], "")} == set(COMMANDS)
    assert "who-met-whom" in {item.value for item in complete.get_completions(["query", "graph"], "who")}


def test_completion_knows_the_entities_of_the_graph(graph: Path, tmp_path: Path) -> None:
    complete = ShellComplete(main, {}, "kg", "_KG_COMPLETE")
    assert [item.value for item in complete.get_completions(["show", str(graph)], "a")] == ["Ann Lee"]
    assert [item.value for item in complete.get_completions(["path", str(graph), "Ann Lee"], "Do")] == ["Dora Kim"]
    assert complete.get_completions(["show", str(tmp_path)], "a") == []


def test_every_command_is_there_with_help_and_quiet() -> None:
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        leaves = list(command.commands.values()) if isinstance(command, click.Group) else [command]
        for leaf in leaves:
            assert leaf.help
            assert any("--quiet" in parameter.opts for parameter in leaf.params), name
            assert all(p.help for p in leaf.params if isinstance(p, click.Option)), name  # type: ignore[attr-defined]


def test_help_of_the_group_tells_commands_and_exit_codes() -> None:
    text = run("--help").stdout
    assert all(f"  {name} " in text for name in COMMANDS)
    assert "Exit codes:" in text
