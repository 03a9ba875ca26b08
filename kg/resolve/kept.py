"""What articles told, kept as MessagePack: an article whose names another one touches need not be read again.

Each chain is had by itself, for a block takes one or two of an article. Who is named beside a chain is nearly the same
for all chains of an article: it stands there once, and with a chain only what it lacks of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, get_type_hints

from kg.codec import pack, unpack
from kg.records import ArticleRecord
from kg.resolve.chain import Chain
from kg.resolve.profile import Profile
from kg.resolve.words import Key

_HINTS = get_type_hints(Profile)
#: The fields of a profile that stand with each chain.
_FIELDS = tuple(name for name in _HINTS if name not in ("companions", "articles"))
_values = attrgetter(*_FIELDS)
_PROFILE: Any = tuple[tuple(_HINTS[name] for name in _FIELDS)]  # type: ignore[misc]
#: A chain's id, its mentions by their places in the article, type, names, key, what it lacks of all that is named
#: (``None``: of all), and the rest of its profile.
_CHAIN: Any = tuple[str, list[int], str, dict[str, int], Key, list[int] | None, _PROFILE]
#: What is named, and the chains.
_ARTICLE: Any = tuple[list[Key], list[bytes]]


def keep(chains: Sequence[Chain], record: ArticleRecord) -> bytes:
    """The chains of an article, to be had again through :class:`Kept`; nothing where they are no text for a file."""
    places = {(m.start, m.end): place for place, m in enumerate(record.mentions)}
    everything = frozenset[Key]().union(*(chain.profile.companions for chain in chains))
    named = sorted(everything)
    number = {key: place for place, key in enumerate(named)}
    found = []
    for chain in chains:
        beside = chain.profile.companions
        lacks = [number[key] for key in everything - beside] if beside else None
        mentions = [places[m.start, m.end] for m in chain.mentions]
        found.append((chain.chain, mentions, chain.type, chain.names, chain.key, lacks, _values(chain.profile)))
    try:
        return pack((named, [pack(chain) for chain in found]))
    except UnicodeEncodeError:  # half a surrogate pair
        return b""


class Kept:
    """The chains of an article as they were kept, each made when it is asked for.

    :param record: the same that they were kept of.
    """

    def __init__(self, kept: bytes, record: ArticleRecord) -> None:
        named, self._packed = unpack(_ARTICLE, kept)
        self._named, self._everything = named, frozenset(named)
        self._record = record
        self._made: dict[int, Chain] = {}

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, place: int) -> Chain:
        if place in self._made:
            return self._made[place]
        id, places, type_, names, key, lacks, values = unpack(_CHAIN, self._packed[place])
        article = self._record.article.id
        chain = Chain(article, id, [self._record.mentions[place] for place in places], type_, names, key)
        chain.profile = Profile(**dict(zip(_FIELDS, values, strict=True)), articles=frozenset([article]))
        if lacks is not None:
            without = [self._named[place] for place in lacks]
            chain.profile.companions = self._everything.difference(without) if without else self._everything
        self._made[place] = chain
        return chain
