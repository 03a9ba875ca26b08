"""How fast RDF is made, stored, written, asked and turned into a network, on invented articles.

usage: python benchmarks/rdf.py [ARTICLES]
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

from kg.network import network
from kg.ontology import load_ontology
from kg.query import query, stock
from kg.rdf import Run, Store, quads
from kg.rdf.namespaces import prefixes
from kg.rdf.serialise import serialise
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


def main(articles: int) -> None:
    """Print the table."""
    chance = random.Random(0)
    records = [article(n, chance) for n in range(articles)]
    found, ontology = resolution(records), load_ontology()
    run = Run("model", ontology.digest, "lexicon", "0")
    made: list[Any] = []
    with timed("records to quads", lambda: len(made)):
        made.extend(quads(records, found, ontology, run=run))
    print(f"{len(records)} articles, {len(records) * STATEMENTS} statements, {len(made):,} quads")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store", create=True)
        with timed("quads to store", lambda: len(made)):
            store.replace(made)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(f"{'size of the store':34} {size / 1e6:8.1f} MB")
        with timed("open the store"):
            store = Store(Path(folder) / "store")
        for suffix in ("ttl", "trig", "nq", "jsonld", "rdf"):
            with timed(f"store to .{suffix}", lambda: len(made)):
                serialise(store.lines, suffix, prefixes=prefixes(store.base))
        with timed("network", lambda: len(records) * STATEMENTS):
            network(store)
        for name, one in stock().items():
            with timed(f"query {name}"):
                query(store, name, parameters={parameter: "Person 17" for parameter in one.required})
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
