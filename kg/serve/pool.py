"""Workers: processes that answer one question at a time and can be stopped.

Oxigraph evaluates a query in one call that nothing can interrupt: no thread, no signal handler of Python, no timeout of
asyncio ends it. A process can be ended. So each question goes to a process of its own pool; one that takes too long, or
too much memory, is killed by the kernel, and another takes its place, while the others go on. Killing is safe: workers
open the store read-only and share nothing.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from kg.serve.reply import Reply, read_head

log = logging.getLogger("kg.serve")

START = 60.0  # seconds that a worker may take to say that it is there


class BusyError(Exception):
    """Too many requests stand in line, or this one has stood too long."""


class OvertimeError(Exception):
    """The worker took too long and was ended."""


class DiedError(Exception):
    """The worker ended by itself: out of memory, most likely."""


class Worker:
    """One process, with a pipe to it and one from it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.process, self._to, self._from = process, process.stdin, process.stdout

    @classmethod
    async def start(cls, command: Sequence[str]) -> Worker:
        """A new worker, ready to be asked.

        :raises DiedError: if it does not come up.
        """
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the server, which then ends its workers
        )
        worker = cls(process)
        try:
            line = await asyncio.wait_for(worker._from.readline(), START)
        except TimeoutError:
            line = b""
        if line != b"ready\n":
            await worker.end()
            raise DiedError("the worker did not start")
        return worker

    async def ask(self, task: Mapping[str, Any]) -> Reply:
        """The reply to a task.

        :raises DiedError: if the process ends before it has replied.
        """
        try:
            self._to.write(json.dumps(task).encode() + b"\n")
            await self._to.drain()
            about, length = read_head(await self._from.readline())
            return Reply(**about, body=await self._from.readexactly(length))
        except (OSError, EOFError, ValueError) as error:  # ValueError: half a line
            raise DiedError(str(error)) from error

    async def end(self) -> None:
        """Kill the process and wait until it is gone."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self._to.close()
        await self.process.wait()


class Pool:
    """A number of workers for one kind of question, and the line before them.

    :param command: what starts a worker.
    :param seconds: what an answer may take, and what a request may wait for its turn.
    :param waiting: how many requests may wait.
    """

    def __init__(self, name: str, command: Sequence[str], *, size: int, seconds: float, waiting: int) -> None:
        self.name, self.size, self.seconds, self.waiting = name, size, seconds, waiting
        self._command = command
        self._idle: asyncio.Queue[Worker | None] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._in_line = 0
        self._jobs: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Start the workers.

        :raises DiedError: if one does not come up.
        """
        await asyncio.gather(*(self._add() for _ in range(self.size)))

    async def close(self) -> None:
        """End the workers."""
        for job in [*self._jobs]:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in [*self._all]))
        self._all.clear()

    async def run(self, task: Mapping[str, Any], *, gone: asyncio.Event | None = None) -> Reply:
        """The reply to a task, from the first worker that is free.

        :param gone: set when the client has left: work for it is stopped.
        :raises BusyError: if the line is full or does not move.
        :raises OvertimeError: if the worker takes too long; it is ended and replaced.
        :raises DiedError: if the worker ends by itself; it is replaced.
        """
        if self._in_line >= self.waiting:
            raise BusyError(f"{self._in_line} requests are waiting")
        self._in_line += 1
        try:
            worker = await asyncio.wait_for(self._idle.get(), 2 * self.seconds)
        except TimeoutError:
            raise BusyError("no worker was free in time") from None
        finally:
            self._in_line -= 1
        worker = worker or await self._started()
        whole = False
        try:
            reply = await self._reply(worker, task, gone)
            whole = True
            return reply
        except TimeoutError:
            log.warning("a %s took more than %g s and was stopped", self.name, self.seconds)
            raise OvertimeError(f"it took more than {self.seconds:g} seconds") from None
        finally:
            if whole:
                self._idle.put_nowait(worker)
            else:
                self._all.discard(worker)
                self._later(self._replace(worker))

    async def _reply(self, worker: Worker, task: Mapping[str, Any], gone: asyncio.Event | None) -> Reply:
        asking = asyncio.ensure_future(worker.ask(task))
        leaving = asyncio.ensure_future(gone.wait()) if gone else None
        watched = {asking, leaving} if leaving else {asking}
        try:
            async with asyncio.timeout(self.seconds):
                await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
                if not asking.done():  # the client has left; what ends soon may end by itself
                    await asyncio.wait({asking}, timeout=min(1.0, self.seconds / 2))
                    if not asking.done():
                        raise DiedError("nobody waits for the answer any more")
                return asking.result()
        finally:
            for one in watched:
                one.cancel()

    async def _add(self) -> None:
        worker = await Worker.start(self._command)
        self._all.add(worker)
        self._idle.put_nowait(worker)

    async def _started(self) -> Worker:
        """A worker for a place that is empty, because the last one did not come up."""
        try:
            worker = await Worker.start(self._command)
        except DiedError:
            self._later(self._leave_empty())
            raise
        self._all.add(worker)
        return worker

    async def _replace(self, worker: Worker) -> None:
        await worker.end()
        try:
            await self._add()
        except DiedError:
            log.warning("a worker for %s could not be replaced", self.name)
            await self._leave_empty()

    async def _leave_empty(self) -> None:
        await asyncio.sleep(1.0)  # do not start one after the other where none comes up
        self._idle.put_nowait(None)

    def _later(self, work: Any) -> None:
        job = asyncio.ensure_future(work)
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
