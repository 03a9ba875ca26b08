"""The learned scorer of antecedents: how likely each mention takes up each earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.language.coreference.scoring import Floats, PairScorer
from kg.language.encoder import MODEL
from kg.language.pairs import Pairs, antecedents
from kg.language.referring import Parsed, describe, likely, link_features


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


class AntecedentScorer:
    """A loaded scorer; ``folder`` is the model's.

    :raises MissingError: if the folder holds no model.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        self._scorer = PairScorer(folder / "antecedents.onnx")

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
        links = link_features(pairs, phrases, parsed.sentences)
        return Scored(pairs, self._scorer(vectors, spans, phrases.heads, phrases.features, pairs, links))
