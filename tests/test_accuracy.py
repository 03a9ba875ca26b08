"""Accuracy does not fall below the floors pinned in ``data/accuracy.json``, and what that file publishes is true.

``python tests/test_accuracy.py`` measures again and raises floors; it needs the annotated corpus. To lower a floor,
change it by hand, with a line in ``lowered`` of that file which says what fell, by how much, and why that is right.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

import kg
import kg.language
from kg.training.evaluate import language_scores
from kg.training.score import Report, score

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
GOLD = ROOT / "data/gold/gold.jsonl"
FILE = ROOT / "data/accuracy.json"
PINNED: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}

pytestmark = [pytest.mark.model, pytest.mark.slow]
with_corpora = pytest.mark.skipif(
    not (SHARED / "corpus/dev.jsonl").is_file(), reason="the annotated corpus is not here"
)


def extraction(gold: Path, folder: Path) -> Report:
    """Build from the texts of ``gold`` and score."""
    folder.mkdir(exist_ok=True)
    graph = kg.build([gold], folder / "graph")
    graph.export(folder / "predicted.jsonl")
    symmetric = graph.ontology().symmetric
    return score(records(gold), records(folder / "predicted.jsonl"), symmetric=symmetric)


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def figures(report: Report) -> dict[str, float]:
    return {
        "names F1": report.names.f1,
        "coreference": report.coref,
        "statements F1": report.statements.f1,
        "named precision": report.named.precision,
        "named recall": report.named.recall,
        "named F1": report.named.f1,
        "strict F1": report.strict.f1,
        "modality": report.modality,
        "attribution": report.attribution,
    }


def check(name: str, measured: dict[str, float]) -> None:
    pinned = PINNED[name]
    assert set(pinned["floors"]) == set(pinned["measured"]) == set(measured)
    fallen = {key: f"{measured[key]:.4f} < {floor}" for key, floor in pinned["floors"].items() if measured[key] < floor}
    assert not fallen, f"below the floor: {fallen}; mend it, or lower the floor with its reason in data/accuracy.json"
    moved = {
        key: f"{measured[key]:.4f}, not {was}"
        for key, was in pinned["measured"].items()
        if abs(measured[key] - was) > 0.01
    }
    assert not moved, f"not the figures that are published: {moved}; run: python tests/test_accuracy.py"


def test_the_sample_articles(tmp_path: Path) -> None:
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == PINNED["gold"]["sha256"], (
        "data/gold/gold.jsonl has changed; run: python tests/test_accuracy.py"
    )
    check("gold", figures(extraction(GOLD, tmp_path)))


@with_corpora
def test_news_held_out(tmp_path: Path) -> None:
    check("news dev", figures(extraction(SHARED / "corpus/dev.jsonl", tmp_path)))


@with_corpora
def test_the_language_model() -> None:
    check("language model", parses())


def parses() -> dict[str, float]:
    scores = language_scores(kg.language.load(), SHARED)
    return {f"{row}, {name}": value for row, values in scores.items() for name, value in values.items()}


def main() -> None:
    """Measure, publish, and raise the floors that have become too low. No floor is ever lowered here."""
    with tempfile.TemporaryDirectory() as folder:
        news = extraction(SHARED / "corpus/dev.jsonl", Path(folder) / "news")
        found = {
            "gold": figures(extraction(GOLD, Path(folder) / "gold")),
            "news dev": figures(news),
            "language model": parses(),
        }
    for name, measured in found.items():
        pinned = PINNED.setdefault(name, {"floors": {}})
        pinned["measured"] = {key: round(value, 3) for key, value in measured.items()}
        pinned["floors"] = {
            key: max(pinned["floors"].get(key, 0.0), round(value - 0.015, 3)) for key, value in measured.items()
        }
    PINNED["gold"]["sha256"] = hashlib.sha256(GOLD.read_bytes()).hexdigest()
    PINNED.setdefault("lowered", [])
    FILE.write_text(json.dumps(PINNED, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
