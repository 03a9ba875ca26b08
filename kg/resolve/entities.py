"""Entities from clusters of chains: what each is called, its type, its links, and its id."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.gazetteer import Gazetteer
from kg.ids import digest, slug
from kg.records import Candidate, Entity, Join, Mention, Resolution
from kg.resolve.chain import Chain
from kg.resolve.cluster import Clusters
from kg.resolve.describing import fullest, most
from kg.resolve.memory import Memory
from kg.resolve.places import GEONAMES, load_places
from kg.resolve.register import Register

#: Most pairs that one entity is linked by as possibly the same: the likeliest.
MOST_CANDIDATES = 3


def entities(clusters: Clusters, gazetteer: Gazetteer, register: Register, memory: Memory) -> Resolution:
    """One entity a cluster, which of them each mention stands for, why, and which pairs may be one."""
    drafts = [memory.call(_draft, gazetteer, register, *group) for group in clusters.groups]
    if register.answers:
        drafts = _answered(drafts, register)
    keys = _ids(drafts, clusters.groups)
    found: dict[str, Entity] = {}
    entity_of: dict[str, str] = {}
    for key, draft in zip(keys, drafts, strict=True):
        found[key] = Entity(
            key, draft.type, draft.name, draft.aliases, draft.mentions, draft.links, identifiers=draft.identifiers
        )
        entity_of.update(dict.fromkeys(draft.mentions, key))
    joins = sorted(
        Join(entity_of[_first(left).id], _first(left).id, _first(right).id, match.score, match.reason)
        for left, right, match in clusters.joins
    )
    return Resolution(
        entities=dict(sorted(found.items())),
        entity_of=dict(sorted(entity_of.items())),
        possible=_possible(clusters, keys),
        joins=tuple(joins),
    )


def _answered(drafts: Sequence[Entity], register: Register) -> list[Entity]:
    """The entities with what services answered to their names; which of several of one name was meant nobody knows."""
    bearers = Counter((draft.type, draft.name) for draft in drafts)
    return [
        replace(draft, links=tuple(dict.fromkeys((*draft.links, *answers))))
        if bearers[draft.type, draft.name] == 1 and (answers := register.answers.get((draft.type, draft.name)))
        else draft
        for draft in drafts
    ]


def _possible(clusters: Clusters, keys: Sequence[str]) -> tuple[Candidate, ...]:
    """The open pairs, each entity with its likeliest few."""
    counts = Counter[str]()
    kept = []
    pairs = []
    for one, other, match in clusters.open:
        left, right = sorted((keys[one], keys[other]))
        pairs.append(Candidate(left, right, match.score, match.reason))
    for pair in sorted(pairs, key=lambda pair: (pair.reason != "unsure", -pair.score, pair.left, pair.right)):
        if max(counts[pair.left], counts[pair.right]) < MOST_CANDIDATES or pair.reason == "unsure":
            counts.update((pair.left, pair.right))
            kept.append(pair)
    return tuple(sorted(kept, key=lambda pair: (pair.left, pair.right)))


def _draft(gazetteer: Gazetteer, register: Register, *cluster: Chain) -> Entity:
    """An entity without its id."""
    if len(cluster) == 1 and not cluster[0].names:
        return _unnamed(cluster[0])
    mentions = [m for chain in cluster for m in chain.mentions]
    names = Counter[str]()
    for chain in cluster:
        names.update(chain.names)
    type_ = most([chain.type for chain in cluster for _ in chain.mentions])
    known = [chain.profile.known for chain in cluster if chain.profile.known]
    entry = register.entries.get(most(known))
    spot = next((id for id in sorted(known) if id.startswith(GEONAMES)), None)
    code = min((chain.profile.country for chain in cluster if chain.profile.country), default="")
    country = gazetteer.by_code.get(code) if type_ == "Country" else None
    links: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    if entry:
        name, type_, links = entry.name, entry.type, entry.links
        names.update(dict.fromkeys(entry.aliases, 0))
    elif country:
        name = country.name
        names = Counter({n: c for n, c in names.items() if gazetteer.named(n)})
        place = load_places().countries.get(code)
        links = (*country.links, *([place.link] if place else ()))
        identifiers = (f"ISO 3166-1 {code}",) if place else ()
    else:
        name = fullest(names, type_) if names else _phrase(mentions)
        links = (spot,) if spot and type_ == "Place" else ()
    tidy = _tidy(name)
    return Entity(
        id="",
        type=type_,
        name=tidy,
        aliases=_aliases(names, tidy),
        mentions=tuple(sorted(m.id for m in mentions)),
        links=links,
        identifiers=identifiers,
    )


def _unnamed(chain: Chain) -> Entity:
    """Most entities: what one article speaks of, and never by name."""
    name = _tidy(_phrase(chain.mentions))
    mentions = tuple(sorted([m.id for m in chain.mentions]))
    return Entity("", chain.type, name, mentions=mentions)


def _first(chain: Chain) -> Mention:
    """The mention that a chain is best shown by: its first name, else its first phrase."""
    return min(chain.mentions, key=lambda m: (("name", "nominal", "pronoun").index(m.kind), m.start, -m.end))


def _phrase(mentions: Sequence[Mention]) -> str:
    """What to call an entity without a name: its longest noun phrase, the first of these in the text."""
    phrases = [m for m in mentions if m.kind != "pronoun"] or mentions
    if len(phrases) == 1:
        return phrases[0].text
    return min(phrases, key=lambda m: (-len(m.text.split()), m.article, m.start)).text


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _aliases(names: Mapping[str, int], name: str) -> tuple[str, ...]:
    if len(names) == 1 and name in names:
        return ()
    tidy = Counter[str]()
    for text, count in names.items():
        tidy[_tidy(text)] += count
    del tidy[name]
    return tuple(sorted(tidy, key=lambda text: (-tidy[text], text)))


def _ids(drafts: Sequence[Entity], clusters: Sequence[Sequence[Chain]]) -> list[str]:
    """The slug of each name, with a hash where that is no name or another entity has the slug.

    Of several with one slug, the one that is spoken of most has it bare.
    """
    by_slug: dict[str, list[int]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        by_slug[slug(draft.name)].append(number)
    keys = [""] * len(drafts)
    for plain, numbers in by_slug.items():
        tells = {number: _tells(clusters[number]) for number in numbers}
        if len(numbers) == 1 and tells[numbers[0]]:
            keys[numbers[0]] = plain
            continue
        codes = {number: _code(drafts[number], clusters[number]) for number in numbers}
        numbers.sort(key=lambda n: (not tells[n], -len(drafts[n].mentions), drafts[n].type, codes[n]))
        for place, number in enumerate(numbers):
            keys[number] = plain if place == 0 and tells[number] else f"{plain}-{codes[number]}"
    return keys


def _tells(cluster: Sequence[Chain]) -> bool:
    return len(cluster) > 1 or not cluster[0].own


def _code(draft: Entity, cluster: Sequence[Chain]) -> str:
    """A hash of what tells an entity apart: where it is first spoken of."""
    first = min(cluster, key=lambda chain: (chain.article, chain.chain))
    return digest(draft.type, first.article, first.chain, length=8)
