"""Pairs of mentions as the scorer of coreference sees them; training and run time share this module.

A mention is compared with the mentions shortly before it and with all earlier ones that share a telling word, so that
the number of pairs grows with the length of an article, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

#: How many mentions before one are looked at as antecedents, whatever their words.
WINDOW = 25
#: Words of a mention that a scorer looks at, from its first on.
LONGEST = 12
#: How many of the earlier mentions that share a word with one are looked at, the nearest first.
SHARED = 12
#: What counts as a mention, and what as the same, differs between corpora; the scorer is told whose rules to follow.
SCHEMES = ("ontonotes", "news", "litbank")
#: Number of values of each feature of a pair: mentions between, words between, shared words, scheme.
ANTECEDENT_FEATURES = (10, 12, 5, len(SCHEMES))

_ARTICLES = frozenset(["the", "a", "an", "this", "that", "these", "those", "'s", "’s"])
_HEAD_ENDS = frozenset(
    "of in on at for from to by with without against over about between after before who whom whose which "
    "that , ( - –".split()
)

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """``left[k]`` and ``right[k]`` number the mentions of pair ``k``, ``features[k]`` tells what is known of it."""

    left: Ints
    right: Ints
    features: Ints


def log_bucket(distances: Ints, top: int) -> Ints:
    """0 for 0, 1 for 1-2, 2 for 3-6, … ``top`` at the most."""
    return np.minimum(np.log2(distances + 1), top).astype(np.int64)


def antecedents(
    mentions: Sequence[tuple[int, int]], words: Sequence[str], scheme: str, *, later: Sequence[int] | None = None
) -> Pairs:
    """Mentions (``left``) with their possible antecedents (``right``), which end before they begin, in order.

    :param mentions: first word and end of each, in the order of the text.
    :param words: the words of the whole text.
    :param later: the numbers of the mentions whose antecedents are sought, in order; default: all.
    """
    n = len(mentions)
    starts, ends = np.asarray(mentions, dtype=np.int64).reshape(-1, 2).T
    sought = np.arange(n) if later is None else np.asarray(later, dtype=np.int64)
    back = np.arange(WINDOW, 0, -1)
    near = np.stack([np.repeat(sought, WINDOW), (sought[:, None] - back).ravel()])
    alike = np.asarray(list(_alike(mentions, words, set(sought.tolist()))), dtype=np.int64).reshape(-1, 3).T
    far = alike[:2, alike[0] - alike[1] > WINDOW]
    left, right = np.concatenate([near[:, near[1] >= 0], far], axis=1)
    order = np.argsort(left * n + right, kind="stable")  # quick where most is in order
    left, right = left[order], right[order]
    same = np.zeros(len(left), dtype=np.int64)
    same[np.searchsorted(left * n + right, alike[0] * n + alike[1])] = alike[2]
    apart = ends[right] <= starts[left]
    left, right, same = left[apart], right[apart], same[apart]
    between = log_bucket(left - right - 1, ANTECEDENT_FEATURES[0] - 1)
    apart_words = log_bucket(starts[left] - ends[right], ANTECEDENT_FEATURES[1] - 1)
    rules = np.full(len(left), SCHEMES.index(scheme), dtype=np.int64)
    return Pairs(left, right, np.stack([between, apart_words, same, rules], axis=1))


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A mention's words in lower case, articles left out, the capitalised ones among them, and its head, as far as
    spelling tells; ``telling`` are the words by which it is found again."""

    text: str
    names: frozenset[str]
    head: str
    telling: frozenset[str]


@lru_cache(maxsize=5_000)
def _spelling(words: tuple[str, ...]) -> _Spelling:
    core = [word for word in words if word.lower() not in _ARTICLES] or words
    end = next((i for i, word in enumerate(core) if i and word.lower() in _HEAD_ENDS), len(core))
    names = frozenset(word.lower() for word in core if word[:1].isupper())
    head = core[end - 1].lower()
    return _Spelling(" ".join(core).lower(), names, head, frozenset([head, *(w for w in names if len(w) > 2)]))


def _alike(
    mentions: Sequence[tuple[int, int]], words: Sequence[str], sought: Container[int]
) -> Iterator[tuple[int, int, int]]:
    """Mentions with earlier ones that share a telling word, and how they match."""
    seen: dict[str, list[int]] = defaultdict(list)
    spellings: list[_Spelling] = []
    for i, (start, end) in enumerate(mentions):
        this = _spelling(tuple(words[start:end]))
        if i in sought:
            for j in {j for word in this.telling for j in seen[word][-SHARED:]}:
                yield i, j, _match(this, spellings[j])
        spellings.append(this)
        for word in this.telling:
            seen[word].append(i)


def _match(this: _Spelling, other: _Spelling) -> int:
    """1 all words, 2 the heading word and all capitalised ones, 3 the heading word, 4 a capitalised word; 0 nothing."""
    if this.text == other.text:
        return 1
    if this.head == other.head:
        return 2 if this.names and this.names <= other.names else 3
    return 4 if this.names & other.names else 0
