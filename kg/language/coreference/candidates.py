"""What of a text may be taken up again, or take up what was said, as OntoNotes marks it (Pradhan et al. 2012): noun
phrases, names, and the verbs of clauses, whose events "this" or "the attack" take up.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.language import relation_pairs
from kg.language.pairs import Ints, Pairs, antecedents, log_bucket
from kg.language.phrases import noun_phrases
from kg.language.referring import EVENT_TAKERS, Parsed, Phrases, likely
from kg.language.syntax import Syntax

#: How many verbs before a phrase are looked at as what it may take up.
EVENTS = 6
#: Number of values of the features of :func:`link`: candidates between, words between, shared words.
BETWEEN, WORDS_BETWEEN, SHARED_WORDS = 10, 12, 5
#: Types of names and noun phrases, the first for none.
TYPES = ("", *relation_pairs.TYPES)

#: Phrases with their heads, and whether they are of several.
Headed = dict[tuple[int, int], tuple[int, bool]]
Bools = NDArray[np.bool_]

#: Relations of the heads of clauses.
_CLAUSES = frozenset("root ccomp xcomp advcl advcl:relcl acl acl:relcl conj parataxis csubj csubj:outer".split())
_QUOTES = frozenset(['"', "“", "”", "''", "``"])


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a ``Doc``, white space left out: ``index`` are its tokens, ``names`` the first words and ends of
    its entities, ``types`` the number of each word's type in :data:`TYPES`, that of the phrase it heads,
    ``quotations`` the number of the quotation that each stands in."""

    index: list[int]
    parsed: Parsed
    names: list[tuple[int, int]]
    types: Ints
    quotations: Ints

    @classmethod
    def of(cls, doc: Doc, syntax: Syntax) -> Text:
        """Read the annotation of a ``Doc`` whose names are found."""
        index = [i for i, pos in enumerate(syntax.pos) if pos != "SPACE"]
        number = {i: n for n, i in enumerate(index)}
        types = np.zeros(len(index), dtype=np.int64)
        for layer in ("nominals", "names"):
            for span in doc.spans.get(layer, ()):
                types[number[span.root.i]] = TYPES.index(span.label_) if span.label_ in TYPES else 0
        names = [(number[span.start], number[span.end - 1] + 1) for span in doc.ents]
        parsed = Parsed.of_words(syntax, index)
        return cls(index, parsed, names, types, _quotations(parsed.words))


@dataclass(frozen=True, slots=True)
class Candidates:
    """First word and end of each, in the order of the text, the longer first; their heads; which are of several,
    "Ada and Tor", and which are verbs."""

    spans: list[tuple[int, int]]
    heads: Ints
    coordinated: Bools
    events: Bools

    @classmethod
    def of(cls, text: Text) -> Candidates:
        """All candidates of a text."""
        parsed = text.parsed
        phrases = {(a, b) for a, b, _ in noun_phrases(parsed.upos, parsed.deps, parsed.heads, parsed.words)}
        for start, end in text.names:
            if end - start > 1:  # the parse may have broken it
                phrases.add((start - (start > 0 and parsed.words[start - 1].lower() == "the"), end))
        longest = longest_of_each_head(_headed(phrases, parsed))
        verbs = {(i, i + 1): (i, False) for i in event_words(parsed)}
        return cls._of({**verbs, **longest}, verbs.keys() - longest.keys())

    @classmethod
    def phrases(cls, spans: Iterable[tuple[int, int]], parsed: Parsed) -> Candidates:
        """Given phrases, no verbs among them."""
        return cls._of(_headed(spans, parsed), set())

    @classmethod
    def _of(cls, headed: Headed, events: Container[tuple[int, int]]) -> Candidates:
        spans = sorted(headed, key=lambda span: (span[0], -span[1]))
        heads, coordinated = np.asarray([headed[span] for span in spans], dtype=np.int64).reshape(-1, 2).T
        return cls(spans, heads, coordinated > 0, np.asarray([span in events for span in spans], dtype=bool))


def _headed(spans: Iterable[tuple[int, int]], parsed: Parsed) -> Headed:
    headed: Headed = {}
    for start, end in spans:
        head = parsed.head(start, end)
        coordinated = any(parsed.deps[i] == "conj" and parsed.heads[i] == head for i in range(head + 1, end))
        headed[start, end] = head, coordinated
    return headed


def longest_of_each_head(headed: Headed) -> Headed:
    """Of phrases of one head the one with most words, as OntoNotes marks whole phrases: of "Oria" and "Oria, which lies
    on the sea" the second. What is coordinated stands beside the coordination: "Ada" and "Ada and Tor"."""
    longest: dict[tuple[int, bool], tuple[int, int]] = {}
    for span in sorted(headed):
        key = headed[span]
        if key not in longest or span[1] - span[0] > longest[key][1] - longest[key][0]:
            longest[key] = span
    return {span: key for key, span in longest.items()}


def event_words(parsed: Parsed) -> list[int]:
    """The word of each clause that stands for what it tells: a copula or the auxiliary of a passive, or else a verb."""
    helped: dict[int, int] = {}
    for i, dep in enumerate(parsed.deps):
        if dep in {"cop", "aux:pass"}:
            helped[parsed.heads[i]] = i
    verbs = {i for i, pos in enumerate(parsed.upos) if pos == "VERB" or (pos == "AUX" and parsed.deps[i] in _CLAUSES)}
    return sorted({helped.get(i, i) for i in verbs} | set(helped.values()))


def link(found: Candidates, phrases: Phrases, parsed: Parsed) -> Pairs:
    """Candidates with what they may take up: noun phrases with earlier ones, some also with the verbs before them.

    ``features`` are those of :func:`kg.language.pairs.antecedents` but the scheme.
    """
    numbers = np.flatnonzero(~found.events)
    nouns = [found.spans[i] for i in numbers]
    described = Phrases(phrases.heads[numbers], phrases.features[numbers])
    pairs = likely(antecedents(nouns, parsed.words, "ontonotes"), described)
    left, right, features = numbers[pairs.left], numbers[pairs.right], pairs.features[:, :3]
    takers = np.flatnonzero(np.isin(phrases.features[:, 0], EVENT_TAKERS) & ~found.events)
    events = np.flatnonzero(found.events)
    starts = np.asarray([start for start, _ in found.spans], dtype=np.int64)
    before = np.searchsorted(starts[events], starts[takers])
    back = before[:, None] - np.arange(1, EVENTS + 1)
    taker, steps = np.nonzero(back >= 0)
    later, earlier = takers[taker], events[back[taker, steps]]
    apart = log_bucket(starts[later] - starts[earlier] - 1, WORDS_BETWEEN - 1)
    told = np.stack([log_bucket(steps, BETWEEN - 1), apart, np.zeros_like(apart)], axis=1)
    left, right = np.concatenate([left, later]), np.concatenate([right, earlier])
    order = np.argsort(left * len(found.spans) + right)
    return Pairs(left[order], right[order], np.concatenate([features, told])[order])


def _quotations(words: Sequence[str]) -> Ints:
    """The number of the quotation that each word stands in, 0 for none."""
    inside, number, values = False, 0, list[int]()
    for word in words:
        if word in _QUOTES:
            inside = word != "”" and (not inside or word == "“")
            number += inside
        values.append(number if inside else 0)
    return np.asarray(values, dtype=np.int64)
