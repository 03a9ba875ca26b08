"""Opens and asks stores with a file cut short, one after the other, with no more than 3 GB of memory.

usage: python damaged_stores.py STORE COUNT SEED

Prints how often each thing came of it. Whatever is no answer and no error of kg's ends it.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from kg.errors import GraphError
from kg.query import query
from kg.rdf import Store

MEMORY = 3 << 30
COUNT = "SELECT (COUNT(*) AS ?n) { %s }"
QUERIES = ("timeline", "entities", COUNT % "?s ?p ?o", COUNT % "GRAPH ?g { ?s ?p ?o }")


def main(whole: Path, count: int, seed: int) -> None:
    """Cut a file of a copy of the store, ``count`` times, each file in turn."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    chance = random.Random(seed)
    files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file() and path.stat().st_size)
    found: Counter[str] = Counter()
    for n in range(count):
        with tempfile.TemporaryDirectory() as scratch:
            store = Path(scratch) / "store"
            shutil.copytree(whole, store)
            target = store / files[n % len(files)]
            size = target.stat().st_size
            os.truncate(target, chance.choice([0, 1, size // 2, size - 1, chance.randrange(size)]))
            found[ask(store)] += 1
    sys.stdout.write(json.dumps(found))


def ask(path: Path) -> str:
    """What comes of it: an answer, or an error with its fix."""
    try:
        store = Store(path)
        for text in QUERIES:
            query(store, text)
        len(store)
        list(store.graphs())
    except GraphError as error:
        assert error.fix, error
        return "refused"
    return "answered"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
