"""How long it takes, and how much memory, to find who is who among many mentions; and to add one article to them, as
the median and the most of five, one after the other.

usage: python benchmarks/identity.py [MENTIONS…]         each size in a process of its own; writes docs/identity.svg

The articles are invented: ten chains each, of people, organizations with acronyms and places, named in full and in
short, with an occupation, a nationality or a statement here and there. How often a name occurs falls off as in news
(Zipf), and there are four mentions to a name, whatever the size.
"""

from __future__ import annotations

import datetime as dt
import gc
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from statistics import median

from kg.ids import statement_id
from kg.memory import most_memory
from kg.records import Article, ArticleRecord, Coverage, Evidence, Mention, Span, Statement
from kg.resolve import State, resolve_changes

SIZES = (10_000, 30_000, 100_000, 200_000, 500_000, 1_000_000)
MENTIONS_A_NAME = 4
CHAINS = 10
PLOT = Path(__file__).parents[1] / "docs/identity.svg"
SYLLABLES = (
    "ba be bi bo da de do fa ga go ha hi ja ka ko la le lo ma me mi mo na ne no pa ra re ri sa se so ta te to va ve za "
    "zo"
).split()
JOBS = "minister senator striker singer surgeon lawyer reporter general physicist farmer".split()
PEOPLES = "Norwegian Peruvian Kenyan Polish Japanese Turkish Dutch Chilean".split()


def word(number: int) -> str:
    """A word of three or four syllables, another for each number."""
    base = len(SYLLABLES)
    parts = [SYLLABLES[number % base], SYLLABLES[number // base % base], SYLLABLES[number // base**2 % base]]
    return "".join(parts).capitalize()


def names(count: int, chance: random.Random) -> list[tuple[str, str, str]]:
    """Names in full, in short, and their type: people share first and last names, organizations some acronyms."""
    found = []
    for number in range(count):
        if number % 10 < 6:
            first, last = word(chance.randrange(400)), word(1000 + chance.randrange(max(50, count // 8)))
            found.append((f"{first} {last}", last, "Person"))
        elif number % 10 < 9:
            parts = [word(chance.randrange(3000)) for _ in range(3)]
            found.append((" ".join(parts), "".join(part[0] for part in parts), "Organization"))
        else:
            found.append((word(20_000 + number), "", "Place"))
    return found


def articles(mentions: int) -> Iterator[ArticleRecord]:
    """Invented articles with that many mentions in all."""
    chance = random.Random(7)
    known = names(mentions // MENTIONS_A_NAME, chance)
    weights = list(accumulate(1 / (rank + 20) ** 0.8 for rank in range(len(known))))
    made = number = 0
    while made < mentions:
        record = article(f"a{number:07}", chance.choices(known, cum_weights=weights, k=CHAINS), chance)
        made, number = made + len(record.mentions), number + 1
        yield record


def article(id: str, chosen: list[tuple[str, str, str]], chance: random.Random) -> ArticleRecord:
    """An article about the entities chosen, with a statement between each two people."""
    text, mentions, people = "", [], list[Mention]()

    def add(words: str, kind: str, type_: str, chain: str) -> Mention:
        nonlocal text
        mention = Mention(len(text), len(text) + len(words), words, id, kind, type_, chain)  # type: ignore[arg-type]
        text += words + " "
        mentions.append(mention)
        return mention

    statements = []
    for place, (full, short, type_) in enumerate(dict.fromkeys(chosen)):
        chain = f"c{place}"
        began = len(text)
        first = add(full, "name", type_, chain)
        if type_ == "Person" and chance.random() < 0.3:
            job = JOBS[hash_of(full) % len(JOBS)]
            add(f"the {PEOPLES[hash_of(full) % len(PEOPLES)]} {job}", "nominal", type_, chain)
        elif type_ == "Organization" and chance.random() < 0.3:
            text += "("
            add(short, "name", type_, chain)
            text += ") "
        elif short and chance.random() < 0.3:
            add(short, "name", type_, f"{chain}s" if chance.random() < 0.2 else chain)
        if type_ == "Person":
            people.append(first)
            if len(people) == 2:
                one, other = people
                text += "met. "
                sentence = Span(0, len(text), text)
                met = Span(len(text) - 5, len(text) - 2, "met")
                evidence = Evidence(id, (sentence,), one.span, other.span, met)
                statements.append(
                    Statement(statement_id(one, "metWith", other, None, "actual"), one, "metWith", other, evidence)
                )
        text += ". " if len(text) > began else ""
    day = dt.date(2030, 1, 1) + dt.timedelta(days=hash_of(id) % 700)
    return ArticleRecord(Article(id, "", text, day), tuple(mentions), tuple(statements), Coverage(0, 0, 0, 0))


def hash_of(text: str) -> int:
    """A number for a text, the same in every process."""
    return sum(ord(char) * pow(31, place, 1_000_003) for place, char in enumerate(text)) % 1_000_003


def one(mentions: int) -> None:
    """Measure one size and print a line of figures."""
    gc.set_threshold(50_000, 20, 50)  # as the command line does
    records = list(articles(mentions))
    before = most_memory() / 1e6
    by_id = {record.article.id: record for record in records}
    last = [record.article.id for record in records[-5:]]
    rest = {id: record for id, record in by_id.items() if id not in last}
    started, worked = time.perf_counter(), time.process_time()
    found, state = resolve_changes(State(), rest, rest)
    took, work = time.perf_counter() - started, time.process_time() - worked
    peak = most_memory() / 1e6
    added = []
    for id in last:
        rest[id] = by_id[id]
        worked = time.process_time()
        _, state = resolve_changes(state, rest, [id])
        added.append(time.process_time() - worked)
    count = sum(len(record.mentions) for record in records)
    figures = f"{took:.2f}\t{work:.2f}\t{median(added):.2f}\t{max(added):.2f}\t{before:.0f}\t{peak:.0f}"
    print(f"{count}\t{len(found.entities)}\t{figures}", flush=True)


def main(sizes: list[int]) -> None:
    """Print the table and draw the plot."""
    print(
        f"{'mentions':>10} {'entities':>10} {'seconds':>9} {'CPU s':>8} {'add one':>8} {'at most':>8} "
        f"{'MB before':>10} {'MB peak':>8}"
    )
    rows = []
    for size in sizes:
        line = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=True
        ).stdout
        row = [float(value) for value in line.split()]
        rows.append(row)
        print(
            f"{row[0]:10,.0f} {row[1]:10,.0f} {row[2]:9.1f} {row[3]:8.1f} {row[4]:8.2f} {row[5]:8.2f} {row[6]:10,.0f} "
            f"{row[7]:8,.0f}",
            flush=True,
        )
    if len(rows) > 2:
        PLOT.write_text(plot([(row[0], row[3]) for row in rows]), encoding="utf-8")


def plot(points: list[tuple[float, float]]) -> str:
    """Seconds over mentions, both logarithmic, as SVG, beside a line of slope one."""
    from math import log10

    (x0, x1), (y0, y1) = (4, 6), (-1, 3)

    def at(x: float, y: float) -> tuple[float, float]:
        return 70 + (log10(x) - x0) / (x1 - x0) * 500, 330 - (log10(y) - y0) / (y1 - y0) * 300

    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in (at(*point) for point in points))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in points))
    first = points[0]
    (ax, ay), (bx, by) = at(*first), at(10**x1, first[1] * 10**x1 / first[0])
    grid = "".join(
        f'<text x="{at(10**n, 1)[0]:.0f}" y="350" text-anchor="middle">{10**n:,}</text>' for n in range(x0, x1 + 1)
    ) + "".join(
        f'<text x="60" y="{at(1, 10**n)[1] + 4:.0f}" text-anchor="end">{10.0**n:g}</text>' for n in range(y0, y1 + 1)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 380" font-family="sans-serif" font-size="12">'
        '<rect width="600" height="380" fill="white"/><path d="M70 30V330H570" fill="none" stroke="#888"/>'
        f'<line x1="{ax:.1f}" y1="{ay:.1f}" x2="{bx:.1f}" y2="{by:.1f}" stroke="#bbb" stroke-dasharray="4 4"/>'
        f'<polyline points="{path}" fill="none" stroke="#1f5fa8" stroke-width="2"/><g fill="#1f5fa8">{marks}</g>{grid}'
        '<text x="320" y="372" text-anchor="middle">mentions</text><text x="80" y="24">processor seconds '
        "to resolve all (dashed: linear)</text></svg>\n"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
