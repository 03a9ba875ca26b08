"""Names of many articles against the gold of ``data/gold/identity``: what was reached stays reached."""

from __future__ import annotations

import pytest
from identity_gold import Measure, confusable, from_texts, given, gold

from kg.resolve.measure import Agreement, b_cubed, pairwise

#: With mentions and coreference within articles given: what resolving alone has to answer for.
GIVEN = {"pair precision": 0.99, "pair recall": 0.98, "B3 precision": 0.99, "B3 recall": 0.99}
#: From the texts: names that the language model does not find whole are lost to recall.
FROM_TEXTS = {"pair precision": 0.985, "pair recall": 0.91, "B3 precision": 0.99, "B3 recall": 0.95}


def check(found: Measure, floors: dict[str, float]) -> None:
    fallen = {name: value for name, value in found.figures().items() if value < floors[name]}
    assert not fallen, "\n".join([str(fallen), *found.errors])


def test_the_gold_is_large_and_confusing() -> None:
    records = gold()
    assert len(records) >= 60
    assert confusable(records) >= 40


def test_with_mentions_given() -> None:
    check(given(gold()), GIVEN)


@pytest.mark.model
@pytest.mark.slow
def test_from_the_texts() -> None:
    check(from_texts(gold()), FROM_TEXTS)


@pytest.mark.parametrize(
    ("found", "pairs", "b3"),
    [
        ({"a": 1, "b": 1, "c": 2, "d": 2}, Agreement(1.0, 1.0), Agreement(1.0, 1.0)),
        ({"a": 1, "b": 2, "c": 3, "d": 4}, Agreement(1.0, 0.0), Agreement(1.0, 0.5)),
        ({"a": 1, "b": 1, "c": 1, "d": 1}, Agreement(1 / 3, 1.0), Agreement(0.5, 1.0)),
        ({"a": 1, "b": 1}, Agreement(1.0, 0.5), Agreement(1.0, 0.75)),  # what is not found is lost to recall
    ],
)
def test_measures(found: dict[str, int], pairs: Agreement, b3: Agreement) -> None:
    wanted = {"a": "x", "b": "x", "c": "y", "d": "y"}
    assert pairwise(wanted, found, {item: item for item in wanted}) == pairs
    assert b_cubed(wanted, found) == b3


def test_pairs_within_an_article_are_not_counted() -> None:
    wanted = {"a": "x", "b": "x", "c": "x"}
    assert pairwise(wanted, {"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 2}) == Agreement(1.0, 0.0)
