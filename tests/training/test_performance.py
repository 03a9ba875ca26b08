"""Speed and memory, measured in a process of its own; what stops an evaluation before its long work."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.language.encoder import MODEL
from kg.training.evaluate import check_corpora
from kg.training.performance import measure


@pytest.mark.model
@pytest.mark.slow
def test_the_shipped_model() -> None:
    found = measure(MODEL, ["Ada Lind met the mayor.", "The mayor left the hall early."])
    assert found.words_per_article == (6 + 7) / 2
    assert 0 < found.words_per_second < 1e6
    assert 50e6 < found.memory < 2e9
    assert found.disk > (MODEL / "model.onnx").stat().st_size


def test_missing_corpora_are_named(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/dev.jsonl").touch()
    with pytest.raises(InputError, match=r"not there: corpora/ud/dev.conllu.gz, corpora/coref/ontogum.jsonl.gz"):
        check_corpora(tmp_path)
