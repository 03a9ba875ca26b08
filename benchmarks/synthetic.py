"""Graphs of any size with the shape of real ones, made up: names, articles, statements of all relations.

Some articles are read as kg reads them (records, then quads); each of the many is one of these with other entities,
ids and days in it. Entities come up as often as in news: a few in very many articles, most in one or two. Some
statements are borne out by other sources, some contradict each other, and some people of one last name may be one.
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

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from records_factory import Said, reading, resolution, said

from kg import ids
from kg.ontology import Ontology, load_ontology
from kg.rdf import Run, Store, graphs
from kg.rdf.description import entity_triples, vocabulary_triples
from kg.rdf.lines import Graph
from kg.rdf.namespaces import KG
from kg.rdf.ntriples import integer
from kg.rdf.provenance import run_triples
from kg.records import Entity, Qualifiers, Time

A_PLACE = 20  # statements of an article
TEMPLATES = 150
TOGETHER = 1_000  # articles that are described at once
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

    texts: dict[str, list[str]]
    types: list[str]
    within: dict[int, int]  # an entity, and what it lies in or belongs to
    statements: list[str]  # their names, which get an article's id at the end


def template(number: int, ontology: Ontology, chance: random.Random) -> Template:
    """An article of twenty sentences with a statement each, between entities that come up again within it."""
    relations = [it for it in ontology.properties.values() if it.domain and it.range]
    types: list[str] = []
    within: dict[int, int] = {}
    sentences, made = list[str](), list[Said]()

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
    texts = {}
    for graph, triples in graphs([record], resolution([record]), ontology, run=RUN):
        name = graph.rpartition("/")[2]
        if name in ("entities", "vocabulary"):
            continue
        assert not isinstance(triples, bytes)  # which are sorted triples
        text = "\n".join(triple for triple in triples if "/run/" not in triple[:60])
        pieces, at = list[str](), 0
        for match in TOKEN.finditer(text):
            pieces += [text[at : match.start()], match[0]]
            at = match.end()
        texts[name] = [*pieces, text[at:]]
    return Template(texts, types, within, [f"statement/{it.id}" for it in record.statements])


def write(folder: Path, statements: int, *, seed: int = 0) -> Cast:
    """A store in ``folder``. Returns the entities that it is about."""
    chance = random.Random(seed)
    people = cast(max(300, statements // 10), chance)
    Store(folder, create=True).write(made_up(statements, people, load_ontology(), chance))
    return people


def made_up(statements: int, people: Cast, ontology: Ontology, chance: random.Random) -> Iterator[Graph]:
    """The named graphs."""
    base = ids.BASE_IRI
    templates = [template(n, ontology, chance) for n in range(TEMPLATES)]
    everyone = [one for known in people.by_type.values() for one in known]
    yield ids.articles_graph_iri(base), run_triples(RUN, base)
    yield ids.vocabulary_graph_iri(base), vocabulary_triples(SHARES, [*ontology.properties], ontology)
    yield ids.entities_graph_iri(base), (triple for one in everyone for triple in entity_triples(one, ontology, base))
    yield ids.entities_graph_iri(base), possibly_one(people.by_type["Person"], base)
    first = dt.date(2020, 1, 1)
    articles: list[str] = []
    for number in range(statements // A_PLACE):
        it = chance.choice(templates)
        id = f"a{number:07}"
        chosen = [people.draw(type, chance) for type in it.types]
        for inner, outer in it.within.items():  # the better known of a type hold the others, a few hold those
            known = people.by_type[it.types[outer]]
            chosen[outer] = known[len(chosen[inner].name) * 7 % min(12, len(known))]
        day = (first + dt.timedelta(days=chance.randrange(2000))).isoformat()
        for name, pieces in it.texts.items():
            text = "".join(put(piece, chosen, id, day) if n % 2 else piece for n, piece in enumerate(pieces))
            if name == "statements":
                text = "\n".join([text, *corroborated([f"<{base}{it}{id}>" for it in it.statements], chance)])
            if name != "articles":
                yield ids.graph_iri(base, id, name), text.split("\n")
                continue
            articles += text.split("\n")
            if number % TOGETHER == 0:
                yield ids.articles_graph_iri(base), articles
                articles = []
    yield ids.articles_graph_iri(base), articles


def corroborated(statements: list[str], chance: random.Random) -> Iterator[str]:
    """What of an article several sources carry, and a pair of statements of one article in ten that contradict."""
    for it in statements:
        yield f"{it} {KG.independentSources} {integer(1 + (chance.random() < 0.03) * chance.randint(1, 4))}"
    if chance.random() < 0.1:
        one, other = chance.sample(statements, 2)
        yield f"{one} {KG.contradicts} {other}"
        yield f"{other} {KG.contradicts} {one}"


def possibly_one(people: list[Entity], base: str) -> Iterator[str]:
    """Pairs of people who share their last name: one in fifty may be one, either way round."""
    known: dict[str, Entity] = {}
    for n, one in enumerate(people):
        other = known.setdefault(one.name.split(" ")[-1], one)
        if n % 50 == 0 and one is not other:
            for left, right in ((one, other), (other, one)):
                yield f"<{ids.entity_iri(base, left.id)}> {KG.possiblySame} <{ids.entity_iri(base, right.id)}>"


def put(token: str, chosen: list[Entity], id: str, day: str) -> str:
    """What goes in for a token."""
    if token.startswith("entity/"):
        return f"entity/{chosen[int(token[9:-2])].id}>"
    if token.startswith("Qx"):
        return chosen[int(token[2:-1])].name
    return {"Qart": id, "2001-01-01": day}.get(token, f"{token}{id}")
