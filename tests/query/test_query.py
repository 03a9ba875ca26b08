from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from records_factory import reading, resolution, said
from small_graph import RUN, ontology, store

from kg.errors import QueryError
from kg.query import Table, Triples, query, stock
from kg.rdf import Store, graphs, quads


def rows(text: str, **options: object) -> list[tuple[object, ...]]:
    answer = query(store(), text, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Table)
    return list(answer.rows)


def test_plain_triples_are_found_as_anyone_would_write_them() -> None:
    found = rows("SELECT ?who ?by { ?who kg:heldBy|kg:capturedBy ?by } ORDER BY ?by")
    assert [tuple(str(cell).rpartition("/")[2] for cell in row) for row in found] == [
        ("Dan_Orr", "Blue_Guard"),
        ("Dan_Orr", "Red_Front"),
    ]


def test_facts_leave_out_claims() -> None:
    assert rows("SELECT ?who { ?who kg:heldBy ?by }", facts=True) == []
    assert len(rows("SELECT ?who { ?who kg:killedBy ?by }", facts=True)) == 1
    assert len(rows("SELECT ?g { GRAPH ?g { ?who kg:killedBy ?by } }")) == 2
    assert len(rows("SELECT ?g { GRAPH ?g { ?who kg:killedBy ?by } }", facts=True)) == 1


def test_what_two_articles_say_counts_once() -> None:
    one, other = (
        reading("[[Ann Lee|a:Person]] met [[Bo Ray|b:Person]].", said("a", "metWith", "b", "met"), id=id)
        for id in ("one", "other")
    )
    twice = Store.of(quads(graphs([one, other], resolution([one, other]), ontology(), run=RUN)))
    counted = query(twice, "SELECT (COUNT(*) AS ?n) { ?a kg:metWith ?b }")
    assert isinstance(counted, Table)
    assert counted.rows == ((2,),)  # either way round


def test_symmetric_relations_hold_both_ways() -> None:
    for who, whom in (("Ann Lee", "Bo Ray"), ("Bo Ray", "Ann Lee")):
        assert query(store(), f"ASK {{ ?a rdfs:label '{who}' ; kg:metWith ?b . ?b rdfs:label '{whom}' }}")


def test_classes_above_are_found() -> None:
    found = rows("SELECT DISTINCT ?name { ?x a/rdfs:subClassOf* kg:Agent ; rdfs:label ?name } ORDER BY ?name")
    assert ("Ann Lee",) in found and ("Norland",) in found


def test_own_prefixes_win_and_relative_iris_are_the_graphs() -> None:
    assert query(store(), "PREFIX kg: <https://w3id.org/newskg/ontology#> ASK { <entity/Ann_Lee> kg:leads ?x }")


@pytest.mark.parametrize(
    ("text", "kind", "size"),
    [
        ("ASK { ?a kg:metWith ?b }", Table, 1),
        ("CONSTRUCT WHERE { ?a kg:metWith ?b }", Triples, 2),
        ("DESCRIBE entity:Norland", Triples, 3),
        ("SELECT * { ?a kg:metWith ?b }", Table, 2),
    ],
)
def test_all_kinds_of_query(text: str, kind: type, size: int) -> None:
    answer = query(store(), text)
    assert isinstance(answer, kind)
    assert len(answer) == size


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { ?s ?p", "line 1, column 17: the query ends too early"),
        ("SELECT ?x {\n  ?x foo:bar ?y }", "line 2, column 13: the prefix foo: is not declared"),
        ("SELECT ?a ?b { ?a ?p ?o } GROUP BY ?a", "not grouped"),
        ("hello, world", "begin with SELECT, CONSTRUCT, ASK or DESCRIBE"),
        ("INSERT DATA { <a> <b> <c> }", "line 1, column 1: INSERT would change the graph"),
        ("PREFIX a: <b:c> # SELECT\n drop all", "line 2, column 2: DROP would change the graph"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "line 1, column 12: SERVICE"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM names <file:///etc/passwd>"),
        ("SELECT * FROM NAMED <http://x.example/> { ?s ?p ?o }", "FROM names <http://x.example/>"),
        ("PREFIX x: <http://x.example/> SELECT * FROM x:y { ?s ?p ?o }", "FROM names <http://x.example/y>"),
        ("SELECT * FROM <urn:kg:merged:claims> { ?s ?p ?o }", "FROM names"),
        ("", "the query is empty"),
        ("who-met-who", "did you mean who-met-whom?"),
        ("gone.rq", "gone.rq: the query file cannot be read"),
        ("claims-about", "needs name"),
    ],
)
def test_a_faulty_query_is_told_where_and_what_to_do(text: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        query(store(), text)
    assert says in str(caught.value)
    assert caught.value.fix or text == "gone.rq"


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?service rdfs:label "SERVICE <x> FROM <y> {" }',
        "SELECT * { ?s rdfs:label '''INSERT it's''' } # DELETE",
        "SELECT * FROM graph:captives\\/facts { ?s ?p ?o }",
        "SELECT * FROM <graph/captives/facts> { ?s ?p ?o }",
    ],
)
def test_words_in_strings_comments_and_names_are_no_commands(text: str) -> None:
    query(store(), "PREFIX graph: <https://example.org/kg/graph/>\n" + text)


def test_a_query_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("\ufeffSELECT ?a { ?a kg:leads ?b }", encoding="utf-8")
    for given in (file, str(file)):
        assert len(query(store(), given)) == 1
    file.write_text("SELECT ?a {", encoding="utf-8")
    with pytest.raises(QueryError, match=r"mine\.rq, line 1, column 12"):
        query(store(), file)


@pytest.mark.parametrize(
    ("text", "parameters", "names"),
    [
        ("SELECT ?x { ?x rdfs:label ?name }", {"name": "Ann Lee"}, 1),
        ("CONSTRUCT { ?x a ?t } WHERE { ?x rdfs:label ?name ; a ?t }", {"name": "Ann Lee"}, 1),
        ("ASK { ?x rdfs:label ?name }", {"name": "Ann Lee"}, 1),
        ("SELECT ?x { ?x oa:start ?n }", {"n": 0}, 3),
        ("SELECT ?x { ?x rdfs:label ?name }", {"name": '" } } INSERT'}, 0),
        ("SELECT ?x { ?x rdfs:label ?name }", {"name": "\\\n'\"}"}, 0),
    ],
)
def test_parameters_are_values(text: str, parameters: dict[str, str | int], names: int) -> None:
    assert len(query(store(), text, parameters=parameters)) >= names


def test_parameters_must_fit() -> None:
    with pytest.raises(QueryError, match=r"no variable \?whose"):
        query(store(), "SELECT ?x { ?x rdfs:label ?name }", parameters={"whose": "x"})
    with pytest.raises(QueryError, match="does not take colour"):
        query(store(), "held", parameters={"colour": "x"})


def test_every_stock_query_describes_itself_and_runs() -> None:
    for name, one in stock().items():
        assert one.description.endswith("."), name
        parameters = {parameter: "Lee" for parameter in one.parameters}
        for given in (parameters, {parameter: "zz" for parameter in parameters}):
            answer = query(store(), name, parameters=given)
            assert isinstance(answer, Table)
            assert "article" in answer.columns or {"articles", "otherArticle"} & set(answer.columns), name


def test_the_start_is_quick() -> None:
    """A process that asks a question loads neither rdflib nor a language model."""
    code = (
        "import sys, time; start = time.perf_counter(); from kg.query import query; from kg.rdf import Store;"
        "len(query(Store(), 'who-met-whom')); print(time.perf_counter() - start)"
    )
    took = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert float(took) < 5  # seconds, on a busy machine; 0.1 on an idle one


def test_json_is_the_standard_one() -> None:
    found = query(store(), "SELECT ?name ?n ?none { entity:Ann_Lee rdfs:label ?name BIND(1 AS ?n) }")
    assert json.loads(found.format("json")) == {
        "head": {"vars": ["name", "n", "none"]},
        "results": {
            "bindings": [
                {
                    "name": {"type": "literal", "value": "Ann Lee"},
                    "n": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
                }
            ]
        },
    }
    assert json.loads(query(store(), "ASK {}").format("json")) == {"head": {}, "boolean": True}


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals here")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_query_that_never_ends_is_ended_by_a_signal(number: signal.Signals) -> None:
    """Oxigraph knows nothing of Python's handlers: without help Ctrl-C would wait for the answer."""
    code = (
        "from small_graph import store\n"
        "from kg.cli.query import ended_by_signals\n"
        "from kg.query import query\n"
        "graph = store()\n"
        "with ended_by_signals():\n"
        "    print('asking', flush=True)\n"
        "    query(graph, 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }')\n"
    )
    paths = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "asking\n"
            time.sleep(0.5)
            process.send_signal(number)
            assert process.wait(30) == -number
        finally:
            process.kill()
