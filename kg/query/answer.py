"""Answers to stock queries: from where they can begin, as far as wanted, and those that took long only once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.query.stock import Stock
from kg.rdf.choosing import Choice
from kg.rdf.kept import kept_or_asked
from kg.rdf.namespaces import prefixes
from kg.rdf.narrowing import article_heads, entity_head, statement_heads
from kg.rdf.sparql import Hints, Solutions, evaluate
from kg.rdf.store import Store
from kg.rdf.terms import Term

STATEMENT = "?statement"


def stock_answer(
    store: Store, known: Stock, *, facts: bool, parameters: Mapping[str, str | int | float], most: int | None
) -> Solutions:
    """The rows of a stock query; ``most`` of them, where that is given."""
    where = f"stock query {known.name}"
    tail = f" {known.facts} ." if facts and known.facts else ""
    heads = _heads(store, known, parameters, most)
    if heads is None and not parameters:
        hints = Hints(tail, statements=known.statements)
        return kept_or_asked(store, known.text, name=known.name, facts=facts, where=where, hints=hints, most=most)
    columns: tuple[str, ...] = ()
    rows: list[tuple[Term | None, ...]] = []
    text = known.begun if known.order[:1] == (STATEMENT,) and heads else known.text
    for head in heads or [""]:
        hints = Hints(head + tail, statements=known.statements)
        left = None if most is None else most - len(rows)
        found = evaluate(store, text, facts=facts, parameters=parameters, where=where, hints=hints, most=left)
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
    narrowed = {name: words for name, words in known.narrows.items() if name in parameters}
    for name, words in narrowed.items():
        if words[0] != STATEMENT:
            return iter([entity_head(store, words[0], str(parameters[name]))])
    if not known.order or (most is None and not narrowed):
        return None
    first = most or 0
    variable, key = known.order
    if variable != STATEMENT:
        return article_heads(store, variable, first)
    names = prefixes(store.base)
    ends = [(tuple(_iri(word, names) for word in words[1:]), str(parameters[name])) for name, words in narrowed.items()]
    relations, modalities = ([_iri(word, names) for word in some] for some in (known.relations, known.modalities))
    return statement_heads(store, Choice(key, relations, modalities, ends), first)


def _iri(word: str, names: Mapping[str, str]) -> str:
    prefix, _, local = word.partition(":")
    return names[prefix] + local
