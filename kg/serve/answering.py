"""From a request to the worker that answers it and back: which pool, what is kept, what a worker's faults become."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import GraphError
from kg.ids import digest
from kg.serve.desk import version
from kg.serve.faults import presented, refused
from kg.serve.guarding import response
from kg.serve.pool import BusyError, DiedError, OvertimeError, Pool
from kg.serve.reply import Reply, problem
from kg.serve.settings import Settings

KEPT: Final = 64 * 1024 * 1024  # bytes of replies that are kept for the next who asks
OUTGOING: Final = 512 * 1024 * 1024  # bytes that may be on their way to slow clients
DRAWING: Final = 60.0  # seconds that the explorer's page may take


class Answering:
    """Three pools: what anybody may ask in SPARQL never keeps a page waiting, nor does a picture."""

    def __init__(self, store: Path, title: str, settings: Settings) -> None:
        self.store, self.settings = store, settings
        self._kept: OrderedDict[str, Reply] = OrderedDict()
        self._kept_bytes = self._outgoing = 0
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

        def pool(name: str, size: int, seconds: float) -> Pool:
            limits = {"seconds": seconds, "memory": settings.memory, "answer": settings.answer}
            given = json.dumps({"store": str(store.resolve()), "title": title, **limits})
            command = [sys.executable, "-m", "kg.serve.worker", given]
            return Pool(name, command, size=size, seconds=seconds, waiting=settings.waiting)

        self.pools = {
            "query": pool("query", settings.workers, settings.seconds),
            "page": pool("page", 2, settings.seconds),
            "picture": pool("picture", 1, max(DRAWING, settings.seconds)),
        }

    async def open(self) -> None:
        """Start the workers."""
        await asyncio.gather(*(pool.open() for pool in self.pools.values()))

    async def close(self) -> None:
        """End them."""
        await asyncio.gather(*(pool.close() for pool in self.pools.values()))

    async def answer(
        self, request: Request, pool: str, task: str, arguments: Mapping[str, Any], *, keep: bool = True
    ) -> Response:
        """The response to a request: kept from before, or made by a worker.

        :param keep: whether the same question has the same answer until the graph changes.
        """
        if self._outgoing > OUTGOING:
            return refused(request, _busy("too much is on its way to others"))
        packed = "gzip" in request.headers.get("accept-encoding", "").lower()
        asked = {"task": task, "arguments": arguments, "gzip": packed}
        if not keep:
            return self._response(request, await self._made(request, pool, asked))
        try:
            key = digest(version(self.store), json.dumps(asked, sort_keys=True))
        except GraphError:
            return refused(request, problem(503, "the graph cannot be read now"))
        tag = f'W/"{key}"'
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers={"ETag": tag})
        reply = await self._kept_or_made(request, pool, asked, key)
        return self._response(request, reply, {"ETag": tag} if reply.status == 200 else {})

    async def _kept_or_made(self, request: Request, pool: str, asked: Mapping[str, Any], key: str) -> Reply:
        lock = self._asking[key]  # of those who ask the same at the same time, one asks the worker
        try:
            async with asyncio.timeout(2 * self.pools[pool].seconds):
                await lock.acquire()
        except TimeoutError:
            return _busy("no worker was free in time")
        try:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            reply = await self._made(request, pool, asked)
            if reply.status == 200:
                self._keep(key, reply)
            return reply
        finally:
            lock.release()
            if not lock.locked():
                self._asking.pop(key, None)

    async def _made(self, request: Request, pool: str, asked: Mapping[str, Any]) -> Reply:
        gone = asyncio.Event()
        watching = asyncio.ensure_future(_watch(request, gone))
        try:
            return await self.pools[pool].run(asked, gone=gone)
        except BusyError as error:
            return _busy(str(error))
        except OvertimeError as error:
            return problem(504, "the question takes too long", str(error), fix="ask for less, or add LIMIT")
        except DiedError:
            return problem(500, "the question took too much memory", fix="ask for less, or add LIMIT")
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    def _keep(self, key: str, reply: Reply) -> None:
        if len(reply.body) > KEPT // 4:
            return
        self._kept[key] = reply
        self._kept_bytes += len(reply.body)
        while self._kept_bytes > KEPT:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest.body)

    def _response(self, request: Request, reply: Reply, headers: Mapping[str, str] | None = None) -> Response:
        if reply.status >= 400 and "Content-Encoding" not in reply.headers:
            reply = presented(request, reply)
        vary = ", ".join({"Accept-Encoding": None, **dict.fromkeys(filter(None, [reply.headers.get("Vary")]))})
        about = {**reply.headers, **(headers or {}), "Vary": vary}
        self._outgoing += len(reply.body)
        return response(Reply(reply.status, reply.media, reply.body, about), done=self._sent)

    def _sent(self, size: int) -> None:
        self._outgoing -= size


def _busy(why: str) -> Reply:
    reply = problem(503, "the server is busy", why, fix="ask again in a moment")
    return Reply(reply.status, reply.media, reply.body, {"Retry-After": "2"})


async def _watch(request: Request, gone: asyncio.Event) -> None:
    """Say so when the client leaves."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()
