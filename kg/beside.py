"""What another process makes while this one takes it in: Python runs on one processor in each."""

from __future__ import annotations

import multiprocessing
import signal
import warnings
from collections.abc import Callable, Generator, Iterable
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import TypeVar

from kg.processors import safe_processes

Item = TypeVar("Item")


def made_beside(make: Callable[[], Iterable[Item]]) -> Generator[Item]:
    """What ``make`` yields, which can be pickled: made from now on by a copy of this process, a few items ahead of who
    takes them. Where no process can be forked, or it ends too soon, this one makes them, or what is left.

    :param make: yields the same items in the same order whenever it is called.
    """
    if safe_processes() < 2:
        return (item for item in make())
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(make, sending, receiving), daemon=True)
    with warnings.catch_warnings():
        # Python warns of any thread at a fork; those of numpy's BLAS, the only ones here, provide for it.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sending.close()
    return _received(make, process, receiving)


def _received(make: Callable[[], Iterable[Item]], process: ForkProcess, receiving: Connection) -> Generator[Item]:
    count = 0
    try:
        with receiving:
            while True:
                try:
                    item: Item = receiving.recv()
                except EOFError:
                    break
                yield item
                count += 1
        process.join()
        if process.exitcode:
            yield from islice(make(), count, None)
    finally:
        process.terminate()
        process.join()


def _send(make: Callable[[], Iterable[Item]], sending: Connection, receiving: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the other
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    receiving.close()  # only then does writing fail where the first process is no more
    try:
        for item in make():
            sending.send(item)
    except BrokenPipeError:
        pass
