"""The description of the API in `OpenAPI 3.1 <https://spec.openapis.org/oas/v3.1.1.html>`_, made from its addresses."""

from __future__ import annotations

from typing import Any, Final

from kg.rdf.results import ROWS, TRIPLES
from kg.records import MODALITIES
from kg.serve.calls import CALLS, Call, Field
from kg.version import __version__

TEXT: Final = {"type": "string"}
COUNT: Final = {"type": "integer", "minimum": 0}
MAYBE: Final = {"type": ["string", "null"]}
SPAN: Final = {"type": ["array", "null"], "items": COUNT, "minItems": 2, "maxItems": 2}
END: Final = {"id": TEXT, "label": TEXT, "type": TEXT}
WORDS: Final = (
    "speaker speaker_id attribution_kind origin date source time time_start time_end place position status number"
).split()


def description() -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, Any] = {call.path.replace(":path", ""): {"get": _operation(call)} for call in CALLS}
    paths["/sparql"] = _sparql()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "version": __version__,
            "description": "A knowledge graph of news: statements with their sentence, their speaker and their doubt.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {"schemas": SCHEMAS, "responses": RESPONSES},
    }


def _operation(call: Call) -> dict[str, Any]:
    ids = [
        {"name": name, "in": "path", "required": True, "description": meaning, "schema": TEXT}
        for name, meaning in call.ids
    ]
    fields = [_parameter(field) for field in call.fields]
    if call.task == "stock_query":
        named = {"type": "object", "additionalProperties": TEXT}
        fields.append({"name": "parameters", "in": "query", "style": "form", "explode": True, "schema": named})
    answers = {
        "200": {"description": call.summary, "content": {"application/json": {"schema": _ref(call.schema)}}},
        "304": {"description": "Not changed since (If-None-Match)"},
        **{status: {"$ref": f"#/components/responses/{name}"} for status, name in FAULTS.items()},
    }
    return {"operationId": call.task, "summary": call.summary, "parameters": [*ids, *fields], "responses": answers}


def _parameter(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": {str: "string", int: "integer", bool: "boolean"}[field.type]}
    if field.type is int:
        schema |= {"minimum": field.least, "maximum": field.most, "default": field.default}
    elif field.choice:
        schema["enum"] = list(field.choice)
    elif field.type is str:
        schema["maxLength"] = field.most
    return {"name": field.name, "in": "query", "description": field.meaning, "schema": schema}


def _sparql() -> dict[str, Any]:
    content: dict[str, Any] = {media: {} for media in (*ROWS, *TRIPLES)}
    answers = {
        "200": {"description": "The answer", "content": content},
        **{status: {"$ref": f"#/components/responses/{name}"} for status, name in FAULTS.items()},
    }
    graphs = {"type": "array", "items": TEXT}
    fields = {
        "query": (TEXT, "SPARQL 1.1"),
        "default-graph-uri": (graphs, "graphs to ask instead of the whole"),
        "named-graph-uri": (graphs, "graphs that GRAPH sees"),
        "facts": ({"type": "boolean"}, "leave out what is only claimed or possible"),
        "format": (TEXT, "a media type, where the Accept header cannot be set"),
    }
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {name: schema for name, (schema, _) in fields.items()},
    }
    return {
        "get": {
            "operationId": "sparql",
            "summary": "A query by GET",
            "parameters": [
                {"name": name, "in": "query", "required": name == "query", "description": meaning, "schema": schema}
                for name, (schema, meaning) in fields.items()
            ],
            "responses": answers,
        },
        "post": {
            "operationId": "sparql_post",
            "summary": "A query by POST",
            "requestBody": {
                "required": True,
                "content": {
                    "application/sparql-query": {"schema": TEXT},
                    "application/x-www-form-urlencoded": {"schema": form},
                },
            },
            "responses": answers,
        },
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _page(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    counts = {"total": COUNT, "limit": COUNT, "offset": COUNT, "more": {"type": "boolean"}}
    return _object({**more, "items": _list(items), **counts}, optional=("total",))


FAULTS: Final = {"400": "Fault", "404": "Fault", "413": "Fault", "503": "Busy", "504": "Fault"}
RESPONSES: Final = {
    "Fault": {
        "description": "What is wrong, and what to do about it",
        "content": {"application/problem+json": {"schema": _ref("Problem")}},
    },
    "Busy": {
        "description": "Too much to do; come back in a moment",
        "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "seconds"}},
        "content": {"application/problem+json": {"schema": _ref("Problem")}},
    },
}
SCHEMAS: Final[dict[str, Any]] = {
    "Problem": _object(
        {"type": TEXT, "title": TEXT, "status": COUNT, "detail": TEXT, "where": TEXT, "fix": TEXT},
        optional=("detail", "where", "fix"),
    ),
    "Summary": _object(
        {
            "title": TEXT,
            "base": TEXT,
            "articles": COUNT,
            "statements": COUNT,
            "entities": COUNT,
            "first": MAYBE,
            "last": MAYBE,
        }
    ),
    "Named": _object({**END, "iri": TEXT, "name": TEXT}),
    "Entities": _page(_ref("Named")),
    "End": _object(END),
    "Statement": _object(
        {
            "id": TEXT,
            "iri": TEXT,
            "subject": _ref("End"),
            "object": _ref("End"),
            "relation": TEXT,
            "label": TEXT,
            "symmetric": {"type": "boolean"},
            "modality": {"enum": list(MODALITIES)},
            "confidence": {"type": ["number", "null"]},
            "article": TEXT,
            "title": TEXT,
            "evidence": _list(
                _object({"text": TEXT, "start": COUNT, "subject": SPAN, "object": SPAN, "trigger": SPAN})
            ),
            "independent": {"type": ["integer", "null"]},
            "contradicts": _list(TEXT),
            "copy_of": MAYBE,
            **{word: MAYBE for word in WORDS},
        }
    ),
    "Statements": _page(_ref("Statement")),
    "Entity": _object(
        {
            **END,
            "iri": TEXT,
            "base_type": TEXT,
            "aliases": _list(TEXT),
            "possibly_same": _list(TEXT),
            "links": _list(TEXT),
            "statements": COUNT,
            "said": _page(_ref("Statement")),
        }
    ),
    "Listed": _object({"id": TEXT, "title": TEXT, "date": MAYBE, "source": MAYBE, "statements": COUNT}),
    "Articles": _page(_ref("Listed")),
    "Article": _object(
        {
            "id": TEXT,
            "iri": TEXT,
            "title": MAYBE,
            "date": MAYBE,
            "source": MAYBE,
            "words": COUNT,
            "sentences": COUNT,
            "statements": _list(_ref("Statement")),
        }
    ),
    "Query": _object(
        {
            "name": TEXT,
            "description": TEXT,
            "parameters": _list(_object({"name": TEXT, "meaning": TEXT, "required": {"type": "boolean"}})),
            "sparql": TEXT,
        }
    ),
    "Queries": _list(_ref("Query")),
    "Rows": _page(_list({"type": ["string", "number", "boolean", "null"]}), columns=_list(TEXT)),
}
