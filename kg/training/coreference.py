"""Coreference scores over exact spans: MUC, B³ and CEAF-e, whose mean is the CoNLL score (Pradhan et al. 2012)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import MissingError

Record = Mapping[str, Any]
Cluster = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CoreferenceScores:
    """F1 of each measure, over all documents together."""

    muc: float
    b3: float
    ceafe: float

    @property
    def conll(self) -> float:
        """The mean of the three."""
        return (self.muc + self.b3 + self.ceafe) / 3

    def row(self) -> dict[str, float]:
        """All four by name, for a table."""
        return {"MUC": self.muc, "B³": self.b3, "CEAF-e": self.ceafe, "CoNLL": self.conll}


def coreference(pairs: Iterable[tuple[Record, Record]]) -> float:
    """The CoNLL score of (gold, predicted) records, over all their mentions."""
    return score_clusters((clusters(gold), clusters(predicted)) for gold, predicted in pairs).conll


def score_clusters(pairs: Iterable[tuple[Sequence[Cluster], Sequence[Cluster]]]) -> CoreferenceScores:
    """Score (gold, predicted) clusters of documents by MUC (Vilain et al. 1995), B³ (Bagga and Baldwin 1998) and
    CEAF-e (Luo 2005)."""
    muc, b3, ceaf = [0.0] * 4, [0.0] * 4, [0.0] * 3
    for a, b in pairs:
        muc = [x + y for x, y in zip(muc, (*_muc(a, b), *_muc(b, a)), strict=True)]
        b3 = [x + y for x, y in zip(b3, (*_b3(a, b), *_b3(b, a)), strict=True)]
        ceaf = [x + y for x, y in zip(ceaf, (_ceaf(a, b), len(b), len(a)), strict=True)]
    return CoreferenceScores(_f1_of(muc), _f1_of(b3), _f1_of((ceaf[0], ceaf[2], ceaf[0], ceaf[1])))


def clusters(record: Record) -> list[Cluster]:
    """The mentions of each entity of a record, single ones too."""
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for mention in record["mentions"]:
        spans[mention["entity"]].add((mention["start"], mention["end"]))
    return [frozenset(found) for found in spans.values()]


def _f1_of(counts: Sequence[float]) -> float:
    recall, precision = (counts[i] / counts[i + 1] if counts[i + 1] else 0.0 for i in (0, 2))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _muc(a: Sequence[Cluster], b: Sequence[Cluster]) -> tuple[int, int]:
    where = {span: i for i, cluster in enumerate(b) for span in cluster}
    parts = [len({where.get(span, span) for span in cluster}) for cluster in a]
    return sum(len(c) - n for c, n in zip(a, parts, strict=True)), sum(len(c) - 1 for c in a)


def _b3(a: Sequence[Cluster], b: Sequence[Cluster]) -> tuple[float, int]:
    where = {span: cluster for cluster in b for span in cluster}
    none: Cluster = frozenset()
    return sum(len(c & where.get(span, none)) / len(c) for c in a for span in c), sum(len(c) for c in a)


def _ceaf(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> float:
    if not gold or not predicted:
        return 0.0
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise MissingError("coreference scores need scipy", fix="pip install scipy") from error
    similar = [[2 * len(g & p) / (len(g) + len(p)) for p in predicted] for g in gold]
    rows, columns = linear_sum_assignment(similar, maximize=True)
    return float(sum(similar[i][j] for i, j in zip(rows, columns, strict=True)))
