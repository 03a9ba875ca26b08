"""What a worker can be asked: tasks by name, each a function of the desk and the arguments that makes a reply."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from kg.errors import GraphError, KGError, NotFoundError, QueryError
from kg.rdf.results import NoFormatError, TooLargeError, answered
from kg.serve import answers, pages
from kg.serve.describe import document
from kg.serve.desk import Desk
from kg.serve.negotiation import choose
from kg.serve.reply import HTML, Reply, json_reply, problem

#: The media types of documents about a thing.
DOCUMENTS: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
SMALL: Final = 1_000  # bytes that are not worth compressing


def reply_to(desk: Desk, task: Mapping[str, Any]) -> Reply:
    """The reply to a task; faults that a client can cause or meet become problems.

    :param task: ``{"task": its name, "arguments": {…}, "gzip": whether the client takes that}``.
    """
    try:
        reply = TASKS[task["task"]](desk, task["arguments"])
    except KGError as error:
        reply = fault(error)
    if task.get("gzip") and len(reply.body) > SMALL:
        packed = gzip.compress(reply.body, compresslevel=1, mtime=0)
        return Reply(reply.status, reply.media, packed, {**reply.headers, "Content-Encoding": "gzip"})
    return reply


def fault(error: KGError) -> Reply:
    """The problem that an error is to a client."""
    status, title = 500, "the server has a fault"
    for kind, code, words in FAULTS:
        if isinstance(error, kind):
            status, title = code, words
            break
    return problem(status, title, error.message, where=error.where if status < 500 else None, fix=error.fix)


#: What each error is in HTTP; the first that fits.
FAULTS: Final[tuple[tuple[type[KGError], int, str], ...]] = (
    (NotFoundError, 404, "not found"),
    (TooLargeError, 413, "the answer is too large"),
    (NoFormatError, 406, "no such format"),
    (QueryError, 400, "the query cannot be answered"),
    (GraphError, 503, "the graph cannot be read now"),
)


def _sparql(desk: Desk, arguments: Mapping[str, Any]) -> Reply:
    given = dict(arguments)
    text, accept = given.pop("query"), given.pop("accept")
    media, body = answered(desk.store, text, partial(choose, accept), most=desk.most, **given)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Reply(200, media + charset, body, {"Vary": "Accept"})


def _json(function: Callable[..., Any]) -> Callable[[Desk, Mapping[str, Any]], Reply]:
    return lambda desk, arguments: json_reply(function(desk, **arguments))


def _page(function: Callable[..., str]) -> Callable[[Desk, Mapping[str, Any]], Reply]:
    def reply(desk: Desk, arguments: Mapping[str, Any]) -> Reply:
        return Reply(200, HTML, function(desk, **arguments).encode("utf-8", "replace"))

    return reply


def _explorer(desk: Desk, arguments: Mapping[str, Any]) -> Reply:
    from kg.serve.portion import explorer  # draws: what only some workers do, and takes a while to load

    return _page(explorer)(desk, arguments)


def _document(desk: Desk, arguments: Mapping[str, Any]) -> Reply:
    media = DOCUMENTS[arguments["suffix"]]
    return Reply(200, f"{media}; charset=utf-8" if media == "text/turtle" else media, document(desk, **arguments))


TASKS: Final[Mapping[str, Callable[[Desk, Mapping[str, Any]], Reply]]] = {
    "sparql": _sparql,
    "document": _document,
    "explorer": _explorer,
    **{name: _json(getattr(answers, name)) for name in (
        "summary", "entities", "entity", "statements", "statement", "articles", "article", "queries", "stock_query",
    )},
    **{f"page_{name}": _page(getattr(pages, name)) for name in (
        "home", "entity", "article", "statement", "editor", "api",
    )},
}  # fmt: skip
