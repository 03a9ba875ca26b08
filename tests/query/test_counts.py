"""What is counted beforehand is what SPARQL counts: on graphs drawn at random, by Oxigraph and by rdflib."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest
from records_factory import Said, reading, resolution, said
from small_graph import RUN, ontology

from kg.query import Table, query, stock
from kg.rdf import Store, graphs, narrowing, quads
from kg.rdf.sparql import Solutions, evaluate
from kg.rdf.view import dataset
from kg.records import ArticleRecord, Corroboration

COUNTED = sorted(name for name, one in stock().items() if one.counted)
#: Names that sort by case, by letters beyond ASCII and by what N-Triples escapes; one is a part of others.
NAMES = ["Ann", "Ann Lee", "Äna Lee", "Bo \\ Ray", 'Cy "Ox" Fox', "Zoë", "Dan Orr", "Ed", "Flo Ann", "Gus"]
PHRASES = ["officials", 'the "Front"', "\\n people"]


def article(number: int, chance: random.Random) -> ArticleRecord:
    """Sentences between people, of whom two may be one, said by the article, by somebody or by some people."""
    sentences: list[str] = []
    made: list[Said] = []
    for n in range(chance.randrange(1, 6)):
        one, other, speaker = (chance.choice(NAMES) for _ in range(3))
        words = f"[[{one}|s{n}:Person]] did{n} it with [[{other}|o{n}:Person]]"
        by = chance.choice([None, f"v{n}", chance.choice(PHRASES)])
        if by == f"v{n}":
            words += f", said [[{speaker}|v{n}:Person]]"
        elif by:
            words += f", said {by}"
        sentences.append(words + ".")
        made.append(
            said(f"s{n}", chance.choice(["metWith", "accused"]), f"o{n}", f"did{n}", by=by, cue="said" * bool(by))
        )
    sentences.append(f"[[{chance.choice(NAMES)}|x:Person]] slept.")
    return reading("\n".join(sentences), *made, id=f"a{number}", title=chance.choice(["", "It", 'A "fact"', "Ä"]))


@cache
def drawn(seed: int) -> Store:
    chance = random.Random(seed)
    records = [article(number, chance) for number in range(chance.choice([2, 5, 30]))]
    made = [it.id for record in records for it in record.statements]
    pairs = [tuple(chance.sample(made, 2)) for _ in range(len(made) // 3)]
    contradicts = {it: tuple({*(b for a, b in pairs if a == it), *(a for a, b in pairs if b == it)}) for it in made}
    found = Corroboration(sources={it: chance.choice([1, 2, 2, 3]) for it in made}, contradicts=contradicts)
    return Store.of(quads(graphs(records, resolution(records), ontology(), run=RUN, corroboration=found)))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", COUNTED)
def test_counts_are_those_of_sparql(name: str, seed: int) -> None:
    store = drawn(seed)
    found, counted = query(store, name), evaluate(store, stock()[name].text)
    assert isinstance(found, Table) and isinstance(counted, Solutions)
    assert found.terms == counted.rows
    theirs = dataset(store).query(stock()[name].text)
    rows = Counter(tuple(None if term is None else str(term) for term in row) for row in theirs)  # type: ignore[union-attr]
    assert rows == Counter(tuple(getattr(term, "value", None) for term in row) for row in found.terms)


@pytest.mark.parametrize("name", COUNTED)
def test_the_first_rows_come_in_the_same_order(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "LEAST", 1)
    whole = query(drawn(3), name)
    for limit in range(len(whole)):
        some = query(drawn(3), name, limit=limit)
        assert isinstance(some, Table) and isinstance(whole, Table)
        assert some.terms == whole.terms[:limit]


@pytest.mark.parametrize("part", ["ann", "Ä", '"', "\\", "nobody", ""])
@pytest.mark.parametrize("name", ["entities", "corroborated", "contradictions"])
def test_a_part_of_a_name_finds_what_sparql_finds(name: str, part: str) -> None:
    found = query(drawn(3), name, parameters={"name": part})
    plain = evaluate(drawn(3), stock()[name].text, parameters={"name": part})
    assert isinstance(found, Table) and isinstance(plain, Solutions)
    assert found.terms == plain.rows
