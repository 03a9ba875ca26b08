"""Blocking: which profiles are worth comparing, by tokens that two forms of a name have in common. Near-linear."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from kg.naming import abbreviations, initials_of, is_acronym
from kg.resolve.persons import core, formal, skeleton
from kg.resolve.profile import Profile

#: A token that more profiles have in common tells nothing: whatever it brings together could be any of them.
MOST = 20


def variants(profiles: Mapping[int, Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of full names that may be two forms of one, the lower number first, each once."""
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for number, profile in profiles.items():
        for token in dict.fromkeys(_tokens(profile)):
            buckets[token].append(number)
    yield from sorted({pair for bucket in buckets.values() if len(bucket) <= MOST for pair in combinations(bucket, 2)})


def _tokens(profile: Profile) -> Iterator[Hashable]:
    if profile.known:
        yield "known", profile.known
    for form in (*profile.forms, *profile.given):
        yield "words", form
    if profile.type == "Person":
        for form in profile.forms:
            yield from _person_tokens(core(form))
    elif profile.type == "Organization":
        for form in profile.forms:
            if len(form) > 1:
                yield "stem", form[:-1]
            yield "stem", form


def _person_tokens(words: Sequence[str]) -> Iterator[Hashable]:
    if len(words) < 2:
        return
    first, last = words[0], words[-1]
    yield "ends", first, last
    yield "bag", tuple(sorted(words))
    for name in {first, *formal(first)} if len(first) > 1 else ():
        yield "nick", name, last
    if len(first) == 1:
        yield "initial", first, last, "short"
    yield "sound", skeleton(first), skeleton(last)
    for size in range(2, len(words) + 1):
        yield "part", *words[:size]
        yield "part", *words[-size:]


def initials(profiles: Mapping[int, Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of a person with an initial and one whose given name it may stand for."""
    long: dict[tuple[str, str], list[int]] = defaultdict(list)
    short: list[tuple[int, tuple[str, str]]] = []
    for number, profile in profiles.items():
        for words in (core(form) for form in profile.forms if profile.type == "Person"):
            if len(words) > 1:
                token = (words[0][0], words[-1])
                if len(words[0]) == 1:
                    short.append((number, token))
                else:
                    long[token].append(number)
    for number, token in short:
        if len(long[token]) <= MOST:
            yield from ((min(number, other), max(number, other)) for other in long[token] if other != number)


class Index:
    """Clusters by what a shorter name may find them by: a word of a person's name, an acronym's letters, words."""

    def __init__(self, clusters: Mapping[int, Profile]) -> None:
        self._found: dict[Hashable, set[int]] = defaultdict(set)
        for number, profile in clusters.items():
            for token in dict.fromkeys(_handles(profile)):
                self._found[token].add(number)

    def candidates(self, profile: Profile) -> set[int]:
        """The clusters that the profile may be a shorter name of; none where there are too many."""
        near = set[int]()
        for form in profile.forms:
            words = core(form) if profile.type == "Person" else form
            handle = (profile.type, *words)
            found = self._found.get(handle, set())
            if len(found) <= MOST:
                near |= found
            else:
                for item in profile.context:
                    near |= self._found.get((*handle, "|", *item), set())
            near |= self._few(("words", form))
        if profile.type != "Person" and profile.names and is_acronym(profile.names[0]):
            near |= self._few(("letters", initials_of(profile.names[0])))
        return near if len(near) <= 2 * MOST else set()

    def _few(self, token: Hashable) -> set[int]:
        found = self._found.get(token, set())
        return found if len(found) <= MOST else set()


def _handles(profile: Profile) -> Iterator[Hashable]:
    for form in (*profile.forms, *profile.given):
        yield "words", form
    for form in profile.forms:
        if profile.type == "Person":
            words = core(form)
            ends: Iterable[tuple[str, ...]] = (words[:1], words[-1:], words[-2:])
        else:
            ends = (form, form[1:], form[:2], form[:-1])
        for part in dict.fromkeys(ends):
            if part:
                yield (profile.type, *part)
                for item in profile.context:
                    yield (profile.type, *part, "|", *item)
    if profile.type != "Person":
        for name in profile.names[:6]:
            for letters in abbreviations(name):
                if len(letters) > 2:
                    yield "letters", letters


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
