"""SPARQL over a store: reading only, this store only, with the prefixes of the graph at hand.

The default graph of a query is the union of all named graphs, each triple once; without claims if asked so. ``GRAPH``
and ``FROM`` see the named graphs as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.faults import fault
from kg.rdf.namespaces import prefixes
from kg.rdf.store import CLAIMS, FACTS, REST, Store
from kg.rdf.terms import Term

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
UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})


@dataclass(frozen=True, slots=True)
class Solutions:
    """What SELECT finds; ``rows`` hold a term, or ``None`` where a variable is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def evaluate(
    store: Store,
    text: str,
    *,
    facts: bool = False,
    parameters: Mapping[str, str | int | float] | None = None,
    where: str = "query",
) -> Solutions | tuple[ox.Triple, ...] | bool:
    """The answer to a query: solutions of SELECT, triples of CONSTRUCT and DESCRIBE, the truth of ASK.

    :param facts: leave out what is only claimed or possible.
    :param parameters: values of variables, bound by ``VALUES`` at the head of the pattern. They go in as literals, so
        that no value can change the query.
    :param where: what the query is called in errors: a file, a stock query's name.
    :raises QueryError: if the query is malformed, wants to change the graph, or to read anything but this store.
    """
    tokens = [match for match in TOKEN.finditer(text) if match.lastgroup != "comment"]
    words = {match[0].upper() for match in tokens if match.lastgroup == "word"}
    declared = prefixes(store.base)
    _refuse(tokens, store, declared, where)
    options: dict[str, object] = {}
    if "FROM" not in words:
        options["default_graph"] = [REST, FACTS] if facts else [REST, FACTS, CLAIMS]
        if "GRAPH" in words:
            options["named_graphs"] = [graph for graph in store.graphs() if not (facts and _is_claims(graph))]
    variables = {token[0][1:] for token in tokens if token.lastgroup == "variable"}
    for name in parameters or {}:
        if name not in variables:
            raise QueryError(f"the query has no variable ?{name} to give a value to", where=where)
    try:
        answer = store.database.query(
            _bound(text, tokens, parameters or {}),
            base_iri=store.base,
            prefixes=declared,
            **options,  # type: ignore[arg-type]
        )
        if isinstance(answer, ox.QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            return Solutions(columns, tuple(tuple(solution) for solution in answer))
        return tuple(answer) if isinstance(answer, ox.QueryTriples) else bool(answer)
    except SyntaxError as error:
        raise fault(str(error), text, declared, where) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}", where=where) from error


def _bound(text: str, tokens: list[re.Match[str]], parameters: Mapping[str, str | int | float]) -> str:
    """The query with the parameters' values. On the same line, so that lines of errors stay right."""
    if not parameters:
        return text
    values = "".join(f" VALUES ?{name} {{ {ox.Literal(value)} }}" for name, value in parameters.items())
    words = (token[0].upper() for token in tokens if token.lastgroup == "word")
    start = 0
    if next((word for word in words if word not in ("PREFIX", "BASE")), "") == "CONSTRUCT":  # its template comes first
        start = next((token.start() for token in tokens if token[0].upper() == "WHERE"), 0)
    brace = next((token.end() for token in tokens if token[0] == "{" and token.start() >= start), len(text))
    return text[:brace] + values + text[brace:]


def _is_claims(graph: ox.NamedNode) -> bool:
    return graph.value.endswith("/claims")


def _refuse(tokens: list[re.Match[str]], store: Store, declared: Mapping[str, str], where: str) -> None:
    """Turn down what would change the graph or read from elsewhere; Oxigraph would call other machines for SERVICE."""
    verbs = (token for token in tokens if token.lastgroup == "word" and token[0].upper() not in ("PREFIX", "BASE"))
    first = next(verbs, None)
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
    for graph in _datasets(tokens, store.base, declared):
        if graph not in {known.value for known in store.graphs()}:
            raise QueryError(
                f"FROM names <{graph}>, which is no named graph of this store; queries read no files and no web pages",
                where=where,
                fix="leave FROM out to ask the whole graph, or list its graphs: SELECT DISTINCT ?g { GRAPH ?g {} }",
            )


def _datasets(tokens: list[re.Match[str]], base: str, declared: Mapping[str, str]) -> Iterator[str]:
    """The IRIs of FROM and FROM NAMED clauses."""
    known = dict(declared)
    for before, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before[0].upper() == "PREFIX" and iri.lastgroup == "iri":
            known[name[0].rstrip(":")] = iri[0][1:-1]
    for i, token in enumerate(tokens):
        if token.lastgroup != "word" or token[0].upper() != "FROM":
            continue
        rest = [t for t in tokens[i + 1 : i + 3] if t[0].upper() != "NAMED"]
        if not rest:
            continue
        if rest[0].lastgroup == "iri":
            iri_text = rest[0][0][1:-1]
            yield iri_text if re.match(r"[A-Za-z][\w+.-]*:", iri_text) else base + iri_text
        elif rest[0].lastgroup == "name":
            prefix, _, local = rest[0][0].partition(":")
            yield known.get(prefix, prefix + ":") + local.replace("\\", "")


def _place(token: re.Match[str], where: str) -> str:
    before = token.string[: token.start()]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return f"{where}, line {line}, column {column}"
