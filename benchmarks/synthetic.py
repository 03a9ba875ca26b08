"""Graphs of any size with the shape of real ones, made up: names, articles, statements of all relations.

Some articles are read as kg reads them (records, then quads); each of the many is one of these with other entities,
ids and days in it. Entities come up as often as in news: a few in very many articles, most in one or two.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from records_factory import reading, resolution, said

from kg import ids
from kg.ontology import Ontology, load_ontology
from kg.rdf import Run, quads
from kg.rdf.description import entity_triples, vocabulary_triples
from kg.rdf.provenance import run_triples
from kg.rdf.store import CLAIMS, CURRENT, FACTS, INDEX, LINES
from kg.records import Entity, Qualifiers, Time

A_PLACE = 20  # statements of an article
TEMPLATES = 150
SHARES = {"Person": 45, "Organization": 20, "Place": 12, "Group": 8, "Country": 3, "Event": 6, "Work": 4, "Product": 2}
MODALITIES = ["actual"] * 70 + ["possible"] * 10 + ["planned"] * 9 + ["wanted"] * 4 + ["negated"] * 7
SYLLABLES = "ba der kan lo mir sta vel ton ri na gor es ul pha tem zi co wen dra hol".split()
CONTAINING = frozenset({"partOf", "memberOf", "locatedIn", "basedIn"})
RUN = Run("model", "ontology", "lexicon", "0")
TOKEN = re.compile(r"entity/Qx\d+q>|Qx\d+q|Qart|2001-01-01|statement/\w+")


@dataclass(frozen=True)
class Cast:
    """All entities, by type, each with how often it comes up, added up."""

    by_type: dict[str, list[Entity]]
    weights: dict[str, list[float]]

    def draw(self, type: str, chance: random.Random) -> Entity:
        """One of that type, as likely as it is known."""
        known, weights = self.by_type[type], self.weights[type]
        return chance.choices(known, cum_weights=weights)[0]


def cast(count: int, chance: random.Random) -> Cast:
    """So many entities, with names of their own; some people share their last name."""
    by_type: dict[str, list[Entity]] = {}
    taken: set[str] = set()
    for type, share in SHARES.items():
        made: list[Entity] = []
        wanted = max(30, count * share // 100)
        last = [word(chance, 2, 3) for _ in range(max(10, wanted // 4))]  # some share theirs
        while len(made) < wanted:
            name = f"{word(chance, 2, 3)} {chance.choice(last)}" if type != "Country" else word(chance, 3, 4)
            key = ids.slug(name)
            if key not in taken:
                taken.add(key)
                aliases = (name.split(" ")[-1],) if chance.random() < 0.4 and type == "Person" else ()
                made.append(Entity(key, type, name, aliases))
        by_type[type] = made
    weights = {type: [*accumulate(1 / (n + 3) ** 0.9 for n in range(len(made)))] for type, made in by_type.items()}
    return Cast(by_type, weights)


def word(chance: random.Random, least: int, most: int) -> str:
    """A name of so many syllables."""
    return "".join(chance.choices(SYLLABLES, k=chance.randint(least, most))).capitalize()


@dataclass(frozen=True)
class Template:
    """An article's lines, each with the kind of its graph and cut where something else goes in; its entities' types."""

    lines: list[tuple[str, list[str]]]
    types: list[str]
    within: dict[int, int]  # an entity, and what it lies in or belongs to


def template(number: int, ontology: Ontology, chance: random.Random) -> Template:
    """An article of twenty sentences with a statement each, between entities that come up again within it."""
    relations = [it for it in ontology.properties.values() if it.domain and it.range]
    types: list[str] = []
    within: dict[int, int] = {}
    sentences, made = [], []

    def entity(allowed: frozenset[str]) -> int:
        fit = sorted(allowed & SHARES.keys())
        again = [n for n, type in enumerate(types) if type in fit]
        if again and chance.random() < 0.5:
            return chance.choice(again)
        types.append(chance.choices(fit, [SHARES[type] for type in fit])[0])
        return len(types) - 1

    while len(made) < A_PLACE:
        relation = chance.choice(relations)
        one = entity(relation.domain)
        if relation.name in CONTAINING:  # what is within what is no accident: each is within one other
            if one in within:
                continue
            types.append(chance.choice(sorted(relation.range & SHARES.keys())))
            other = within[one] = len(types) - 1
        else:
            other = entity(relation.range)
        if one == other:
            continue
        verb = f"did{len(made)}"
        words = f"[[Qx{one}q|e{one}:{types[one]}]] {verb} something with [[Qx{other}q|e{other}:{types[other]}]]"
        options: dict[str, Any] = {}
        if chance.random() < 0.3:
            by = entity(frozenset({"Person"}))
            words += f", [[Qx{by}q|e{by}:Person]] said"
            options = {"by": f"e{by}", "cue": "said"}
        elif chance.random() < 0.1:
            words, options = words + ", officials said", {"by": "officials", "cue": "said"}
        qualifiers = Qualifiers(
            time=Time("on Monday", "2001-01-01", "2001-01-01", "day", "2001-01-01") if chance.random() < 0.15 else None,
            number=chance.choice(["nine", "twelve"])
            if relation.name.endswith("edBy") and chance.random() < 0.3
            else None,
            position="minister" if relation.name in ("leads", "officialOf") else None,
        )
        sentences.append(words + ".")
        modality = chance.choice(MODALITIES)
        made.append(
            said(f"e{one}", relation.name, f"e{other}", verb, modality=modality, qualifiers=qualifiers, **options)
        )
    record = reading("\n".join(sentences), *made, id="Qart", title="Qart in short", date=dt.date(2001, 1, 1))
    found = quads([record], resolution([record]), ontology, run=RUN)
    lines = []
    for quad in found:
        graph = quad.graph_name.value.rpartition("/")[2]
        if graph in ("entities", "vocabulary") or (graph == "articles" and "/run/" in str(quad.subject)):
            continue
        line = f"{quad.subject} {quad.predicate} {quad.object}"
        pieces, at = [], 0
        for match in TOKEN.finditer(line):
            pieces += [line[at : match.start()], match[0]]
            at = match.end()
        lines.append((graph, [*pieces, line[at:]]))
    return Template(lines, types, within)


def write(folder: Path, statements: int, *, seed: int = 0) -> Cast:
    """A store in ``folder``, laid out as :meth:`kg.rdf.Store.replace` does but for the order of ``graph.nq``.

    Returns the entities that it is about.
    """
    chance, ontology = random.Random(seed), load_ontology()
    people = cast(max(300, statements // 10), chance)
    generation = folder / "generation-synthetic"
    generation.mkdir(parents=True)
    with (generation / LINES).open("w", encoding="utf-8") as file:
        file.writelines(lines(statements, people, ontology, chance))
    db = ox.Store(str(generation / INDEX))
    db.bulk_load(path=str(generation / LINES), format=ox.RdfFormat.N_QUADS, lenient=True)
    db.flush()
    del db
    (folder / CURRENT).write_text(generation.name, encoding="ascii")
    return people


def lines(statements: int, people: Cast, ontology: Ontology, chance: random.Random) -> Iterator[str]:
    """The quads, and with them the copies that queries read."""
    base = ids.BASE_IRI
    templates = [template(n, ontology, chance) for n in range(TEMPLATES)]
    everyone = [one for known in people.by_type.values() for one in known]
    about = [
        *((ids.articles_graph_iri(base), triple) for triple in run_triples(RUN, base)),
        *(
            (ids.vocabulary_graph_iri(base), triple)
            for triple in vocabulary_triples(SHARES, [*ontology.properties], ontology)
        ),
        *((ids.entities_graph_iri(base), triple) for one in everyone for triple in entity_triples(one, ontology, base)),
    ]
    for graph, triple in about:
        line = " ".join(map(str, triple))
        yield f"{line} <{graph}> .\n{line} .\n"
    plain: dict[str, set[str]] = {"facts": set(), "claims": set()}
    first = dt.date(2020, 1, 1)
    for number in range(statements // A_PLACE):
        it = chance.choice(templates)
        id = f"a{number:07}"
        chosen = [people.draw(type, chance) for type in it.types]
        for inner, outer in it.within.items():  # the better known of a type hold the others, a few hold those
            known = people.by_type[it.types[outer]]
            chosen[outer] = known[len(chosen[inner].name) * 7 % min(12, len(known))]
        day = (first + dt.timedelta(days=chance.randrange(2000))).isoformat()
        graphs = {tier: f"<{ids.graph_iri(base, id, tier)}>" for tier in ("facts", "claims", "statements")}
        graphs["articles"] = f"<{ids.articles_graph_iri(base)}>"
        for graph, pieces in it.lines:
            line = "".join(put(piece, chosen, id, day) if n % 2 else piece for n, piece in enumerate(pieces))
            yield f"{line} {graphs[graph]} .\n"
            if graph in plain:
                plain[graph].add(line)
            else:
                yield f"{line} .\n"
    for line in plain["facts"]:
        yield f"{line} {FACTS} .\n"
    for line in plain["claims"] - plain["facts"]:
        yield f"{line} {CLAIMS} .\n"


def put(token: str, chosen: list[Entity], id: str, day: str) -> str:
    """What goes in for a token."""
    if token.startswith("entity/"):
        return f"entity/{chosen[int(token[9:-2])].id}>"
    if token.startswith("Qx"):
        return chosen[int(token[2:-1])].name
    return {"Qart": id, "2001-01-01": day}.get(token, f"{token}{id}")
