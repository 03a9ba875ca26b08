"""Words to the encoder's input: word pieces, letter case, and chunks of about 150 words that end where sentences may.

Training and run time share this module, so that both see a text in the same way. The encoder's vocabulary is
lower-cased; what the letters' case tells (names, acronyms) comes back as a class, embedded beside the word piece, and
with it whether white space stands before the word, which tells opening quotation marks from closing ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

#: Words in a chunk at the most. The encoder was trained on chunks of this size.
CHUNK_WORDS = 150
#: Word pieces of one word at the most; a longer word (an address, a hash) is cut, so that a chunk has bounded length.
WORD_PIECES = 6
#: Word pieces of a chunk at the most, the two special ones included: so many positions the encoder knows.
CHUNK_PIECES = 512
#: Number of classes of a word's look: none or lower, Initial, ALL CAPS, miXed; each after white space or joined to
#: the word before.
LOOKS = 8

_SENTENCE_END = frozenset({".", "!", "?", "…", "...", "?!", "!!"})
_CLOSERS = frozenset({'"', "'", "”", "’", "''", ")", "]", "»"})
#: Signs that close where they are joined to the word before, and open elsewhere.
_EITHER_WAY = frozenset({'"', "'"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """The encoder's input for the words ``start``..``end`` of a text; arrays are int64.

    ``ids`` and ``look`` have one value a word piece, the two special ones included; ``first`` and ``last`` have the
    indices of each word's first and last piece.
    """

    start: int
    end: int
    ids: NDArray[np.int64]
    look: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


def case_class(word: str) -> int:
    """0 none or lower, 1 Initial, 2 ALL CAPS (two letters or more), 3 miXed.

    >>> [case_class(w) for w in ("talks", "2023", "Kazan", "A", "PLO", "McCain", "U.S.")]
    [0, 0, 1, 1, 2, 3, 2]
    """
    letters = [c for c in word if c.isalpha()]
    if not any(c.isupper() for c in letters):
        return 0
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return 2
    return 1 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 3


class WordEncoder:
    """Turns words into :class:`Chunk`, by the encoder's ``tokenizer.json``; its only state is a cache of words."""

    def __init__(self, path: Path) -> None:
        tokenizer = Tokenizer.from_file(str(path))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        special = tokenizer.get_vocab()
        #: Stands for a hidden word.
        self.mask: int = special["[MASK]"]
        self._begin, self._end, unknown = special["[CLS]"], special["[SEP]"], special["[UNK]"]

        @lru_cache(maxsize=100_000)
        def pieces(word: str) -> tuple[tuple[int, ...], int]:
            ids = tokenizer.encode(word[:200], add_special_tokens=False).ids
            return tuple(ids[:WORD_PIECES]) or (unknown,), case_class(word)

        self._pieces = pieces

    def chunk(self, words: Sequence[str], joined: Sequence[bool] | None = None, start: int = 0) -> Chunk:
        """Encode all ``words`` as one chunk that begins at word number ``start`` of its text.

        ``joined[i]`` tells that no white space stands between word ``i`` and the one before; ``None``: it is not known.
        """
        ids, look, first, last = [self._begin], [0], list[int](), list[int]()
        for i, word in enumerate(words):
            pieces, case = self._pieces(word)
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
            look.extend([case + (LOOKS // 2 if joined and joined[i] else 0)] * len(pieces))
        ids.append(self._end)
        look.append(0)
        as_array = [np.asarray(values, dtype=np.int64) for values in (ids, look, first, last)]
        return Chunk(start, start + len(words), *as_array)

    def chunks(
        self, words: Sequence[str], joined: Sequence[bool], breaks: Sequence[bool], *, size: int = CHUNK_WORDS
    ) -> Iterator[Chunk]:
        """Encode a whole text, cut by :func:`cut`, and again where words of another script have too many pieces."""
        stretches = list(cut(words, breaks, size, joined=joined))[::-1]
        while stretches:
            start, end = stretches.pop()
            chunk = self.chunk(words[start:end], joined[start:end], start)
            if len(chunk.ids) <= CHUNK_PIECES:
                yield chunk
            else:
                middle = (start + end) // 2
                stretches += [(middle, end), (start, middle)]


def cut(
    words: Sequence[str], breaks: Sequence[bool], size: int = CHUNK_WORDS, *, joined: Sequence[bool] | None = None
) -> Iterator[tuple[int, int]]:
    """Cut a text into stretches of at most ``size`` words, about equally long, where a sentence is sure to start.

    ``breaks[i]`` tells that a paragraph starts with word ``i``. Within paragraphs a sentence is taken to start after
    final punctuation. Where ``size`` words hold no such place, the cut falls after ``size`` words. ``joined`` as for
    :meth:`WordEncoder.chunk`; it tells a quotation mark that opens from one that closes.
    """
    spaced = joined if joined and any(joined) else None  # words without any white space told say nothing of it
    start = 0
    while start < len(words):
        left = len(words) - start
        if left <= size:
            yield start, len(words)
            return
        parts = -(-left // size)
        wanted = start + -(-left // parts)
        places = [i for i in range(start + 1, start + size + 1) if breaks[i] or _may_start(words, i, spaced)]
        end = min(places, key=lambda i: (abs(i - wanted), i), default=start + size)
        yield start, end
        start = end


def _may_start(words: Sequence[str], i: int, joined: Sequence[bool] | None) -> bool:
    """Whether a sentence may start with word ``i``: after final punctuation and what closes it, not in lower case,
    after white space."""
    if words[i][:1].islower() or words[i] in _SENTENCE_END or (joined and joined[i]):
        return False
    if words[i] in _CLOSERS and not (joined and words[i] in _EITHER_WAY):
        return False
    before = i - 1
    while before > 0 and words[before] in _CLOSERS and (joined is None or joined[before]):
        before -= 1
    return words[before] in _SENTENCE_END
