"""Which phrases of a text refer to the same, of whatever type, as OntoNotes marks it (Pradhan et al. 2012)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Span

from kg.language.coreference.antecedents import Scored
from kg.language.coreference.candidates import Candidates, Text
from kg.language.coreference.links import Linked
from kg.language.coreference.scoring import PairScorer
from kg.language.encoder import MODEL
from kg.language.syntax import Syntax

#: The least score of the likeliest antecedent where that is in no cluster, and where it is in one: a member too many
#: does less harm than a cluster too many. Found by trial on OntoGUM.
ALONE, JOINED = -0.5, -1.0


class ClusterScorer:
    """A loaded scorer of all that may refer; ``folder`` is the model's.

    :raises MissingError: if the folder holds no model.
    """

    def __init__(self, folder: Path = MODEL) -> None:
        self._scorer = PairScorer(folder / "clusters.onnx")

    def __call__(self, doc: Doc, syntax: Syntax) -> list[list[Span]]:
        """The clusters of a parsed ``Doc`` whose names are found, of two phrases at least, in the order of the text."""
        text = Text.of(doc, syntax)
        found = Candidates.of(text)
        linked = Linked.of(found, text)
        groups = clusters(self.score(doc, text, linked), len(found.spans))
        index, spans = text.index, found.spans
        return [[Span(doc, index[spans[i][0]], index[spans[i][1] - 1] + 1) for i in group] for group in groups]

    def score(self, doc: Doc, text: Text, linked: Linked) -> Scored:
        """How likely each candidate takes up each earlier one."""
        told = (linked.spans, linked.heads, linked.features, linked.pairs, linked.links)
        return Scored(linked.pairs, self._scorer(doc.tensor[text.index], *told))


def clusters(scored: Scored, n: int, *, alone: float = ALONE, joined: float = JOINED) -> list[list[int]]:
    """Candidates ``0 … n - 1`` that refer to the same, two at least.

    Each joins, from the first on, the cluster that it most likely takes up: what is learned is the likelihood of all
    its right antecedents together, so that those of a cluster's members add up. It joins none if no antecedent is
    likely enough alone.

    :param alone: the score of the best antecedent is to be higher, or, if that is in a cluster, than ``joined``.
    """
    of: dict[int, list[int]] = {}
    likely = np.zeros(n, dtype=bool)
    likely[scored.pairs.left[scored.scores > min(alone, joined)]] = True
    looked = likely[scored.pairs.left]  # most phrases take up nothing
    rows = (values[looked].tolist() for values in (scored.pairs.left, scored.pairs.right, scored.scores))
    for left, pairs in groupby(zip(*rows, strict=True), key=itemgetter(0)):
        rivals: dict[int, list[float]] = {}
        for _, right, score in pairs:
            rivals.setdefault(of.get(right, [right])[0], []).append(score)
        sums = {
            first: _log_of_sum(scores)
            for first, scores in rivals.items()
            if max(scores) > (joined if first in of else alone)
        }
        if sums:
            first = max(sums, key=lambda first: (sums[first], first))
            cluster = of.setdefault(first, [first])
            cluster.append(left)
            of[left] = cluster
    distinct = {id(cluster): cluster for cluster in of.values()}
    return sorted(cluster for cluster in distinct.values() if len(cluster) > 1)


def _log_of_sum(logarithms: Sequence[float]) -> float:
    """The logarithm of the sum of what some numbers are logarithms of."""
    most = max(logarithms)
    return most + math.log(sum(math.exp(value - most) for value in logarithms)) if len(logarithms) > 1 else most
