"""The joint model in PyTorch: one encoder, and heads for sentence starts, parts of speech, dependencies and mentions.

The encoder that ships is MiniLM (Wang et al. 2020) in its six-layer sentence-transformers form, with a learned
embedding of letter case added to the word pieces; what teaches it may have a larger one. Dependencies are scored by the
deep biaffine attention of Dozat and Manning (2017), inside the sentence only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoConfig, AutoModel, PreTrainedModel

from kg.language.encoding import LOOKS
from kg.language.pairs import ANTECEDENT_FEATURES, LONGEST
from kg.training.features import Features
from kg.training.stated import PAIR_FEATURES

#: Tag layers whose heads ship; the others only help in training.
SHIPPED_LAYERS = ("names", "inner", "nominals")


@dataclass(frozen=True, slots=True)
class Sizes:
    """What shapes the heads. ``layers`` maps a tag layer to its entity labels. ``relations`` are those between
    mentions, whose head only teaches the encoder what tells of them."""

    upos: tuple[str, ...]
    deps: tuple[str, ...]
    layers: Mapping[str, tuple[str, ...]]
    relations: tuple[str, ...] = ()
    arc: int = 256
    relation: int = 64


def n_tags(labels: Sequence[str]) -> int:
    """IOB2 tags for so many labels: O, and B and I of each."""
    return 1 + 2 * len(labels)


class JointModel(nn.Module):
    """Word vectors are the encoder's outputs at each word's first piece and, as much as is learned, its last, where
    English bears its endings. All scores are logits."""

    def __init__(self, encoder: PreTrainedModel, sizes: Sizes, dropout: float = 0.2) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.look = nn.Embedding(LOOKS, width)
        nn.init.zeros_(self.look.weight)
        self.ending = nn.Parameter(torch.zeros(width))
        self.dropout = SharedDropout(dropout)
        self.sentence = nn.Linear(width, 1)
        self.upos = nn.Linear(width, len(sizes.upos))
        self.arc_dep, self.arc_head = _mlp(width, sizes.arc, dropout), _mlp(width, sizes.arc, dropout)
        self.arc = nn.Linear(sizes.arc + 1, sizes.arc, bias=False)
        self.root = nn.Parameter(torch.zeros(sizes.arc))
        self.rel_dep, self.rel_head = _mlp(width, sizes.relation, dropout), _mlp(width, sizes.relation, dropout)
        self.rel = nn.Linear(sizes.relation + 1, len(sizes.deps) * (sizes.relation + 1), bias=False)
        self.coreference = PairScorer(width, ANTECEDENT_FEATURES, 1, dropout)
        self.stated = PairScorer(width, PAIR_FEATURES, len(sizes.relations), dropout)
        self.tags = nn.ModuleDict({layer: nn.Linear(width, n_tags(labels)) for layer, labels in sizes.layers.items()})

    def words(self, ids: Tensor, look: Tensor, first: Tensor, last: Tensor, mask: Tensor | None) -> Tensor:
        """``[batch, words, width]`` from ``[batch, pieces]`` ids and looks, and ``[batch, words]`` piece indices."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.look(look)
        hidden = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        at_first, at_last = (
            hidden.gather(1, pieces.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])) for pieces in (first, last)
        )
        return self.dropout(at_first + self.ending * at_last)

    def arcs(self, words: Tensor) -> Tensor:
        """``[batch, words, 1 + words]``: the score of the root, then of each word, as the head of each word."""
        dep = _with_one(self.arc_dep(words))
        head = self.arc_head(words)
        root = self.root.expand(*head.shape[:-2], 1, -1).to(head.dtype)
        return self.arc(dep) @ torch.cat([root, head], dim=-2).transpose(-1, -2)

    def relation_vectors(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """What :meth:`relations` is computed from: ``[batch, words, n]`` of each word as dependent and as head."""
        return self.rel_dep(words), self.rel_head(words)

    def relations(self, dep: Tensor, head: Tensor) -> Tensor:
        """``[..., labels]`` scores of the label between vectors of dependents and their heads."""
        rows = self.rel(_with_one(dep)).unflatten(-1, (len(self.sizes.deps), -1))
        return (rows * _with_one(head).unsqueeze(-2)).sum(-1)


class PairScorer(nn.Module):
    """Scores pairs of mentions. A mention's vector is the sum of its words' vectors, weighted by attention inside it
    (Lee et al. 2017); a pair is scored from both vectors, their product and features of the pair."""

    def __init__(self, width: int, features: Sequence[int], outputs: int, dropout: float, size: int = 96) -> None:
        super().__init__()
        self.size = size
        self.left, self.right = _mlp(width, size, dropout), _mlp(width, size, dropout)
        self.attention = nn.Linear(width, 1)
        self.from_left, self.from_right, self.from_both = (nn.Linear(size, size) for _ in range(3))
        self.features = Features(nn.Embedding(n, size) for n in features)
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=0.1)
        self.out = nn.Linear(size, outputs)

    def vectors(self, words: Tensor) -> Tensor:
        """``[..., 2 * size + 1]``: of each word its vectors as part of a left and a right mention, and its weight."""
        return torch.cat([self.left(words), self.right(words), self.attention(words)], dim=-1)

    def forward(self, vectors: Tensor, spans: Tensor, left: Tensor, right: Tensor, features: Tensor) -> Tensor:
        """Scores ``[pairs, outputs]``.

        :param vectors: ``[words, 2 * size + 1]``, as :meth:`vectors` gives them.
        :param spans: ``[mentions, 2]``, first word and end.
        :param left: ``[pairs]``, number of the mention on the left; ``right`` likewise.
        :param features: ``[pairs, number of features]``.
        """
        words = spans[:, :1] + torch.arange(LONGEST, device=spans.device)
        inside = words < spans[:, 1:]
        found = vectors[words.minimum(spans[:, 1:] - 1)]
        weights = found[..., -1].masked_fill(~inside, -1e4).softmax(-1).unsqueeze(-1)
        pooled = (found[..., :-1] * weights).sum(1)
        a, b = pooled[:, : self.size], pooled[:, self.size :]
        hidden = self.from_left(a)[left] + self.from_right(b)[right] + self.from_both(a[left] * b[right])
        hidden = hidden + self.features(features)
        scores: Tensor = self.out(F.gelu(hidden))
        return scores


class SharedDropout(nn.Module):
    """Dropout with one mask for all words of a chunk (Gal and Ghahramani 2016): much cheaper to draw on a CPU."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, values: Tensor) -> Tensor:
        """``values`` has the chunk first and the feature last."""
        if not self.training or not self.p:
            return values
        keep = values.new_full((values.shape[0], 1, values.shape[-1]), 1.0 - self.p)
        return values * torch.bernoulli(keep).div_(1.0 - self.p)


def _mlp(width: int, size: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, size), nn.GELU(), SharedDropout(dropout))


def _with_one(values: Tensor) -> Tensor:
    return F.pad(values, (0, 1), value=1.0)


def pretrained_encoder(folder: Path, pieces: Path) -> PreTrainedModel:
    """An encoder from a folder in the Hugging Face format, read from disk only.

    :param pieces: the folder of the tokenizer that cuts the words. If it is another one than the encoder's own, the
        encoder's vectors of pieces are put into the order of this vocabulary; pieces that it does not have are unknown.
    """
    # On a CPU, drawing the dropout of attention and the backward pass of fused attention take half of the time.
    encoder = AutoModel.from_pretrained(
        folder,
        local_files_only=True,
        add_pooling_layer=False,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    if pieces != folder:
        own, wanted = (Tokenizer.from_file(str(path / "tokenizer.json")) for path in (folder, pieces))
        rows = [_piece(own, piece) for piece, _ in sorted(wanted.get_vocab().items(), key=itemgetter(1))]
        vectors = encoder.get_input_embeddings().weight.detach()[rows]
        encoder.set_input_embeddings(nn.Embedding.from_pretrained(vectors, freeze=False))
        encoder.config.vocab_size = len(rows)
    return _with_shared_dropout(encoder)


def untrained_encoder(config: Path) -> PreTrainedModel:
    """An encoder as its configuration describes it, for weights that are to be loaded."""
    described = AutoConfig.from_pretrained(config)
    return _with_shared_dropout(AutoModel.from_config(described, add_pooling_layer=False, attn_implementation="eager"))


#: Pieces of BERT's vocabulary that encoders after RoBERTa call otherwise.
_OTHERWISE = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}


def _piece(tokenizer: Tokenizer, piece: str) -> int:
    names = (piece, _OTHERWISE.get(piece, piece), "[UNK]", "<unk>")
    return next(number for name in names if (number := tokenizer.token_to_id(name)) is not None)


def _with_shared_dropout(encoder: PreTrainedModel) -> PreTrainedModel:
    for module in encoder.modules():
        for name, child in module.named_children():
            if isinstance(child, nn.Dropout) and child.p:
                setattr(module, name, SharedDropout(child.p))
    return encoder
