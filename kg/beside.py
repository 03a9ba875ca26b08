"""What another process makes while this one takes it in: Python runs on one processor in each."""

from __future__ import annotations

import multiprocessing
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import TypeVar

from kg.errors import KGError
from kg.processors import safe_processes

Item = TypeVar("Item")


@contextmanager
def made_beside(make: Callable[[], Iterable[Item]]) -> Iterator[Iterator[Item]]:
    """What ``make`` yields, which can be pickled: made from now on by a copy of this process, a few items ahead of who
    takes them. Where no process can be forked, or it ends too soon, this one makes them, or what is left. Left, it ends
    the other.

    :param make: yields the same items in the same order whenever it is called.
    """
    started = _started(make) if safe_processes() > 1 else None
    if started is None:
        yield iter(make())
        return
    process, receiving = started
    try:
        with receiving:
            yield _received(make, process, receiving)
    finally:
        process.terminate()
        process.join()


def _started(make: Callable[[], Iterable[Item]]) -> tuple[ForkProcess, Connection] | None:
    """A process that sends what it makes, and where that arrives; ``None`` where there may be no more of them."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(make, sending, receiving), daemon=True)
    with warnings.catch_warnings(), sending:
        # Python warns of any thread at a fork; those of Oxigraph and of numpy's BLAS are not asked anything there.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            process.start()
        except OSError:
            receiving.close()
            return None
    return process, receiving


def _received(make: Callable[[], Iterable[Item]], process: ForkProcess, receiving: Connection) -> Iterator[Item]:
    count = 0
    while True:
        try:
            item: Item = receiving.recv()
        except (EOFError, OSError):  # nothing more, or half of an item
            break
        yield item
        count += 1
    process.join()
    if process.exitcode:
        yield from islice(make(), count, None)


def _send(make: Callable[[], Iterable[Item]], sending: Connection, receiving: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it reaches all processes of a terminal: the first ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    receiving.close()  # only then does writing fail where the first process is no more
    try:
        for item in make():
            sending.send(item)
    except BrokenPipeError:
        pass
    except KGError as error:
        raise SystemExit(1) from error  # the first process comes upon it too, and tells
