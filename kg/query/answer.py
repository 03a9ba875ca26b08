"""Answers to stock queries: from where they can begin, and as far as wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.query.stock import Stock
from kg.rdf.choosing import Choice
from kg.rdf.namespaces import prefixes
from kg.rdf.narrowing import article_heads, counted_heads, statement_heads
from kg.rdf.sparql import Hints, Solutions, evaluate
from kg.rdf.store import Store
from kg.rdf.terms import Term

STATEMENT = "?statement"


def stock_answer(
    store: Store, known: Stock, *, facts: bool, parameters: Mapping[str, str | int | float], most: int | None
) -> Solutions:
    """The rows of a stock query; ``most`` of them, where that is given."""
    tail = f" {known.facts} ." if facts and known.facts else ""
    heads = _heads(store, known, parameters, most)
    columns: tuple[str, ...] = ()
    rows: list[tuple[Term | None, ...]] = []
    for head in heads or [""]:
        found = evaluate(
            store,
            known.begun if heads else known.text,
            facts=facts,
            parameters=parameters,
            where=f"stock query {known.name}",
            hints=Hints(head + tail, statements=known.statements),
            most=None if most is None else most - len(rows),
        )
        assert isinstance(found, Solutions)
        columns = found.columns
        rows += found.rows
        if len(rows) == most:
            break
    return Solutions(columns, tuple(rows))


def _heads(
    store: Store, known: Stock, parameters: Mapping[str, str | int | float], most: int | None
) -> Iterator[str] | None:
    """Where the query begins, one part after the other; ``None`` if nothing is to be gained."""
    first = most or 0
    narrowed = {name: words for name, words in known.narrows.items() if name in parameters}
    if known.counted:
        return counted_heads(
            store, known.counted, [(words, str(parameters[name])) for name, words in narrowed.items()], first
        )
    if not known.order or (most is None and not narrowed):
        return None
    variable, *order = known.order
    if variable != STATEMENT:
        return article_heads(store, variable, first)
    names = prefixes(store.base)
    ends = [(tuple(_iri(word, names) for word in words[1:]), str(parameters[name])) for name, words in narrowed.items()]
    relations, modalities = ([_iri(word, names) for word in some] for some in (known.relations, known.modalities))
    return statement_heads(store, Choice(order, relations, modalities, ends, known.claimed), first)


def _iri(word: str, names: Mapping[str, str]) -> str:
    prefix, _, local = word.partition(":")
    return names[prefix] + local
