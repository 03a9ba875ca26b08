"""What is known of candidates and of pairs of them beside their vectors: type, number, place in the tree, whether in a
quotation or a name, which words two share. Training and run time of the scorer of clusters share this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.language.coreference.candidates import (
    BETWEEN,
    SHARED_WORDS,
    TYPES,
    WORDS_BETWEEN,
    Bools,
    Candidates,
    Text,
    link,
)
from kg.language.pairs import Ints, Pairs, log_bucket
from kg.language.referring import PHRASE_FEATURES, Parsed, Phrases, describe

_PLURAL = frozenset("we us our ours they them their theirs these those both all many people men women children".split())
_SINGULAR = frozenset("i me my he him his she her hers it its this that one".split())
_KINDS, _ROLES, _LENGTHS = PHRASE_FEATURES
_NUMBERS, _REPEATED, _PLACES, _NAMED, _SENTENCES, _TREE, _RANKS, _OVERLAPS, _QUOTED = 3, 5, 10, 5, 8, 7, 7, 5, 5
_TELLING = frozenset(["NOUN", "PROPN", "ADJ", "NUM"])
#: Words of a candidate that are compared with those of others, and steps up the tree.
_COMPARED, _STEPS = 6, 8
#: Number of values of each feature of a candidate: kind (one for verbs), role, length, type, number, how many of its
#: head's word stand before it, place in the text, how it lies to a name, whether it stands in a quotation.
CANDIDATE_FEATURES = (_KINDS + 1, _ROLES, _LENGTHS, len(TYPES), _NUMBERS, _REPEATED, _PLACES, _NAMED, 2)
#: Number of values of each feature of a pair: candidates between, words between, shared words, sentences between, both
#: kinds, shared words with the later one's kind, both types, both numbers, both roles, how they lie in the tree, how
#: many that fit stand between, how often the earlier one's word was there, its place, the later one's kind with the
#: earlier one's type, words in common, quotations.
PAIR_FEATURES = (
    *(BETWEEN, WORDS_BETWEEN, SHARED_WORDS, _SENTENCES, (_KINDS + 1) ** 2, SHARED_WORDS * (_KINDS + 1)),
    *(len(TYPES) ** 2, _NUMBERS**2, _ROLES**2, _TREE, 2 * _RANKS, _REPEATED, _PLACES, (_KINDS + 1) * len(TYPES)),
    *(_OVERLAPS, _QUOTED),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """Candidates with what they may take up and all that is known of both: ``[candidates, 2]`` spans, ``[candidates]``
    heads, features of candidates and of pairs."""

    spans: Ints
    heads: Ints
    features: Ints
    pairs: Pairs
    links: NDArray[np.int16]

    @classmethod
    def of(cls, found: Candidates, text: Text) -> Linked:
        """Candidates of a text."""
        phrases = describe(found.spans, text.parsed, heads=found.heads)
        pairs = link(found, phrases, text.parsed)
        features = candidate_features(found, phrases, text)
        links = pair_features(pairs, features, found, text)
        spans = np.asarray(found.spans, dtype=np.int64).reshape(-1, 2)
        return cls(spans, found.heads, features, pairs, links)


def candidate_features(found: Candidates, phrases: Phrases, text: Text) -> Ints:
    """``[candidates, 9]``, for :data:`CANDIDATE_FEATURES`."""
    words = text.parsed.words
    kinds = np.where(found.events, _KINDS, phrases.features[:, 0])
    number = [_number(head, text.parsed) for head in found.heads.tolist()]
    repeated = np.minimum(_seen_before([words[head].lower() for head in found.heads.tolist()]), _REPEATED - 1)
    columns = [
        *(kinds, phrases.features[:, 1], phrases.features[:, 2], text.types[found.heads]),
        *(np.where(found.coordinated, 2, np.asarray(number, dtype=np.int64)), repeated),
        log_bucket(np.arange(len(found.spans)), _PLACES - 1),
        _named(found, text),
        text.quotations[found.heads] > 0,
    ]
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)


def pair_features(pairs: Pairs, features: Ints, found: Candidates, text: Text) -> NDArray[np.int16]:
    """``[pairs, 16]``, for :data:`PAIR_FEATURES`, in 16 bits, as a long text has many; ``features`` are those of the
    candidates."""
    left, right = pairs.left, pairs.right
    kind, role, _, type_, number, repeated, place, *_ = features.T
    sentence = np.asarray(text.parsed.sentences, dtype=np.int64)[found.heads]
    apart = np.maximum(sentence[left] - sentence[right], 0)
    near = np.where(apart <= 3, apart, 3 + log_bucket(np.maximum(apart - 3, 0), _SENTENCES - 4))
    fits = _agree(type_, left, right) & _agree(number, left, right)
    shared = pairs.features[:, 2]
    columns = [
        *(pairs.features[:, 0], pairs.features[:, 1], shared, near),
        *(kind[left] * (_KINDS + 1) + kind[right], shared * (_KINDS + 1) + kind[left]),
        *(type_[left] * len(TYPES) + type_[right], number[left] * _NUMBERS + number[right]),
        *(role[left] * _ROLES + role[right], _tree(found.heads, pairs, text.parsed, apart == 0)),
        *(_rank(fits, left, len(found.spans)) * 2 + fits, repeated[right], place[right]),
        *(kind[left] * len(TYPES) + type_[right], _overlap(found, pairs, text.parsed)),
        _quoted(text.quotations[found.heads], left, right),
    ]
    return np.stack(columns, axis=1, dtype=np.int16, casting="unsafe")


def _number(head: int, parsed: Parsed) -> int:
    """2 for several, 1 for one, 0 if the word does not tell."""
    word = parsed.words[head].lower()
    if word in _PLURAL:
        return 2
    if word in _SINGULAR or parsed.upos[head] == "PROPN":
        return 1
    if parsed.upos[head] != "NOUN":
        return 0
    return 2 if word.endswith("s") and not word.endswith(("ss", "us", "is")) else 1


def _seen_before(words: Sequence[str]) -> list[int]:
    seen: dict[str, int] = {}
    counts = list[int]()
    for word in words:
        counts.append(seen.get(word, 0))
        seen[word] = counts[-1] + 1
    return counts


def _named(found: Candidates, text: Text) -> list[int]:
    """1 if a candidate is a name, 2 if its head lies in a shorter name, 3 if it is part of a name, 4 if it crosses or
    holds one, 0 if none is near."""
    name_of: dict[int, tuple[int, int]] = {i: name for name in text.names for i in range(*name)}
    values = list[int]()
    for (start, end), head in zip(found.spans, found.heads.tolist(), strict=True):
        name = name_of.get(head)
        if name is None:
            values.append(4 if any(i in name_of for i in range(start, end)) else 0)
        elif name[1] == end and (start == name[0] or _is_article(start, name, text.parsed)):
            values.append(1)
        elif name[0] <= start and end <= name[1]:
            values.append(3)
        else:
            values.append(2 if start <= name[0] and name[1] <= end else 4)
    return values


def _is_article(start: int, name: tuple[int, int], parsed: Parsed) -> bool:
    return start == name[0] - 1 and parsed.words[start].lower() == "the"


def _quoted(quotation: Ints, left: Ints, right: Ints) -> Ints:
    """0 outside any quotation, 1 in one, 2 in two, 3 the later alone in one, 4 the earlier alone."""
    later, earlier = quotation[left], quotation[right]
    both = np.where(later == earlier, 1, 2)
    return np.where((later > 0) & (earlier > 0), both, 3 * (later > 0) + 4 * (earlier > 0))


def _agree(values: Ints, left: Ints, right: Ints) -> Bools:
    agree: Bools = (values[left] == values[right]) | (values[left] == 0) | (values[right] == 0)
    return agree


def _rank(fits: Bools, left: Ints, n: int) -> Ints:
    """How many candidates that fit stand between those of a pair, by steps."""
    counted = np.cumsum(fits)
    ends = np.searchsorted(left, np.arange(n), side="right")
    total = np.concatenate([[0], counted])[ends]
    return log_bucket(total[left] - counted, _RANKS - 1)


def _tree(heads: Ints, pairs: Pairs, parsed: Parsed, same: Bools) -> Ints:
    """How a pair lies in a sentence: 0 in two, 2 under one word, 3 the later below the earlier, 6 the earlier below the
    later, 4 and 5 the one's head's head below the other's, 1 otherwise."""
    above = np.asarray(parsed.heads, dtype=np.int64)
    path = [heads]
    for _ in range(_STEPS - 1):
        path.append(above[path[-1]])
    # Steps come before pairs: numpy looks through rows of pairs some ten times faster than through each pair's steps.
    later, earlier = np.stack(path)[:, np.stack([pairs.left, pairs.right])].swapaxes(0, 1)
    value = same.astype(np.int64)
    value[same & (later[2:] == earlier[1]).any(0)] = 4
    value[same & (earlier[2:] == later[1]).any(0)] = 5
    value[same & (later[1] == earlier[1])] = 2
    apart = same & (later[0] != earlier[0])
    value[apart & (later[1:] == earlier[0]).any(0)] = 3
    value[apart & (earlier[1:] == later[0]).any(0)] = 6
    return value


def _overlap(found: Candidates, pairs: Pairs, parsed: Parsed) -> Ints:
    """How many of the later one's nouns and adjectives the earlier one has: 0 it has none itself, 1 none, 2 less than
    half, 3 half and more, 4 all."""
    numbers: dict[str, int] = {}
    told = [i for i, pos in enumerate(parsed.upos) if pos in _TELLING]
    # One more, of no word, for phrases that have less than are compared.
    number = np.asarray(
        [*(numbers.setdefault(parsed.words[i].lower(), len(numbers)) for i in told), -1], dtype=np.int32
    )
    first, end = np.searchsorted(told, np.asarray(found.spans).reshape(-1, 2).T)
    place = first + np.arange(_COMPARED)[:, None]
    words = number[np.where(place < end, place, len(told))]
    later, earlier = words[:, pairs.left], words[:, pairs.right]
    own = (later >= 0).sum(0)
    common = sum((((row == earlier) & (row >= 0)).any(0) for row in later), np.zeros(len(pairs.left), dtype=np.int64))
    share = common / np.maximum(own, 1)
    return np.where(own == 0, 0, 1 + (share > 0) + (share >= 0.5) + (share >= 1.0))
