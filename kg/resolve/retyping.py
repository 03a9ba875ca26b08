"""One name, one type: where most articles agree what a full name names, another type is the language model's slip."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.resolve.chain import Chain
from kg.resolve.profile import Key, Words

#: How many times as many articles must say so.
_MAJORITY = 2


def retyped(chains: Sequence[Chain]) -> list[Chain]:
    """The chains, those of a full name of several words with the type that most chains of that name have.

    Chains are not changed: what is given another type is a new one.
    """
    votes: dict[Words, Counter[str]] = defaultdict(Counter)
    for chain in chains:
        if _may_be(chain.key):
            votes[chain.key[1:]][chain.type] += 1
    prevailing = {words: type_ for words, count in votes.items() if len(count) > 1 and (type_ := _most(count))}
    if not prevailing:
        return list(chains)
    return [
        _as(chain, prevailing[chain.key[1:]]) if _may_be(chain.key) and chain.key[1:] in prevailing else chain
        for chain in chains
    ]


def _may_be(key: Key) -> bool:
    return len(key) > 2 and key[0] != "own" and not key[1].startswith("@")


def _most(votes: Counter[str]) -> str:
    """The type that prevails, or nothing."""
    (first, most), (_, next_) = votes.most_common(2)
    return first if most >= _MAJORITY * next_ else ""


def _as(chain: Chain, type_: str) -> Chain:
    if chain.type == type_:
        return chain
    other = Chain(chain.article, chain.chain, chain.mentions, type_, chain.names, (type_, *chain.key[1:]))
    other.profile = replace(chain.profile, type=type_)
    return other
