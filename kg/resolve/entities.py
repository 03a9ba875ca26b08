"""Entities from clusters of chains: what each is called, its type, and its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.gazetteer import Gazetteer
from kg.ids import digest, slug
from kg.records import Entity, Mention, Resolution
from kg.resolve.chains import Chain, fullest


def entities(clusters: Sequence[Sequence[Chain]], gazetteer: Gazetteer) -> Resolution:
    """One entity a cluster, and which of them each mention stands for."""
    countries = {country.code: country for country in gazetteer.countries}
    drafts: list[tuple[str, Entity, bool, str]] = []
    for cluster in clusters:
        names, types = Counter[str](), Counter[str]()
        mentions = [m for chain in cluster for m in chain.mentions]
        for chain in cluster:
            names.update(chain.names)
            types[chain.type] += len(chain.mentions)
        type_ = min(types, key=lambda name: (-types[name], name))
        code = min((chain.country for chain in cluster if chain.country), default="")
        country = countries.get(code) if type_ == "Country" else None
        if country:
            name = country.name
            names = Counter({n: c for n, c in names.items() if gazetteer.named(n)})
        else:
            name = fullest(names, type_) if names else _phrase(mentions)
        entity = Entity(
            id="",
            type=type_,
            name=_tidy(name),
            aliases=_aliases(names, _tidy(name)),
            mentions=tuple(sorted(m.id for m in mentions)),
            links=country.links if country else (),
        )
        tells = not any(chain.own for chain in cluster) or len(cluster) > 1
        drafts.append((slug(entity.name), entity, tells, digest(*min(chain.key for chain in cluster), length=8)))
    return _with_ids(drafts)


def _phrase(mentions: Sequence[Mention]) -> str:
    """What to call an entity without a name: its longest noun phrase, the first of these in the text."""
    phrases = [m for m in mentions if m.kind != "pronoun"] or mentions
    return min(phrases, key=lambda m: (-len(m.text.split()), m.article, m.start)).text


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _aliases(names: Mapping[str, int], name: str) -> tuple[str, ...]:
    tidy = Counter[str]()
    for text, count in names.items():
        tidy[_tidy(text)] += count
    del tidy[name]
    return tuple(sorted(tidy, key=lambda text: (-tidy[text], text)))


def _with_ids(drafts: Sequence[tuple[str, Entity, bool, str]]) -> Resolution:
    """Give each entity its id: the slug of its name, with a hash where that is no name or another has the slug."""
    entities: dict[str, Entity] = {}
    entity_of: dict[str, str] = {}
    taken: set[str] = set()
    for plain, entity, tells, code in sorted(
        drafts, key=lambda d: (d[0], not d[2], -len(d[1].mentions), d[1].type, d[3])
    ):
        key = plain if tells and plain not in taken else f"{plain}-{code}"
        taken.add(plain)
        entities[key] = Entity(key, entity.type, entity.name, entity.aliases, entity.mentions, entity.links)
        entity_of.update(dict.fromkeys(entity.mentions, key))
    return Resolution(entities=dict(sorted(entities.items())), entity_of=dict(sorted(entity_of.items())))
