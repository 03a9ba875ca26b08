"""All articles to entities: the one function that the rest of kg calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.gazetteer import load_gazetteer
from kg.records import ArticleRecord, Resolution
from kg.resolve.chains import Chain, chains_of
from kg.resolve.cluster import cluster
from kg.resolve.decisions import Atom, Decision, constraints
from kg.resolve.entities import entities
from kg.resolve.parting import part_chains
from kg.resolve.profile import Key
from kg.resolve.register import Register

#: Somebody named in more articles than this is named beside everybody: it tells nothing.
_MOST_ARTICLES = 20
_NO_REGISTER = Register()


def resolve(
    records: Iterable[ArticleRecord], *, decisions: Sequence[Decision] = (), register: Register = _NO_REGISTER
) -> Resolution:
    """Which entity each mention stands for. A pure function of the set of records, the decisions and the register.

    The same full name and a compatible type are one entity unless something contradicts it, so are a country's names,
    an acronym and its one long form. What has no name, and a person named by one word whose context says nothing, stays
    in its article.
    """
    gazetteer = load_gazetteer()
    ordered = sorted(records, key=lambda record: record.article.id)
    if decisions:
        ordered = part_chains(ordered, decisions)
    chains = [chain for record in ordered for chain in chains_of(record, gazetteer, register)]
    _leave_out_the_ubiquitous(chains)
    found = constraints(decisions, _atoms(ordered, decisions)) if decisions else constraints((), {})
    return entities(cluster(chains, found), gazetteer, register)


def _leave_out_the_ubiquitous(chains: Sequence[Chain]) -> None:
    """Take from each chain's companions those that are named in too many articles to tell anything."""
    articles: dict[Key, set[str]] = defaultdict(set)
    for chain in chains:
        articles[chain.key].add(chain.article)
    common = {key for key, where in articles.items() if len(where) > _MOST_ARTICLES}
    for chain in chains if common else ():
        if not chain.profile.companions.isdisjoint(common):
            chain.profile = replace(chain.profile, companions=chain.profile.companions - common)


def _atoms(records: Iterable[ArticleRecord], decisions: Iterable[Decision]) -> dict[str, Atom]:
    """The chain of each mention that a decision names; where its edges have moved, of what overlaps most."""
    wanted: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for id in {id for decision in decisions for id in (decision.left, decision.right)}:
        article, _, span = id.rpartition("#")
        start, _, end = span.partition("-")
        wanted[article].append((int(start), int(end), id))
    found: dict[str, Atom] = {}
    for record in records:
        for first, last, id in wanted.get(record.article.id, ()):
            moved = [
                (abs(m.start - first) + abs(m.end - last), m)
                for m in record.mentions
                if min(last, m.end) > max(first, m.start)
            ]
            if moved:
                found[id] = (record.article.id, min(moved)[1].chain)
    return found
