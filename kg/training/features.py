"""Embeddings of what is known of a phrase or of a pair, beside vectors of words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

#: Rows of a table of combinations at the most. With more, tables are too large for a processor's nearest memory.
COMBINATIONS = 2048


class Features(nn.ModuleList):
    """The sum of an embedding for each feature."""

    def forward(self, features: Tensor) -> Tensor:
        """``[n, size]`` from ``[n, number of features]``.

        In ONNX, features of which all combinations are few are looked up as one: the sums of their embeddings, which do
        not lie in the file, are made where it is loaded.
        """
        if torch.onnx.is_in_onnx_export():
            return _summed([_combined(self, features, group) for group in together([len(e.weight) for e in self])])
        return _summed([embedding(features[:, i]) for i, embedding in enumerate(self)])


def together(sizes: Sequence[int]) -> list[list[int]]:
    """Which features are looked up as one, given how many values each has: the most by itself, others where they fit
    into :data:`COMBINATIONS`."""
    groups: list[list[int]] = []
    for feature in sorted(range(len(sizes)), key=lambda feature: -sizes[feature]):
        fits = (g for g in groups if math.prod(sizes[i] for i in g) * sizes[feature] <= COMBINATIONS)
        group = next(fits, None)
        if group is None:
            groups.append([feature])
        else:
            group.append(feature)
    return groups


def _combined(embeddings: nn.ModuleList, features: Tensor, group: Sequence[int]) -> Tensor:
    first, *others = group
    numbers, table = features[:, first], embeddings[first].weight
    for feature in others:
        weights = embeddings[feature].weight
        numbers = numbers * len(weights) + features[:, feature]
        table = (table.unsqueeze(1) + weights).flatten(0, 1)
    return F.embedding(numbers, table)


def _summed(parts: Sequence[Tensor]) -> Tensor:
    first, *others = parts
    return sum(others, first)
