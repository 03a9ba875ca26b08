"""How large a graph the explorer carries, beside pyvis's default page: ``python benchmarks/view.py``.

Drives headless Chromium, which can reach nothing, over invented graphs that are knit like news: communities with a few
hubs, most statements within them. Figures in milliseconds unless they say otherwise; each page is opened once by a new
browser, as a reader opens it.

``open``  from the start of loading until the picture is drawn and the page answers
``search``  from a key in the search field until the suggestions are there (the slowest of several)
``filter``  from a click on a filter until the picture and all counts are drawn anew (the slowest of several)
``community``  from a click on the largest community until its members are laid out and drawn
``frame``  the mean time of a frame while the picture is moved, ``frame (community)`` while members are shown

``cpu`` after a figure is the processor time of all of the browser's processes meanwhile (for ``filter`` the mean):
it says more than the clock where the machine has other work to do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.view import render

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from chromium import chromium

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

#: Entities and statements.
SIZES = ((500, 800), (1_500, 3_000), (5_000, 10_000), (20_000, 50_000))
TYPES = ("Person", "Organization", "Country", "Place", "Event", "Group", "Work", "Product")
RELATIONS = (
    "met with",
    "leads",
    "member of",
    "located in",
    "accused",
    "visited",
    "supports",
    "opposes",
    "owns",
    "asked",
)
SYLLABLES = ("an", "bor", "cas", "del", "el", "far", "gor", "hal", "is", "jor", "kel", "lam", "mir", "nor", "os", "pel")

SETTLED = "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)))"
SEARCH = """
const [words, done] = arguments, start = performance.now(), field = document.getElementById("query");
field.focus(); field.value = words; field.dispatchEvent(new Event("input"));
if (!document.querySelector("#suggestions li")) throw new Error("nothing found");
done(performance.now() - start);
"""
FILTER = f"""
const [number, done] = arguments, start = performance.now();
document.querySelectorAll("#side li .only")[number].click();
{SETTLED};
"""
MOVE = """
const done = arguments[0], target = document.querySelector("#graph canvas, #mynetwork canvas");
const box = target.getBoundingClientRect(), times = [];
let last = performance.now(), left = 20;
function step(now) {
  times.push(now - last); last = now; left -= 1;
  const spot = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
  const turn = { deltaY: left % 2 ? 40 : -40, bubbles: true, cancelable: true };
  target.dispatchEvent(new WheelEvent("wheel", { ...spot, ...turn }));
  if (left > 0) requestAnimationFrame(step); else done(times.slice(3).reduce((a, b) => a + b) / (times.length - 3));
}
requestAnimationFrame(step);
"""
COMMUNITY = f"""
const done = arguments[0], start = performance.now();
kgExplorer.select({{ group: 0 }});
{SETTLED};
"""
READY = """
const done = arguments[0];
(function wait() {
  if (window.kgExplorer) requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
  else setTimeout(wait, 5);
})();
"""
#: pyvis hides its loading bar when the springs have come to rest; before that nothing can be seen or clicked.
RESTED = """
const done = arguments[0];
(function wait() {
  const bar = document.getElementById("loadingBar");
  const rested = window.network && network.body && (bar ? bar.style.display === "none" : network.physics.stabilized);
  if (rested) requestAnimationFrame(() => done(performance.now()));
  else setTimeout(wait, 20);
})();
"""


def invented(entities: int, statements: int, *, seed: int = 1) -> nx.MultiDiGraph[str]:
    """A network in the shape of :func:`kg.network.network`."""
    chance = random.Random(seed)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = [
        " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).title() for _ in range(2))
        for _ in range(entities)
    ]
    for number, name in enumerate(names):
        network.add_node(
            f"n{number}", label=name, type=chance.choices(TYPES, (8, 6, 2, 4, 4, 3, 2, 1))[0],
            aliases=[name.split()[1]], links=[], iri=f"https://example.org/kg/entity/n{number}", statements=0,
        )  # fmt: skip
    size = 60
    homes = [list(range(at, min(at + size, entities))) for at in range(0, entities, size)]
    for number in range(statements):
        home = chance.choice(homes)
        subject = home[int(len(home) * chance.random() ** 2.5)]  # the first of each are its hubs
        within = chance.random() < 0.85
        obj = chance.choice(home) if within else chance.choice(homes)[0]
        article, relation = chance.randrange(max(statements // 15, 1)), chance.choice(RELATIONS)
        verb = f" {relation} "
        text = f"{names[subject]}{verb}{names[obj]}, it was said on day {article} of the talks that nobody attended."
        middle = len(names[subject])
        claimed = chance.random() < 0.15
        day = f"20{20 + article % 6}-{1 + article % 12:02}-{1 + article % 28:02}"
        network.add_edge(
            f"n{subject}", f"n{obj}", key=f"s{number}", relation=relation.replace(" ", ""), label=relation,
            symmetric=relation == "met with",
            modality=chance.choices(("actual", "possible", "planned", "negated"), (90, 4, 4, 2))[0],
            speaker=names[chance.randrange(min(entities, 200))] if claimed else None, speaker_id=None,
            attribution_kind="said" if claimed else None, confidence=round(0.5 + chance.random() / 2, 2),
            article=f"a{article}", title=f"Talks of day {article}", date=day, source=f"outlet {article % 30}",
            time=None, time_start=day if chance.random() < 0.3 else None, time_end=None, place=None, position=None,
            status=None, number=None, origin="invented",
            evidence=[{
                "text": text, "start": 0, "subject": [0, middle], "trigger": [middle + 1, middle + len(verb) - 1],
                "object": [middle + len(verb), middle + len(verb) + len(names[obj])],
            }],
        )  # fmt: skip
    return network


def pyvis_page(network: nx.MultiDiGraph[str], path: Path) -> None:
    """What pyvis makes of the same graph when one calls it as its documentation shows."""
    from pyvis.network import Network

    page = Network(directed=True, cdn_resources="in_line")
    for node, data in network.nodes(data=True):
        page.add_node(node, label=data["label"], title=data["type"])
    for source, target, data in network.edges(data=True):
        page.add_edge(source, target, label=data["label"])
    path.write_text(page.generate_html(notebook=False), encoding="utf-8")


@contextmanager
def browser() -> Iterator[Chrome]:
    """Headless Chromium without a network, as the tests drive it."""
    arguments = ("--window-size=1400,900", "--force-prefers-reduced-motion")
    with tempfile.TemporaryDirectory() as profile, chromium(Path(profile), arguments=arguments) as driver:
        yield driver


def processor_time(parent: int) -> float:
    """Milliseconds that a process and all that it started have worked, where ``/proc`` tells; else nothing."""
    parents, worked = {}, {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = entry.read_text().rpartition(")")[2].split()
            parents[int(entry.parent.name)] = int(fields[1])
            worked[int(entry.parent.name)] = int(fields[11]) + int(fields[12])
    family = {parent}
    while more := {pid for pid, above in parents.items() if above in family} - family:
        family |= more
    return 1000 * sum(worked.get(pid, 0) for pid in family) / os.sysconf("SC_CLK_TCK")


def measured_explorer(page: Path, words: Sequence[str], *, patience: int) -> dict[str, float]:
    """The figures of our page."""
    with browser() as driver:
        pid = driver.service.process.pid
        driver.set_page_load_timeout(patience)
        driver.set_script_timeout(patience)
        before = processor_time(pid)
        driver.get(page.as_uri())
        found = {"open": driver.execute_async_script(READY)}
        found["open cpu"] = processor_time(pid) - before
        found["search"] = max(driver.execute_async_script(SEARCH, word) for word in words)
        # Each filter is switched on, then off again.
        numbers, before = (0, 0, 3, 3, 9, 9), processor_time(pid)
        found["filter"] = max(driver.execute_async_script(FILTER, number) for number in numbers)
        found["filter cpu"] = (processor_time(pid) - before) / len(numbers)
        found["frame"] = driver.execute_async_script(MOVE)
        if driver.execute_script("return JSON.parse(document.getElementById('data').textContent).groups.length"):
            found["community"] = driver.execute_async_script(COMMUNITY)
            found["frame (community)"] = driver.execute_async_script(MOVE)
        return found


def measured_pyvis(page: Path, *, patience: int) -> dict[str, float | str]:
    """The figures of pyvis's page: there is nothing to search or filter by name."""
    from selenium.common.exceptions import WebDriverException
    from urllib3.exceptions import HTTPError  # a page so frozen that not even the driver answers

    with browser() as driver:
        driver.set_page_load_timeout(patience)
        driver.set_script_timeout(patience)
        try:
            before = processor_time(driver.service.process.pid)
            driver.get(page.as_uri())
            found = {"open": driver.execute_async_script(RESTED)}
            found["open cpu"] = processor_time(driver.service.process.pid) - before
            return found | {"frame": driver.execute_async_script(MOVE)}
        except (WebDriverException, HTTPError) as error:
            return {"open": f"not within {patience} s ({type(error).__name__})"}


def measure(entities: int, statements: int, *, with_pyvis: bool, patience: int) -> Iterator[dict[str, Any]]:
    """A row for each of the two pages."""
    network = invented(entities, statements)
    words = ["a", network.nodes["n7"]["label"].lower()[:4], network.nodes["n20"]["label"]]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        start = time.perf_counter()
        page.write_text(render(network, title="Benchmark"), encoding="utf-8")
        made = {
            "page": "explorer",
            "entities": entities,
            "statements": statements,
            "made in s": time.perf_counter() - start,
        }
        yield made | {"MB": page.stat().st_size / 1e6} | measured_explorer(page, words, patience=patience)
        if with_pyvis:
            start = time.perf_counter()
            pyvis_page(network, page)
            made = made | {"page": "pyvis", "made in s": time.perf_counter() - start, "MB": page.stat().st_size / 1e6}
            yield made | measured_pyvis(page, patience=patience)


def main() -> None:
    """Print a row of JSON for each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", action="append", metavar="ENTITIES,STATEMENTS", help="instead of the usual sizes")
    parser.add_argument("--no-pyvis", action="store_true", help="leave out pyvis's page, which takes long")
    parser.add_argument("--patience", type=int, default=180, metavar="SECONDS", help="how long a page may take")
    options = parser.parse_args()
    sizes = [tuple(map(int, size.split(","))) for size in options.size] if options.size else SIZES
    for entities, statements in sizes:
        for row in measure(entities, statements, with_pyvis=not options.no_pyvis, patience=options.patience):
            rounded = {name: round(value, 1) if isinstance(value, float) else value for name, value in row.items()}
            print(json.dumps(rounded), flush=True)


if __name__ == "__main__":
    main()
