"""The REST API: its addresses and what they take. :mod:`kg.serve.openapi` describes it for programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.query import stock
from kg.serve.calls import CALLS, Call, Field
from kg.serve.faults import refused
from kg.serve.guarding import response
from kg.serve.reply import Reply, json_reply, problem


def read(request: Request, fields: Sequence[Field], *, others: Sequence[str] = ()) -> dict[str, Any] | Reply:
    """The values of the fields, or the problem with them.

    :param others: names that are read elsewhere.
    """
    known = {field.name: field for field in fields}
    values = {name: field.default for name, field in known.items()}
    for name, text in request.query_params.multi_items():
        if name in others:
            continue
        if name not in known:
            takes = ", ".join([*known, *others]) or "none"
            return problem(400, "unknown parameter", name, fix=f"the parameters: {takes}")
        value = _value(known[name], text)
        if value is None:
            return problem(400, "the parameter does not fit", f"{name}={text[:100]}", fix=_fits(known[name]))
        values[name] = value
    return values


def _value(field: Field, text: str) -> Any:
    if field.type is bool:
        return {"true": True, "1": True, "false": False, "0": False, "": False}.get(text.lower())
    if field.type is int:
        fits = text.isascii() and text.isdecimal() and len(text) < 12 and field.least <= int(text) <= field.most
        return int(text) if fits else None
    if field.choice and text and text not in field.choice:
        return None
    return text if len(text) <= field.most else None


def _fits(field: Field) -> str:
    if field.choice:
        return f"one of {', '.join(field.choice)}"
    if field.type is int:
        return f"a number from {field.least} to {field.most}"
    return "true or false" if field.type is bool else f"at most {field.most} characters"


def _endpoint(call: Call) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        ids = {name: request.path_params[name] for name, _ in call.ids}
        one = stock().get(ids.get("name", ""))
        others = tuple(one.parameters) if one else ()
        given = read(request, call.fields, others=others)
        if isinstance(given, Reply):
            return refused(request, given)
        arguments = {**ids, **given}
        if call.task == "stock_query":
            arguments["parameters"] = {
                name: request.query_params[name] for name in others if name in request.query_params
            }
        answer: Response = await request.app.state.answering.answer(request, call.pool, call.task, arguments)
        return answer

    return endpoint


async def _openapi(request: Request) -> Response:
    from kg.serve.openapi import description

    return response(json_reply(description()))


async def _page(request: Request) -> Response:
    answer: Response = await request.app.state.answering.answer(request, "page", "page_api", {})
    return answer


ROUTES: Final = [
    Route("/api", _page),
    Route("/openapi.json", _openapi),
    *(Route(call.path, _endpoint(call), name=call.task) for call in CALLS),
]
