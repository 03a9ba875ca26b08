"""Groups of chunks as tensors."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kg.language.encoding import WordEncoder
from kg.language.pairs import Pairs, antecedents
from kg.training.chunks import Chunk, roughen
from kg.training.corpora import Example, join
from kg.training.model import Sizes
from kg.training.stated import Stated, features, targets

#: Target of a word that trains nothing.
IGNORE = -100


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one batch; first dimension is the chunk. What the corpus does not annotate is ``None`` or absent.

    ``known`` ``[batch, words]`` tells words from padding. In an ``unlabelled`` batch nobody annotated anything; its
    links and pairs are of phrases that a parser found.
    """

    ids: Tensor
    look: Tensor
    first: Tensor
    last: Tensor
    mask: Tensor
    known: Tensor
    starts: Tensor | None
    upos: Tensor | None
    heads: Tensor | None
    deps: Tensor | None
    tags: Mapping[str, Tensor]
    words: int
    links: Links | None = None
    stated: Relations | None = None
    unlabelled: bool = False

    def to(self, device: torch.device) -> Batch:
        """The same on a device."""
        moved: Batch = _moved(self, device)
        return moved

    def hidden(self, share: float, mask: int) -> Batch:
        """The same with a share of its words hidden from the encoder behind the piece ``mask``, so that a model learns
        to lean on what stands around them."""
        covered = (torch.rand(self.first.shape, device=self.first.device) < share) & self.known
        begins = torch.zeros_like(self.ids).scatter_add(1, self.first, self.known.long())
        word = begins.cumsum(1) - 1
        at = word.clamp(min=0)
        inside = (word >= 0) & (torch.arange(self.ids.shape[1], device=at.device) <= self.last.gather(1, at))
        return replace(self, ids=self.ids.masked_fill(inside & covered.gather(1, at), mask))


def _moved(value: Any, device: torch.device) -> Any:
    if isinstance(value, Tensor):
        return value.to(device, non_blocking=True)
    if isinstance(value, Mapping):
        return {name: _moved(part, device) for name, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(*(_moved(getattr(value, field.name), device) for field in fields(value)))
    return value


@dataclass(frozen=True, slots=True)
class Links:
    """Coreference in a batch of whole documents. Words are numbered along the rows of the batch, padding included.

    ``spans`` ``[mentions, 2]``; ``left``, ``right`` and ``features`` as in :class:`kg.language.pairs.Pairs`;
    ``same`` tells of each pair whether its mentions refer to the same.
    """

    spans: Tensor
    left: Tensor
    right: Tensor
    features: Tensor
    same: Tensor


@dataclass(frozen=True, slots=True)
class Relations:
    """Pairs of mentions in one sentence; ``spans``, ``left`` (subjects), ``right`` (objects) and ``features`` as in
    :class:`Links`. ``targets`` ``[pairs, relations]`` tells which are stated, ``known`` which of them train."""

    spans: Tensor
    left: Tensor
    right: Tensor
    features: Tensor
    targets: Tensor
    known: Tensor


class Batcher:
    """Makes batches for models that tell the labels of ``sizes``."""

    def __init__(self, encoder: WordEncoder, sizes: Sizes) -> None:
        self.encoder = encoder
        self._upos = {label: i for i, label in enumerate(sizes.upos)}
        self._deps = {label: i for i, label in enumerate(sizes.deps)}
        self._relations = {label: i for i, label in enumerate(sizes.relations)}
        self._tags = {
            layer: {"O": 0}
            | {f"{kind}-{label}": 1 + 2 * i + (kind == "I") for i, label in enumerate(labels) for kind in "BI"}
            for layer, labels in sizes.layers.items()
        }

    def batch(self, group: Sequence[Chunk], rng: random.Random, *, rough: float = 0.0) -> Batch:
        """Tensors of chunks that annotate the same things.

        :param rough: share of chunks that are roughened.
        """
        examples = [roughen(join(chunk), rng, rough) for chunk in group]
        encoded = [self.encoder.chunk(example.words, example.joined) for example in examples]
        n_pieces = max(len(chunk.ids) for chunk in encoded)
        n_words = max(len(example.words) for example in examples)

        def padded(rows: Sequence[Sequence[int] | np.ndarray], width: int, value: int = 0) -> Tensor:
            table = np.full((len(rows), width), value, dtype=np.int64)
            for i, row in enumerate(rows):
                table[i, : len(row)] = row
            return torch.from_numpy(table)

        parsed = [e.heads is not None for e in examples]
        starts = [_flags(e) for e in examples] if all(e.starts for e in examples) else None
        layers = set.intersection(*(set(e.tags) for e in examples)) & set(self._tags)
        none: tuple[int, ...] = ()
        return Batch(
            ids=padded([chunk.ids for chunk in encoded], n_pieces),
            look=padded([chunk.look for chunk in encoded], n_pieces),
            first=padded([chunk.first for chunk in encoded], n_words),
            last=padded([chunk.last for chunk in encoded], n_words),
            mask=padded([np.ones_like(chunk.ids) for chunk in encoded], n_pieces),
            known=padded([np.ones_like(chunk.first) for chunk in encoded], n_words).bool(),
            starts=padded(starts, n_words, IGNORE) if starts else None,
            upos=padded([[self._upos[x] for x in e.upos or ()] for e in examples], n_words, IGNORE)
            if any(parsed)
            else None,
            heads=padded([e.heads or none for e in examples], n_words, IGNORE) if any(parsed) else None,
            deps=padded([[self._deps[x] for x in e.deps or ()] for e in examples], n_words, IGNORE)
            if any(parsed)
            else None,
            tags={
                layer: padded([[self._tags[layer][x] for x in e.tags[layer]] for e in examples], n_words, IGNORE)
                for layer in sorted(layers)
            },
            words=sum(len(e.words) for e in examples),
            links=_links(examples, n_words),
            stated=self._stated(examples, n_words),
            unlabelled=examples[0].unlabelled,
        )

    def _stated(self, examples: Sequence[Example], n_words: int) -> Relations | None:
        """The pairs of mentions of a batch whose rows are ``n_words`` long."""
        spans: list[tuple[int, int]] = []
        pairs: list[Stated] = []
        told: list[tuple[int, int, int]] = []
        for row, example in enumerate(examples):
            if example.pairs is None or example.mentions is None:
                continue
            before, ends = len(spans), [mention[:2] for mention in example.mentions]
            spans += [(start + row * n_words, end + row * n_words) for start, end in ends]
            for pair in example.pairs:
                i, j = pair.subject, pair.object
                told.append(features(ends[i], ends[j], example.types[i], example.types[j]))
                pairs.append(pair._replace(subject=i + before, object=j + before))
        if not pairs:
            return None
        left, right = (torch.tensor([pair[k] for pair in pairs]) for k in (0, 1))
        wanted, known = (torch.from_numpy(table) for table in targets(pairs, self._relations))
        return Relations(torch.tensor(spans), left, right, torch.tensor(told), wanted, known)


def _links(examples: Sequence[Example], n_words: int) -> Links | None:
    """Pairs of mentions inside each document of a batch whose rows are ``n_words`` long."""
    if not all(e.scheme for e in examples) or not any(e.mentions for e in examples):
        return None
    spans: list[tuple[int, int]] = []
    parts: list[Pairs] = []
    same: list[np.ndarray] = []
    for _, rows in groupby(enumerate(examples), key=lambda row: row[1].doc):
        words: list[str] = []
        local: list[tuple[int, int]] = []
        entities: list[str] = []
        before = len(spans)
        for row, example in rows:
            for start, end, entity in example.mentions or ():
                local.append((start + len(words), end + len(words)))
                spans.append((start + row * n_words, end + row * n_words))
                entities.append(entity)
            words += example.words
        pairs = antecedents(local, words, example.scheme)
        named = np.asarray([hash(entity) if entity else -i - 2 for i, entity in enumerate(entities)])
        same.append(named[pairs.left] == named[pairs.right])
        parts.append(replace(pairs, left=pairs.left + before, right=pairs.right + before))
    return Links(
        spans=torch.tensor(spans),
        left=torch.from_numpy(np.concatenate([part.left for part in parts])),
        right=torch.from_numpy(np.concatenate([part.right for part in parts])),
        features=torch.from_numpy(np.concatenate([part.features for part in parts])),
        same=torch.from_numpy(np.concatenate(same)),
    )


def _flags(example: Example) -> np.ndarray:
    flags = np.zeros(len(example.words), dtype=np.int64)
    flags[list(example.starts)] = 1
    return flags
