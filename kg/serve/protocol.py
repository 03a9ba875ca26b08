"""The `SPARQL 1.1 Protocol <https://www.w3.org/TR/sparql11-protocol/>`_: queries by GET and POST; no updates."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from kg.rdf.results import ROWS, TRIPLES
from kg.serve.answering import Answering
from kg.serve.faults import refused
from kg.serve.guarding import body_of, response
from kg.serve.negotiation import choose
from kg.serve.reply import Reply, problem

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
NAMES: Final = frozenset({"query", "default-graph-uri", "named-graph-uri", "facts", "format"})
FIELDS: Final = 100  # graphs that a request may name

DESCRIPTION: Final = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .

[] a sd:Service ;
  sd:endpoint <{endpoint}> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:feature sd:UnionDefaultGraph ;
  sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
    formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:JSON-LD, formats:RDF_XML .
"""


async def sparql(request: Request) -> Response:
    """A query's answer; without a query the editor for people and the service's description for programs."""
    answering: Answering = request.app.state.answering
    accept = request.headers.get("accept", "")
    given = await _given(request)
    if isinstance(given, Reply):
        return refused(request, given)
    if given is None:
        if choose(accept, [*TRIPLES, "text/html"]) == "text/html":
            return await answering.answer(request, "page", "page_editor", {})
        endpoint = str(request.url.replace(query=""))
        return response(Reply(200, "text/turtle; charset=utf-8", DESCRIPTION.format(endpoint=endpoint).encode()))
    fault = _fault(given)
    if fault:
        return refused(request, fault)
    arguments: dict[str, Any] = {
        "query": given["query"],
        "accept": given.get("format") or accept,
        "facts": given.get("facts", "") in ("true", "1"),
        "default_graphs": given.getlist("default-graph-uri"),
        "named_graphs": given.getlist("named-graph-uri"),
    }
    # Not kept: NOW() and RAND() may stand in it.
    return await answering.answer(request, "query", "sparql", arguments, keep=False)


async def _given(request: Request) -> QueryParams | Reply | None:
    """The parameters, wherever they stand; ``None`` for a request without any."""
    if request.method != "POST":
        return request.query_params or None
    body = await body_of(request, request.app.state.answering.settings)
    if isinstance(body, Reply):
        return body
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == UPDATE:
        return problem(403, "updates are off", "this server only reads", fix="to change a graph: kg add, kg remove")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return problem(400, "the request is not UTF-8", str(error))
    if kind == QUERY:
        return QueryParams([*request.query_params.multi_items(), ("query", text)])
    if kind == FORM:
        try:
            fields = parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS, encoding="utf-8", errors="strict")
        except ValueError as error:
            return problem(400, "the form cannot be read", str(error))
        return QueryParams([*request.query_params.multi_items(), *fields])
    return problem(415, "no such kind of request", f"send {QUERY} or {FORM}")


def _fault(given: QueryParams) -> Reply | None:
    names = given.keys()
    if "update" in names or any(name.startswith("using-") for name in names):
        return problem(403, "updates are off", "this server only reads", fix="to change a graph: kg add, kg remove")
    unknown = sorted({*names} - NAMES)
    if unknown:
        return problem(400, "unknown parameter", ", ".join(unknown), fix=f"it takes {', '.join(sorted(NAMES))}")
    if len(given.getlist("query")) != 1:
        return problem(400, "there must be one query", f"there are {len(given.getlist('query'))}")
    if given.get("format") and given["format"] not in (*ROWS, *TRIPLES):
        return problem(406, "no such format", given["format"], fix=f"ask for {', '.join([*ROWS, *TRIPLES])}")
    return None
