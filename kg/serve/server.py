"""The server itself: uvicorn with our connections and our application, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg.errors import OutputError
from kg.serve.app import application
from kg.serve.connection import protocol
from kg.serve.guarding import HEAD
from kg.serve.settings import Settings


def run(store: Path, title: str, settings: Settings, *, ready: Callable[[str], None] = lambda address: None) -> None:
    """Serve until SIGINT or SIGTERM.

    :param ready: called with the address once requests are taken.
    :raises OutputError: if the address cannot be had.
    """
    server = Server(configuration(store, title, settings), ready)
    try:
        server.run()
    except SystemExit as error:  # uvicorn's way to say that it could not start
        raise OutputError(
            f"the server could not start at {settings.host}:{settings.port}", fix="name a free one with --port"
        ) from error


def configuration(store: Path, title: str, settings: Settings) -> uvicorn.Config:
    """What uvicorn is started with."""
    return uvicorn.Config(
        application(store, title, settings),
        host=settings.host,
        port=settings.port,
        http=protocol(settings),
        ws="none",
        lifespan="on",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=HEAD,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        backlog=1024,
    )


class Server(uvicorn.Server):
    """Says when it is there, and where."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Start, then say so."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._ready(f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/")
