"""A server with a small graph, on a port of its own, and clients for it: one that speaks HTTP, one that need not."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import uvicorn
from small_graph import RECORDS, RUN, ontology, resolved

from kg.rdf import Store, graphs
from kg.serve import Settings
from kg.serve.server import configuration

MEGA = 1024 * 1024
SETTINGS = Settings(
    port=0,
    seconds=3,
    workers=2,
    waiting=40,
    answer=MEGA // 4,
    body=64 * 1024,
    patience=1.5,
    connections=60,
    memory=1500 * MEGA,
)


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    port: int
    store: Path
    settings: Settings

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self, **options: object) -> httpx.Client:
        return httpx.Client(base_url=self.address, timeout=30, **options)  # type: ignore[arg-type]

    def connect(self, timeout: float = 10) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def raw(self, data: bytes, timeout: float = 10) -> bytes:
        """What comes back for these bytes, until the server closes the connection or falls silent."""
        with self.connect(timeout) as connection:
            with suppress(OSError):
                connection.sendall(data)
            return drain(connection)

    def alive(self) -> bool:
        with self.client() as client:
            return client.get("/api/summary").status_code == 200


def drain(connection: socket.socket) -> bytes:
    found = b""
    with suppress(OSError):
        while part := connection.recv(65536):
            found += part
    return found


@contextmanager
def serving(store: Path, settings: Settings = SETTINGS, title: str = "A <small> graph") -> Iterator[Served]:
    """A server in a thread, until the block is left."""
    server = uvicorn.Server(configuration(store, title, settings))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    for _ in range(600):
        if server.started or not thread.is_alive():
            break
        thread.join(0.1)
    assert server.started
    try:
        yield Served(server.servers[0].sockets[0].getsockname()[1], store, settings)
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def write_store(path: Path) -> Path:
    Store(path, create=True).write(graphs(RECORDS, resolved(), ontology(), run=RUN))
    return path
