"""How fast the stock queries answer on a graph of a given size, and how that compares with rdflib in memory.

usage: python benchmarks/sparql.py [--statements N] [--folder KEPT] [--runs N] [--rdflib] [--only NAME,…]

The graph is made up (``synthetic.py``). Each query is asked without its optional name and with names of entities drawn
as news draws them, some whole, some a part.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from synthetic import cast, write

from kg.memory import most_memory
from kg.query import query, stock
from kg.rdf import Store
from kg.rdf.view import dataset


def main() -> None:
    """Print the table."""
    options = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary) / "store"
        if not folder.exists():
            start = time.perf_counter()
            write(folder, options.statements)
            print(f"made in {time.perf_counter() - start:.0f} s", flush=True)
        start = time.perf_counter()
        store = Store(folder)
        print(f"opened in {time.perf_counter() - start:.3f} s; {options.statements:,} statements")
        names = asked(options.statements, options.runs)
        took: tuple[list[float], list[float]] = ([], [])
        print(f"{'query':18} {'with':28} {'rows':>8} {'seconds':>9} {'processor':>9}")
        for name, one in stock().items():
            if options.only and name not in options.only.split(","):
                continue
            for given in questions(one.parameters, one.required, names):
                start, worked = time.perf_counter(), time.process_time()
                rows = len(query(store, name, parameters=given, limit=options.limit))
                seconds, work = time.perf_counter() - start, time.process_time() - worked
                took[bool(given)].append(seconds)
                shown = ", ".join(f"{key}={value}" for key, value in given.items())
                print(f"{name:18} {shown[:28]:28} {rows:8} {seconds:9.3f} {work:9.3f}", flush=True)
        for what, seconds_ in zip(("of everything", "with a name"), took, strict=True):
            if seconds_:
                middle, most = statistics.median(seconds_), quantile(seconds_, 0.95)
                print(f"{len(seconds_)} questions {what}: median {middle:.3f} s, p95 {most:.3f} s")
        print(f"peak memory {most_memory() / 1e6:,.0f} MB")
        if options.rdflib:
            beside_rdflib(store)


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="where the store is kept, made if it is not there")
    parser.add_argument("--runs", type=int, default=4, help="names that each query is asked with")
    parser.add_argument("--limit", type=int, default=1_000, help="rows that are asked for")
    parser.add_argument("--rdflib", action="store_true", help="beside rdflib in memory")
    parser.add_argument("--only", default="", help="queries, with commas between them")
    return parser.parse_args()


def asked(statements: int, count: int) -> list[str]:
    """Names as people ask for them: of entities that come up often and seldom, whole and in part."""
    chance = random.Random(0)
    people = cast(max(300, statements // 10), chance)
    names = []
    for n in range(count):
        name = people.draw(chance.choice(["Person", "Organization", "Country"]), chance).name
        names.append(name.split(" ")[-1] if n % 2 else name)
    return names


def questions(parameters: object, required: object, names: list[str]) -> list[dict[str, str]]:
    """The parameters that a query is asked with: none, then names."""
    assert isinstance(parameters, dict) and isinstance(required, frozenset)
    if not parameters:
        return [{}]
    found: list[dict[str, str]] = [] if required else [{}]
    for n, name in enumerate(names):
        found.append({key: name if at == 0 else names[n - 1] for at, key in enumerate(parameters)})
    return found


def quantile(values: list[float], share: float) -> float:
    """The value that so great a share lies below."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def beside_rdflib(store: Store) -> None:
    """The same questions to the same graph in rdflib's memory."""
    start = time.perf_counter()
    copy = dataset(store)
    print(f"\nrdflib: loaded in {time.perf_counter() - start:.1f} s")
    for name, one in stock().items():
        if one.required:
            continue
        start = time.perf_counter()
        ours = len(query(store, name))
        between = time.perf_counter()
        theirs = len(copy.query(one.text))
        end = time.perf_counter()
        ratio = (end - between) / (between - start)
        seconds = f"{between - start:9.3f} s, rdflib {end - between:9.3f} s ({ratio:.0f} x)"
        print(f"{name:18} {ours:8} rows, rdflib {theirs:8} {seconds}", flush=True)


if __name__ == "__main__":
    main()
