"""Which phrases of a text refer to the same, of whatever type, as OntoNotes marks it (Pradhan et al. 2012)."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Span

from kg.language.coreference.antecedents import Scored
from kg.language.coreference.candidates import Candidates, Text, is_coordination
from kg.language.coreference.links import Linked
from kg.language.coreference.scoring import PairScorer
from kg.language.encoder import MODEL
from kg.language.pairs import Ints, Pairs
from kg.language.referring import Parsed
from kg.language.syntax import Syntax

#: The least score of the likeliest antecedent; found by trial on OntoGUM.
LEAST = -0.5


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
        scored = one_of_each_head(self.score(doc, text, linked), found, linked.heads, text.parsed)
        groups = clusters(scored, len(found.spans))
        index, spans = text.index, found.spans
        return [[Span(doc, index[spans[i][0]], index[spans[i][1] - 1] + 1) for i in group] for group in groups]

    def score(self, doc: Doc, text: Text, linked: Linked) -> Scored:
        """How likely each candidate takes up each earlier one."""
        told = (linked.spans, linked.heads, linked.features, linked.pairs, linked.links)
        return Scored(linked.pairs, self._scorer(doc.tensor[text.index], *told))


def one_of_each_head(scored: Scored, found: Candidates, heads: Ints, parsed: Parsed) -> Scored:
    """Pairs of candidates of which no two have one head, but for what is coordinated with it: of "the port" and "the
    port of Oria" the one that is likelier to take something up or to be taken up."""
    best = np.full(len(found.spans), -np.inf, dtype=np.float32)
    for side in (scored.pairs.left, scored.pairs.right):
        np.maximum.at(best, side, scored.scores)
    rivals: dict[tuple[int, bool], int] = {}
    for i, ((start, end), head) in enumerate(zip(found.spans, heads.tolist(), strict=True)):
        key = head, is_coordination(start, end, head, parsed)
        rivals[key] = max(rivals.get(key, i), i, key=lambda i: best[i])
    kept = np.zeros(len(best), dtype=np.bool_)
    kept[list(rivals.values())] = True
    pairs = scored.pairs
    here = kept[pairs.left] & kept[pairs.right]
    return Scored(Pairs(pairs.left[here], pairs.right[here], pairs.features[here]), scored.scores[here])


def clusters(scored: Scored, n: int, *, above: float = LEAST) -> list[list[int]]:
    """Candidates ``0 … n - 1`` that refer to the same, two at least.

    Each joins, from the first on, the cluster that it most likely takes up: what is learned is the likelihood of all
    its right antecedents together, so that those of a cluster's members add up. It joins none if no antecedent is
    likely enough alone.

    :param above: the score of the best antecedent is to be higher.
    """
    of: dict[int, list[int]] = {}
    rows = (scored.pairs.left, scored.pairs.right, scored.scores)
    for left, pairs in groupby(zip(*(row.tolist() for row in rows), strict=True), key=itemgetter(0)):
        rivals: dict[int, list[float]] = {}
        for _, right, score in pairs:
            rivals.setdefault(of.get(right, [right])[0], []).append(score)
        sums = {first: float(np.logaddexp.reduce(scores)) for first, scores in rivals.items() if max(scores) > above}
        if sums:
            first = max(sums, key=lambda first: (sums[first], first))
            cluster = of.setdefault(first, [first])
            cluster.append(left)
            of[left] = cluster
    distinct = {id(cluster): cluster for cluster in of.values()}
    return sorted(cluster for cluster in distinct.values() if len(cluster) > 1)
