"""The client of reconciliation services against a server of our own: what it asks, keeps and believes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner
from records_factory import reading

from kg.archive import Archive
from kg.cli import main
from kg.derive import derive
from kg.errors import InputError
from kg.graph import Graph
from kg.resolve.reconcile import BATCH, Answer, ServiceError, ask, read_answers, read_cache, write_cache

KNOWN = {
    "Ada Lund": [
        {"id": "Q1", "name": "Ada Lund", "score": 100, "match": True, "type": [{"id": "Q5", "name": "human"}]}
    ],
    "Tor Lund": [
        {"id": "Q2", "name": "Tor Lund", "score": 90, "match": True},
        {"id": "Q3", "name": "Tor Lund", "score": 90, "match": True},
    ],
    "Bo Ray": [{"id": "Q4", "name": "Bob Rae", "score": 40, "match": False}],
}


class Service(BaseHTTPRequestHandler):
    """A Reconciliation Service API 0.2 that knows a few names."""

    asked: ClassVar[list[dict[str, Any]]] = []
    manifest: ClassVar[dict[str, Any]] = {}
    broken: ClassVar[bool] = False

    def do_GET(self) -> None:
        self._answer(self.manifest)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        queries = json.loads(form["queries"][0])
        self.asked.append(queries)
        self._answer(
            {} if self.broken else {key: {"result": KNOWN.get(it["query"], [])} for key, it in queries.items()}
        )

    def _answer(self, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    Service.asked, Service.broken = [], False
    Service.manifest = {"name": "Test", "identifierSpace": "http://www.wikidata.org/entity/", "schemaSpace": "x:"}
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_one_match_is_believed_and_nothing_else(service: str) -> None:
    queries = [("Person", name) for name in ("Ada Lund", "Tor Lund", "Bo Ray", "Nobody")]
    found = {answer.name: answer.iri for answer in ask(service, queries, types={"Person": "Q5"})}
    assert found == {"Ada Lund": "http://www.wikidata.org/entity/Q1", "Tor Lund": "", "Bo Ray": "", "Nobody": ""}
    assert Service.asked[0]["q0"] == {"query": "Ada Lund", "limit": 3, "type": "Q5"}


def test_a_name_is_asked_once(service: str) -> None:
    first = list(ask(service, [("Person", "Ada Lund"), ("Person", "Ada Lund"), ("Person", "Nobody")]))
    assert len(first) == 2
    assert list(ask(service, [("Person", "Ada Lund"), ("Person", "Nobody")], known=first)) == []
    assert len(Service.asked) == 1


def test_names_are_asked_in_batches(service: str) -> None:
    assert len(list(ask(service, [("Person", f"Name {n}") for n in range(2 * BATCH + 1)]))) == 2 * BATCH + 1
    assert [len(queries) for queries in Service.asked] == [BATCH, BATCH, 1]


def test_what_was_answered_before_a_failure_is_there(service: str) -> None:
    found = []
    with pytest.raises(ServiceError, match="no answer for"):
        for answer in ask(service, [("Person", f"Name {n}") for n in range(BATCH + 1)]):
            found.append(answer)
            Service.broken = True
    assert len(found) == BATCH


def test_a_graph_asks_for_names_that_mean_one_and_keeps_what_it_is_told(service: str, tmp_path: Path) -> None:
    texts = [
        "[[Ada Lund|c1:Person]] met [[Tor Lund|c2:Person]]. [[The envoy|c3:Person]] and [[Rau|c4:Person]] slept.",
        "[[Bo Ray|c1:Person]], [[the Norwegian singer|c1]], sang.",
        "[[Bo Ray|c1:Person]], [[the Chilean judge|c1]], sat.",
    ]
    with Archive(tmp_path, write=True) as archive:
        for number, text in enumerate(texts):
            archive.put(reading(text, id=f"a{number}"))
        derive(archive)
    for _ in range(2):
        done = CliRunner().invoke(main, ["reconcile", str(tmp_path), service])
        assert done.exit_code == 0, done.output
    asked = [it["query"] for queries in Service.asked for it in queries.values()]
    assert asked == ["Ada Lund", "Tor Lund"]  # once, and no name of two, no single word, nobody without a name
    links = {entity.name: entity.links for entity in Graph(tmp_path).entities() if entity.links}
    assert links == {"Ada Lund": ("http://www.wikidata.org/entity/Q1",)}


def test_faults_of_services_are_told(service: str) -> None:
    Service.manifest = {"name": "no space"}
    with pytest.raises(ServiceError, match="does not say what its identifiers begin with"):
        list(ask(service, [("Person", "Ada Lund")]))
    with pytest.raises(ServiceError, match="cannot be asked"):
        list(ask("http://127.0.0.1:1/", [("Person", "Ada Lund")]))
    with pytest.raises(ServiceError, match="no web address"):
        list(ask("file:///etc/passwd", [("Person", "Ada Lund")]))


def test_answers_are_kept_as_a_file(tmp_path: Path) -> None:
    answers = [
        Answer("http://s/", "Person", "Ada Lund", "http://x/Q1", 'Ada "A" Lund', "100", "2030-01-01"),
        Answer("http://s/", "Person", "Bo, Ray"),
        Answer("http://t/", "Person", "Ada Lund", "http://y/7"),
    ]
    write_cache(tmp_path, answers)
    assert sorted(read_cache(tmp_path), key=str) == sorted(answers, key=str)
    assert read_answers(tmp_path) == {("Person", "Ada Lund"): ("http://x/Q1", "http://y/7")}
    (tmp_path / "reconciled.csv").write_text("something,else\n")
    with pytest.raises(InputError, match="no file of answers"):
        read_cache(tmp_path)
    assert read_cache(tmp_path / "none") == ()
