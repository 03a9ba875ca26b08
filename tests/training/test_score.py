"""The scorer: its counts on small records, and its agreement with the annotators' own scorer."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.training.score import right, score

SHARED = Path(os.environ.get("KG_SHARED", Path(__file__).parents[3] / "shared"))
SYMMETRIC = {"metWith", "spokeWith", "negotiatedWith", "spouseOf", "relativeOf", "alliedWith", "agreedWith"}
TEXT = "Ada Rau met Bo Lund. Officials said she may visit Oslo."


def record(*statements: tuple[str, str, str, str, str | None]) -> dict[str, Any]:
    def mention(text: str, entity: str) -> dict[str, Any]:
        start = TEXT.index(text)
        return {"start": start, "end": start + len(text), "entity": entity}

    return {
        "id": "a",
        "text": TEXT,
        "entities": [
            {"id": "e1", "type": "Person", "name": "Ada Rau"},
            {"id": "e2", "type": "Person", "name": "Bo Lund"},
            {"id": "e3", "type": "Place", "name": "Oslo"},
        ],
        "mentions": [mention("Ada Rau", "e1"), mention("she", "e1"), mention("Bo Lund", "e2"), mention("Oslo", "e3")],
        "statements": [
            {"subject": s, "relation": r, "object": o, "modality": mod, "attribution": by, "sentence": [0, 20]}
            for s, r, o, mod, by in statements
        ],
    }


MET = ("e1", "metWith", "e2", "actual", None)
VISIT = ("e1", "visited", "e3", "possible", "Officials")


def test_the_gold_scores_full_marks_against_itself() -> None:
    report = score([record(MET, VISIT)], [record(MET, VISIT)], symmetric=SYMMETRIC)
    assert report.statements.f1 == report.named.f1 == report.strict.f1 == report.names.f1 == report.macro == 1.0
    assert report.coref == pytest.approx(1.0)
    assert report.misses == ()


@pytest.mark.parametrize(
    ("predicted", "right", "strict"),
    [
        ([("e2", "metWith", "e1", "actual", None)], 1, 1),
        ([("e3", "visited", "e1", "possible", "Officials")], 0, 0),
        ([("e1", "visited", "e3", "actual", "Officials")], 1, 0),
        ([("e1", "visited", "e3", "possible", None)], 1, 0),
        ([("e1", "visited", "e3", "possible", "unnamed officials")], 1, 1),
        ([("e1", "hosted", "e3", "possible", "Officials")], 0, 0),
    ],
)
def test_what_counts_as_right(predicted: list[Any], right: int, strict: int) -> None:
    report = score([record(MET, VISIT)], [record(*predicted)], symmetric=SYMMETRIC)
    assert (report.statements.right, report.strict.right) == (right, strict)


def test_each_statement_is_judged_as_it_is_counted() -> None:
    found = record(VISIT, ("e2", "metWith", "e1", "negated", None), ("e3", "visited", "e1", "actual", None))
    assert right(record(MET, VISIT), found, symmetric=SYMMETRIC) == (True, True, False)


def test_misses_name_the_relation_that_is_there_instead() -> None:
    hosted = ("e3", "hosted", "e1", "actual", None)
    missed, wrong = score([record(VISIT)], [record(hosted)], symmetric=SYMMETRIC).misses
    assert (missed.relation, missed.instead) == ("visited", ("hosted",))
    assert (wrong.relation, wrong.instead) == ("hosted", ("visited",))


def test_misses_name_both_kinds() -> None:
    report = score([record(MET)], [record(VISIT)], symmetric=SYMMETRIC)
    assert [(miss.kind, miss.relation, miss.subject) for miss in report.misses] == [
        ("missed", "metWith", "Ada Rau"),
        ("wrong", "visited", "Ada Rau"),
    ]


def test_an_article_without_a_prediction_counts_as_missed() -> None:
    report = score([record(MET)], [], symmetric=SYMMETRIC)
    assert (report.statements.gold, report.statements.predicted, report.coref) == (1, 0, 0.0)


def test_differing_texts_are_refused() -> None:
    other = record(MET) | {"text": "Something else."}
    with pytest.raises(InputError, match="texts differ"):
        score([record(MET)], [other], symmetric=SYMMETRIC)


@pytest.mark.skipif(not (SHARED / "annotation/score.py").is_file(), reason="the annotated corpus is not here")
def test_the_figures_are_those_of_the_annotators_scorer() -> None:
    spec = importlib.util.spec_from_file_location("annotators_score", SHARED / "annotation/score.py")
    assert spec and spec.loader
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    gold = [json.loads(line) for line in (SHARED / "corpus/dev.jsonl").read_text(encoding="utf-8").splitlines()[:20]]
    rng, predicted = random.Random(1), copy.deepcopy(gold)
    for found in predicted:
        found["statements"] = [s for s in found["statements"] if rng.random() < 0.7]
        for s in found["statements"]:
            s["relation"] = "metWith" if rng.random() < 0.2 else s["relation"]
            s["attribution"] = "officials" if rng.random() < 0.2 else s["attribution"]
        for mention in found["mentions"]:
            mention["entity"] = rng.choice(found["entities"])["id"] if rng.random() < 0.2 else mention["entity"]
            mention["end"] -= rng.random() < 0.1
    expected, _, misses = theirs.score(gold, predicted)
    report = score(gold, predicted, symmetric=theirs.SYMMETRIC)
    for name in ("names", "named", "pairs", "strict"):
        found = getattr(report, name)
        assert (found.precision, found.recall, found.f1) == pytest.approx(expected[name])
    assert report.statements.f1 == pytest.approx(expected["statements"][2])
    assert (report.coref, report.macro) == pytest.approx((expected["coref"], expected["macro"]))
    assert (report.modality, report.attribution) == pytest.approx(
        (expected["stance_modality"], expected["stance_attribution"])
    )
    assert len(report.misses) == len(misses)
