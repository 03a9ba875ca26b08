"""The stock queries over the same graph, by Oxigraph and by rdflib: the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

import pytest
from rdflib import Dataset
from small_graph import CAPTIVES, DENIAL, RECORDS, RUN, ontology, resolved

from kg.query import Table, query, stock
from kg.rdf import Store, graphs, quads
from kg.rdf.guard import bound, tokens_of
from kg.rdf.view import dataset
from kg.records import Corroboration

NAMES = {"name": "orr", "one": "lee", "other": "ray"}


def questions() -> list[object]:
    found: list[object] = []
    for name, one in stock().items():
        for given in ({}, {parameter: NAMES[parameter] for parameter in one.parameters}):
            if one.required <= given.keys() and (given or not found or name not in str(found[-1])):
                found.append(pytest.param(name, given, id=f"{name} {given or ''}"))
    return found


@cache
def store() -> Store:
    """The small graph with statements that several sources carry, and two that contradict."""
    one, other = CAPTIVES.statements[0].id, CAPTIVES.statements[1].id
    found = Corroboration(
        sources={it.id: n % 3 + 1 for n, it in enumerate((*CAPTIVES.statements, *DENIAL.statements))},
        contradicts={one: (other,), other: (one,)},
    )
    return Store.of(quads(graphs(RECORDS, resolved(), ontology(), run=RUN, corroboration=found)))


@cache
def copy() -> Dataset:
    return dataset(store())


@pytest.mark.parametrize(("name", "given"), questions())
def test_both_give_the_same_rows(name: str, given: Mapping[str, str]) -> None:
    ours = query(store(), name, parameters=given)
    assert isinstance(ours, Table)
    text = stock()[name].text
    values = {parameter: f'"{value}"' for parameter, value in given.items()}
    theirs = copy().query(bound(text, tokens_of(text), values))
    assert tuple(str(variable) for variable in theirs.vars or ()) == ours.columns
    rows = [tuple(None if term is None else str(term) for term in row) for row in theirs]  # type: ignore[union-attr]
    found = [tuple(None if cell is None else plain(cell) for cell in row) for row in ours.terms]
    assert Counter(rows) == Counter(found)


def plain(term: object) -> str:
    value: str = getattr(term, "value", "")
    return value
