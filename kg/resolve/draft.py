"""Entities in the making: a cluster of chains with all that an entity has but its id, which hangs on all others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.gazetteer import load_gazetteer
from kg.ids import digest, slug
from kg.records import Entity, Join, Mention
from kg.resolve.chain import Chain
from kg.resolve.describing import fullest, most
from kg.resolve.places import GEONAMES, load_places
from kg.resolve.register import Entry, Register


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity, with the id it had the last time, if any; ``slug`` is its name as part of an id.

    ``owners`` are the numbers of its chains, ``first`` the article and the name of the first of them. It ``tells`` if
    its name may stand for it without more. ``joins`` say why its chains are one. ``country``, and how often which of
    its ``names`` occurs, is there for countries only, which are put together from drafts of their chains.
    """

    entity: Entity
    slug: str
    first: tuple[str, ...]
    tells: bool
    owners: tuple[int, ...]
    joins: tuple[Join, ...] = ()
    country: str = ""
    names: Mapping[str, int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """A hash of what tells it apart: where it is first spoken of."""
        return digest(self.entity.type, *self.first, length=8)


def drafted(chains: Sequence[Chain], owners: Sequence[int], joins: Iterable[Join], entry: Entry | None) -> Draft:
    """A cluster of chains, by number, as an entity.

    :param entry: what a register has of it.
    """
    entity = _unnamed(chains[0]) if len(chains) == 1 and not chains[0].names else _entity(chains, entry)
    first = min((chain.article, chain.chain) for chain in chains)
    return Draft(entity, slug(entity.name), first, len(chains) > 1 or not chains[0].own, tuple(owners), tuple(joins))


def of_country(chain: Chain, owner: int) -> Draft:
    """What one chain adds to a country."""
    entity = Entity("", chain.type, "", mentions=tuple(sorted([m.id for m in chain.mentions])))
    return Draft(
        entity, "", (chain.article, chain.chain), True, (owner,), country=chain.profile.country, names=chain.names
    )


def countries(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, those of one country as one."""
    found: defaultdict[str, list[Draft]] = defaultdict(list)
    rest: list[Draft] = []
    for draft in drafts:
        (found[draft.country] if draft.country else rest).append(draft)
    for code, parts in found.items():
        names = Counter[str]()
        for part in parts:
            names.update(part.names)
        entity = replace(
            _country(code, names), mentions=tuple(sorted([id for part in parts for id in part.entity.mentions]))
        )
        rest.append(Draft(entity, slug(entity.name), min(part.first for part in parts), True, ()))
    return rest


def first_mention(chain: Chain) -> Mention:
    """The mention that a chain is best shown by: its first name, else its first phrase."""
    return min(chain.mentions, key=lambda m: (("name", "nominal", "pronoun").index(m.kind), m.start, -m.end))


def claims(clusters: Sequence[Sequence[Chain]], register: Register) -> Mapping[int, Entry]:
    """Which entry of a register each cluster is: of several that claim one, that which fits it best, or the largest."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for place, chains in enumerate(clusters) if register.entries else ():
        if known := [chain.profile.known for chain in chains if chain.profile.known in register.entries]:
            wanted[most(known)].append(place)

    def rank(id: str, place: int) -> tuple[float, int, str, str]:
        chains = clusters[place]
        first = min(chains, key=lambda chain: (chain.article, chain.chain))
        fit = max(register.fit(id, chain.profile) for chain in chains)
        return -fit, -len(chains), first.article, first.chain

    return {min(places, key=lambda it: rank(id, it)): register.entries[id] for id, places in wanted.items()}


def _entity(cluster: Sequence[Chain], entry: Entry | None) -> Entity:
    mentions = [m for chain in cluster for m in chain.mentions]
    ids = tuple(sorted([m.id for m in mentions]))
    names = Counter[str]()
    for chain in cluster:
        names.update(chain.names)
    type_ = most([chain.type for chain in cluster for _ in chain.mentions])
    known = [chain.profile.known for chain in cluster if chain.profile.known]
    spot = next((id for id in sorted(known) if id.startswith(GEONAMES)), None)
    code = min((chain.profile.country for chain in cluster if chain.profile.country), default="")
    links: tuple[str, ...] = ()
    if entry:
        name, type_, links = entry.name, entry.type, entry.links
        names.update(dict.fromkeys(entry.aliases, 0))
    elif code and type_ == "Country":
        return replace(_country(code, names), mentions=ids)
    else:
        name = fullest(names, type_) if names else _phrase(mentions)
        links = (spot,) if spot and type_ == "Place" else ()
    tidy = _tidy(name)
    return Entity("", type_, tidy, _aliases(names, tidy), ids, links)


def _country(code: str, names: Mapping[str, int]) -> Entity:
    gazetteer, place = load_gazetteer(), load_places().countries.get(code)
    country = gazetteer.by_code[code]
    return Entity(
        id="",
        type="Country",
        name=country.name,
        aliases=_aliases({name: count for name, count in names.items() if gazetteer.named(name)}, country.name),
        links=(*country.links, *([place.link] if place else ())),
        identifiers=(f"ISO 3166-1 {code}",) if place else (),
    )


def _unnamed(chain: Chain) -> Entity:
    """Most entities: what one article speaks of, and never by name."""
    name = _tidy(_phrase(chain.mentions))
    return Entity("", chain.type, name, mentions=tuple(sorted([m.id for m in chain.mentions])))


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
