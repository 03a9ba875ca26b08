"""The exported model scores as the trained one does, as far as eight bits allow; needs the extra "train"."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("onnx")

from kg.language.encoder import MODEL, Encoder  # noqa: E402
from kg.language.encoding import Chunk, WordEncoder  # noqa: E402
from kg.training.export import export  # noqa: E402
from kg.training.model import JointModel, Sizes  # noqa: E402

# PyTorch warns of the exporter by tracing, which is the one that takes operators of ONNX Runtime.
pytestmark = pytest.mark.filterwarnings("ignore")

LAYERS = {layer: ("Person", "Place") for layer in ("names", "inner", "nominals")}


def chunk() -> Chunk:
    """Some words, of which some have several pieces."""
    return WordEncoder(MODEL / "tokenizer.json").chunk("Ada Lind met the inspectors in Marl , unwillingly .".split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small untrained model, exported; its own scores of a chunk lie beside it."""
    torch.manual_seed(1)
    config = transformers.BertConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, initializer_range=0.2
    )
    encoder = transformers.BertModel(config, add_pooling_layer=False)
    model = JointModel(encoder, Sizes(("NOUN", "VERB"), ("nsubj", "obj", "root"), LAYERS, arc=16, relation=8)).eval()
    folder: Path = tmp_path_factory.mktemp("model")
    (folder / "history.json").write_text("[]")
    inputs = [torch.from_numpy(getattr(chunk(), name))[None] for name in ("ids", "look", "first", "last")]
    with torch.no_grad():
        words = model.words(*inputs, None)
        lexical = encoder.embeddings.word_embeddings(inputs[0])[:, inputs[2][0]]
        dep, head = model.relation_vectors(words)
        wanted = {
            "vectors": torch.cat([words, lexical], dim=-1),
            "sentence": model.sentence(words).squeeze(-1),
            "upos": model.upos(words),
            "arcs": model.arcs(words),
            "names": model.tags["names"](words),
            "relations": model.relations(dep, head),
        }
    np.savez(folder / "wanted.npz", **{name: value[0].numpy() for name, value in wanted.items()})
    export(model, MODEL, folder, version="test", run=folder)
    return folder


def test_scores_are_near(folder: Path) -> None:
    encoder = Encoder(folder, threads=1)
    found = encoder.run(chunk())
    wanted = np.load(folder / "wanted.npz")
    rows = found["rel_rows"].reshape(len(found["rel_head"]), 3, -1)
    found = {**found, "relations": (rows * found["rel_head"][:, None]).sum(-1)}
    for name in wanted.files:
        apart = np.abs(found[name] - wanted[name]).max() / np.abs(wanted[name]).max()
        assert apart < 0.1, f"{name}: {apart:.3f}"
        assert found[name].shape == wanted[name].shape


def test_what_the_folder_tells(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    assert meta["version"] == "test"
    assert meta["layers"]["names"] == ["Person", "Place"]
    assert set(meta["sha256"]) == {"model.onnx"}
