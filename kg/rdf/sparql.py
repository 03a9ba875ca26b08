"""SPARQL over a store: reading only, this store only, with the prefixes of the graph at hand.

The default graph of a query is the union of all named graphs, each triple once; without claims if asked so. ``GRAPH``
and ``FROM`` see the named graphs as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.faults import fault
from kg.rdf.guard import bound, dataset, refuse, refuse_large, require_graph, tokens_of
from kg.rdf.loading import CLAIMS, REST
from kg.rdf.namespaces import prefixes
from kg.rdf.store import Store
from kg.rdf.terms import Term

Answer: TypeAlias = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


@dataclass(frozen=True, slots=True)
class Solutions:
    """What SELECT finds; ``rows`` hold a term, or ``None`` where a variable is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a query beforehand: a pattern to begin with, and whether it looks at no plain triples."""

    head: str = ""
    statements: bool = False


def evaluate(
    store: Store,
    text: str,
    *,
    facts: bool = False,
    parameters: Mapping[str, str | int | float] | None = None,
    where: str = "query",
    hints: Hints | None = None,
    most: int | None = None,
) -> Solutions | tuple[ox.Triple, ...] | bool:
    """The answer to a query: solutions of SELECT, triples of CONSTRUCT and DESCRIBE, the truth of ASK.

    :param facts: leave out what is only claimed or possible.
    :param parameters: values of variables. They go in as literals, so that no value can change the query.
    :param where: what the query is called in errors: a file, a stock query's name.
    :param most: rows that are wanted.
    :raises QueryError: if the query is malformed, wants to change the graph, or to read anything but this store.
    """
    with asked(store, text, facts=facts, parameters=parameters, where=where, hints=hints) as answer:
        if isinstance(answer, ox.QuerySolutions):
            columns = tuple(variable.value for variable in answer.variables)
            return Solutions(columns, tuple(tuple(solution) for solution in islice(answer, most)))
        return tuple(answer) if isinstance(answer, ox.QueryTriples) else bool(answer)


@contextmanager
def asked(
    store: Store,
    text: str,
    *,
    facts: bool = False,
    parameters: Mapping[str, str | int | float] | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    where: str = "query",
    hints: Hints | None = None,
) -> Iterator[Answer]:
    """Oxigraph's own answer, to be read within the block: its faults may come as late as with the last row.

    Whatever else raises an ``OSError`` within the block looks like a fault of the store.

    :param default_graphs: IRIs of the graphs to ask instead of those that the query names (SPARQL Protocol, 2.1.4).
    :param named_graphs: the same for ``GRAPH``.
    :raises QueryError: as :func:`evaluate` does.
    :raises GraphError: if the store's files are damaged.
    """
    tokens = tokens_of(text)
    words = {match[0].upper() for match in tokens if match.lastgroup == "word"}
    declared = prefixes(store.base)
    refuse(tokens, where)
    refuse_large(tokens, where)
    named_in_text = dataset(tokens, store.base, declared)
    for keyword, some in (("FROM", named_in_text), ("the request", (default_graphs, named_graphs))):
        for graph in (*some[0], *some[1]):
            require_graph(graph, store.places, keyword, where)
    if not (default_graphs or named_graphs):
        default_graphs, named_graphs = named_in_text
    database, options = store.database, dict[str, object]()
    if default_graphs or named_graphs:
        database = _merged(store, default_graphs, named_graphs)
        options |= {"default_graph": REST, "named_graphs": [*map(ox.NamedNode, dict.fromkeys(named_graphs))]}
    else:
        options["default_graph"] = [REST] if facts or (hints and hints.statements) else [REST, CLAIMS]
        if "GRAPH" in words:
            database = store.named_database
            options["named_graphs"] = [graph for graph in store.graphs() if not (facts and _is_claims(graph))]
    variables = {token[0][1:] for token in tokens if token.lastgroup == "variable"}
    for name in parameters or {}:
        if name not in variables:
            raise QueryError(f"the query has no variable ?{name} to give a value to", where=where)
    values = {name: str(ox.Literal(value)) for name, value in (parameters or {}).items()}
    try:
        with store.faults():
            yield database.query(
                bound(text, tokens, values, hints.head if hints else ""),
                base_iri=store.base,
                prefixes=declared,
                **options,  # type: ignore[arg-type]
            )
    except SyntaxError as error:
        raise fault(str(error), text, declared, where) from None
    except ValueError as error:
        raise QueryError(f"the query cannot be answered: {error}", where=where) from error


def _merged(store: Store, default: Sequence[str], named: Sequence[str]) -> ox.Store:
    """A store in memory with the merge of some graphs as its default graph, and named graphs as they are.

    Oxigraph's own union would count what two of them say twice.
    """
    merge = ox.Store()
    for graph in dict.fromkeys(default):
        for quad in ox.parse(store.graph(graph), format=ox.RdfFormat.N_QUADS, lenient=True):
            merge.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    for graph in dict.fromkeys(named):
        merge.bulk_load(store.graph(graph), format=ox.RdfFormat.N_QUADS, lenient=True)
    return merge


def _is_claims(graph: ox.NamedNode) -> bool:
    return graph.value.endswith("/claims")
