"""The forest in ONNX says what LightGBM says, and learns what a candidate alone does not tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

lightgbm = pytest.importorskip("lightgbm")
pytest.importorskip("onnx")

from kg.extract.comparison import FEATURES, INPUT, OUTPUT, Rows  # noqa: E402
from kg.extract.verdict import Witnesses  # noqa: E402
from kg.sessions import session  # noqa: E402
from kg.training.forest import PARAMETERS, SURER, grow, in_onnx  # noqa: E402
from kg.training.verdict import Judged  # noqa: E402

WITNESSES = Witnesses("visited", 0.8, 2.0, ("name", "name"))


@pytest.fixture
def rows() -> Rows:
    return np.random.default_rng(5).random((600, len(FEATURES) + 2), dtype=np.float32)


def scores(path: Path, rows: Rows) -> Rows:
    found: Rows = session(path).run([OUTPUT], {INPUT: rows})[0][:, 0]
    return found


def test_trees_give_the_same_in_onnx(rows: Rows, tmp_path: Path) -> None:
    right = (rows[:, 0] > rows[:, 1]).astype(float)
    forest = lightgbm.train({**PARAMETERS, "seed": 2}, lightgbm.Dataset(rows, right), num_boost_round=30)
    path = tmp_path / "forest.onnx"
    path.write_bytes(in_onnx([tree["tree_structure"] for tree in forest.dump_model()["tree_info"]], rows.shape[1]))
    assert np.allclose(scores(path, rows), forest.predict(rows, raw_score=True), atol=1e-4)


def test_it_learns_and_is_the_same_each_time(rows: Rows, tmp_path: Path) -> None:
    found = [Judged(WITNESSES, row, bool(row[5] > 0.5)) for row in rows]
    first, second = tmp_path / "first.onnx", tmp_path / "second.onnx"
    for path in (first, second):
        grow(found, [1.0] * len(found), path)
    assert first.read_bytes() == second.read_bytes()
    assert ((scores(first, rows) > 0) == (rows[:, 5] > 0.5)).mean() > 0.95


def test_a_surer_witness_makes_nothing_less_likely(rows: Rows, tmp_path: Path) -> None:
    number = FEATURES.index(SURER[0])
    found = [Judged(WITNESSES, row, bool(row[number] < 0.5)) for row in rows]
    grow(found, [1.0] * len(found), tmp_path / "forest.onnx")
    surer = rows.copy()
    surer[:, number] += 0.3
    assert (scores(tmp_path / "forest.onnx", surer) >= scores(tmp_path / "forest.onnx", rows) - 1e-4).all()
