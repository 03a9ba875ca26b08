"""What holds for every request: which hosts and methods are served, how large and slow a body may be; and the headers
that tell browsers what our pages may do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.reply import Reply, problem
from kg.serve.settings import Settings

#: Our own pages: their own script, style and server, nothing else.
PAGES: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The explorer brings a policy of its own, with the hashes of its scripts; both hold.
EXPLORER: Final = "frame-ancestors 'none'"
DATA: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
log = logging.getLogger("kg.serve")

METHODS: Final = "GET, HEAD, POST, OPTIONS"
HEAD: Final = 16 * 1024
FIELDS: Final = 100
CHUNK: Final = 64 * 1024
SLOWEST: Final = 50_000  # bytes a second that a client must take


class Guard:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is not for us; add headers to what is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), scope)
            await send(message)

        refused = self._refused(scope)
        if refused:
            await response(refused)(scope, receive, sending)
        else:
            await self.app(scope, receive, sending)

    def _refused(self, scope: Scope) -> Reply | None:
        headers = Headers(scope=scope)
        if scope["http_version"] not in ("1.0", "1.1"):
            return problem(505, "the server speaks HTTP/1.1")
        if len(scope["raw_path"]) + len(scope["query_string"]) > HEAD:
            return problem(414, "the address is too long", f"it may have {HEAD:,} bytes", fix="send the query by POST")
        if len(scope["headers"]) > FIELDS or sum(len(name) + len(value) for name, value in scope["headers"]) > HEAD:
            return problem(431, "the head of the request is too large", f"it may have {HEAD:,} bytes")
        known = self.settings.known_hosts
        if known and _host(headers.get("host", "")) not in known:
            return problem(
                421, "this server does not answer to that name", fix="call it localhost, or start it with --allow-host"
            )
        if scope["method"] not in METHODS.split(", "):
            return problem(405, "the server only reads", f"it takes {METHODS}")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.settings.body:
            return problem(413, "the request is too large", f"it may have {self.settings.body:,} bytes")
        return None

    def _complete(self, headers: MutableHeaders, scope: Scope) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        page = headers.get("content-type", "").startswith("text/html")
        policy = DATA if not page else EXPLORER if scope["path"] == "/explorer" else PAGES
        headers.setdefault("Content-Security-Policy", policy)
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if self.settings.origins else "same-origin")
        headers.setdefault("Cache-Control", "no-cache")


async def body_of(request: Request, settings: Settings) -> bytes | Reply:
    """The body, or the problem with it: too large, or too long on its way."""
    parts, size = [], 0
    try:
        async with asyncio.timeout(settings.patience):
            async for part in request.stream():
                size += len(part)
                if size > settings.body:
                    return problem(413, "the request is too large", f"it may have {settings.body:,} bytes")
                parts.append(part)
    except TimeoutError:
        return problem(408, "the request took too long to arrive")
    return b"".join(parts)


def response(reply: Reply, *, done: Callable[[int], None] | None = None) -> Response:
    """A reply on its way out, in parts, so that a client that takes none holds up no more than one.

    :param done: called with the size of the body when it is on its way, or given up.
    """
    headers = {**reply.headers, "Content-Type": reply.media}
    if reply.status in (408, 413, 414, 421, 431):  # what else comes on this connection may be the rest of it
        headers["Connection"] = "close"
    made = Measured(reply.body, reply.status, headers)
    made.done = done
    return made


class Measured(Response):
    """A response that is given up where the client takes it too slowly."""

    done: Callable[[int], None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        body = bytes(self.body)
        try:
            async with asyncio.timeout(10 + len(body) / SLOWEST):
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                for at in range(0, len(body) or 1, CHUNK):
                    part = body[at : at + CHUNK]
                    await send({"type": "http.response.body", "body": part, "more_body": at + CHUNK < len(body)})
                    await asyncio.sleep(0)  # so that a client that has left is noticed, and others have their turn
        except TimeoutError:
            log.info("a client took an answer too slowly")  # the connection's own deadline cuts it off
        finally:
            if self.done:
                self.done(len(body))


def _host(header: str) -> str:
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""
