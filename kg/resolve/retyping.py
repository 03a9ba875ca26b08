"""One name, one type: what other articles agree that a name names, another type is the language model's slip.

News seldom has two things of different kinds under one full name; of 14 such pairs in the annotated articles, 11 were
one entity. Where most articles have one type, the others follow; where types are as many, or the name is one word, only
what is named beside the same others follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.resolve.chain import Chain
from kg.resolve.profile import THING
from kg.resolve.words import Key, Words

#: How many times as many articles must have a type to prevail by number alone.
_MAJORITY = 2
#: The types that cannot be right where a noun or "the" tells of the kind.
_NO = {THING: ("Person",)}
#: Which of two types is likelier right where as many articles have each.
_LIKELIER = ("Person", "Organization", "Place", "Event", "Work", "Product", "Group")


@dataclass(slots=True)
class _Reading:
    """A name with one type: a chain, how many there are, and who is named beside them."""

    example: Chain
    count: int = 0
    companions: set[Key] = field(default_factory=set)


def retyped(chains: Sequence[Chain], common: frozenset[Key]) -> list[Chain]:
    """The chains, those whose type is a slip with the type that their name has elsewhere.

    Chains are not changed: what is given another type is a new one.

    :param common: what is named beside everything.
    """
    readings: dict[Words, dict[str, _Reading]] = defaultdict(dict)
    for chain in chains:
        if chain.names and not chain.own and (words := words_of(chain)):
            reading = readings[words].setdefault(chain.type, _Reading(chain))
            reading.count += 1
            reading.companions |= chain.profile.companions
    none: dict[str, _Reading] = {}
    return [_followed(chain, readings.get(words_of(chain), none), common) if chain.names else chain for chain in chains]


def words_of(chain: Chain) -> Words:
    """The name of what may have been given a wrong type."""
    return chain.profile.forms[0] if chain.type in _LIKELIER and chain.profile.forms else ()


def _followed(chain: Chain, readings: dict[str, _Reading], common: frozenset[Key]) -> Chain:
    told = chain.profile.told
    others = [it for type_, it in readings.items() if type_ not in (chain.type, *_NO.get(told, ()))] if readings else []
    sure = told == chain.type or (chain.type == "Person" and (chain.profile.gender or chain.profile.fields))
    if not others or sure:  # "she", "the actress", "the ferry": no slip
        return chain
    best = min(others, key=lambda it: (-it.count, _LIKELIER.index(it.example.type)))
    own, own_type = readings.get(chain.type), _LIKELIER.index(chain.type)
    if own is not None and not chain.own:
        if len(words_of(chain)) < 2 or (own.count, -own_type) > (best.count, -_LIKELIER.index(best.example.type)):
            return chain
        if best.count >= _MAJORITY * own.count:
            return _as(chain, best.example)
    beside = chain.profile.companions - common - {it.example.key for it in readings.values()}
    shared = [len(beside & it.companions) for it in others]
    most = max(shared)
    return _as(chain, others[shared.index(most)].example) if most and shared.count(most) == 1 else chain


def _as(chain: Chain, example: Chain) -> Chain:
    """What a chain would be, had it been read as one of the same name was."""
    other = Chain(chain.article, chain.chain, chain.mentions, example.type, chain.names, example.key)
    model = example.profile
    other.profile = replace(
        chain.profile, type=example.type, known=model.known, homes=model.homes, regions=model.regions, vague=False
    )
    return other
