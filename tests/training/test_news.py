"""Mentions by kind, and the model card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.training.beside import Compared
from kg.training.card import table, write_card
from kg.training.news import coreference_scores, mention_scores
from kg.training.performance import Performance

TEXT = "Ada Lind met the mayor. She left."


def record(mentions: list[tuple[str, str]], **types: str) -> dict[str, Any]:
    places = [(TEXT.index(words), words, entity) for words, entity in mentions]
    return {
        "id": "a",
        "text": TEXT,
        "entities": [{"id": entity, "type": kind} for entity, kind in types.items()],
        "mentions": [{"start": start, "end": start + len(words), "entity": e} for start, words, e in places],
    }


GOLD = record([("Ada Lind", "a"), ("the mayor", "b"), ("She", "a")], a="Person", b="Person")


def test_names_and_nominals_apart_pronouns_in_neither() -> None:
    found = record([("Ada Lind", "x"), ("the mayor", "y"), ("She", "y")], x="Person", y="Group")
    scores = mention_scores([GOLD], [found])
    assert scores["names"].f1 == 1
    assert (scores["nominals"].right, scores["nominals"].predicted, scores["nominals"].gold) == (0, 1, 1)


def test_coreference_counts_all_mentions() -> None:
    assert coreference_scores([GOLD], [GOLD]).conll == 1
    apart = record([("Ada Lind", "a"), ("the mayor", "b"), ("She", "c")], a="Person", b="Person", c="Person")
    assert coreference_scores([GOLD], [apart]).conll == pytest.approx((0 + 4 / 5 + 2 / 3) / 3)  # MUC, B³, CEAF-e


def test_a_table_has_the_columns_of_all_rows() -> None:
    assert table({"one": {"P": 0.5}, "two": {"R": 0.123}}).splitlines() == [
        "| on | P | R |",
        "| --- | --: | --: |",
        "| one | 50.0 |  |",
        "| two |  | 12.3 |",
    ]


def test_the_card_holds_what_was_measured(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"0" * 1_500_000)
    runs = [
        {"words": 4_200_000, "rates": {"encoder": 1e-4, "heads": 1e-3}, "seed": 1, "sources": {"ud": 0.6, "gmb": 0.4}},
        {"words": 900_000, "rates": {"encoder": 5e-5, "heads": 1e-3}, "seed": 2, "sources": {"ud": 1.0}},
    ]
    meta = {"version": "2031.01.01", "sha256": {"model.onnx": "abc"}, "history": runs}
    meta["relations"] = {"articles": 342, "prose": 477, "passages": 8_350, "answered": 14_304, "epochs": 30}
    meta["antecedents"] = {"documents": 116, "others": 492, "epochs": 22}
    meta["clusters"] = {"documents": 116, "answered": 3_725, "epochs": 42}
    (tmp_path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    performance = Performance(9876.5, 5432.1, 301.2, 2, 345_000_000, 2_300_000)
    write_card(
        tmp_path,
        parses={"trees": {"LAS": 0.9}},
        references={"news": {"F1": 0.8}},
        statements={"both": {"F1": 0.7}},
        compared=[Compared("another", {"UPOS": 0.6}, performance), Compared("ours", {}, performance)],
    )
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    for part in (
        "2031.01.01",
        "`abc`",
        "1.5 MB",
        "| trees | 90.0 |",
        "| news | 80.0 |",
        "| both | 70.0 |",
        "8,350",
        "116 documents",
        "of 3,725 texts",
        "| another | 60.0 | 9,876 | 5,432 | 2.3 |",
        "301 words",
        "345 MB",
        "2.3 MB",
    ):
        assert part in card
    assert "| 1 | 4.2 M | 1 | 1e-04 / 1e-03 | 0.60 | 0.40 |\n| 2 | 0.9 M | 2 | 5e-05 / 1e-03 | 1.00 |  |" in card
    assert "$" not in card
    assert str(performance).startswith("9,876 words a second on 2 processors (5,432 a second of processor time), over")
