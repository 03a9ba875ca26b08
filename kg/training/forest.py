"""Grows the forest of :mod:`kg.extract.comparison`, and writes it as ONNX."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from onnx import TensorProto, helper

from kg.extract.comparison import FEATURES, INPUT, OUTPUT, Rows
from kg.training.verdict import Judged

TREES = 400
#: Of LightGBM (Ke et al. 2017). All but those that make it repeatable keep leaves few, large and small of value.
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_data_in_leaf": 30,
    "min_sum_hessian_in_leaf": 0.0,
    "lambda_l2": 5.0,
    "feature_fraction_bynode": 0.3,
    "use_missing": False,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}
#: Where these features are larger, the forest finds nothing less likely.
SURER = ("lexicon", "learned", "verdict", "surely mentions")


def grow(found: Sequence[Judged], counts: Sequence[float], path: Path, *, seed: int = 1) -> None:
    """Write the forest that tells the right candidates.

    :param found: judged with the weights that the forest is used with.
    :param counts: what each candidate counts.
    """
    rows: Rows = np.stack([one.features for one in found])
    right = np.asarray([one.right for one in found], dtype=np.float64)
    data = lightgbm.Dataset(rows, right, weight=np.asarray(counts))
    surer = [int(name in SURER) for name in FEATURES] + [0] * (rows.shape[1] - len(FEATURES))
    parameters = {**PARAMETERS, "monotone_constraints": surer, "seed": seed}
    forest = lightgbm.train(parameters, data, num_boost_round=TREES)
    trees = [tree["tree_structure"] for tree in forest.dump_model()["tree_info"]]
    path.write_bytes(in_onnx(trees, rows.shape[1]))


def in_onnx(trees: Sequence[dict[str, Any]], features: int) -> bytes:
    """Trees as LightGBM dumps them, as a model whose one output, the sum of the leaves' values, is a logit."""
    nodes: defaultdict[str, Any] = defaultdict(list)
    for number, tree in enumerate(trees):
        for attributes in _nodes(tree, number):
            for name, value in attributes.items():
                nodes[name].append(value)
    ensemble = helper.make_node(
        "TreeEnsembleRegressor", [INPUT], [OUTPUT], domain="ai.onnx.ml", n_targets=1, post_transform="NONE", **nodes
    )
    graph = helper.make_graph(
        [ensemble],
        "comparison",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["candidates", features])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["candidates", 1])],
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=versions, ir_version=8, producer_name="kg train verdict")
    return bytes(model.SerializeToString())


def _nodes(tree: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    """The attributes of a tree's nodes in ONNX, and those of its leaves' values; a node is numbered before those below
    it."""
    waiting, taken = [(0, tree)], 1
    while waiting:
        at, node = waiting.pop()
        leaf = "leaf_value" in node
        yes, no = (0, 0) if leaf else (taken, taken + 1)
        yield {
            "nodes_treeids": number,
            "nodes_nodeids": at,
            "nodes_modes": "LEAF" if leaf else "BRANCH_LEQ",
            "nodes_featureids": 0 if leaf else node["split_feature"],
            "nodes_values": 0.0 if leaf else float(node["threshold"]),
            "nodes_truenodeids": yes,
            "nodes_falsenodeids": no,
        }
        if leaf:
            value = float(node["leaf_value"])
            yield {"target_treeids": number, "target_nodeids": at, "target_ids": 0, "target_weights": value}
        else:
            waiting += [(yes, node["left_child"]), (no, node["right_child"])]
            taken += 2
