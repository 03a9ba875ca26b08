"""Words put in the place of others of their kind: texts that the encoder has not seen, of which all that is annotated
still holds.

The encoder knows the texts that it was trained on better than any other, and what is trained on its vectors of these
alone would expect as much elsewhere.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.language.encoding import case_class
from kg.training.corpora import Example

_OPEN = frozenset(["NOUN", "PROPN", "VERB", "ADJ"])
_ENDINGS = ("ing", "ed", "ly", "s")

Kind = tuple[str, str, int]


def substituted(examples: Sequence[Example], rng: random.Random, share: float) -> Iterator[Example]:
    """The same sentences with other nouns, names, verbs and adjectives, drawn from all ``examples``: of like ending and
    letter case, and one word always by one other in a document, so that what repeats still does.

    :param share: of the words of each document that are replaced.
    """
    kinds = defaultdict[Kind, list[str]](list)
    for word, upos in _open_words(examples):
        kinds[_kind(word, upos)].append(word)
    for example in examples:
        other: dict[tuple[str, str], str] = {}
        for word, upos in _open_words([example]):
            if (word, upos) not in other:
                other[word, upos] = rng.choice(kinds[_kind(word, upos)]) if rng.random() < share else word
        pairs = zip(example.words, example.upos or (), strict=True)
        yield replace(example, words=tuple(other.get(pair, pair[0]) for pair in pairs))


def _open_words(examples: Iterable[Example]) -> Iterator[tuple[str, str]]:
    for example in examples:
        for word, upos in zip(example.words, example.upos or (), strict=True):
            if upos in _OPEN:
                yield word, upos


def _kind(word: str, upos: str) -> Kind:
    ending = next((ending for ending in _ENDINGS if word.lower().endswith(ending)), "")
    return upos, ending, case_class(word)
