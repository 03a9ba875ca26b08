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
    Candidates,
    Text,
    is_coordination,
    link,
)
from kg.language.pairs import Ints, Pairs, log_bucket
from kg.language.referring import PHRASE_FEATURES, Parsed, Phrases, describe

Bools = NDArray[np.bool_]

_PLURAL = frozenset("we us our ours they them their theirs these those both all many people men women children".split())
_SINGULAR = frozenset("i me my he him his she her hers it its this that one".split())
_QUOTES = frozenset(['"', "“", "”", "''", "``"])
_KINDS, _ROLES, _LENGTHS = PHRASE_FEATURES
_NUMBERS, _REPEATED, _PLACES, _NAMED, _SENTENCES, _TREE, _RANKS, _OVERLAPS, _QUOTED = 3, 5, 10, 5, 8, 7, 7, 5, 5
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
        phrases = describe(found.spans, text.parsed)
        pairs = link(found, phrases, text.parsed)
        features = candidate_features(found, phrases, text)
        links = pair_features(pairs, features, found, phrases, text.parsed)
        spans = np.asarray(found.spans, dtype=np.int64).reshape(-1, 2)
        return cls(spans, phrases.heads, features, pairs, links)


def candidate_features(found: Candidates, phrases: Phrases, text: Text) -> Ints:
    """``[candidates, 9]``, for :data:`CANDIDATE_FEATURES`."""
    kinds = np.where(found.events, _KINDS, phrases.features[:, 0])
    number = np.asarray([_number(start, end, int(h), text.parsed) for (start, end), h in _headed(found, phrases)])
    repeated = np.minimum(_seen_before([text.parsed.words[h].lower() for h in phrases.heads]), _REPEATED - 1)
    columns = [
        *(kinds, phrases.features[:, 1], phrases.features[:, 2], text.types[phrases.heads], number, repeated),
        log_bucket(np.arange(len(found.spans)), _PLACES - 1),
        _named(found, phrases, text),
        _quotations(text.parsed)[phrases.heads] > 0,
    ]
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)


def pair_features(
    pairs: Pairs, features: Ints, found: Candidates, phrases: Phrases, parsed: Parsed
) -> NDArray[np.int16]:
    """``[pairs, 16]``, for :data:`PAIR_FEATURES`, in 16 bits, as a long text has many; ``features`` are those of the
    candidates."""
    left, right = pairs.left, pairs.right
    kind, role, _, type_, number, repeated, place, *_ = features.T
    sentence = np.asarray(parsed.sentences, dtype=np.int64)[phrases.heads]
    apart = np.maximum(sentence[left] - sentence[right], 0)
    near = np.where(apart <= 3, apart, 3 + log_bucket(np.maximum(apart - 3, 0), _SENTENCES - 4))
    fits = _agree(type_, left, right) & _agree(number, left, right)
    shared = pairs.features[:, 2]
    columns = [
        *(pairs.features[:, 0], pairs.features[:, 1], shared, near),
        *(kind[left] * (_KINDS + 1) + kind[right], shared * (_KINDS + 1) + kind[left]),
        *(type_[left] * len(TYPES) + type_[right], number[left] * _NUMBERS + number[right]),
        *(role[left] * _ROLES + role[right], _tree(phrases.heads, pairs, parsed, apart == 0)),
        *(_rank(fits, left, len(found.spans)) * 2 + fits, repeated[right], place[right]),
        *(kind[left] * len(TYPES) + type_[right], _overlap(found, pairs, parsed)),
        _quoted(_quotations(parsed)[phrases.heads], left, right),
    ]
    return np.stack(columns, axis=1, dtype=np.int16, casting="unsafe")


def _headed(found: Candidates, phrases: Phrases) -> zip[tuple[tuple[int, int], np.int64]]:
    return zip(found.spans, phrases.heads, strict=True)


def _number(start: int, end: int, head: int, parsed: Parsed) -> int:
    """2 for several, 1 for one, 0 if the words do not tell."""
    if is_coordination(start, end, head, parsed):
        return 2
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


def _named(found: Candidates, phrases: Phrases, text: Text) -> list[int]:
    """1 if a candidate is a name, 2 if its head lies in a shorter name, 3 if it is part of a name, 4 if it crosses or
    holds one, 0 if none is near."""
    name_of: dict[int, tuple[int, int]] = {i: name for name in text.names for i in range(*name)}
    values = list[int]()
    for (start, end), head in _headed(found, phrases):
        name = name_of.get(int(head))
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


def _quotations(parsed: Parsed) -> Ints:
    """The number of the quotation that each word stands in, 0 for none."""
    inside, number, values = False, 0, list[int]()
    for word in parsed.words:
        if word in _QUOTES:
            inside = word != "”" and (not inside or word == "“")
            number += inside
        values.append(number if inside else 0)
    return np.asarray(values, dtype=np.int64)


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
    steps = np.stack(path, axis=1)
    left, right = pairs.left, pairs.right
    later, earlier = heads[left], heads[right]
    upper_left, upper_right = steps[left, 1], steps[right, 1]
    value = same.astype(np.int64)
    value[same & (steps[left, 2:] == upper_right[:, None]).any(1)] = 4
    value[same & (steps[right, 2:] == upper_left[:, None]).any(1)] = 5
    value[same & (upper_left == upper_right)] = 2
    value[same & (steps[left, 1:] == earlier[:, None]).any(1) & (earlier != later)] = 3
    value[same & (steps[right, 1:] == later[:, None]).any(1) & (earlier != later)] = 6
    return value


def _overlap(found: Candidates, pairs: Pairs, parsed: Parsed) -> Ints:
    """How many of the later one's nouns and adjectives the earlier one has: 0 it has none itself, 1 none, 2 less than
    half, 3 half and more, 4 all."""
    numbers: dict[str, int] = {}
    words = np.full((len(found.spans), _COMPARED), -1, dtype=np.int64)
    for row, (start, end) in enumerate(found.spans):
        told = [i for i in range(start, end) if parsed.upos[i] in {"NOUN", "PROPN", "ADJ", "NUM"}][:_COMPARED]
        words[row, : len(told)] = [numbers.setdefault(parsed.words[i].lower(), len(numbers)) for i in told]
    own = (words >= 0).sum(1)[pairs.left]
    common = np.zeros(len(pairs.left), dtype=np.int64)
    for column in range(_COMPARED):
        word = words[pairs.left, column]
        common += (word >= 0) & (words[pairs.right] == word[:, None]).any(1)
    share = common / np.maximum(own, 1)
    return np.where(own == 0, 0, 1 + (share > 0) + (share >= 0.5) + (share >= 1.0))
