"""Encoders larger than the shipped one, which learn together with a scorer on their vectors, to teach.

Their answers on texts that nobody annotated teach the scorers that ship (Hinton, Vinyals and Dean 2015).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor, nn
from transformers import PreTrainedModel

from kg.language.encoding import CHUNK_WORDS, Chunk
from kg.language.parser import TaggerParser
from kg.training.fitting import fit, warmed_up
from kg.training.model import SharedDropout

E = TypeVar("E")
R = TypeVar("R", bound="Reader")


@dataclass(frozen=True, slots=True)
class Text(Generic[E]):
    """A text as teachers read it: its chunks, the tokens of their words, how many tokens it has, and what it teaches.
    Of the vectors in ``example`` they take no notice."""

    chunks: tuple[Chunk, ...]
    words: NDArray[np.int64]
    tokens: int
    example: E

    @classmethod
    def of(cls, doc: Doc, example: E, nlp: Language) -> Text[E]:
        """A parsed text; ``nlp`` has the parser."""
        words, chunks = _chunks(doc, nlp)
        return cls(tuple(chunks), np.asarray(words, dtype=np.int64), len(doc), example)

    @classmethod
    def of_words(cls, doc: Doc, example: E, nlp: Language, *, size: int) -> Text[E]:
        """A parsed text without its white space; ``size`` is that of the chunks, in words."""
        words, chunks = _chunks(doc, nlp, size)
        return cls(tuple(chunks), np.arange(len(words)), len(words), example)


class Reader(nn.Module):
    """An encoder, and the vectors of words that it gives a scorer."""

    def __init__(self, encoder: PreTrainedModel, *, dropout: float) -> None:
        super().__init__()
        self.width: int = encoder.config.hidden_size
        self.encoder = encoder
        self.ending = nn.Parameter(torch.zeros(self.width))
        self.dropout = SharedDropout(dropout)

    def vectors(self, reading: Sequence[Text[E]]) -> list[Tensor]:
        """``[tokens, width]`` of each text; white space has none."""
        device = self.ending.device
        chunks = [chunk for text in reading for chunk in text.chunks]
        ids, mask = _padded([chunk.ids for chunk in chunks]), _padded([np.ones_like(chunk.ids) for chunk in chunks])
        embedded = self.encoder.get_input_embeddings()(ids.to(device))
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask.to(device)).last_hidden_state
        rows = iter(self.dropout(hidden))
        found = []
        for text in reading:
            words = [_of_words(next(rows), chunk, self.ending) for chunk in text.chunks]
            vectors = hidden.new_zeros(text.tokens, hidden.shape[-1])
            found.append(vectors.index_copy(0, torch.from_numpy(text.words).to(device), torch.cat(words)))
        return found

    def in_16_bits(self) -> torch.autocast:
        """On a GPU, numbers of 16 bits."""
        return torch.autocast("cuda", dtype=torch.bfloat16, enabled=self.ending.device.type == "cuda")


def teach(
    teacher: R,
    epochs: Sequence[Callable[[], Sequence[E]]],
    loss: Callable[[E], Tensor],
    *,
    rate: float,
    scorer_rate: float,
) -> R:
    """Train encoder and scorer. What is returned is the moving average of the weights.

    :param epochs: as for :func:`kg.training.fitting.fit`.
    :param rate: the highest of the encoder.
    """
    encoder = list(teacher.encoder.parameters())
    known = set(map(id, encoder))
    scorer = [value for value in teacher.parameters() if id(value) not in known]
    groups = [
        {"params": encoder, "lr": rate, "weight_decay": 0.01},
        {"params": scorer, "lr": scorer_rate, "weight_decay": 0.05},
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))

    def lost(step: E) -> Tensor:
        with teacher.in_16_bits():
            return loss(step)

    return fit(teacher, optimiser, epochs, lost, share=warmed_up, decay=0.99)


def _chunks(doc: Doc, nlp: Language, size: int = CHUNK_WORDS) -> tuple[list[int], list[Chunk]]:
    parser = nlp.get_pipe("kg_tagger_parser")
    assert isinstance(parser, TaggerParser)
    return parser.chunks(doc, size=size)


def _of_words(pieces: Tensor, chunk: Chunk, ending: Tensor) -> Tensor:
    first, last = (torch.from_numpy(each).to(pieces.device) for each in (chunk.first, chunk.last))
    return pieces[first] + ending.to(pieces.dtype) * pieces[last]


def _padded(rows: Sequence[NDArray[np.int64]]) -> Tensor:
    return nn.utils.rnn.pad_sequence([torch.from_numpy(row) for row in rows], batch_first=True)
