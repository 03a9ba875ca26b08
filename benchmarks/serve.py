"""How ``kg serve`` holds up: many clients at once for a while, all asking different things; errors and latencies.

usage: python benchmarks/serve.py GRAPH [--clients 200] [--seconds 60] [--workers N] [--endless SHARE] [--hostile N]

GRAPH is a graph folder, or a store that ``sparql.py --folder`` made up.

Each client asks one thing after the other over a connection that it keeps: pages of entities, the API, a stock query,
short SPARQL by GET and POST, now and then a query that takes too long. The server is another process on this machine.
Hostile clients stand beside them, and come back when they are cut off: they never end a request or a body, send too
much or what is no request, ask for much and take nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from kg.derive import STORE_FOLDER
from kg.rdf import Store
from kg.rdf.names import Names
from kg.rdf.publishing import CURRENT
from kg.serve import Settings
from kg.serve.server import run

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NAMES = "SELECT ?n { ?x a kg:Person ; rdfs:label ?n } LIMIT 20"


def requests(ids: list[str], chance: random.Random, *, endless: float) -> tuple[str, bytes]:
    """What kind of request, and its bytes."""
    id = quote(chance.choice(ids))
    kind, path, body = chance.choice(
        [
            ("page", f"/entity/{id}.html", ""),
            ("page", "/", ""),
            ("document", f"/entity/{id}.ttl", ""),
            ("api", f"/api/entities/{id}", ""),
            ("api", f"/api/entities?name={id[:4]}", ""),
            ("stock query", f"/api/queries/claims-about?name={id[:8]}", ""),
            ("sparql", "/sparql?" + urlencode({"query": f"SELECT * {{ entity:{id} ?p ?o }} LIMIT 50"}), ""),
            ("sparql", "/sparql", urlencode({"query": NAMES})),
            ("static", "/static/style.css", ""),
        ]
    )
    if chance.random() < endless:
        kind, path, body = "endless", "/sparql", urlencode({"query": ENDLESS})
    head = f"Host: localhost\r\nContent-Length: {len(body)}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"
    return kind, f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\n{head}{body}".encode()


async def client(number: int, port: int, end: float, ids: list[str], took: dict[str, list[float]], codes: Counter[str],
                 endless: float) -> None:  # fmt: skip
    """Ask until the time is over."""
    chance = random.Random(number)
    reader = writer = None
    while time.perf_counter() < end:
        kind, data = requests(ids, chance, endless=endless)
        start = time.perf_counter()
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert reader is not None
            writer.write(data)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            codes[f"{kind} {head[9:12].decode()}"] += 1
            if b"connection: close" in head:
                writer.close()
                writer = None
        except (OSError, EOFError) as error:
            codes[f"{kind} {type(error).__name__}"] += 1
            writer = None
        took[kind].append(time.perf_counter() - start)
        await asyncio.sleep(chance.random() * 0.2)
    if writer:
        writer.close()


POST = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
ALL = b"SELECT * { ?a ?b ?c } LIMIT 5000"
#: What hostile clients begin with, and what they then send, a piece every half second.
HOSTILE = {
    "no end of the head": (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-A: b\r\n"),
    "no end of the body": (POST + b"Content-Length: 1000\r\n\r\nASK", b" "),
    "nothing at all": (b"", b""),
    "too large a head": (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: b\r\n" * 20_000, b""),
    "too large a body": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 20,
        b"",
    ),
    "no request": (bytes(range(256)) + b"\r\n\r\n", b"\0"),
    "takes nothing": (POST + b"Content-Length: %d\r\n\r\n" % len(ALL) + ALL, b"x"),
}


async def hostile(number: int, port: int, end: float, codes: Counter[str]) -> None:
    """Do harm until the time is over, and count what becomes of it."""
    kind, (start, piece) = [*HOSTILE.items()][number % len(HOSTILE)]
    while time.perf_counter() < end:
        writer = None
        try:
            async with asyncio.timeout(end + 45 - time.perf_counter()):
                reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
                writer.write(start)
                sending = asyncio.ensure_future(drip(writer, piece))
                taking = [] if kind == "takes nothing" else [asyncio.ensure_future(reader.read(12))]
                done, _ = await asyncio.wait({sending, *taking}, return_when=asyncio.FIRST_COMPLETED)
                sending.cancel()
                came = f"answered {answer[9:].decode()}" if (answer := done.pop().result()) else "cut off"
        except TimeoutError:
            came = "NOT CUT OFF"
        except OSError:
            came = "cut off"
        finally:
            if writer:
                writer.transport.abort()
        codes[f"{kind}: {came}"] += 1
        await asyncio.sleep(0.2)


async def drip(writer: asyncio.StreamWriter, piece: bytes) -> bytes:
    """Send a piece now and then until the connection is lost."""
    with suppress(ConnectionError):
        while True:
            await writer.drain()
            await asyncio.sleep(0.5)
            writer.write(piece)
    return b""


async def load(port: int, ids: list[str], clients: int, seconds: float, endless: float, enemies: int) -> None:
    """Print the table."""
    took: dict[str, list[float]] = defaultdict(list)
    codes: Counter[str] = Counter()
    harm: Counter[str] = Counter()
    start = time.perf_counter()
    against = [asyncio.ensure_future(hostile(n, port, start + seconds, harm)) for n in range(enemies)]
    await asyncio.gather(*(client(n, port, start + seconds, ids, took, codes, endless) for n in range(clients)))
    lasted = time.perf_counter() - start
    total = sum(map(len, took.values()))
    print(f"{clients} clients, {lasted:.0f} s, {total} requests, {total / lasted:.0f}/s")
    print(f"{'':14} {'requests':>9} {'p50 ms':>9} {'p95 ms':>9} {'p99 ms':>9} {'max ms':>9}")
    everything = [one for kind, found in took.items() if kind != "endless" for one in found]
    for kind, found in [*sorted(took.items()), ("all but endless", everything)]:
        found = sorted(found)
        points = [found[min(len(found) - 1, int(share * len(found)))] * 1000 for share in (0.5, 0.95, 0.99, 1)]
        print(f"{kind:14} {len(found):9} " + " ".join(f"{point:9.0f}" for point in points))
    print(", ".join(f"{code}: {count}" for code, count in sorted(codes.items())))
    await asyncio.gather(*against)
    for what, count in sorted(harm.items()):
        print(f"{enemies} hostile clients, {what}: {count}")


def main() -> None:
    """Start the server, ask it, end it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("graph")
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", default="2")
    parser.add_argument("--endless", type=float, default=0.0, help="the share of queries that never end")
    parser.add_argument("--hostile", type=int, default=0, help="hostile clients beside the others")
    parser.add_argument("--serve", action="store_true", help="be the server of a made-up store")
    options = parser.parse_args()
    if options.serve:
        settings = Settings(port=0, workers=int(options.workers))
        run(Path(options.graph), "made up", settings, ready=lambda address: print(address, file=sys.stderr, flush=True))
        return
    store = Path(options.graph)
    if (store / CURRENT).exists():
        command = [sys.executable, __file__, "--serve", options.graph, "--workers", options.workers]
    else:
        store /= STORE_FOLDER
        command = [sys.executable, "-m", "kg", "serve", options.graph, "--port", "0", "--workers", options.workers]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        threading.Thread(target=process.stderr.read, daemon=True).start()  # a full pipe would stop the server
        port = int(re.search(r":(\d+)/", line)[1])  # type: ignore[index]
        try:
            base = Store(store).base
            ids = [it.entity.value.removeprefix(f"{base}entity/") for it in Names(Store(store)).find("")]
            asyncio.run(load(port, ids, options.clients, options.seconds, options.endless, options.hostile))
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
