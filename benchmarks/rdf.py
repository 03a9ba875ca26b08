"""How fast RDF is made, stored, written, asked and turned into a network, on invented articles.

usage: python benchmarks/rdf.py [ARTICLES] [--rdflib]

With --rdflib the same quads go through rdflib in memory too, and the ratios are told.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from records_factory import Said, reading, resolution, said

from kg.codec import from_json, to_json
from kg.network import network
from kg.ontology import load_ontology
from kg.query import query, stock
from kg.rdf import Run, Store, graphs
from kg.rdf.evidence import check_evidence
from kg.rdf.namespaces import prefixes
from kg.rdf.patch import differences, lines_of
from kg.rdf.serialise import write
from kg.records import ArticleRecord

RELATIONS = ("metWith", "leads", "accused", "heldBy", "capturedBy", "attacked", "supports", "asked")
STATEMENTS, PEOPLE = 20, 30


@contextmanager
def timed(what: str, count: Callable[[], int] | None = None) -> Iterator[None]:
    """Print how long the block took by the clock and on the processor, and how many a processor second does."""
    start, worked = time.perf_counter(), time.process_time()
    yield
    took, work = time.perf_counter() - start, time.process_time() - worked
    rate = f"{count() / work:12,.0f}/s" if count else ""
    print(f"{what:34} {took:8.3f} s {work:8.3f} s {rate}", flush=True)


def article(number: int, chance: random.Random) -> ArticleRecord:
    """An article of one sentence a statement, between people of whom most come up in other articles too."""
    sentences, statements = [], []
    for n in range(STATEMENTS):
        one, other = chance.sample(range(number % 50 * PEOPLE // 2, number % 50 * PEOPLE // 2 + PEOPLE), 2)
        verb = f"did{n}"
        sentences.append(f"[[Person {one}|p{one}:Person]] {verb} something with [[Person {other}|p{other}:Person]].")
        options: dict[str, Any] = {"by": f"p{one}"} if n % 3 == 0 else {}
        modality = chance.choice(("actual", "actual", "actual", "possible", "negated"))
        made: Said = said(f"p{one}", chance.choice(RELATIONS), f"p{other}", verb, modality=modality, **options)
        statements.append(made)
    return reading("\n".join(sentences), *statements, id=f"article-{number}", title=f"Article {number}")


def peak() -> float:
    """The most memory so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def worked(work: Callable[[], object]) -> float:
    """Processor seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def beside_rdflib(store: Store, folder: Path) -> None:
    """The same through rdflib: reading N-Quads into memory, sorted Turtle, and a count."""
    from rdflib import Dataset, Graph

    file = folder / "out.nq"
    dataset, graph = Dataset(default_union=True), Graph()
    ask = "SELECT (COUNT(*) AS ?n) { ?s kg:modality kg:actual ; rdf:subject ?who . ?who rdfs:label ?name }"
    rows = {
        "load": (
            lambda: Store(folder / "other", create=True).replace(store.quads()),
            lambda: dataset.parse(file, format="nquads"),
        ),
        "sorted Turtle": (
            lambda: write(store.blocks(), "ttl", (folder / "a.ttl").open("wb"), prefixes=prefixes(store.base)),
            lambda: graph.parse(folder / "out.ttl") and graph.serialize(folder / "b.ttl", format="turtle"),
        ),
        "count": (lambda: query(store, ask), lambda: list(dataset.query(ask, initNs=prefixes(store.base)))),
    }
    for name, (ours, theirs) in rows.items():
        one, other = worked(ours), worked(theirs)
        print(f"{f'{name}: kg, rdflib':34} {one:8.3f} s {other:8.3f} s  {other / one:8.1f} times")


def main(articles: int, *, rdflib: bool = False) -> None:
    """Print the table."""
    chance = random.Random(0)
    records = [article(n, chance) for n in range(articles)]
    found, ontology = resolution(records), load_ontology()
    run = Run("model", ontology.digest, "lexicon", "0")
    made: list[tuple[str, list[str]]] = []

    def count() -> int:
        return sum(len(triples) for _, triples in made)

    with timed("records to named graphs", count):
        made.extend((graph, [*triples]) for graph, triples in graphs(records, found, ontology, run=run))
    print(f"{len(records)} articles, {len(records) * STATEMENTS} statements, {count():,} quads")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store", create=True)
        main = time.thread_time()
        with timed("named graphs to store", count):
            store.write(made)
        print(f"{'of that, Python':34} {'':10} {time.thread_time() - main:8.3f} s  the rest on another processor")
        with timed("the index of named graphs", count):
            store.prepare()
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(f"{'size of the store':34} {size / 1e6:8.1f} MB")
        with timed("open the store"):
            store = Store(Path(folder) / "store")
        before = peak()
        for suffix in ("ttl", "trig", "nq", "jsonld", "rdf"):
            with timed(f"store to .{suffix}", count), (Path(folder) / f"out.{suffix}").open("wb") as out:
                write(store.blocks(), suffix, out, prefixes=prefixes(store.base))
        print(f"{'memory that writing took more':34} {peak() - before:8.0f} MB")
        with timed("difference to itself", count):
            assert not list(differences(lines_of(store.blocks()), lines_of(store.blocks())))
        lines = [to_json(record) for record in records]
        with timed("evidence, from JSON", lambda: len(records) * STATEMENTS):
            assert not check_evidence(from_json(ArticleRecord, line) for line in lines)
        with timed("evidence, records in memory", lambda: len(records) * STATEMENTS):
            assert not check_evidence(records)
        if rdflib:
            beside_rdflib(store, Path(folder))
        with timed("network", lambda: len(records) * STATEMENTS):
            network(store)
        for name, one in stock().items():
            with timed(f"query {name}"):
                query(store, name, parameters={parameter: "Person 17" for parameter in one.required}, limit=1_000)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    main(int(numbers[0]) if numbers else 300, rdflib="--rdflib" in sys.argv)
