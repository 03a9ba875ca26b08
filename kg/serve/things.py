"""Addresses of pages, and of the things in the graph: pages for people, documents in RDF or JSON for programs.

``/entity/ID`` stands for the entity itself, so the answer is 303 See Other, to the document in the format that the
client likes best: ``/entity/ID.html``, ``.json``, ``.ttl`` and so on. The same goes for statements and articles.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.answering import Answering
from kg.serve.api import read
from kg.serve.calls import Field
from kg.serve.faults import refused
from kg.serve.guarding import response
from kg.serve.negotiation import choose
from kg.serve.reply import Reply, problem
from kg.serve.tasks import DOCUMENTS

#: What a client may like, and the suffix of the document that it gets then. Pages first: a client that does not say
#: is a person more often than not.
SUFFIXES: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    **{media: suffix for suffix, media in DOCUMENTS.items()},
}
KINDS: Final = ("entity", "statement", "article")


async def thing(request: Request) -> Response:
    """See the document that fits."""
    kind, id = request.path_params["kind"], request.path_params["id"]
    if kind not in KINDS:
        raise HTTPException(404)
    name, dot, suffix = id.rpartition(".")
    if dot and suffix in {*SUFFIXES.values()}:
        return await _document(request, kind, name, suffix)
    media = choose(request.headers.get("accept", ""), list(SUFFIXES))
    if media is None:
        return response(problem(406, "no such format", fix=f"ask for {', '.join(SUFFIXES)}"))
    where = f"/{kind}/{quote(id, safe='')}.{SUFFIXES[media]}"
    return response(Reply(303, "text/plain; charset=utf-8", b"", {"Location": where, "Vary": "Accept"}))


async def _document(request: Request, kind: str, id: str, suffix: str) -> Response:
    answering: Answering = request.app.state.answering
    if suffix == "html":
        fields = [Field("offset", int, 0, most=1_000_000)] if kind == "entity" else []
        given = read(request, fields)
        if isinstance(given, Reply):
            return refused(request, given)
        return await answering.answer(request, "page", f"page_{kind}", {"id": id, **given})
    if suffix == "json":
        paged = {"limit": 100, "offset": 0} if kind == "entity" else {}
        return await answering.answer(request, "page", kind, {"id": id, **paged})
    return await answering.answer(request, "page", "document", {"kind": kind, "id": id, "suffix": suffix})


async def home(request: Request) -> Response:
    """The start, with the search."""
    given = read(request, [Field("name", str, "", most=200), Field("offset", int, 0, most=1_000_000)])
    if isinstance(given, Reply):
        return refused(request, given)
    answering: Answering = request.app.state.answering
    return await answering.answer(request, "page", "page_home", given)


async def explorer(request: Request) -> Response:
    """The explorer, of the whole graph or around an entity."""
    given = read(request, [Field("focus", str, "", most=200), Field("depth", int, 1, least=1, most=4)])
    if isinstance(given, Reply):
        return refused(request, given)
    answering: Answering = request.app.state.answering
    return await answering.answer(request, "picture", "explorer", given)


ROUTES: Final = [
    Route("/", home),
    Route("/explorer", explorer),
    Route("/{kind}/{id:path}", thing),
]
