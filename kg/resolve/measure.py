"""How well mentions of many articles were put together: by pairs, and by B³ (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision and recall, from 0 to 1; 1 where there was nothing to find."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(
    gold: Mapping[Item, Hashable], found: Mapping[Item, Hashable], article: Mapping[Item, Hashable]
) -> Agreement:
    """Pairs of items of different articles: how many of those found are right, and how many of the right ones found.

    :param found: may lack items, whose pairs are then not found; what it has beyond ``gold`` does not count.
    :param article: where each item stands. Pairs within an article are coreference, and not counted.
    """
    both = [item for item in gold if item in found]
    right = _pairs([((gold[item], found[item]), article[item]) for item in both])
    of_gold = _pairs([(label, article[item]) for item, label in gold.items()])
    of_found = _pairs([(found[item], article[item]) for item in both])
    return Agreement(right / of_found if of_found else 1.0, right / of_gold if of_gold else 1.0)


def _pairs(labelled: list[tuple[Hashable, Hashable]]) -> int:
    """How many pairs share a label across articles."""
    return sum(map(_choose, Counter(label for label, _ in labelled).values())) - sum(
        map(_choose, Counter(labelled).values())
    )


def _choose(count: int) -> int:
    return count * (count - 1) // 2


def b_cubed(gold: Mapping[Item, Hashable], found: Mapping[Item, Hashable]) -> Agreement:
    """For each item, how pure and how complete its cluster is, on average; a missing item is a cluster of its own."""
    ours = {item: found.get(item, ("missing", item)) for item in gold}
    clusters: dict[Hashable, set[Item]] = defaultdict(set)
    classes: dict[Hashable, set[Item]] = defaultdict(set)
    for item, label in gold.items():
        classes[label].add(item)
        clusters[ours[item]].add(item)
    if not gold:
        return Agreement(1.0, 1.0)
    shared = {item: len(clusters[ours[item]] & classes[label]) for item, label in gold.items()}
    precision = sum(shared[item] / len(clusters[ours[item]]) for item in gold) / len(gold)
    recall = sum(shared[item] / len(classes[label]) for item, label in gold.items()) / len(gold)
    return Agreement(precision, recall)
