"""Wire copies: articles whose texts are one, printed whole, shortened or little changed. They are one source.

Candidates are found by MinHash over runs of five words (Broder 1997; the library datasketch), and, since a shortened
copy has few of them, by sentences that two articles share; each candidate is then compared word for word.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.records import Article

#: The share of the shorter text's runs of words that stand in the longer one too, from which on it is a copy.
COPIED = 0.6
_RUN = 5  # words
_FEWEST = 25  # words of a text that can be told to be a copy
_PERMUTATIONS = 64
_SENTENCE = re.compile(r"(?<=[.!?][\"”’')\s])\s*|\n+")
_LONG = 8  # words of a sentence that tells something
_MOST = 200  # articles with one sentence: more of them share a formula, not a report

Runs = NDArray[np.uint32]


def copies(articles: Iterable[Article]) -> dict[str, str]:
    """For each article that has copies among the others, the first of them by date and id: itself, or what it copies.

    The order of the articles does not matter.
    """
    ordered = sorted(articles, key=lambda article: (str(article.date or "9999"), article.id))
    runs = {article.id: found for article in ordered if len(found := _runs(article.text)) > _FEWEST - _RUN}
    texts = [article for article in ordered if article.id in runs]
    first = {article.id: article.id for article in texts}

    def root(id: str) -> str:
        while first[id] != id:
            id = first[id]
        return id

    place = {article.id: number for number, article in enumerate(texts)}
    for left, right in sorted({*_alike(texts, runs), *_sharing(texts)}):
        a, b = sorted((root(left), root(right)), key=place.__getitem__)
        if a != b and _contained(runs[left], runs[right]) >= COPIED:
            first[b] = a
    groups = Counter(map(root, first))
    return {id: root(id) for id in first if groups[root(id)] > 1}


def _runs(text: str) -> Runs:
    """A number for each run of words, sorted, each once."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < _RUN:
        return np.zeros(0, dtype=np.uint32)
    codes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    total = np.zeros(len(codes) - _RUN + 1, dtype=np.uint64)
    for place in range(_RUN):
        total = total * np.uint64(0x9E3779B97F4A7C15) + codes[place : len(codes) - _RUN + 1 + place]
    return np.unique((total >> np.uint64(32)).astype(np.uint32))


def _contained(left: Runs, right: Runs) -> float:
    """The share of the smaller set that is in the other."""
    return len(np.intersect1d(left, right, assume_unique=True)) / max(1, min(len(left), len(right)))


def _alike(texts: Sequence[Article], runs: Mapping[str, Runs]) -> Iterator[tuple[str, str]]:
    """Pairs of texts that MinHash finds to have about half of their runs in common."""
    if len(texts) < 2:
        return
    from datasketch import MinHash, MinHashLSH  # loads scipy, which takes longer than all else here

    index = MinHashLSH(threshold=0.4, num_perm=_PERMUTATIONS)
    for article in texts:
        sketch = MinHash(num_perm=_PERMUTATIONS, hashfunc=int)
        sketch.update_batch(runs[article.id])
        yield from ((min(other, article.id), max(other, article.id)) for other in index.query(sketch))
        index.insert(article.id, sketch, check_duplication=False)


def _sharing(texts: Sequence[Article]) -> Iterator[tuple[str, str]]:
    """Pairs of texts with two long sentences in common: neighbours among those that have a sentence."""
    where: dict[int, list[str]] = defaultdict(list)
    for article in texts:
        for sentence in dict.fromkeys(_SENTENCE.split(article.text)):
            words = sentence.casefold().split()
            if len(words) >= _LONG:
                where[zlib.crc32(" ".join(words).encode())].append(article.id)
    shared = Counter(pair for ids in where.values() if 1 < len(ids) <= _MOST for pair in pairwise(sorted(set(ids))))
    yield from (pair for pair, count in shared.items() if count > 1)
