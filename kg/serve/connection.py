"""Connections that do not wait for ever: uvicorn's, with deadlines for clients that send or take too slowly.

A client that keeps a connection open without completing a request (slow loris) is cut off after some seconds, and the
one that has waited longest as soon as there are too many; those that have asked something before are the last to go.
So is one that does not take what it asked for.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.serve.settings import Settings

if TYPE_CHECKING:
    Transport = asyncio.Transport


class ImpatientProtocol(H11Protocol):
    """A connection with deadlines. ``patience`` is in seconds; no more than ``most`` may be without a request."""

    patience: ClassVar[float]
    most: ClassVar[int]
    new: ClassVar[dict[ImpatientProtocol, None]]  # those that have not asked anything yet, the longest waiting first
    kept: ClassVar[dict[ImpatientProtocol, None]]  # those between two requests

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._deadline: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Stop the clock where a request is complete; more of an incomplete one wins no time."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Wait for the next request, for as long as uvicorn's keep-alive lets us."""
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        self._forget()
        for timer in (self._deadline, self._stalled):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client takes nothing at the moment."""
        super().pause_writing()
        self._stalled = self.loop.call_later(self.patience, self.transport.abort)

    def resume_writing(self) -> None:
        """It does again."""
        super().resume_writing()
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None

    def _look(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._forget()
            if self._deadline:
                self._deadline.cancel()
                self._deadline = None
        elif not self.transport.is_closing():
            self._wait()

    def _wait(self) -> None:
        (self.new if self.cycle is None else self.kept).setdefault(self)
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.patience, self.transport.abort)
        if len(self.new) + len(self.kept) > self.most:
            next(iter(self.new or self.kept)).transport.abort()

    def _forget(self) -> None:
        self.new.pop(self, None)
        self.kept.pop(self, None)


def protocol(settings: Settings) -> type[ImpatientProtocol]:
    """The class of one server's connections."""
    limits = {"patience": settings.patience, "most": settings.connections, "new": {}, "kept": {}}
    return type("Connection", (ImpatientProtocol,), limits)
