"""What takes too long, is too large or is no HTTP is refused, and does not hurt the others."""

from __future__ import annotations

import os
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

import httpx
import pytest
from served import MEGA, Served, drain

#: Joins that take for ever and a memory that grows for ever.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
GREEDY = "SELECT DISTINCT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?j ?g ?d ?a"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
HEAD = b"GET /api/summary HTTP/1.1\r\nHost: localhost\r\n"


def ask(served: Served, query: str) -> httpx.Response:
    with served.client() as client:
        return client.post("/sparql", data={"query": query})


@contextmanager
def others_go_on(served: Served, *, most: float = 2.5) -> Iterator[None]:
    """Pages and short queries keep coming while the block runs."""
    took: list[float] = []
    failed: list[object] = []
    started, done = threading.Event(), threading.Event()

    def browse() -> None:
        with served.client() as client:
            while not done.is_set():
                for path in (
                    "/entity/Ann_Lee.html",
                    "/api/entities?name=orr",
                    "/static/style.css",
                    "/static/colours.css",
                ):
                    start = time.perf_counter()
                    try:
                        response = client.get(path)
                        if response.status_code != 200:
                            failed.append((path, response.status_code, response.text))
                    except httpx.HTTPError as error:
                        failed.append((path, error))
                    took.append(time.perf_counter() - start)
                started.set()
                time.sleep(0.02)

    browsing = threading.Thread(target=browse)
    browsing.start()
    started.wait(20)
    try:
        yield
    finally:
        done.set()
        browsing.join()
    assert not failed, failed[:3]
    assert len(took) >= 3
    assert statistics.median(took) < most  # seconds, on a busy machine


def test_a_query_that_takes_too_long_is_stopped(served: Served) -> None:
    before = workers(served)
    with others_go_on(served):
        start = time.perf_counter()
        response = ask(served, ENDLESS)
        assert response.status_code == 504
        assert served.settings.seconds <= time.perf_counter() - start < served.settings.seconds + 5
        assert "LIMIT" in response.json()["fix"]
    wait_for(lambda: len(workers(served)) == len(before))
    assert ask(served, "ASK {}").json()["boolean"] is True


def test_all_workers_at_once(served: Served) -> None:
    with others_go_on(served), ExitStack() as stack:
        found: list[int] = []
        for _ in range(served.settings.workers * 2):
            thread = threading.Thread(target=lambda: found.append(ask(served, ENDLESS).status_code))
            thread.start()
            stack.callback(thread.join)
    assert set(found) == {504}
    assert ask(served, "ASK {}").status_code == 200


def test_a_client_that_leaves_frees_its_worker(serve_with: Callable[..., Served]) -> None:
    served = serve_with(workers=1, seconds=30)
    with suppress(httpx.ReadTimeout), served.client() as client:
        client.get("/sparql", params={"query": ENDLESS}, timeout=0.5)
    start = time.perf_counter()
    assert ask(served, "ASK {}").status_code == 200
    assert time.perf_counter() - start < 15


def test_a_query_that_takes_too_much_memory_is_stopped(serve_with: Callable[..., Served]) -> None:
    served = serve_with(workers=1, seconds=60, memory=400 * MEGA)
    with others_go_on(served):
        response = ask(served, GREEDY)
        assert response.status_code == 500
        assert "memory" in response.json()["title"]
    assert ask(served, "ASK {}").status_code == 200


def test_an_answer_that_is_too_large_is_refused(served: Served) -> None:
    response = ask(served, LONG)
    assert response.status_code == 413
    assert "LIMIT" in response.json()["fix"]
    assert ask(served, "CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }").status_code == 413


def test_who_comes_when_the_line_is_full_is_told_to_come_back(serve_with: Callable[..., Served]) -> None:
    served = serve_with(workers=1, seconds=2, waiting=2)
    found: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: found.append(ask(served, ENDLESS))) for _ in range(8)]
    with others_go_on(served):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    busy = [response for response in found if response.status_code == 503]
    assert len(busy) >= 4
    assert all(response.headers["retry-after"] == "2" for response in busy)
    assert ask(served, "ASK {}").status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(served: Served, chunked: bool) -> None:
    kind = {"Content-Type": "application/sparql-query"}
    body = b"ASK {} #" + b"x" * served.settings.body
    with served.client() as client:
        content = iter([body[at : at + 4096] for at in range(0, len(body), 4096)]) if chunked else body
        assert client.post("/sparql", content=content, headers=kind).status_code == 413
    assert served.alive()


def test_a_head_that_is_too_large_is_refused(served: Served) -> None:
    with others_go_on(served):
        for status, data in (
            (414, b"GET /?name=" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            (431, HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n"),
            (431, HEAD + b"".join(b"X-%d: x\r\n" % n for n in range(500)) + b"\r\n"),
            (400, HEAD + b"X: " + b"x" * 5_000_000),
        ):
            answer = served.raw(data)  # none, where our rest was still on its way when the server hung up
            assert answer == b"" or answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 %d " % status)), answer[:200]


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX\x00: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}x",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"PUT /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(served: Served, data: bytes) -> None:
    answer = served.raw(data)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 505 ")), answer[:200]
    assert served.alive()


def test_two_ways_to_say_how_long_a_body_is_smuggle_nothing(served: Served) -> None:
    """The bytes after a chunked body's end are the next request or an error, never part of another client's."""
    inner = b"GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = served.raw(
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 60\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner
    )
    assert answer.count(b"HTTP/1.1 ") <= 2
    assert b"200 OK" not in answer


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[", "a b"])
def test_a_name_that_is_not_ours_gets_nothing(served: Served, host: str) -> None:
    answer = served.raw(b"GET /api/summary HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host.encode())
    assert answer.split(b" ")[1] in (b"421", b"400")
    assert b"statements" not in answer


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:8000"])
def test_our_own_names_do(served: Served, host: str) -> None:
    answer = served.raw(b"GET /api/summary HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host.encode())
    assert answer.startswith(b"HTTP/1.1 200")


def test_slow_clients_are_cut_off_and_hurt_nobody(served: Served) -> None:
    """Slow loris: many connections that send a byte now and then and never finish."""
    patience = served.settings.patience
    beginnings = (b"", b"G", HEAD, HEAD + b"X-A: b\r\n", b"POST /sparql HTTP/1.1\r\nHost: localhost\r\n"
                  b"Content-Type: application/sparql-query\r\nContent-Length: 1000\r\n\r\nASK")  # fmt: skip
    with others_go_on(served), ExitStack() as stack:
        slow = [stack.enter_context(served.connect()) for _ in range(150)]
        start = time.perf_counter()
        for number, connection in enumerate(slow):
            with suppress(OSError):
                connection.sendall(beginnings[number % len(beginnings)])
        while time.perf_counter() - start < patience + 1.5:
            time.sleep(0.25)
            for number, connection in enumerate(slow):
                with suppress(OSError):
                    connection.sendall(b"x" if number % len(beginnings) else b"")
        for connection in slow:
            connection.settimeout(5)
            answer = drain(connection)  # comes to an end
            assert answer == b"" or b" 4" in answer[:13], answer[:80]
        assert time.perf_counter() - start < patience + 25


def test_a_client_that_takes_nothing_is_cut_off(served: Served) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1500"
    with others_go_on(served), served.connect() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        body = f"query={httpx.QueryParams({'q': query})['q']}".encode()
        request = (
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)
        )
        for _ in range(20):
            with suppress(OSError):
                connection.sendall(request + body)
        time.sleep(served.settings.patience + 2)
    assert served.alive()


def test_many_requests_on_one_connection(served: Served) -> None:
    last = HEAD + b"Connection: close\r\n\r\n"
    answer = served.raw((HEAD + b"\r\n") * 40 + last)
    assert answer.count(b"HTTP/1.1 200") == 41


def test_clients_that_leave_at_once_hurt_nobody(served: Served) -> None:
    with others_go_on(served):
        for _ in range(200):
            with served.connect() as connection:
                connection.sendall(HEAD + b"\r\n")
    assert served.alive()


def test_faults_give_nothing_away(served: Served) -> None:
    """No path, no name of a module, no traceback."""
    with served.client() as client:
        for path in ("/sparql?query=SELECT", "/entity/%00.ttl", "/api/queries/x", "/static/..%2f..%2fapp.py"):
            text = client.get(path).text
            assert str(served.store) not in text and "Traceback" not in text and ".py" not in text.replace("app.py", "")


def workers(served: Served) -> list[int]:
    """The worker processes of this store."""
    found = []
    for process in os.listdir("/proc"):
        with suppress(OSError, ValueError):
            with open(f"/proc/{int(process)}/cmdline", "rb") as file:
                command = file.read()
            if b"kg.serve.worker" in command and str(served.store).encode() in command:
                found.append(int(process))
    return found


def wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.perf_counter() + seconds
    while not condition():
        assert time.perf_counter() < end
        time.sleep(0.1)
