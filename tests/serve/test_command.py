"""``kg serve`` as a process."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from small_graph import RECORDS

from kg.archive import Archive
from kg.cli import main
from kg.graph import Graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve") / "graph"
    with Archive(folder, write=True) as archive:
        for record in RECORDS:
            archive.put(record)
    Graph(folder)  # derives the rest
    return folder


@contextmanager
def started(graph: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", "--workers", "1", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            found = re.search(r"http://\S+", line)
            assert found, line + process.stderr.read()
            yield process, found[0]
        finally:
            process.kill()


def workers(graph: Path) -> list[int]:
    found = []
    for process in os.listdir("/proc"):
        with suppress(OSError, ValueError):
            command = Path(f"/proc/{int(process)}/cmdline").read_bytes()
            if b"kg.serve.worker" in command and str(graph).encode() in command:
                found.append(int(process))
    return found


def gone(graph: Path, seconds: float) -> bool:
    end = time.perf_counter() + seconds
    while workers(graph) and time.perf_counter() < end:
        time.sleep(0.1)
    return not workers(graph)


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_told_to_stop(graph: Path, signal_: signal.Signals) -> None:
    with started(graph) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(address + "api/summary", timeout=30).json()["articles"] == 2
        process.send_signal(signal_)
        process.wait(30)
        assert process.returncode in (0, 128 + signal_, -signal_)
        assert process.stderr is not None and "Traceback" not in process.stderr.read()
        assert gone(graph, 10)


def test_nonsense_fills_no_log(graph: Path) -> None:
    """Nor the pipe that it may go to, where a full one would stop the server."""
    with started(graph) as (process, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        for _ in range(1500):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
                connection.sendall(b"nonsense\r\n\r\n")
                assert connection.recv(12) == b"HTTP/1.1 400"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert 1 <= said.count("Invalid HTTP request") < 15


def test_no_worker_outlives_a_server_that_was_killed(graph: Path) -> None:
    """Not even one that is in the midst of a query."""
    with started(graph, "--timeout", "3") as (process, address):
        query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(address + "sparql", params={"query": query}, timeout=1)
        assert workers(graph)
        process.kill()
        assert gone(graph, 15)


def test_a_port_that_is_taken(graph: Path) -> None:
    with started(graph) as (_, address):
        port = address.rstrip("/").rpartition(":")[2]
        command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 2
        assert "could not start" in done.stderr and "--port" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_graph_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "kg build" in result.output
