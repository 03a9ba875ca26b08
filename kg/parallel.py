"""Articles read in several processes: Python runs on one processor in each.

Where the system can fork (Linux), the model is loaded once and shared; elsewhere each process loads its own, and a
script that asks for several must keep its start under ``if __name__ == "__main__":``, as :mod:`multiprocessing` says.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import warnings
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing.connection import Connection, wait
from typing import NamedTuple

from kg import reading
from kg.codec import from_json, to_json
from kg.errors import KGError
from kg.processors import FORKS, safe_processes
from kg.reading import Reader
from kg.records import Article, ArticleRecord
from kg.vocabulary import Vocabulary

#: Articles for which one more process is worth its start.
WORTH = 8

START = "fork" if FORKS else "spawn"


class Read(NamedTuple):
    """What an article says, and the same as the JSON that is stored, which takes longer to write than to read."""

    record: ArticleRecord
    line: str


def read_articles(
    vocabulary: Vocabulary,
    articles: Sequence[Article],
    *,
    processes: int | None = None,
    on_error: Callable[[KGError], None] | None = None,
) -> Generator[Read]:
    """What each article says, in the order of the articles; the same however many processes read. Closed, it ends them.

    :param processes: at most so many; default: one a processor where forking is safe, else one.
    :param on_error: called with the fault of an article that cannot be read, after which reading goes on.
    :raises KGError: the first fault, where ``on_error`` is not given; or if a process was ended from outside.
    :raises MissingError: if the model is not there.
    """
    count = min(processes or safe_processes(), -(-len(articles) // WORTH))
    started = _pool(vocabulary, count) if count > 1 else None
    if started is None:
        for record in reading.load_reader(vocabulary).read(articles, on_error=on_error) if articles else ():
            yield Read(record, to_json(record))
        return
    with closing(_pooled(*started, articles)) as results:
        for found in results:
            if isinstance(found, str):
                yield Read(from_json(ArticleRecord, found), found)
            elif on_error is None:
                raise found
            else:
                on_error(found)


def _pool(vocabulary: Vocabulary, processes: int) -> tuple[ProcessPoolExecutor, Connection] | None:
    """Processes that read, and what tells them to end at once by whatever is sent; ``None`` where the system has no
    semaphores for them, as in some sandboxes."""
    context = multiprocessing.get_context(START)
    told, stop = context.Pipe(duplex=False)
    reader = reading.load_reader(vocabulary, threads=1) if START == "fork" else None
    try:
        return ProcessPoolExecutor(processes, context, initializer=_begin, initargs=(vocabulary, reader, told)), stop
    except (ImportError, NotImplementedError, OSError):
        return None


def _pooled(pool: ProcessPoolExecutor, stop: Connection, articles: Iterable[Article]) -> Generator[str | KGError]:
    """Each article's record as JSON, or its fault, from a pool of processes."""
    finished = False
    try:
        with warnings.catch_warnings():
            # Python warns of any thread at a fork; those of numpy's BLAS, the only ones here, provide for it.
            warnings.simplefilter("ignore", DeprecationWarning)
            found = pool.map(_read, articles)  # one by one: at the end no process waits for another's last two
        yield from found
        finished = True
    except BrokenProcessPool as error:
        raise KGError(
            "a process that read articles was ended from outside, or ran out of memory",
            fix="run the same command again, it goes on where it stopped; --processes 1 takes the least memory",
        ) from error
    finally:
        if not finished:
            stop.send_bytes(b".")  # an article can be a book, whose end nobody wants to wait for after Ctrl-C
        pool.shutdown(wait=True, cancel_futures=True)


#: What a process of the pool reads with, or why it cannot.
_reader: Reader | None = None
_fault: KGError | None = None


def _begin(vocabulary: Vocabulary, reader: Reader | None, told: Connection) -> None:
    """Get a process of the pool ready; ``reader`` is there where it is shared."""
    global _reader, _fault
    # Ctrl-C reaches all processes of a terminal: the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_when_told, args=(told,), daemon=True).start()
    try:
        _reader = reader or reading.load_reader(vocabulary, threads=1)
    except KGError as error:
        _fault = error  # a pool would tell that it broke, not why
    # What is loaded stays. Looking for garbage among it takes time, and copies the memory that is shared after a fork.
    gc.freeze()


def _end_when_told(told: Connection) -> None:
    """End when the first process says so or is no more: leave no orphan where it is killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel, told])
    os._exit(1)


def _read(article: Article) -> str | KGError:
    if _fault is not None:
        raise _fault
    assert _reader is not None
    faults: list[KGError] = []
    for record in _reader.read([article], on_error=faults.append):
        return to_json(record)
    return faults[0]
