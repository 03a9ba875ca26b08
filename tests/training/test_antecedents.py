"""Training of the scorer of antecedents; needs the packages of the extra "train"."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from factory import doc
from spacy.tokens import Doc

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from kg.language.coreference.antecedents import AntecedentScorer  # noqa: E402
from kg.language.referring import Parsed  # noqa: E402
from kg.language.syntax import Syntax  # noqa: E402
from kg.training import antecedents  # noqa: E402
from kg.training.antecedent_sources import Example, Texts, read_example  # noqa: E402

# PyTorch warns of the exporter by tracing, which is the one that takes operators of ONNX Runtime.
pytestmark = pytest.mark.filterwarnings("ignore")

WIDTH = 16
ANN, BOB, PRONOUN = (0, 1), (2, 3), (4, 5)
SPANS = [ANN, BOB, PRONOUN]


def text(pronoun: str) -> Doc:
    made = doc(f"""Ann/PROPN/nsubj/2 met=meet/VERB/root/0 Bob/PROPN/obj/2 ./PUNCT/punct/2
        {pronoun}/PRON/nsubj/2 left=leave/VERB/root/0 ./PUNCT/punct/2""")
    made.tensor = np.zeros((len(made), 2 * WIDTH), dtype=np.float16)
    for span, place in ((ANN, 0), (BOB, 1)):
        made.tensor[span[0], place] = 3.0
    return made


def examples() -> list[Example]:
    """Texts in which "she" is Ann, "he" is Bob and "it" neither."""
    entities = {"She": ANN, "He": BOB, "It": PRONOUN}.items()
    return [read_example(text(word), {ANN: ANN, BOB: BOB, PRONOUN: entity}, "ontonotes") for word, entity in entities]


def test_what_is_learned_is_what_runs(tmp_path: Path) -> None:
    texts = Texts(variants=(tuple(examples() * 4),), others=())
    model = antecedents.train(texts, epochs=30, rate=5e-3, size=16)
    (tmp_path / "meta.json").write_text(json.dumps({"sha256": {}}))
    antecedents.export(model, tmp_path, name="antecedents", told={"seed": 1})
    scorer = AntecedentScorer(tmp_path)
    for word, antecedent in (("She", 0), ("He", 1), ("It", None)):
        made = text(word)
        scored = scorer(made.tensor, SPANS, Parsed.of(Syntax.of(made)), "ontonotes")
        score, best = max((score, mention) for mention, score in scored.of(2).items())
        assert (best if score > 0 else None) == antecedent
    meta = json.loads((tmp_path / "meta.json").read_text())
    assert meta["antecedents"] == {"seed": 1} and list(meta["sha256"]) == ["antecedents.onnx"]


def test_an_example_tells_what_refers_to_the_same() -> None:
    she, _, it = examples()
    left, right = she.arguments[3:5]
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    assert [pair for pair, same in zip(pairs, she.same.tolist(), strict=True) if same] == [(2, 0)]
    assert she.refers.tolist() == [1, 0, 1] and it.refers.tolist() == [0, 0, 0]


def test_a_long_text_scores_as_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs are scored block by block."""
    from kg.language.coreference import scoring

    torch.manual_seed(1)
    model = antecedents.AntecedentModel(WIDTH, size=16)
    (tmp_path / "meta.json").write_text(json.dumps({"sha256": {}}))
    antecedents.export(model, tmp_path, name="antecedents", told={})
    scorer, made = AntecedentScorer(tmp_path), text("She")
    parsed = Parsed.of(Syntax.of(made))
    whole = scorer(made.tensor, SPANS, parsed, "news").scores
    monkeypatch.setattr(scoring, "BLOCK", 1)
    assert scorer(made.tensor, SPANS, parsed, "news").scores == pytest.approx(whole, abs=1e-6)
