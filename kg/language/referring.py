"""What is known of phrases that may refer, and of pairs of them, beside their vectors: what kind of phrase each is, its
place in the sentence, its length, how far apart two are. Training and run time of the scorer of antecedents share this
module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.language.pairs import ANTECEDENT_FEATURES, Ints, Pairs, log_bucket
from kg.language.syntax import Syntax

#: Pronouns and the like, by who or what they may stand for.
_PRONOUNS: Mapping[str, int] = {
    word: kind
    for kind, words in enumerate(
        [
            "i me my mine myself",
            "we us our ours ourselves",
            "you your yours yourself yourselves",
            "he him his himself",
            "she her hers herself",
            "it its itself",
            "they them their theirs themselves",
            "this that",
            "these those",
            "here there",
            "one ones each other another both all some any many others none few",
        ]
    )
    for word in words.split()
}
_NAME, _INDEFINITE, _DEFINITE, _THIS, _OWNED, _BARE = range(max(_PRONOUNS.values()) + 1, max(_PRONOUNS.values()) + 7)
_KINDS = _BARE + 1
_DETERMINERS = {
    "a": _INDEFINITE,
    "an": _INDEFINITE,
    "the": _DEFINITE,
    **dict.fromkeys(["this", "that", "these", "those"], _THIS),
}
_ROLES: Mapping[str, int] = {
    role: number
    for number, role in enumerate(
        "nsubj obj obl nmod nmod:poss root conj appos compound iobj nsubj:pass obl:unmarked".split()
    )
}
#: The least lengths, in words, of all steps of length but the first.
_LENGTHS = np.asarray([2, 3, 4, 5, 6, 7, 8, 9, 13, 21])
#: Sentences between two phrases, counted one by one up to so many.
_NEAR = 3
_SENTENCES = _NEAR + 5
#: What may take up the event that a verb tells of.
EVENT_TAKERS = (_PRONOUNS["it"], _PRONOUNS["this"], _PRONOUNS["these"], _DEFINITE, _THIS, _OWNED)
#: What takes up only what stands near or shares a word with it; of mentions between, so many are near.
_NEW = (_NAME, _INDEFINITE, _OWNED, _BARE)
_MENTIONS = 6
#: Number of values of each feature of a phrase: kind, role, length.
PHRASE_FEATURES = (_KINDS, len(_ROLES) + 1, len(_LENGTHS) + 1)
#: Number of values of each feature of a pair: those of :data:`ANTECEDENT_FEATURES`, sentences between, both kinds
#: together, the later one's kind together with the words they share.
LINK_FEATURES = (*ANTECEDENT_FEATURES, _SENTENCES, _KINDS**2, ANTECEDENT_FEATURES[2] * _KINDS)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The words of a text with what the parser says of each. ``heads`` are word numbers, a root is its own head;
    ``sentences`` has the number of each word's sentence."""

    words: Sequence[str]
    upos: Sequence[str]
    deps: Sequence[str]
    heads: Sequence[int]
    sentences: Sequence[int]

    @classmethod
    def of(cls, syntax: Syntax) -> Parsed:
        """All tokens, white space among them."""
        return cls(syntax.text, syntax.pos, syntax.dep, syntax.head, syntax.sentence)

    @classmethod
    def of_words(cls, syntax: Syntax, index: Sequence[int]) -> Parsed:
        """The tokens ``index`` alone, on none of which any of the others is a head."""
        number = {i: n for n, i in enumerate(index)}
        text, pos, dep = ([values[i] for i in index] for values in (syntax.text, syntax.pos, syntax.dep))
        heads, sentences = [number[syntax.head[i]] for i in index], [syntax.sentence[i] for i in index]
        return cls(text, pos, dep, heads, sentences)

    def head(self, start: int, end: int) -> int:
        """The first word of a phrase that hangs on none of it."""
        return next((i for i in range(start, end) if not start <= self.heads[i] < end or self.heads[i] == i), end - 1)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of a text: ``[n]`` their heads, ``[n, 3]`` their features."""

    heads: Ints
    features: Ints


def describe(spans: Sequence[tuple[int, int]], parsed: Parsed, *, heads: Ints | None = None) -> Phrases:
    """What is known of the phrases that lie at ``spans``, first word and end; ``heads``: theirs, if they are known."""
    words = [parsed.head(start, end) for start, end in spans] if heads is None else heads.tolist()
    kinds = [_kind(start, end, head, parsed) for (start, end), head in zip(spans, words, strict=True)]
    roles = [_ROLES.get(parsed.deps[head], len(_ROLES)) for head in words]
    lengths = np.searchsorted(_LENGTHS, [end - start for start, end in spans], side="right")
    features = np.stack([np.asarray(values, dtype=np.int64) for values in (kinds, roles, lengths)], axis=1)
    return Phrases(np.asarray(words, dtype=np.int64), features)


def likely(pairs: Pairs, phrases: Phrases) -> Pairs:
    """Without the pairs that are hardly ever of one entity, two in five: a name, or a phrase without "the", with what
    stands far before it and has other words."""
    new = np.isin(phrases.features[pairs.left, 0], _NEW)
    kept = ~new | (pairs.features[:, 2] > 0) | (pairs.left - pairs.right <= _MENTIONS)
    return Pairs(pairs.left[kept], pairs.right[kept], pairs.features[kept])


def link_features(pairs: Pairs, phrases: Phrases, sentences: Sequence[int]) -> Ints:
    """``[pairs, 7]``, for :data:`LINK_FEATURES`; ``sentences`` as in :class:`Parsed`."""
    where = np.asarray(sentences, dtype=np.int64)[phrases.heads]
    apart = np.maximum(where[pairs.left] - where[pairs.right], 0)
    apart = np.where(apart <= _NEAR, apart, _NEAR + log_bucket(np.maximum(apart - _NEAR, 0), _SENTENCES - 1 - _NEAR))
    kinds = phrases.features[:, 0]
    both = kinds[pairs.left] * _KINDS + kinds[pairs.right]
    shared = pairs.features[:, 2] * _KINDS + kinds[pairs.left]
    return np.concatenate([pairs.features, np.stack([apart, both, shared], axis=1)], axis=1)


def _kind(start: int, end: int, head: int, parsed: Parsed) -> int:
    first = parsed.words[start].lower()
    if end - start == 1 and first in _PRONOUNS:
        return _PRONOUNS[first]
    if parsed.upos[head] == "PROPN":
        return _NAME
    if first in _DETERMINERS:
        return _DETERMINERS[first]
    owned = any(parsed.deps[i] == "nmod:poss" and parsed.heads[i] == head for i in range(start, head))
    return _OWNED if owned else _BARE
