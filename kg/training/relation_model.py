"""The scorer of relations in PyTorch, on the vectors of an encoder that is not trained with it."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.language.pairs import LONGEST
from kg.language.relation_pairs import PLACES
from kg.training.features import Features

_HEADS = 2
_KEY = 32


class RelationModel(nn.Module):
    """Scores ordered pairs of mentions of one block of sentences.

    A mention is the sum of its words' vectors weighted by attention inside it (Lee et al. 2017). A pair is made of
    both, their product and features of the pair; with that it looks at the words of its sentence, those on the way
    between the mentions in the dependency tree first, and takes up what it finds there.
    """

    def __init__(
        self, width: int, features: Sequence[int], relations: int, *, size: int = 128, dropout: float = 0.3
    ) -> None:
        super().__init__()
        self.subject, self.object, self.context = (self._mlp(width, size, dropout) for _ in range(3))
        self.inside = nn.Linear(width, 1)
        self.key, self.query = nn.Linear(width, _HEADS * _KEY), nn.Linear(size, _HEADS * _KEY)
        self.from_subject, self.from_object, self.from_both, self.from_context = (
            nn.Linear(size, size) for _ in range(4)
        )
        self.features = Features(nn.Embedding(n, size) for n in features)
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=0.1)
        self.place = nn.Embedding(PLACES, _HEADS)
        nn.init.zeros_(self.place.weight)
        self.path = nn.Parameter(torch.full((_HEADS,), 2.0))
        self.middle = nn.Linear(size, size)
        self.out = nn.Linear(size, relations)
        nn.init.constant_(self.out.bias, -4.0)  # hardly any pair has any one relation
        self.dropout = nn.Dropout(dropout)

    @staticmethod
    def _mlp(width: int, size: int, dropout: float) -> nn.Sequential:
        return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(dropout))

    def forward(
        self, words: Tensor, spans: Tensor, left: Tensor, right: Tensor, features: Tensor, path: Tensor, place: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits ``[pairs, relations]`` and attention ``[pairs, tokens]``; parameters as in
        :class:`kg.language.relation_pairs.Block`, ``words`` ``[tokens, width]`` of any precision."""
        words = words.float()
        inner = spans[:, :1] + torch.arange(LONGEST, device=words.device)
        within = inner < spans[:, 1:]
        inner = inner.minimum(spans[:, 1:] - 1)
        weights = self.inside(words).squeeze(-1)[inner].masked_fill(~within, -1e4).softmax(-1).unsqueeze(1)
        subject = (weights @ self.subject(words)[inner]).squeeze(1)
        obj = (weights @ self.object(words)[inner]).squeeze(1)
        pair = self.from_subject(subject)[left] + self.from_object(obj)[right]
        pair = pair + self.from_both(subject[left] * obj[right]) + self.features(features)
        query = self.query(F.gelu(pair)).unflatten(-1, (_HEADS, _KEY)).transpose(0, 1)
        key = self.key(words).unflatten(-1, (_HEADS, _KEY)).permute(1, 2, 0)
        seen = (query @ key) / _KEY**0.5 + self.place(place).permute(2, 0, 1)
        seen = seen + self.path[:, None, None] * path
        attention = seen.masked_fill(place == PLACES - 1, -1e4).softmax(-1)
        value = self.context(words).unflatten(-1, (_HEADS, -1)).transpose(0, 1)
        found = (attention @ value).transpose(0, 1).flatten(1)
        hidden = self.dropout(F.gelu(pair + self.from_context(found)))
        hidden = hidden + F.gelu(self.middle(hidden))
        scores: Tensor = self.out(self.dropout(hidden))
        return scores, sum(attention[1:], attention[0]) / _HEADS
