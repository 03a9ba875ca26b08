"""The trained model as int8 ONNX, with what the run time needs beside it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from kg.language.encoding import WordEncoder
from kg.training.model import SHIPPED_LAYERS, JointModel
from kg.training.quantised import EightBits, Encoder, in_eight_bits

INPUTS = ("ids", "look", "first", "last")
OUTPUTS = ("sentence", "upos", "arcs", "rel_rows", "rel_head", "vectors", *SHIPPED_LAYERS)


class _Rows(nn.Module):
    """An embedding in eight bits with a scale for each row: with one scale, the rows of rare pieces would blur."""

    def __init__(self, weights: Tensor) -> None:
        super().__init__()
        self.scale = nn.Parameter(weights.abs().amax(1, keepdim=True) / 127, requires_grad=False)
        self.rows = nn.Parameter((weights / self.scale).round().to(torch.int8), requires_grad=False)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class _OneChunk(nn.Module):
    """The heads that ship, for one chunk at a time: no padding, so no chunk's scores depend on another's length.

    Takes the model's layers over: the model is of no use afterwards.
    """

    def __init__(self, model: JointModel) -> None:
        super().__init__()
        self.pieces = _Rows(model.encoder.embeddings.word_embeddings.weight.detach())
        self.encoder = Encoder(model.encoder)
        for head in (model.arc_dep, model.arc_head, model.rel_dep, model.rel_head):
            in_eight_bits(head)
        model.arc, model.rel = EightBits(model.arc), EightBits(model.rel)
        self.model = model

    def forward(self, ids: Tensor, look: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        model = self.model
        lexical = self.pieces(ids)
        pieces = self.encoder(lexical + model.look(look))
        words = pieces[first - 1] + model.ending * pieces[last - 1]
        dep, head = model.relation_vectors(words)
        rows = model.rel(nn.functional.pad(dep, (0, 1), value=1.0))
        return (
            model.sentence(words).flatten(),
            model.upos(words),
            model.arcs(words),
            rows,
            nn.functional.pad(head, (0, 1), value=1.0),
            torch.cat([words, lexical[first]], dim=-1).half(),
            *(model.tags[layer](words) for layer in SHIPPED_LAYERS),
        )


def export(model: JointModel, encoder: Path, output: Path, *, version: str, run: Path) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``meta.json`` (labels, version, checksums, and what the folder
    ``run`` tells of the training) to ``output``."""
    output.mkdir(parents=True, exist_ok=True)
    example = WordEncoder(encoder / "tokenizer.json").chunk(["Two", "envoys", "met", "in", "Kazan", "."])
    inputs = tuple(torch.from_numpy(array) for array in (example.ids, example.look, example.first, example.last))
    torch.onnx.export(
        _OneChunk(model.eval()),
        inputs,
        str(output / "model.onnx"),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={"ids": {0: "pieces"}, "look": {0: "pieces"}, "first": {0: "words"}, "last": {0: "words"}},
        opset_version=17,
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )
    shutil.copyfile(encoder / "tokenizer.json", output / "tokenizer.json")
    sizes = model.sizes
    meta: dict[str, Any] = {
        "version": version,
        "sha256": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(output.glob("*.onnx"))},
        "history": json.loads((run / "history.json").read_text(encoding="utf-8")),
        "upos": sizes.upos,
        "deps": sizes.deps,
        "layers": {layer: sizes.layers[layer] for layer in SHIPPED_LAYERS},
    }
    (output / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
