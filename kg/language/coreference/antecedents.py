"""The learned scorer of antecedents: how likely each mention takes up each earlier one.

It reads what the encoder left in ``doc.tensor`` in the one pass that serves parse and names as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.language.encoder import MODEL, session
from kg.language.pairs import Pairs, antecedents

Floats = NDArray[np.float32]


class AntecedentScorer:
    """A loaded scorer; ``folder`` is the model's.

    :raises MissingError: if the folder holds no model.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        self._session: onnxruntime.InferenceSession = session(folder / "antecedents.onnx")

    def __call__(
        self, vectors: Floats, mentions: Sequence[tuple[int, int]], words: Sequence[str], scheme: str
    ) -> tuple[Pairs, Floats]:
        """Pairs of mentions and, for each, the logarithm of how much likelier the antecedent is than none.

        :param vectors: ``[words, n]``, from the encoder.
        :param mentions: first word and end of each, in the order of the text, the longer first.
        :param scheme: one of :data:`kg.language.pairs.SCHEMES`.
        """
        pairs = antecedents(mentions, words, scheme)
        if not len(pairs.left):
            return pairs, np.zeros(0, dtype=np.float32)
        spans = np.asarray(mentions, dtype=np.int64)
        inputs = {"vectors": vectors, "spans": spans, "left": pairs.left, "right": pairs.right}
        scores: Floats = self._session.run(None, {**inputs, "features": pairs.features})[0][:, 0]
        return pairs, scores


def best_antecedents(pairs: Pairs, scores: Floats) -> dict[int, int]:
    """The best antecedent of each mention that likelier has one than none."""
    best: dict[int, tuple[float, int]] = {}
    for left, right, score in zip(pairs.left.tolist(), pairs.right.tolist(), scores.tolist(), strict=True):
        if score > 0.0 and (left not in best or score >= best[left][0]):
            best[left] = (score, right)
    return {left: right for left, (_, right) in best.items()}


def clusters(antecedent: dict[int, int], n: int) -> list[list[int]]:
    """Mentions ``0 … n - 1`` that refer to the same, two at least, given the antecedent of each that has one."""
    groups: dict[int, list[int]] = {}
    for i in range(n):
        group = groups.get(antecedent.get(i, -1))
        if group is None:
            group = groups[i] = []
        group.append(i)
        groups[i] = group
    distinct = {id(group): group for group in groups.values()}
    return [group for group in distinct.values() if len(group) > 1]
