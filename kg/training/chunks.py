"""Corpora cut into chunks of whole sentences, and these grouped for batches of about so many words."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.language.encoding import CHUNK_WORDS
from kg.training.corpora import Example

#: Consecutive sentences of a document, which the encoder reads together.
Chunk = list[Example]

#: Least and most words of the chunks that whole documents are cut into.
_WHOLE = (2 * CHUNK_WORDS // 3, CHUNK_WORDS)


def chunks(
    doc: Sequence[Example], rng: random.Random, size: int = CHUNK_WORDS, *, even: bool = False
) -> Iterator[Chunk]:
    """Consecutive sentences of ``doc`` up to a random number of words, so that the model meets texts of every length.

    ``even``: up to ``size`` itself.
    """
    group: list[Example] = []
    count, limit = 0, size if even else rng.randint(size // 3, size)
    for part in doc:
        if group and count + len(part.words) > limit:
            yield group
            group, count = [], 0
            limit = size if even else rng.randint(size // 3, size)
        if len(part.words) > size:
            part = _shorten(part, size)
        group.append(part)
        count += len(part.words)
    if group:
        yield group


def _length(chunk: Chunk) -> int:
    return sum(len(part.words) for part in chunk)


def _shorten(part: Example, size: int) -> Example:
    """The first ``size`` words of an overlong sentence; its tree is lost, its tags are kept."""
    keep = [i for i, m in enumerate(part.mentions or ()) if m[1] <= size]
    number = {old: new for new, old in enumerate(keep)}
    return replace(
        part,
        words=part.words[:size],
        joined=part.joined[:size] if part.joined else None,
        upos=None,
        heads=None,
        deps=None,
        tags={layer: tags[:size] for layer, tags in part.tags.items()},
        mentions=tuple(part.mentions[i] for i in keep) if part.mentions is not None else None,
        types=tuple(part.types[i] for i in keep) if part.types else (),
        pairs=tuple(
            p._replace(subject=number[p.subject], object=number[p.object])
            for p in part.pairs
            if p.subject in number and p.object in number
        )
        if part.pairs is not None
        else None,
    )


def roughen(example: Example, rng: random.Random, share: float) -> Example:
    """A share of examples in capitals or in lower case, for headlines and careless writers, and five times as many
    without their white space, for texts that come as words."""
    if rng.random() < 5 * share:
        example = replace(example, joined=None)
    draw = rng.random()
    if draw < share / 2:
        return replace(example, words=tuple(word.upper() for word in example.words))
    if draw < share:
        return replace(example, words=tuple(word.lower() for word in example.words))
    return example


def epoch(docs: Sequence[Sequence[Example]], rng: random.Random, batch_words: int) -> Iterator[list[Chunk]]:
    """All of ``docs`` once, chunks of like length together, batches in random order."""
    parts = [(_length(chunk), chunk) for doc in docs for chunk in chunks(doc, rng)]
    parts.sort(key=lambda part: (part[0] + rng.random() * 20, part[1][0].doc))
    groups: list[list[Chunk]] = [[]]
    for length, part in parts:
        if groups[-1] and (len(groups[-1]) + 1) * length > batch_words:
            groups.append([])
        groups[-1].append(part)
    rng.shuffle(groups)
    yield from filter(None, groups)


def documents(docs: Sequence[Sequence[Example]], rng: random.Random, batch_words: int) -> Iterator[list[Chunk]]:
    """All of ``docs`` once, in random order, each batch holding consecutive chunks of one or more of them."""
    group: list[Chunk] = []
    size = rng.randint(*_WHOLE)
    for doc in rng.sample(docs, len(docs)):
        for part in chunks(doc, rng, size, even=True):
            if group and (len(group) + 1) * size > batch_words:
                yield group
                group = []
            group.append(part)
        if len(group) * size > batch_words / 2:
            yield group
            group, size = [], rng.randint(*_WHOLE)
    if group:
        yield group


def mixed(
    streams: Mapping[str, Iterator[list[Chunk]]], weights: Mapping[str, float], rng: random.Random
) -> Iterator[list[Chunk]]:
    """What is drawn from endless streams with the given odds."""
    names = sorted(streams)
    odds = [weights[name] for name in names]
    while True:
        yield next(streams[rng.choices(names, odds)[0]])
