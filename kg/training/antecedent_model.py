"""The scorer of antecedents in PyTorch, on the vectors of an encoder that is not trained with it."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.language.pairs import LONGEST
from kg.language.referring import LINK_FEATURES, PHRASE_FEATURES
from kg.training.features import Features


class AntecedentModel(nn.Module):
    """Scores pairs of phrases: how likely the left one takes up the right one, which stands before it.

    A phrase is the sum of its words' vectors weighted by attention inside it, with that of its head and with what is
    known of it (Lee et al. 2017); a pair is made of both, their product and features of the pair.
    """

    def __init__(
        self,
        width: int,
        *,
        size: int = 96,
        dropout: float = 0.3,
        phrases: Sequence[int] = PHRASE_FEATURES,
        links: Sequence[int] = LINK_FEATURES,
    ) -> None:
        """``phrases`` and ``links`` are the numbers of values of the features of phrases and of pairs."""
        super().__init__()
        self.width, self.size, self.dropout = width, size, dropout
        #: Numbers of the features of phrases and of pairs.
        self.features = len(phrases), len(links)
        self.inside, self.weight, self.head = (
            nn.Linear(width, 2 * size),
            nn.Linear(width, 1),
            nn.Linear(width, 2 * size),
        )
        self.mixed = nn.Linear(2 * size, 2 * size)
        self.phrase = Features(nn.Embedding(n, 2 * size) for n in phrases)
        self.from_left, self.from_right, self.from_both = (nn.Linear(size, size) for _ in range(3))
        self.pair = Features(nn.Embedding(n, size) for n in links)
        for embedding in (*self.phrase, *self.pair):
            nn.init.normal_(embedding.weight, std=0.05)
        self.out = nn.Linear(size, 1)
        #: Whether a phrase refers to what others refer to as well; only teaches what tells of it.
        self.refers = nn.Linear(size, 1)

    def phrases(self, words: Tensor, spans: Tensor, heads: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """``[phrases, size]`` each as left and as right one of a pair; parameters as for :meth:`forward`."""
        if self.training:  # one mask for all words, as the encoder had
            words = words * F.dropout(torch.ones(1, words.shape[1], device=words.device), self.dropout)
        inner = spans[:, :1] + torch.arange(LONGEST, device=spans.device)
        within = inner < spans[:, 1:]
        inner = inner.minimum(spans[:, 1:] - 1)
        weights = self.weight(words).squeeze(-1)[inner].masked_fill(~within, -1e4).softmax(-1)
        vectors = (weights.unsqueeze(1) @ self.inside(words)[inner]).squeeze(1) + self.head(words[heads])
        vectors = F.dropout(F.gelu(vectors + self.phrase(features)), self.dropout, self.training)
        vectors = vectors + F.dropout(F.gelu(self.mixed(vectors)), self.dropout, self.training)
        return vectors[:, : self.size], vectors[:, self.size :]

    def pairs(self, left: Tensor, right: Tensor, features: Tensor, vectors: tuple[Tensor, Tensor]) -> Tensor:
        """``[pairs]`` scores; ``vectors`` are what :meth:`phrases` gives, the rest as for :meth:`forward`."""
        later, earlier = vectors
        # index_select, as what is lost finds its way back faster than through an index
        hidden = self.from_both(later.index_select(0, left) * earlier.index_select(0, right))
        hidden = hidden + self.from_left(later).index_select(0, left) + self.from_right(earlier).index_select(0, right)
        hidden = F.dropout(F.gelu(hidden + self.pair(features)), self.dropout, self.training)
        scores: Tensor = self.out(hidden).squeeze(-1)
        return scores

    def forward(
        self, words: Tensor, spans: Tensor, heads: Tensor, phrases: Tensor, left: Tensor, right: Tensor, links: Tensor
    ) -> Tensor:
        """``[pairs]``: the logarithm of how much likelier each pair is one of a phrase and its antecedent than that the
        phrase has none.

        :param words: ``[words, width]`` vectors, of any precision.
        :param spans: ``[phrases, 2]`` first word and end; ``heads`` ``[phrases]`` head words.
        :param phrases: ``[phrases, n]`` features of phrases; ``links`` ``[pairs, m]`` of pairs.
        :param left: ``[pairs]`` number of the later phrase; ``right`` of the earlier one.
        """
        return self.pairs(left, right, links, self.phrases(words.float(), spans, heads, phrases))
