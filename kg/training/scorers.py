"""The scorers beside the encoder in the folder of the model that they work with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from kg.language.encoder import read_meta


def write_scorer(
    model: nn.Module,
    path: Path,
    inputs: Mapping[str, Tensor],
    outputs: Sequence[str],
    *,
    axes: Mapping[str, Mapping[int, str]],
    told: Mapping[str, Any],
) -> None:
    """Write a scorer in ONNX, and its checksum and, under its file's name, what it is to the ``meta.json`` beside it.

    :param inputs: an example of each, by name, in the order in which the scorer takes them.
    :param axes: the dimensions of inputs and outputs that vary, and what each counts.
    """
    torch.onnx.export(
        model.eval(),
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes=axes,
        opset_version=17,
        do_constant_folding=False,  # of sums of embeddings, which are larger than these
        dynamo=False,
    )
    meta = read_meta(path.parent)
    meta["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    meta[path.stem] = told
    (path.parent / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
