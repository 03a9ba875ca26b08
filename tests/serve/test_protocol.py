"""The SPARQL 1.1 Protocol."""

from __future__ import annotations

import csv
import io
import socket
import threading

import httpx
import pytest
from rdflib import Graph
from rdflib.query import Result
from served import Served

SELECT = "SELECT ?name { ?x kg:leads ?y ; rdfs:label ?name }"
FACTS = "https://example.org/kg/graph/captives/facts"
CLAIMS = "https://example.org/kg/graph/captives/claims"
FORMATS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def names(response: httpx.Response) -> set[str]:
    assert response.status_code == 200, response.text
    return {row["name"]["value"] for row in response.json()["results"]["bindings"]}


@pytest.mark.parametrize("way", ["get", "form", "direct", "form with a charset"])
def test_the_three_ways_to_ask(client: httpx.Client, way: str) -> None:
    match way:
        case "get":
            response = client.get("/sparql", params={"query": SELECT})
        case "form":
            response = client.post("/sparql", data={"query": SELECT})
        case "direct":
            response = client.post("/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query"})
        case _:
            kind = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
            response = client.post("/sparql", content=f"query={httpx.QueryParams({'q': SELECT})['q']}", headers=kind)
    assert names(response) == {"Ann Lee"}
    assert response.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize("media", FORMATS)
def test_rows_come_in_all_standard_formats(client: httpx.Client, media: str) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"Accept": media})
    assert response.headers["content-type"].partition(";")[0] == media
    assert "accept" in response.headers["vary"].lower()
    if media == "text/csv":
        assert list(csv.reader(io.StringIO(response.text))) == [["name"], ["Ann Lee"]]
    else:
        found = Result.parse(io.BytesIO(response.content), format=FORMATS[media])
        assert [str(row[0]) for row in found] == ["Ann Lee"]


@pytest.mark.parametrize("media", GRAPHS)
def test_graphs_come_in_all_standard_formats(client: httpx.Client, media: str) -> None:
    query = "CONSTRUCT { ?x kg:leads ?y } WHERE { ?x kg:leads ?y }"
    response = client.get("/sparql", params={"query": query}, headers={"Accept": media})
    assert response.headers["content-type"].partition(";")[0] == media
    assert len(Graph().parse(data=response.content, format=GRAPHS[media])) == 1


def test_a_parameter_names_the_format_where_no_header_can(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": SELECT, "format": "text/csv"}, headers={"Accept": "text/html"})
    assert response.text == "name\r\nAnn Lee\r\n"


def test_what_cannot_be_written_is_not_acceptable(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/csv" in response.json()["fix"]
    assert client.get("/sparql", params={"query": SELECT, "format": "png"}).status_code == 406


def test_ask(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?x kg:leads ?y }"}).json()["boolean"] is True


def test_facts_alone(client: httpx.Client) -> None:
    query = "ASK { ?x kg:heldBy ?y }"
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is True
    assert client.get("/sparql", params={"query": query, "facts": "true"}).json()["boolean"] is False


def test_the_request_may_name_the_graphs(client: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?name) { ?s ?p ?o }"

    def count(**graphs: str | list[str]) -> int:
        return int(*names(client.get("/sparql", params={"query": query, **graphs})))

    facts, claims = count(**{"default-graph-uri": FACTS}), count(**{"default-graph-uri": CLAIMS})
    assert facts > 0 and claims > 0
    assert count(**{"default-graph-uri": [FACTS, CLAIMS]}) == len(
        client.get(
            "/sparql",
            params={"query": "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }", "default-graph-uri": [FACTS, CLAIMS]},
        ).json()["results"]["bindings"]
    )
    # They hold instead of those that the query names.
    query = f"SELECT (COUNT(*) AS ?name) FROM <{CLAIMS}> {{ ?s ?p ?o }}"
    assert count(**{"default-graph-uri": FACTS}) == facts
    query = "SELECT (COUNT(*) AS ?name) { GRAPH ?g { ?s ?p ?o } }"
    assert count(**{"named-graph-uri": FACTS}) == facts
    assert count(**{"default-graph-uri": FACTS}) == 0


def test_graphs_that_are_not_there_are_refused_and_never_fetched(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(1)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        for asked in (
            {"query": SELECT, "default-graph-uri": address},
            {"query": f"SELECT * FROM <{address}> {{ ?s ?p ?o }}"},
            {"query": f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"},
            {"query": f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"},
            {"query": f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"},
            {"query": f"SELECT * {{ sErViCe<{address}>{{ ?s ?p ?o }} }}"},
            {"query": f"SELECT * {{ \\u0053ERVICE <{address}> {{ ?s ?p ?o }} }}"},
            {"query": f"SELECT * {{ BIND(<{address}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}"},
            {"query": f"SELECT * {{ {{ SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }} }} }}"},
            {"query": f"PREFIX x: <{address}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}"},
            {"query": f"SELECT * {{ #\rSERVICE <{address}> {{ ?s ?p ?o }} }}"},
            {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"},
        ):
            assert client.get("/sparql", params=asked).status_code == 400, asked
        with pytest.raises(TimeoutError):
            trap.accept()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"params": {"update": "DROP ALL"}}, 403),
        ({"params": {"query": "DROP ALL"}}, 400),
        ({"params": {"query": "INSERT DATA { <a:b> <c:d> <e:f> }"}}, 400),
        ({"params": {"query": SELECT, "using-graph-uri": FACTS}}, 403),
        ({"params": {"query": [SELECT, SELECT]}}, 400),
        ({"params": {"query": ""}}, 400),
        ({"params": {"facts": "true"}}, 400),
        ({"params": {"query": SELECT, "timeout": "9999"}}, 400),
        ({"params": {"query": "SELECT ?x {"}}, 400),
        ({"params": {"query": SELECT + "\ud800".encode("utf-8", "replace").decode()}}, 400),
    ],
)
def test_what_is_no_query_is_refused(client: httpx.Client, request_: dict[str, object], status: int) -> None:
    response = client.get("/sparql", **request_)  # type: ignore[arg-type]
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/sparql-update", b"DROP ALL", 403),
        ("application/x-www-form-urlencoded", b"update=DROP+ALL", 403),
        ("application/x-www-form-urlencoded", b"query=%ff%fe", 400),
        ("application/x-www-form-urlencoded", b"&".join([b"named-graph-uri=x"] * 200), 400),
        ("application/sparql-query", b"\xff\xfe", 400),
        ("application/sparql-query", b"", 400),
        ("text/plain", SELECT.encode(), 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("", SELECT.encode(), 415),
    ],
)
def test_bodies_that_are_no_query_are_refused(client: httpx.Client, kind: str, body: bytes, status: int) -> None:
    assert client.post("/sparql", content=body, headers={"Content-Type": kind}).status_code == status


def test_the_fault_says_where_and_what_to_do(client: httpx.Client) -> None:
    problem = client.get("/sparql", params={"query": "SELECT ?x {\n  ?x foo:bar ?y }"}).json()
    assert problem["where"] == "query, line 2, column 13"
    assert "foo:" in problem["detail"] and "PREFIX" in problem["fix"]


def test_the_service_describes_itself(client: httpx.Client) -> None:
    found = client.get("/sparql", headers={"Accept": "text/turtle"})
    described = Graph().parse(data=found.text, format="turtle")
    assert len(described) > 5
    assert str(client.base_url).rstrip("/") + "/sparql" in {str(o) for o in described.objects()}
    assert client.get("/sparql", headers={"Accept": "text/html"}).text.startswith("<!doctype html>")


def test_head_has_the_headers_and_no_body(client: httpx.Client) -> None:
    response = client.head("/sparql", params={"query": SELECT})
    assert response.status_code == 200 and not response.content


def test_answers_are_compressed_for_who_can_read_it(client: httpx.Client) -> None:
    query = {"query": "SELECT * { ?s ?p ?o }"}
    packed = client.get("/sparql", params=query, headers={"Accept-Encoding": "gzip"})
    plain = client.get("/sparql", params=query, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])


def test_many_at_once_get_each_their_own_answer(served: Served) -> None:
    wrong: list[object] = []

    def ask(number: int) -> None:
        with served.client() as client:
            for n in range(5):
                found = client.get("/sparql", params={"query": f"SELECT ({number} * 10 + {n} AS ?name) {{}}"})
                if found.status_code != 200 or names(found) != {str(number * 10 + n)}:
                    wrong.append((number, n, found.text))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
