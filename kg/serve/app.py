"""The application: addresses, what they take, and which worker answers. No request is worked on in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve import api, things
from kg.serve.answering import Answering
from kg.serve.faults import refused
from kg.serve.guarding import Guard, response
from kg.serve.protocol import sparql
from kg.serve.reply import Reply, problem
from kg.serve.settings import Settings

#: Files that pages take in: the package whose they are, and their media type.
STATIC: Final = {
    "colours.css": ("kg.view", "text/css; charset=utf-8"),
    "style.css": ("kg.serve", "text/css; charset=utf-8"),
    "editor.js": ("kg.serve", "text/javascript; charset=utf-8"),
}


def application(store: Path, title: str, settings: Settings) -> Starlette:
    """The server for the store in that folder.

    :param title: what the graph is called on its pages.
    """
    answering = Answering(store, title, settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await answering.open()
        yield
        await answering.close()

    app = Starlette(
        routes=[
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/static/{name}", _static),
            *api.ROUTES,
            *things.ROUTES,
        ],
        middleware=[
            Middleware(Guard, settings=settings),
            *([_cors(settings)] if settings.origins else []),
        ],
        exception_handlers={HTTPException: _refused},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.answering = answering
    return app


def _cors(settings: Settings) -> Middleware:
    return Middleware(
        CORSMiddleware,
        allow_origins=list(settings.origins),
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type"],
    )


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reply = problem(error.status_code, error.detail)
    return refused(request, Reply(reply.status, reply.media, reply.body, dict(error.headers or {})))


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    package, media = STATIC[name]
    return response(Reply(200, media, resources.files(package).joinpath("page", name).read_bytes()))
