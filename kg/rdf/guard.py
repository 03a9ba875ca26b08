"""What a query may do: read, and only this store. Looked up in its tokens, before Oxigraph sees it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Final, TypeAlias
from urllib.parse import urljoin

from kg.errors import QueryError

Tokens: TypeAlias = Sequence[re.Match[str]]

TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                 | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*)
    | (?P<tag>@[\w-]+)
    | (?P<word>\w+)
    | \S
    """,
    re.VERBOSE | re.DOTALL,
)
#: Where a stock query wants to be told what is known beforehand.
HERE: Final = "# @here"
UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
#: Brackets within each other, and steps of a query: Oxigraph walks through a query by calling itself, and where the
#: stack ends (at some 700 and 3,000), so does the process.
DEEPEST: Final = 100
STEPS: Final = 1000
CLOSED_BY: Final = {"(": ")", "[": "]", "{": "}"}
#: What makes a query's tree higher, in any number of brackets.
STEP: Final = frozenset("{[.;|&!=<>+-*/^") | {"BIND", "AS", "FILTER", "UNION", "OPTIONAL", "MINUS", "EXISTS"}


def tokens_of(text: str) -> Tokens:
    """The tokens of a query, without its comments."""
    return [match for match in TOKEN.finditer(text) if match.lastgroup != "comment"]


def verb(tokens: Tokens) -> re.Match[str] | None:
    """The word that says what kind of query it is."""
    words = (token for token in tokens if token.lastgroup == "word" and token[0].upper() not in ("PREFIX", "BASE"))
    return next(words, None)


def refuse(tokens: Tokens, where: str) -> None:
    """Turn down what would change the graph or read from elsewhere; Oxigraph would call other machines for SERVICE.

    :raises QueryError: if there is any such thing in the query.
    """
    first = verb(tokens)
    if first and first[0].upper() in UPDATES:
        raise QueryError(
            f"{first[0].upper()} would change the graph, and queries only read",
            where=_place(first, where),
            fix="use SELECT, CONSTRUCT, ASK or DESCRIBE; to change a graph: kg add, kg remove",
        )
    for token in tokens:
        if token.lastgroup == "word" and token[0].upper() == "SERVICE":
            raise QueryError(
                "SERVICE would send the query to another machine",
                where=_place(token, where),
                fix="leave SERVICE out; to combine graphs, export them and load them into one store",
            )


def refuse_large(tokens: Tokens, where: str) -> None:
    """Turn down what would overflow Oxigraph's stack. Lists of values may have any length.

    :raises QueryError: if the query is too deep or too large.
    """
    within: list[str] = []
    steps = 0
    for token in tokens:
        symbol = token[0].upper()
        if symbol in CLOSED_BY:
            within.append(CLOSED_BY[symbol])
        elif within and symbol == within[-1]:
            within.pop()
        steps += symbol in STEP or (symbol == "," and within[-1:] != [")"])
        if len(within) > DEEPEST:
            raise QueryError(
                f"the query has more than {DEEPEST} brackets within each other",
                where=_place(token, where),
                fix="write it flatter, or ask in several queries",
            )
        if steps > STEPS:
            raise QueryError(
                f"the query has more than {STEPS:,} patterns and operators",
                where=_place(token, where),
                fix="give values with VALUES or IN, or ask in several queries",
            )


def require_graph(graph: str, graphs: Container[str], keyword: str, where: str) -> None:
    """Turn down a graph that the store does not have.

    :raises QueryError: if it is not among ``graphs``.
    """
    if graph not in graphs:
        raise QueryError(
            f"{keyword} names <{graph}>, which is no named graph of this store; queries read no files and no web pages",
            where=where,
            fix="leave it out to ask the whole graph, or list its graphs: SELECT DISTINCT ?g { GRAPH ?g {} }",
        )


def bound(text: str, tokens: Tokens, values: Mapping[str, str], head: str = "") -> str:
    """The query with values, as SPARQL writes them, for some variables: ``VALUES`` at the head of the pattern.

    :param head: what else stands there or, if the query has marks for it, wherever those are. All on the same
    line, so that lines of errors stay right.
    """
    if not values and not head:
        return text
    start = 0
    first = verb(tokens)
    if first and first[0].upper() == "CONSTRUCT":  # its template comes first
        start = next((token.start() for token in tokens if token[0].upper() == "WHERE"), 0)
    brace = next((token.end() for token in tokens if token[0] == "{" and token.start() >= start), len(text))
    said = "".join(f" VALUES ?{name} {{ {value} }}" for name, value in values.items())
    if HERE in text:
        return text[:brace] + said + text[brace:].replace(HERE, head)
    return text[:brace] + said + head + text[brace:]


def dataset(tokens: Tokens, base: str, declared: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The IRIs that a query names in FROM and in FROM NAMED."""
    known = dict(declared)
    named: tuple[list[str], list[str]] = ([], [])
    for i, token in enumerate(tokens):
        word = token[0].upper() if token.lastgroup == "word" else ""
        after = tokens[i + 1 : i + 3]
        if word == "BASE" and after and after[0].lastgroup == "iri":
            base = urljoin(base, after[0][0][1:-1])
        elif word == "PREFIX" and len(after) == 2 and after[1].lastgroup == "iri":
            known[after[0][0].rstrip(":")] = urljoin(base, after[1][0][1:-1])
        elif word == "FROM" and after:
            second = after[0][0].upper() == "NAMED"
            graph = after[-1] if second else after[0]
            if graph.lastgroup == "iri":
                named[second].append(urljoin(base, graph[0][1:-1]))
            elif graph.lastgroup == "name":
                prefix, _, local = graph[0].partition(":")
                named[second].append(known.get(prefix, prefix + ":") + local.replace("\\", ""))
    return named


def _place(token: re.Match[str], where: str) -> str:
    before = token.string[: token.start()]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return f"{where}, line {line}, column {column}"
