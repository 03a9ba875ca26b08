"""Word vectors of a model in PyTorch. Needs the extra "train"."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from kg.language.encoder import MODEL  # noqa: E402
from kg.language.encoding import CHUNK_WORDS, WordEncoder  # noqa: E402
from kg.training.batches import Batcher  # noqa: E402
from kg.training.corpora import Example  # noqa: E402
from kg.training.losses import Scores  # noqa: E402
from kg.training.model import JointModel, Sizes, untrained_encoder  # noqa: E402
from kg.training.vectors import word_vectors  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:Initializing zero-element tensors")
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> JointModel:
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=30522, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    path: Path = tmp_path_factory.mktemp("encoder") / "encoder.json"
    config.to_json_file(path)
    return JointModel(untrained_encoder(path), Sizes(("X",), ("root",), {}, arc=8, relation=4)).eval()


def test_they_are_those_that_the_heads_read_and_white_space_has_none(model: JointModel) -> None:
    encoder = WordEncoder(MODEL / "tokenizer.json")
    tokens, joined = ("Envoys", "\n\n", "met", "in", "Ulaanbaatar", "."), (False,) * 5 + (True,)
    found = word_vectors(model, encoder, tokens, joined, CPU)
    words = Example("d", (*tokens[:1], *tokens[2:]), (), (False,) * 4 + (True,))
    batch = Batcher(encoder, model.sizes).batch([[words]], random.Random(1))
    wanted = Scores(model, batch).words[0].detach()
    assert torch.allclose(found[[0, 2, 3, 4, 5]].float(), wanted, atol=0.03)
    assert found[1].count_nonzero() == 0


def test_long_texts_and_texts_without_words(model: JointModel) -> None:
    encoder = WordEncoder(MODEL / "tokenizer.json")
    tokens = ("Envoys", "met", ".") * CHUNK_WORDS
    found = word_vectors(model, encoder, tokens, (False, False, True) * CHUNK_WORDS, CPU)
    assert found.shape == (len(tokens), 16) and (found.abs().sum(1) > 0).all()
    assert word_vectors(model, encoder, (" ",), (False,), CPU).shape == (1, 16)
