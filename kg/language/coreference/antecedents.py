"""The learned scorer of antecedents: how likely each mention takes up each earlier one.

It reads what the encoder left in ``doc.tensor`` in the one pass that serves parse and names as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.language.encoder import MODEL
from kg.language.pairs import LONGEST, Pairs, antecedents
from kg.language.referring import Parsed, describe, likely, link_features
from kg.sessions import session

#: Pairs that are scored at once, so that a long article needs no more memory than a short one.
BLOCK = 20_000

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of mentions, sorted by the later one, and for each the logarithm of how much likelier the earlier one is
    its antecedent than that it has none."""

    pairs: Pairs
    scores: Floats

    def of(self, mention: int) -> dict[int, float]:
        """The scores of the antecedents of a mention, by their numbers."""
        here = slice(*np.searchsorted(self.pairs.left, [mention, mention + 1]))
        return dict(zip(self.pairs.right[here].tolist(), self.scores[here].tolist(), strict=True))

    def best(self, *, above: float = 0.0) -> dict[int, int]:
        """The best antecedent of each mention, if its score is high enough; of two as good the nearer."""
        taken: dict[int, tuple[float, int]] = {}
        likely = self.scores > above
        rows = (self.pairs.left[likely], self.pairs.right[likely], self.scores[likely])
        for left, right, score in zip(*(row.tolist() for row in rows), strict=True):
            taken[left] = max(taken.get(left, (score, right)), (score, right))
        return {left: right for left, (_, right) in taken.items()}


class AntecedentScorer:
    """A loaded scorer; ``folder`` is the model's.

    :raises MissingError: if the folder holds no model.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        self._session: onnxruntime.InferenceSession = session(folder / "antecedents.onnx")
        self._width: int = self._session.get_inputs()[0].shape[1]

    def __call__(
        self,
        vectors: NDArray[np.floating[Any]],
        mentions: Sequence[tuple[int, int]],
        parsed: Parsed,
        scheme: str,
        *,
        later: Sequence[int] | None = None,
    ) -> Scored:
        """Score the antecedents of mentions.

        :param vectors: ``[words, n]``, the encoder's.
        :param mentions: first word and end of each, in the order of the text, the longer first.
        :param parsed: the words of the whole text.
        :param scheme: one of :data:`kg.language.pairs.SCHEMES`.
        :param later: the numbers of the mentions whose antecedents are sought, in order; default: all.
        """
        spans, phrases = np.asarray(mentions, dtype=np.int64), describe(mentions, parsed)
        pairs = likely(antecedents(mentions, parsed.words, scheme, later=later), phrases)
        scores = np.zeros(len(pairs.left), dtype=np.float32)
        links = link_features(pairs, phrases, parsed.sentences)
        for start in range(0, len(scores), BLOCK):
            here = slice(start, start + BLOCK)
            numbers, local = np.unique(np.stack([pairs.left[here], pairs.right[here]]), return_inverse=True)
            left, right = local.reshape(2, -1)
            covered, where, heads = _cover(spans[numbers], phrases.heads[numbers])
            inputs = {
                "words": vectors[covered, : self._width].astype(np.float32, copy=False),
                "spans": where,
                "heads": heads,
                "phrases": phrases.features[numbers],
                "left": left,
                "right": right,
                "links": links[here],
            }
            scores[here] = self._session.run(None, inputs)[0]
        return Scored(pairs, scores)


def _cover(
    spans: NDArray[np.int64], heads: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The words that a scorer looks at, in order, and the mentions and their heads counted in these."""
    ends = np.minimum(spans[:, 1], spans[:, 0] + LONGEST)
    inside = [np.arange(start, end) for start, end in zip(spans[:, 0], ends, strict=True)]
    covered = np.unique(np.concatenate([*inside, heads]))
    starts = np.searchsorted(covered, spans[:, 0])
    return covered, np.stack([starts, starts + ends - spans[:, 0]], axis=1), np.searchsorted(covered, heads)


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
