"""What several tests of training need."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.language.encoder import MODEL


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """A small untrained encoder with the shipped vocabulary. Needs the extra "train"."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=30522, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(tmp_path)
    (tmp_path / "tokenizer.json").write_bytes((MODEL / "tokenizer.json").read_bytes())
    return tmp_path
