"""Questions to a graph: SPARQL 1.1, a file of it, or one of the stock queries of ``kg/queries``.

Works on a finished graph alone: no language model, no rdflib.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import QueryError
from kg.query.answer import stock_answer
from kg.query.stock import Stock, stock
from kg.query.table import Table, Triples
from kg.rdf.namespaces import prefixes
from kg.rdf.sparql import Solutions, evaluate
from kg.rdf.store import Store

#: Characters of a query file; beyond, it is something else.
LONGEST: Final = 10_000_000


def query(
    store: Store,
    query: str | Path,
    *,
    facts: bool = False,
    parameters: Mapping[str, str | int | float] | None = None,
    limit: int | None = None,
) -> Table | Triples:
    """Ask the graph.

    :param query: SPARQL text, a stock query's name, or the path of a ``.rq`` file.
    :param facts: leave out the plain triples of what is only claimed or possible. Statement nodes stay.
    :param parameters: values for variables of the query (``{"name": "Hamas"}`` for ``?name``).
    :param limit: rows that are wanted, the first; of a stock query, no more are looked for.
    :raises QueryError: if the query is malformed or unknown, would change the graph or read from elsewhere, or its
        parameters do not fit.
    """
    most = None if limit is None else limit + 1
    known = _stock(query, parameters or {})
    answer: Solutions | tuple[Any, ...] | bool
    if known:
        answer = stock_answer(store, known, facts=facts, parameters=parameters or {}, most=most)
    else:
        text, where = _text(query)
        answer = evaluate(store, text, facts=facts, parameters=parameters, where=where, most=most)
    names = prefixes(store.base)
    if isinstance(answer, bool):
        return Table.truth(answer)
    if isinstance(answer, Solutions):
        more = limit is not None and len(answer.rows) > limit
        return Table(answer.columns, answer.rows[:limit], names, more=more)
    return Triples(answer, names)


def _stock(query: str | Path, parameters: Mapping[str, object]) -> Stock | None:
    """The stock query of that name, if it is a name at all."""
    words = str(query).strip()
    if isinstance(query, Path) or words.lower().endswith(".rq") or not re.fullmatch(r"[\w-]+", words):
        return None
    known = stock().get(words)
    if known is None:
        near = difflib.get_close_matches(words, stock(), n=1)
        fix = f"did you mean {near[0]}? " if near else ""
        raise QueryError(f"there is no stock query {words!r}", fix=f"{fix}the stock queries: {', '.join(stock())}")
    unknown, missing = set(parameters) - set(known.parameters), known.required - set(parameters)
    if unknown or missing:
        fault = f"does not take {', '.join(sorted(unknown))}" if unknown else f"needs {', '.join(sorted(missing))}"
        takes = "; ".join(f"{name}: {meaning}" for name, meaning in known.parameters.items()) or "none"
        raise QueryError(f"the stock query {words} {fault}", where=words, fix=f"its parameters: {takes}")
    return known


def _text(query: str | Path) -> tuple[str, str]:
    """The SPARQL text, and what to call it in errors."""
    words = str(query).strip()
    if isinstance(query, Path) or words.lower().endswith(".rq"):
        try:
            with Path(query).open(encoding="utf-8-sig") as file:
                text = file.read(LONGEST + 1)
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"the query file cannot be read: {error}", where=str(query)) from error
        if len(text) > LONGEST:
            raise QueryError(
                f"the query file has more than {LONGEST:,} characters",
                where=str(query),
                fix="see if it is the right one",
            )
        return text, str(query)
    if not words:
        raise QueryError("the query is empty", fix=f"give SPARQL, a .rq file or one of: {', '.join(stock())}")
    return str(query), "query"
