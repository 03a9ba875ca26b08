"""Scores of pairs of phrases, by a network that reads what the encoder left in ``doc.tensor`` in the one pass that
serves parse and names as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.language.pairs import LONGEST, Ints, Pairs
from kg.sessions import session

#: Pairs that are scored at once, so that a long article needs no more memory than a short one.
BLOCK = 20_000

Floats = NDArray[np.float32]


class PairScorer:
    """A loaded network.

    :raises MissingError: if there is no such file.
    """

    def __init__(self, path: Path) -> None:
        self._session: onnxruntime.InferenceSession = session(path)
        self._width: int = self._session.get_inputs()[0].shape[1]

    def __call__(
        self,
        vectors: NDArray[np.floating[Any]],
        spans: Ints,
        heads: Ints,
        features: Ints,
        pairs: Pairs,
        links: NDArray[np.integer[Any]],
    ) -> Floats:
        """``[pairs]``: the logarithm of how much likelier it is that the later phrase of each takes up the earlier one
        than that it takes up nothing.

        :param vectors: ``[words, n]``, the encoder's.
        :param spans: ``[phrases, 2]``, first word and end of each; ``heads`` ``[phrases]``.
        :param features: ``[phrases, m]``, what is known of each beside; ``links`` ``[pairs, k]`` of pairs.
        """
        scores = np.zeros(len(pairs.left), dtype=np.float32)
        for start in range(0, len(scores), BLOCK):
            here = slice(start, start + BLOCK)
            compared = np.zeros(len(spans), dtype=np.bool_)
            compared[pairs.left[here]] = compared[pairs.right[here]] = True
            numbers, place = np.flatnonzero(compared), np.cumsum(compared) - 1
            covered, where, inside = _cover(spans[numbers], heads[numbers], len(vectors))
            inputs = {
                "words": vectors[covered, : self._width].astype(np.float16, copy=False),
                "spans": where,
                "heads": inside,
                "phrases": features[numbers],
                "left": place[pairs.left[here]],
                "right": place[pairs.right[here]],
                "links": links[here].astype(np.int64, copy=False),
            }
            scores[here] = self._session.run(None, inputs)[0]
        return scores


def _cover(spans: Ints, heads: Ints, words: int) -> tuple[Ints, Ints, Ints]:
    """The words that a scorer looks at, in order, and the phrases and their heads counted in these; the text has so
    many ``words``."""
    starts, ends = spans[:, 0], np.minimum(spans[:, 1], spans[:, 0] + LONGEST)
    begun = np.bincount(starts, minlength=words + 1) - np.bincount(ends, minlength=words + 1)
    covered = np.cumsum(begun) > 0
    covered[heads] = True
    place = np.cumsum(covered) - 1
    return np.flatnonzero(covered), np.stack([place[starts], place[starts] + ends - starts], axis=1), place[heads]
