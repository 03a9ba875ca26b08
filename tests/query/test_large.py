"""Queries that would overflow Oxigraph's stack, which ends the process, are refused; long lists of values are not."""

from __future__ import annotations

import pytest
from small_graph import store

from kg.errors import QueryError
from kg.query import query

MANY = 20_000
NESTED = {
    "groups": "{" * MANY + "}" * MANY,
    "brackets": "?a ?b ?c FILTER(" + "(" * MANY + "1" + ")" * MANY + ")",
    "functions": "?a ?b ?c FILTER(" + "ABS(" * MANY + "1" + ")" * MANY + ")",
    "subqueries": "{ SELECT * { " * MANY + "?a ?b ?c" + "}}" * MANY,
    "paths": "?a " + "^(" * MANY + "kg:a" + ")" * MANY + " ?c",
    "things without a name": "?a ?b " + "[ ?p " * MANY + "1" + "]" * MANY,
    "what exists": "?a ?b ?c " + "FILTER EXISTS { ?a ?b ?c " * MANY + "}" * MANY,
    "closed by others": "?a ?b ?c FILTER(" + "(]" * MANY + ")",
}
LONG = {
    "or": "?a ?b ?c FILTER(" + " || ".join(["?a = ?b"] * MANY) + ")",
    "sum": "?a ?b ?c FILTER(" + "+".join(["1"] * MANY) + ")",
    "not": "?a ?b ?c FILTER(" + "!" * MANY + "true)",
    "alternatives": "?a " + "|".join(["kg:a"] * MANY) + " ?c",
    "sequence": "?a " + "/".join(["kg:a"] * MANY) + " ?c",
    "unions": " UNION ".join(["{ ?a ?b ?c }"] * MANY),
    "filters": "?a ?b ?c " + "FILTER(?a) " * MANY,
    "names": "BIND(1 AS ?x) " * MANY,
    "minus": "?a ?b ?c " + "MINUS { ?a ?b ?c } " * MANY,
    "triples": "?a ?b ?c . " * MANY,
    "objects": "?a ?b " + ", ".join(["?c"] * MANY),
    "properties": "?a " + "; ".join(["?b ?c"] * MANY),
}


@pytest.mark.parametrize("kind", NESTED)
def test_what_is_too_deep_is_refused(kind: str) -> None:
    with pytest.raises(QueryError, match="within each other") as caught:
        query(store(), f"SELECT * {{ {NESTED[kind]} }}")
    assert "line 1, column" in str(caught.value.where)


@pytest.mark.parametrize("kind", LONG)
def test_what_is_too_long_is_refused(kind: str) -> None:
    with pytest.raises(QueryError, match="patterns and operators"):
        query(store(), f"SELECT * {{ {LONG[kind]} }}")


@pytest.mark.parametrize(
    "pattern",
    [
        "VALUES ?a {" + " 1" * MANY + " }",
        "?a rdfs:label ?b FILTER(?b IN (" + ", ".join(['"Ann Lee"'] * MANY) + "))",
        '?a rdfs:label "' + "{([!|" * MANY + '"',
        "{" * 90 + "?a rdfs:label ?b" + "}" * 90,
        "BIND(1 AS ?x) ".replace("?x", "?x%d") * 400 % tuple(range(400)),
    ],
)
def test_what_is_long_or_deep_but_no_danger_is_answered(pattern: str) -> None:
    query(store(), f"SELECT * {{ {pattern} }} LIMIT 1")
