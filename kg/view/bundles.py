"""The lines of the page: each bundles the statements that say the same of the same two entities, as surely.

Two tellings never become two lines, and a claim never melts into a fact.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: Subject, object, relation and tier.
Bundle = tuple[str, str, str, str]

#: How much the curves of parallel lines bend apart.
BEND = 0.36


def bundles(statements: Iterable[Mapping[str, Any]], symmetric: set[str]) -> dict[Bundle, list[int]]:
    """The numbers of the statements behind each line of the page.

    :param symmetric: the relations for which subject and object make no difference.
    """
    found: defaultdict[Bundle, list[int]] = defaultdict(list)
    for index, statement in enumerate(statements):
        ends = statement["subject"], statement["object"]
        if statement["relation"] in symmetric:
            ends = min(ends), max(ends)
        found[(*ends, statement["relation"], statement["tier"])].append(index)
    return dict(sorted(found.items()))


def bends(lines: Iterable[Bundle]) -> dict[Bundle, float]:
    """How far each line curves so that parallel ones part: 0 for a lone one, else spread, seen along the line."""
    pairs: defaultdict[tuple[str, str], list[Bundle]] = defaultdict(list)
    for bundle in lines:
        pairs[min(bundle[:2]), max(bundle[:2])].append(bundle)
    found = {}
    for (low, _), group in pairs.items():
        for index, bundle in enumerate(group):
            bend = (index - (len(group) - 1) / 2) * BEND
            found[bundle] = round(bend if bundle[0] == low else -bend, 3)
    return found


def independent(tellings: Sequence[tuple[str, str | None, str | None, str]]) -> int:
    """How many sources stand behind a line that do not just repeat each other.

    Tellings count as one where the outlet is the same, where they report the same speaker's words, or where the
    sentences are nearly the same, as in copies of a wire story.

    :param tellings: article, outlet, speaker and sentence of each statement.
    """
    home = list(range(len(tellings)))

    def root(index: int) -> int:
        while home[index] != index:
            index = home[index]
        return index

    words = [_shingles(sentence) for *_, sentence in tellings]
    for index, (article, outlet, speaker, _) in enumerate(tellings):
        for other in range(index):
            before = tellings[other]
            same = article == before[0] or (outlet and outlet == before[1]) or (speaker and speaker == before[2])
            if same or _alike(words[index], words[other]):
                home[root(index)] = root(other)
    return len({root(index) for index in range(len(tellings))})


def _shingles(sentence: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", sentence.casefold())
    return frozenset(tuple(words[at : at + 3]) for at in range(max(len(words) - 2, 1)))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    return len(one & other) >= 0.6 * max(min(len(one), len(other)), 1)
