"""How fast RDF is made, stored, written, asked and turned into a network, on invented articles.

usage: python benchmarks/rdf.py [ARTICLES] [--load] [--rdflib]

The rates are by the clock and of a processor: the store is made on all of them, much else on one. With --load it ends
when the store is made; 2,200 articles are two million quads. With --rdflib the same quads are loaded, asked and written
by rdflib in memory too, and the ratios are told.
"""

from __future__ import annotations

import math
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from records_factory import Said, reading, resolution, said

from kg.archive import Archive
from kg.memory import most_memory
from kg.network import network
from kg.ontology import load_ontology
from kg.processors import processors
from kg.query import query, stock
from kg.rdf import Run, Store, graphs
from kg.rdf.evidence import check_evidence
from kg.rdf.guard import bound, tokens_of
from kg.rdf.namespaces import prefixes
from kg.rdf.patch import differences, lines_of
from kg.rdf.serialise import write
from kg.records import ArticleRecord
from kg.rereading import reread

RELATIONS = ("metWith", "leads", "accused", "heldBy", "capturedBy", "attacked", "supports", "asked")
STATEMENTS, PEOPLE = 20, 30
PATIENCE, ENOUGH = 120.0, 0.2  # processor seconds for one thing, and of all rounds of it


@contextmanager
def timed(what: str, count: Callable[[], int] | None = None) -> Iterator[None]:
    """Print how long the block took by the clock and on the processors, and how many are done in a second of each."""
    start, worked = time.perf_counter(), time.process_time()
    yield
    took, work = time.perf_counter() - start, time.process_time() - worked
    rates = f"{count() / took:12,.0f}/s {count() / work:12,.0f}/s" if count else ""
    print(f"{what:34} {took:8.3f} s {work:8.3f} s {rates}", flush=True)


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


def worked(work: Callable[[], object]) -> float:
    """Processor seconds, of several rounds where one is over soon; infinitely many if it takes over ``PATIENCE``."""
    start, rounds = time.process_time(), 0
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        while time.process_time() - start < ENOUGH:
            work()
            rounds += 1
    except TimeoutError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return (time.process_time() - start) / rounds


def beside_rdflib(made: Sequence[tuple[str, list[str]]], store: Store, folder: Path) -> None:
    """The same quads in rdflib's memory: loaded, asked all the rows of the stock queries, and written."""
    from rdflib import Dataset

    def give_up(number: int, frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, give_up)
    names, copy = prefixes(store.base), Dataset(default_union=True)
    for prefix, iri in names.items():
        copy.bind(prefix, iri, override=True, replace=True)
    rows: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "load": (
            lambda: Store(folder / "other", create=True).write(made),
            lambda: copy.parse(folder / "out.nq", format="nquads"),
        )
    }
    for name, one in stock().items():
        given = {parameter: "Person 17" for parameter in one.required}
        text = bound(one.text, tokens_of(one.text), {key: f'"{value}"' for key, value in given.items()})
        rows[f"query {name}"] = (
            lambda name=name, given=given: query(store, name, parameters=given),  # type: ignore[misc]
            lambda text=text: list(copy.query(text)),  # type: ignore[misc]
        )
    for suffix, format in (("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")):
        rows[f"write .{suffix}"] = (
            lambda suffix=suffix: write(store.blocks(), suffix, (folder / "a").open("wb"), prefixes=names),  # type: ignore[misc]
            lambda format=format: copy.serialize(folder / "b", format=format),  # type: ignore[misc]
        )
    print(f"\n{'processor seconds':24} {'kg':>9} {'rdflib':>9} {'ratio':>8}")
    for name, (ours, theirs) in rows.items():
        held = most_memory()
        mine, other = worked(ours), worked(theirs)
        print(f"{name:24} {mine:9.3f} {min(other, PATIENCE):9.3f} {'>' if other > PATIENCE else ' '}"
              f"{min(other, PATIENCE) / mine:7.1f}", flush=True)  # fmt: skip
        if name == "load":
            print(f"{'':24} memory that both took more: {(most_memory() - held) / 1e6:,.0f} MB")


def main(articles: int, *, load: bool = False, rdflib: bool = False) -> None:
    """Print the table."""
    chance = random.Random(0)
    records = [article(n, chance) for n in range(articles)]
    found, ontology = resolution(records), load_ontology()
    run = Run("model", ontology.digest, "lexicon", "0")
    made: list[tuple[str, list[str]]] = []

    def count() -> int:
        return sum(len(triples) for _, triples in made)

    print(f"{'':34} {'clock':>10} {'processor':>10} {'by the clock':>14} {'of a processor':>14}")
    with timed("records to named graphs", count):
        made.extend((graph, [*triples]) for graph, triples in graphs(records, found, ontology, run=run))
    print(f"{len(records)} articles, {len(records) * STATEMENTS} statements, {count():,} quads")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store", create=True)
        main = time.thread_time()
        with timed("named graphs to store", count):
            store.write(made)
        print(f"{'of that, Python':34} {'':10} {time.thread_time() - main:8.3f} s  the rest on another processor")
        if load:
            return
        with timed("the index of named graphs", count):
            store.prepare()
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(f"{'size of the store':34} {size / 1e6:8.1f} MB")
        with timed("open the store"):
            store = Store(Path(folder) / "store")
        before = most_memory()
        for suffix in ("ttl", "trig", "nq", "jsonld", "rdf"):
            with timed(f"store to .{suffix}", count), (Path(folder) / f"out.{suffix}").open("wb") as out:
                write(store.blocks(), suffix, out, prefixes=prefixes(store.base))
        print(f"{'memory that writing took more':34} {(most_memory() - before) / 1e6:8.0f} MB")
        with timed("difference to itself", count):
            assert not list(differences(lines_of(store.blocks()), lines_of(store.blocks())))
        with Archive(Path(folder) / "graph", write=True) as archive:
            for record in records:
                archive.put(record)
        for processes in sorted({1, processors()}):
            with timed(f"evidence, {processes} processes", lambda: len(records) * STATEMENTS):
                assert not reread(Path(folder) / "graph", processes=processes)
        with timed("evidence, records in memory", lambda: len(records) * STATEMENTS):
            assert not check_evidence(records)
        if rdflib:
            beside_rdflib(made, store, Path(folder))
        with timed("network", lambda: len(records) * STATEMENTS):
            network(store)
        for name, one in stock().items():
            with timed(f"query {name}"):
                query(store, name, parameters={parameter: "Person 17" for parameter in one.required}, limit=1_000)
    print(f"peak memory {most_memory() / 1e6:,.0f} MB")


if __name__ == "__main__":
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    main(int(numbers[0]) if numbers else 300, load="--load" in sys.argv, rdflib="--rdflib" in sys.argv)
