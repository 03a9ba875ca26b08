"""Texts with coreference, read by the parser, for the scorer of antecedents: OntoGUM, LitBank and the annotated news.

Phrases of OntoGUM are those that the parser finds, as when the scorer is used; the others annotate all their mentions.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor

from kg.language.mentions import MENTIONS
from kg.language.pairs import antecedents
from kg.language.phrases import noun_phrases
from kg.language.referring import Parsed, describe, likely, link_features
from kg.language.syntax import Syntax
from kg.training.corpora import UNCLEAR_LICENCE, check_files, join
from kg.training.discourse import read_litbank
from kg.training.given import give_mentions
from kg.training.news import read_records
from kg.training.ontogum import Document, read_documents
from kg.training.substitution import substituted
from kg.training.treebank import given

ONTOGUM, TREES = "corpora/coref/ontogum.jsonl.gz", "corpora/ud/train.conllu.gz"
LITBANK, NEWS = "corpora/coref/litbank.jsonl.gz", "corpus/train.jsonl"
#: Of the words of each variant of OntoGUM, so many are others.
SUBSTITUTED = (0.0, 0.5, 0.7)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """A document: the vectors of its words (16 bits), what else the scorer takes, which pairs are of one entity, and
    which phrases refer to what others refer to as well."""

    words: Tensor
    arguments: tuple[Tensor, ...]
    same: Tensor
    refers: Tensor


@dataclass(frozen=True, slots=True)
class Texts:
    """What a scorer learns from. ``variants``: the documents of OntoGUM in one order, each time with other words."""

    variants: tuple[tuple[Example, ...], ...]
    others: tuple[Example, ...]

    def __str__(self) -> str:
        return f"{len(self.variants[0])} documents of OntoGUM, {len(self.others)} others"


def read_texts(nlp: Language, corpora: Path, *, seed: int) -> Texts:
    """The train parts of the corpora below a folder, in random order, read by the parser of ``nlp``.

    :raises InputError: if a file is missing.
    """
    check_files(corpora, ONTOGUM, TREES, LITBANK, NEWS)
    rng = random.Random(seed)
    documents = open_documents(corpora)
    rng.shuffle(documents)
    variants = tuple(tuple(read_ontogum(nlp, documents, rng, share)) for share in SUBSTITUTED)
    others = [
        *(read_example(doc, entities, "litbank") for doc, entities in read_fiction(nlp, corpora / LITBANK)),
        *(read_example(doc, entities, "news") for doc, entities in read_news(nlp, corpora / NEWS)),
    ]
    rng.shuffle(others)
    return Texts(variants, tuple(others))


def open_documents(corpora: Path) -> list[Document]:
    """The documents of OntoGUM's train part whose licence is clear.

    :raises InputError: if a file is missing.
    """
    check_files(corpora, ONTOGUM, TREES)
    documents = read_documents(corpora / "corpora", "train")
    return [document for document in documents if not document.example.doc.startswith(UNCLEAR_LICENCE)]


def read_ontogum(nlp: Language, documents: Sequence[Document], rng: random.Random, share: float) -> Iterator[Example]:
    """Documents with some of their words replaced by others; ``share`` as for :func:`substituted`."""
    for doc, document in read_variant(nlp, documents, rng, share):
        entities = document.entities()
        syntax = Syntax.of(doc)
        phrases = noun_phrases(syntax.pos, syntax.dep, syntax.head, syntax.text)
        yield read_example(doc, {(a, b): entities.get((a, b), (a, b)) for a, b, _ in phrases}, "ontonotes")


def read_variant(
    nlp: Language, documents: Sequence[Document], rng: random.Random, share: float
) -> Iterator[tuple[Doc, Document]]:
    """Documents parsed with some of their words replaced by others; ``share`` as for :func:`substituted`."""
    examples = substituted([document.example for document in documents], rng, share)
    docs = nlp.pipe(given(nlp, example, sentences=True) for example in examples)
    yield from zip(docs, documents, strict=True)


def read_fiction(nlp: Language, path: Path) -> Iterator[tuple[Doc, dict[Span, str]]]:
    """LitBank, parsed, with the entity of each mention."""
    examples = [join(sentences) for sentences in read_litbank(path)]
    docs = nlp.pipe(given(nlp, example) for example in examples)
    for doc, example in zip(docs, examples, strict=True):
        yield doc, {(a, b): entity for a, b, entity in example.mentions or ()}


def read_news(nlp: Language, path: Path) -> Iterator[tuple[Doc, dict[Span, str]]]:
    """The annotated news articles, parsed, with the entity of each mention."""
    pairs = ((record["text"], record) for record in read_records(path))
    for doc, record in nlp.pipe(pairs, as_tuples=True):
        give_mentions(doc, record)
        yield doc, {(span.start, span.end): span.id_ for span in doc.spans[MENTIONS]}


def read_example(doc: Doc, entities: Mapping[Span, Hashable], scheme: str) -> Example:
    """A parsed text; ``entities`` tells of each phrase, first word and end, what it refers to."""
    spans = sorted(entities, key=lambda span: (span[0], -span[1]))
    parsed = Parsed.of(Syntax.of(doc))
    phrases = describe(spans, parsed)
    pairs = likely(antecedents(spans, parsed.words, scheme), phrases)
    numbers = {entity: n for n, entity in enumerate(dict.fromkeys(entities.values()))}
    entity = np.asarray([numbers[entities[span]] for span in spans], dtype=np.int64)
    links = link_features(pairs, phrases, parsed.sentences)
    arguments = (np.asarray(spans), phrases.heads, phrases.features, pairs.left, pairs.right, links)
    return Example(
        torch.from_numpy(doc.tensor[:, : doc.tensor.shape[1] // 2].copy()),
        tuple(torch.from_numpy(array) for array in arguments),
        torch.from_numpy(entity[pairs.left] == entity[pairs.right]),
        torch.from_numpy((np.bincount(entity)[entity] > 1).astype(np.float32)),
    )
