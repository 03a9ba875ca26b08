"""What the scorer of relations learns from: pairs of mentions in parsed texts, with what is stated between them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from torch import Tensor

from kg.language.mentions import MENTIONS
from kg.language.relation_pairs import TYPES, Block, blocks
from kg.ontology import Ontology
from kg.training.given import give_mentions
from kg.training.relation_answers import lesson, read_answers
from kg.training.relation_sources import Annotated
from kg.training.stated import Statements, targets

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What shapes the scorer: its labels, the parser's relations, and the types that any label may connect."""

    labels: tuple[str, ...]
    deps: tuple[str, ...]
    possible: NDArray[np.bool_]

    @classmethod
    def of(cls, ontology: Ontology, labels: Iterable[str], deps: Sequence[str]) -> Sizes:
        """The types follow from the ontology's domains and ranges."""
        names = tuple(sorted(labels))
        possible = [[any(ontology.allows(name, a, b) for name in names) for b in TYPES] for a in TYPES]
        return cls(names, tuple(deps), np.asarray(possible))


@dataclass(frozen=True, slots=True)
class Example:
    """The blocks of one article with the vectors of their words (16 bits), and of each pair how likely each label is
    right, and what it counts: 0 where that is not known, in the shape ``[pairs, labels]`` or ``[pairs, 1]``.

    ``pairs``: so many it speaks for.
    """

    blocks: tuple[Block, ...]
    words: tuple[Tensor, ...]
    targets: tuple[Tensor, ...]
    counts: tuple[Tensor, ...]
    pairs: float
    weight: float = 1.0


def annotated_examples(
    nlp: Language, articles: Iterable[Annotated], sizes: Sizes, symmetric: Set[str]
) -> Iterator[tuple[Doc, Example]]:
    """Annotated texts read by the parser, with the annotator's mentions."""
    pairs = ((article.record["text"], article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        give_mentions(doc, article.record)
        made = example_of(doc, article, sizes, symmetric)
        if made is not None:
            yield doc, made


def taught_examples(nlp: Language, corpora: Path, answers: Path, sizes: Sizes, rng: random.Random) -> Iterator[Example]:
    """Texts read by the parser, with what larger models said of them."""
    number = {label: n for n, label in enumerate(sizes.labels)}
    pairs = read_answers(answers, corpora, nlp.vocab)
    for doc, answered in nlp.pipe(pairs, as_tuples=True, batch_size=16):
        give_mentions(doc, answered.record)
        mentions = mentions_of(doc)
        at = _by_tokens(doc, answered.answers)
        tokens = [(span.start, span.end) for span in mentions]
        found = [
            (block, _vectors(doc, block), torch.from_numpy(wanted), torch.from_numpy(counts)[:, None])
            for block, wanted, counts in lesson(blocks_of(doc, mentions, sizes), tokens, at, number, rng)
        ]
        if found:
            yield _made(found, sum(float(counts.sum()) for *_, counts in found))


def example_of(doc: Doc, article: Annotated, sizes: Sizes, symmetric: Set[str]) -> Example | None:
    """A parsed text with the annotator's mentions and statements; nothing, if it has no pairs."""
    mentions = mentions_of(doc)
    statements = Statements(article.record["statements"], symmetric)
    number = {label: n for n, label in enumerate(sizes.labels)}
    tokens = [(span.start, span.end) for span in mentions]
    at = _by_tokens(doc, statements.spans)
    annotated = np.ones(len(sizes.labels), dtype=np.bool_)
    if article.complete is not None:
        annotated = np.asarray([label in article.complete for label in sizes.labels])
    found: list[tuple[Block, Tensor, Tensor, Tensor]] = []
    for block in blocks_of(doc, mentions, sizes):
        ends = zip(block.mentions[block.left].tolist(), block.mentions[block.right].tolist(), strict=True)
        pairs = [
            statements.stated(i, j, at.get((tokens[i], tokens[j]), frozenset()), (mentions[i].id_, mentions[j].id_))
            for i, j in ends
        ]
        wanted, known = targets(pairs, number)
        known &= annotated | (wanted > 0)
        found.append((block, _vectors(doc, block), torch.from_numpy(wanted), torch.from_numpy(known)))
    if not found:
        return None
    return _made(found, sum(len(block.left) for block, *_ in found), article.weight)


def _by_tokens(doc: Doc, spans: Mapping[tuple[tuple[int, int], ...], T]) -> dict[tuple[tuple[int, int], ...], T]:
    """What is told of two mentions by their characters, by their tokens."""
    found = {}
    for ends, told in spans.items():
        there = [doc.char_span(*end, alignment_mode="expand") for end in ends]
        found[tuple((span.start, span.end) for span in there if span is not None)] = told
    return found


def mentions_of(doc: Doc) -> list[Span]:
    """The mentions of a parsed text in its order, the longer first, as :func:`blocks_of` takes them."""
    return sorted(doc.spans[MENTIONS], key=lambda span: (span.start, -span.end))


def blocks_of(doc: Doc, mentions: Sequence[Span], sizes: Sizes) -> Iterator[Block]:
    """The blocks of a parsed text with pairs of mentions that a relation may hold between."""
    deps = {dep: n for n, dep in enumerate(sizes.deps, start=1)}
    return blocks(doc, mentions, deps, sizes.possible, {name: name for name in TYPES})


def _vectors(doc: Doc, block: Block) -> Tensor:
    return torch.from_numpy(doc.tensor[block.start : block.end].copy())


def _made(found: Sequence[tuple[Block, Tensor, Tensor, Tensor]], pairs: float, weight: float = 1.0) -> Example:
    read, vectors, targets, counts = zip(*found, strict=True)
    return Example(read, vectors, targets, counts, pairs, weight)
