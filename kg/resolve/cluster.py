"""Clustering: chains of many articles to profiles, profiles to entities. Near-linear, in any order of articles.

A chain with a full name falls into the profile of that name. What its name does not tell apart (a person of one word, a
"Supreme Court" of no country, a phrase without a name) is a profile of its own, and joins another only where the
context agrees and only one other fits.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import networkx as nx

from kg.gazetteer import Gazetteer, load_gazetteer
from kg.ids import digest, slug
from kg.naming import is_acronym, is_person_name, name_words, organization_words, person_words
from kg.records import ArticleRecord, Entity, Mention, Resolution
from kg.resolve.compare import THRESHOLD, Profile, compare

#: Words of institutions that every country has: a name of nothing else tells no institution apart.
_INSTITUTION = frozenset(
    "supreme high constitutional federal national district court courts appeal appeals ministry minister department "
    "office of the and for foreign affairs health defense defence interior justice finance education agriculture "
    "transport energy culture parliament senate house representatives commons lords assembly congress legislature "
    "government cabinet council state police army navy air force armed forces military security intelligence service "
    "agency central bank election electoral commission public prosecutor prosecutors attorney general opposition "
    "administration authority coast guard fire".split()
)
#: Last words of names in lower case that are names all the same; with others it takes a year to tell the thing apart.
_LASTING = frozenset("war conflict crisis pandemic genocide revolution famine uprising".split())
_NUMBER = re.compile(
    r"^(\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)$"
)
_MOST_CANDIDATES = 20

Key = tuple[str, ...]


@dataclass(slots=True)
class _Chain:
    """The mentions of one chain of one article, and what they tell."""

    article: str
    chain: str
    mentions: list[Mention] = field(default_factory=list)
    type: str = ""
    names: Counter[str] = field(default_factory=Counter)
    words: Key = ()
    country: str = ""
    key: Key = ()
    context: set[Key] = field(default_factory=set)

    @property
    def own(self) -> bool:
        """Whether its name does not tell it apart from others."""
        return self.key[0] == "own"


def resolve(records: Iterable[ArticleRecord]) -> Resolution:
    """Which entity each mention stands for. A pure function of the set of records.

    The same full name and a compatible type are one entity, so are a country's names, an acronym and its one long form.
    What has no name, and a person named by one word whose context says nothing, stays in its article.
    """
    gazetteer = load_gazetteer()
    chains: dict[tuple[str, str], _Chain] = {}
    ordered = sorted(records, key=lambda record: record.article.id)
    for record in ordered:
        for mention in record.mentions:
            key = (record.article.id, mention.chain)
            chains.setdefault(key, _Chain(*key)).mentions.append(mention)
    for chain in chains.values():
        _describe(chain, gazetteer)
    _add_context(ordered, chains)
    profiles = _profiles(chains.values())
    clusters = _cluster(profiles)
    return _entities(clusters, gazetteer)


def _describe(chain: _Chain, gazetteer: Gazetteer) -> None:
    """Fill in type, names, words and key of a chain."""
    votes = Counter(m.type for m in chain.mentions)
    chain.type = min(votes, key=lambda name: (-votes[name], name))
    chain.names = Counter(m.text for m in chain.mentions if m.kind == "name" and _proper(m.text, chain.type))
    own = ("own", chain.article, chain.chain)
    if not chain.names:
        chain.key = own
        return
    if chain.type == "Country":
        codes = Counter(c.code for name in chain.names.elements() if (c := gazetteer.meant(name)))
        chain.country = min(codes, key=lambda code: (-codes[code], code)) if codes else ""
    split = (
        person_words if chain.type == "Person" else organization_words if chain.type == "Organization" else name_words
    )
    chain.words = split(fullest(chain.names, chain.type))
    if chain.country:
        chain.key = ("country", chain.country)
    elif not chain.words or not _tells_apart(chain, gazetteer):
        chain.key = own
    else:
        chain.key = (chain.type, *chain.words)


def _proper(name: str, type_: str) -> bool:
    """Whether what stands as a name is one: "Two Russians" and "Prime Minister" are not."""
    return is_person_name(name) if type_ == "Person" else not _NUMBER.match(name.split()[0].lower())


def _tells_apart(chain: _Chain, gazetteer: Gazetteer) -> bool:
    """Whether a chain's full name is enough to know what it names in another article.

    One that ends in a common noun is so only where a proper word stands before it ("Trump administration") or the noun
    is of a kind that each country has one of ("Peruvian army", but no "Peruvian company").
    """
    if chain.type == "Person":
        return len(chain.words) > 1
    if chain.type == "Organization" and set(chain.words) <= _INSTITUTION:
        return False
    words = fullest(chain.names, chain.type).split()
    if not words[-1].islower() or chain.words[-1] in _LASTING or any(w.isdigit() and len(w) == 4 for w in words):
        return True
    if chain.type in {"Event", "Work", "Group"}:
        return False
    proper = [word for word in words if not word[:1].islower() and not gazetteer.meant(word)]
    return bool(proper) or (chain.type == "Organization" and chain.words[-1] in _INSTITUTION)


def fullest(names: Mapping[str, int], type_: str) -> str:
    """The name that says most: of most words, and of these the most frequent, the longest, the first by spelling."""
    words = person_words if type_ == "Person" else name_words
    return min(names, key=lambda name: (-len(words(name)), -names[name], -len(name), name))


def _add_context(records: Sequence[ArticleRecord], chains: Mapping[tuple[str, str], _Chain]) -> None:
    """Note for chains that need it what the statements relate them to: named things that are known across articles."""
    for record in records:
        for statement in record.statements:
            ends = [chains.get((record.article.id, m.chain)) for m in (statement.subject, statement.object)]
            for side, (chain, other) in enumerate([ends, ends[::-1]]):
                if chain and other and not other.own:
                    chain.context.add((statement.relation, str(side), *other.key))


def _profiles(chains: Iterable[_Chain]) -> dict[Key, list[_Chain]]:
    found: dict[Key, list[_Chain]] = defaultdict(list)
    for chain in chains:
        found[chain.key].append(chain)
    return found


def _profile(chains: Sequence[_Chain]) -> Profile:
    names = Counter[str]()
    for chain in chains:
        names.update(chain.names)
    first = chains[0]
    best = fullest(names, first.type) if names else ""
    return Profile(
        type=first.type,
        words=first.words,
        names=(best, *sorted(name for name in names if name != best)) if names else (),
        context=frozenset(item for chain in chains for item in chain.context),
        descriptions=frozenset(
            words[-1]
            for chain in chains
            for m in chain.mentions
            if m.kind == "nominal" and (words := name_words(m.text)) and len(words) < 5
        ),
        country=first.country,
    )


def _cluster(found: Mapping[Key, list[_Chain]]) -> list[list[_Chain]]:
    """Join profiles that :func:`~kg.resolve.compare.compare` finds to be one, a short name only to the one it fits."""
    profiles = {key: _profile(found[key]) for key in sorted(found) if found[key][0].names}
    graph: nx.Graph[Key] = nx.Graph()
    graph.add_nodes_from(sorted(found))
    for short, candidates in _candidates(profiles):
        matches = [key for key in sorted(candidates) if compare(profiles[short], profiles[key]).score >= THRESHOLD]
        if _one(matches, profiles):
            graph.add_edges_from((short, key) for key in matches)
    return [
        [chain for key in sorted(component) for chain in found[key]]
        for component in sorted(nx.connected_components(graph), key=min)
    ]


def _one(matches: Sequence[Key], profiles: Mapping[Key, Profile]) -> bool:
    """Whether all that a short name fits are one entity themselves; if not, it could be any of them and joins none."""
    return bool(matches) and all(
        compare(profiles[left], profiles[right]).score >= THRESHOLD
        for i, left in enumerate(matches)
        for right in matches[i + 1 :]
    )


def _candidates(profiles: Mapping[Key, Profile]) -> Iterator[tuple[Key, set[Key]]]:
    """Each profile with those that it may be a shorter or another form of; blocks keep this near-linear."""
    by_words: dict[Key, set[Key]] = defaultdict(set)
    by_ends: dict[Key, set[Key]] = defaultdict(set)
    by_word: dict[Key, set[Key]] = defaultdict(set)
    by_letters: dict[str, set[Key]] = defaultdict(set)
    by_context: dict[Key, list[Key]] = defaultdict(list)
    for key, profile in profiles.items():
        own = key[0] == "own"
        if not own:
            by_words[profile.words].add(key)
        if profile.type == "Person" and len(profile.words) > 1:
            by_ends[profile.words[0], profile.words[-1]].add(key)
            for word in (profile.words[0], profile.words[-1]):
                by_word[(word,)].add(key)
            by_word[profile.words[-2:]].add(key)
            by_word[profile.words[:2]].add(key)
        elif profile.type != "Person":
            for letters in _initials(profile):
                by_letters[letters].add(key)
        if own:
            for item in sorted(profile.context):
                by_context[(*profile.words, "|", *item)].append(key)
    for key, profile in profiles.items():
        words = profile.words
        near = set[Key]()
        if key[0] != "own":
            near |= by_words[words]
        if profile.type == "Person":
            ends = by_ends[words[0], words[-1]] if len(words) > 1 else set[Key]()
            near |= {other for other in ends if len(profiles[other].words) > len(words)}
            near |= {other for other in by_word.get(words, ()) if len(profiles[other].words) > len(words)}
        elif is_acronym(profile.names[0]):
            near |= by_letters[profile.names[0].replace(".", "").lower()]
        near.discard(key)
        if 0 < len(near) <= _MOST_CANDIDATES:
            yield key, near
    for same in by_context.values():  # each agrees with each, so a path through them is enough
        for left, right in pairwise(same):
            yield left, {right}


def _initials(profile: Profile) -> set[str]:
    """The acronyms under which a long name may be found: those made of its letters and those that articles give."""
    found: set[str] = set()
    for name in profile.names:
        if is_acronym(name):
            found.add(name.replace(".", "").lower())
        words = name_words(name)
        if len(words) > 1:
            small = {"of", "the", "for", "and", "in", "on", "to"}
            found |= {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in small)}
    return found


def _entities(clusters: Sequence[Sequence[_Chain]], gazetteer: Gazetteer) -> Resolution:
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
