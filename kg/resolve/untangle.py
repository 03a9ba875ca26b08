"""Chains that hold two persons against the evidence of their names: "George H. Lund" and "George W. Lund" are not one.

Coreference within an article weighs all it sees, and sometimes joins whom names tell apart. Across articles such a
chain would join two entities for good, so it is parted here, before anything is compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.naming import is_person_name, person_words
from kg.records import Mention
from kg.resolve.persons import core, generation, person_names
from kg.resolve.traits import REIGNING, words_before
from kg.resolve.words import Words

_KIN = frozenset("son father grandson grandfather daughter mother namesake".split())
_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ichna)$")


def untangle(
    mentions: list[Mention], text: str, said_one: Sequence[tuple[Mention, Mention]] = ()
) -> list[list[Mention]]:
    """The mentions of a person, parted where full names exclude each other; in the order of the text.

    A shorter name goes with a full name that it may stand for, the last one first; the rest with the name before it.

    :param said_one: what the text says is one, whatever the names are: such a chain is left whole.
    """
    if len(mentions) == 1 or mentions[0].type != "Person":
        return [mentions]
    full = {m: words for m in mentions if (words := _full_name(m, text))}
    kinds: list[Words] = []
    for mention, words in full.items():
        kin = _is_kin(mention, text)
        if not any(_one(words, kind) and not (kin and generation(words) != generation(kind)) for kind in kinds):
            kinds.append(words)
    if len(kinds) < 2 or any(left in mentions and right in mentions for left, right in said_one):
        return [mentions]
    parts: list[list[Mention]] = [[] for _ in kinds]
    current = 0
    for mention in sorted(mentions):
        if mention in full:
            words = full[mention]
            current = kinds.index(words) if words in kinds else next(i for i, it in enumerate(kinds) if _one(words, it))
        elif mention.kind == "name":
            short = person_words(mention.text)
            fitting = [i for i, kind in enumerate(kinds) if person_names(short, kind)]
            current = current if current in fitting or not fitting else fitting[0]
        parts[current].append(mention)
    return [part for part in parts if part]


def _full_name(mention: Mention, text: str) -> Words:
    """The words of a name that tells a person apart, a reigning title with it; or none."""
    if mention.kind != "name" or not is_person_name(mention.text):
        return ()
    words = person_words(mention.text)
    if len(core(words)) > 1:
        return words
    before = words_before(text, mention.start)
    return (before[-1].lower(), *words) if before and before[-1].lower() in REIGNING else ()


def _is_kin(mention: Mention, text: str) -> bool:
    """Whether a name is introduced as that of another's relative: "his son Bo Lund Jr."."""
    return not _KIN.isdisjoint(word.lower() for word in words_before(text, mention.start)[-3:])


def _one(left: Words, right: Words) -> bool:
    if left[0] == right[0] and len(left) == len(right) == 2 and any(map(_PATRONYMIC.search, (left[1], right[1]))):
        return True  # "Igor Pavlovich" for Igor Lebedev
    titles = {left[0], right[0]} & REIGNING
    return person_names(left, right) is not None if len(titles) < 2 else left == right
