"""Clustering: chains of many articles to profiles, profiles to entities. Near-linear, in any order of articles.

A chain with a full name falls into the profile of that name. What its name does not tell apart (a person of one word, a
"Supreme Court" of no country, a phrase without a name) is a profile of its own, and joins another only where the
context agrees and only one other fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.gazetteer import load_gazetteer
from kg.naming import abbreviations, initials_of, is_acronym, name_words
from kg.records import ArticleRecord, Resolution
from kg.resolve.chains import Chain, Key, add_context, describe, fullest
from kg.resolve.compare import THRESHOLD, Profile, compare
from kg.resolve.entities import entities

_MOST_CANDIDATES = 20


def resolve(records: Iterable[ArticleRecord]) -> Resolution:
    """Which entity each mention stands for. A pure function of the set of records.

    The same full name and a compatible type are one entity, so are a country's names, an acronym and its one long form.
    What has no name, and a person named by one word whose context says nothing, stays in its article.
    """
    gazetteer = load_gazetteer()
    chains: dict[tuple[str, str], Chain] = {}
    ordered = sorted(records, key=lambda record: record.article.id)
    for record in ordered:
        for mention in record.mentions:
            key = (record.article.id, mention.chain)
            chains.setdefault(key, Chain(*key)).mentions.append(mention)
    for chain in chains.values():
        describe(chain, gazetteer)
    add_context(ordered, chains)
    return entities(_cluster(_profiles(chains.values())), gazetteer)


def _profiles(chains: Iterable[Chain]) -> dict[Key, list[Chain]]:
    found: dict[Key, list[Chain]] = defaultdict(list)
    for chain in chains:
        found[chain.key].append(chain)
    return found


def _profile(chains: Sequence[Chain]) -> Profile:
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


def _cluster(found: Mapping[Key, list[Chain]]) -> list[list[Chain]]:
    """Join profiles that :func:`~kg.resolve.compare.compare` finds to be one, a short name only to the one it fits."""
    profiles = {key: _profile(found[key]) for key in sorted(found) if found[key][0].names}
    joined: list[tuple[Key, Key]] = []
    for short, candidates in _candidates(profiles):
        matches = [key for key in sorted(candidates) if compare(profiles[short], profiles[key]).score >= THRESHOLD]
        if _one(matches, profiles):
            joined += ((short, key) for key in matches)
    return [[chain for key in component for chain in found[key]] for component in _components(sorted(found), joined)]


def _components(keys: Iterable[Key], joined: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """The keys in groups of what is joined, directly or through others, in their order; groups by their first.

    A forest of disjoint sets (Galler and Fischer 1964). networkx has it, but takes longer to load than this to run.
    """
    parent = {key: key for key in keys}

    def root(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = key = parent[parent[key]]
        return key

    for left, right in joined:
        parent[root(right)] = root(left)
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key in parent:
        groups[root(key)].append(key)
    return list(groups.values())


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
            near |= by_letters[initials_of(profile.names[0])]
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
        found |= {initials_of(name)} if is_acronym(name) else abbreviations(name)
    return found
