"""Texts as the scorer of clusters learns from them: OntoGUM, and texts of which larger models said what refers to what.

Their candidates are those that are found when the scorer is used.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor

from kg.language.coreference.candidates import Candidates, Text
from kg.language.coreference.links import Linked
from kg.language.syntax import Syntax
from kg.training.antecedent_sources import SUBSTITUTED, open_documents, read_variant

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A parsed text: its words, candidates, and what the scorer takes of them beside the words' vectors, in order."""

    text: Text
    found: Candidates
    arguments: tuple[Tensor, ...]

    @classmethod
    def of(cls, doc: Doc) -> Asked:
        """All candidates of a ``Doc`` whose names are found."""
        text = Text.of(doc, Syntax.of(doc))
        return cls.about(text, Candidates.of(text))

    @classmethod
    def about(cls, text: Text, found: Candidates) -> Asked:
        """Some candidates of a text."""
        told = Linked.of(found, text)
        arrays = (told.spans, told.heads, told.features, told.pairs.left, told.pairs.right, told.links)
        return cls(text, found, tuple(torch.from_numpy(array) for array in arrays))

    @property
    def pairs(self) -> NDArray[np.int64]:
        """``[2, pairs]``: the numbers of the later candidate of each pair, and of the earlier."""
        return np.stack([self.arguments[3].numpy(), self.arguments[4].numpy()])


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the vectors of its words (16 bits), and which pairs are of one entity and which candidates refer to
    what others refer to as well; or else ``told``, ``[pairs + candidates]``: how likely, so teachers say, the later of
    each pair takes up the earlier, and how likely each candidate takes up nothing."""

    words: Tensor
    arguments: tuple[Tensor, ...]
    same: Tensor | None = None
    refers: Tensor | None = None
    told: Tensor | None = None
    #: What a candidate counts.
    weight: float = 1.0

    def __len__(self) -> int:
        return len(self.words)


def read_ontogum(nlp: Language, corpora: Path, *, seed: int) -> tuple[tuple[Example, ...], ...]:
    """The documents of the train part in one order, several times, each time with other words.

    :raises InputError: if a file is missing.
    """
    documents = open_documents(corpora)
    rng = random.Random(seed)
    rng.shuffle(documents)
    return tuple(
        tuple(
            marked(vectors_of(doc, asked), asked, document.entities())
            for doc, document in read_variant(nlp, documents, rng, share)
            for asked in [Asked.of(doc)]
        )
        for share in SUBSTITUTED
    )


def marked(words: Tensor, asked: Asked, entities: Mapping[Span, int]) -> Example:
    """A text with the number of the entity of each candidate that is known to refer to one; none other refers."""
    alone = len(entities)
    entity = np.asarray([entities.get(span, alone + n) for n, span in enumerate(asked.found.spans)], dtype=np.int64)
    _, of = np.unique(entity, return_inverse=True)
    left, right = asked.pairs
    refers = (np.bincount(of)[of] > 1).astype(np.float32)
    return Example(words, asked.arguments, torch.from_numpy(of[left] == of[right]), torch.from_numpy(refers))


def vectors_of(doc: Doc, asked: Asked) -> Tensor:
    """``[words, width]``: the encoder's."""
    return torch.from_numpy(doc.tensor[asked.text.index])
