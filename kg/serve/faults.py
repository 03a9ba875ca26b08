"""Faults on their way out: problems for programs, pages for people."""

from __future__ import annotations

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.guarding import response
from kg.serve.layout import esc, layout
from kg.serve.negotiation import choose
from kg.serve.reply import HTML, JSON, PROBLEM, Reply

KINDS: Final = (PROBLEM, JSON, "text/html")


def refused(request: Request, reply: Reply) -> Response:
    """A problem, in the form that the client likes best."""
    return response(presented(request, reply))


def presented(request: Request, reply: Reply) -> Reply:
    """The reply itself, or a page where it is a problem and the client a browser."""
    if reply.media != PROBLEM or choose(request.headers.get("accept", ""), KINDS) != "text/html":
        return reply
    about = json.loads(reply.body)
    parts = "".join(
        f"<p{' class=fault' if name == 'detail' else ''}>{esc(about[name])}</p>"
        for name in ("where", "detail", "fix")
        if name in about
    )
    title = about["title"][:1].upper() + about["title"][1:]
    return Reply(reply.status, HTML, layout(title, "kg", parts).encode("utf-8", "replace"), reply.headers)
