"""Blocking: which profiles are worth comparing, by tokens that two forms of a name have in common. Near-linear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from kg.resolve import tokens
from kg.resolve.persons import core
from kg.resolve.profile import Profile
from kg.resolve.tokens import Token

#: A token that more names have in common tells nothing: whatever it brings together could be any of them.
MOST = 20

#: Whether more names than :data:`MOST` have a token, in all articles.
Crowded = Callable[[Token], bool]


def variants(profiles: Mapping[int, Profile], crowded: Crowded) -> Iterator[tuple[int, int]]:
    """Pairs of full names that may be two forms of one, the lower number first, each once."""
    buckets: dict[Token, list[int]] = defaultdict(list)
    for number, profile in profiles.items():
        for token in dict.fromkeys((*tokens.forms(profile), *tokens.variants(profile))):
            buckets[token].append(number)
    near = (bucket for token, bucket in buckets.items() if 1 < len(bucket) <= MOST and not crowded(token))
    yield from sorted({pair for bucket in near for pair in combinations(bucket, 2)})


def initials(profiles: Mapping[int, Profile], crowded: Crowded) -> Iterator[tuple[int, int]]:
    """Pairs of a person with an initial and one whose given name it may stand for."""
    long: dict[Token, list[int]] = defaultdict(list)
    short: list[tuple[int, Token]] = []
    for number, profile in profiles.items():
        for words in map(core, profile.forms) if profile.type == "Person" else ():
            if len(words) > 1 and len(words[0]) == 1:
                short.append((number, tokens.initial(words)))
            elif len(words) > 1:
                long[tokens.initial(words)].append(number)
    for number, token in short:
        if len(long[token]) <= MOST and not crowded(token):
            yield from ((min(number, other), max(number, other)) for other in long[token] if other != number)


class Index:
    """Clusters by what a shorter name may find them by: a word of a person's name, an acronym's letters, words.

    Clusters and short names are given as the profiles of their chains, for it is chains that tokens are counted of.
    """

    def __init__(self, clusters: Mapping[int, Iterable[Profile]], crowded: Crowded) -> None:
        self._crowded = crowded
        self._found: dict[Token, set[int]] = defaultdict(set)
        for number, profiles in clusters.items():
            for token in {t for it in profiles for found in (tokens.forms, tokens.handles) for t in found(it)}:
                self._found[token].add(number)

    def candidates(self, profiles: Iterable[Profile]) -> set[int]:
        """The clusters that the profiles may be a shorter name of; none where there are too many."""
        near = set[int]().union(*map(self._candidates, profiles))
        return near if len(near) <= 2 * MOST else set()

    def _candidates(self, profile: Profile) -> set[int]:
        near = set[int]()
        for form in profile.forms:
            handle = tokens.shortened(profile, form)
            found = self._few(handle)
            if found is None:
                found = set().union(*(self._few(tokens.in_context(handle, item)) or () for item in profile.context))
            near |= found | (self._few(("words", form)) or set())
        if letters := tokens.acronym(profile):
            near |= self._few(letters) or set()
        return near

    def _few(self, token: Token) -> set[int] | None:
        """The clusters with a token; ``None`` if it is of too many."""
        found = self._found.get(token, set())
        return found if len(found) <= MOST and not self._crowded(token) else None


def leftovers(profiles: Mapping[int, Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of short names with the same words, where something else agrees too: neighbours in each block."""
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for number, profile in profiles.items():
        for form in profile.forms:
            for item in profile.context:
                buckets["context", form, item].append(number)
            for key in profile.companions:
                buckets["companion", form, key].append(number)
    yield from sorted({pair for bucket in buckets.values() for pair in pairwise(bucket)})
