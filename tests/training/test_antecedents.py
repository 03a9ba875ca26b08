"""Training of the scorer of antecedents; needs the packages of the extra "train"."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from factory import doc
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from kg.language.coreference.antecedents import AntecedentScorer  # noqa: E402
from kg.language.referring import LINK_FEATURES, PHRASE_FEATURES, Parsed  # noqa: E402
from kg.language.syntax import Syntax  # noqa: E402
from kg.sessions import session  # noqa: E402
from kg.training import antecedents  # noqa: E402
from kg.training.antecedent_sources import Example, Texts, read_example  # noqa: E402
from kg.training.features import COMBINATIONS, together  # noqa: E402

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


def test_what_ships_scores_as_what_was_trained(tmp_path: Path) -> None:
    """Though it looks up features together, and takes vectors of sixteen bits."""
    torch.manual_seed(1)
    model = antecedents.AntecedentModel(WIDTH, size=16).eval()
    (tmp_path / "meta.json").write_text(json.dumps({"sha256": {}}))
    antecedents.export(model, tmp_path, name="antecedents", told={})
    draw = np.random.default_rng(1)
    phrases, links = (
        np.stack([draw.integers(n, size=rows) for n in sizes], axis=1)
        for sizes, rows in ((PHRASE_FEATURES, 6), (LINK_FEATURES, 200))
    )
    left, right = draw.integers(1, 6, size=200), draw.integers(0, 5, size=200)
    words, starts = draw.standard_normal((9, WIDTH)).astype(np.float16), np.arange(6)
    spans, heads = np.stack([starts, starts + draw.integers(1, 4, size=6)], axis=1), starts
    inputs = (words, spans, heads, phrases, left, right, links)
    (found,) = session(tmp_path / "antecedents.onnx").run(None, dict(zip(antecedents.INPUTS, inputs, strict=True)))
    with torch.no_grad():
        assert found == pytest.approx(model(*map(torch.from_numpy, inputs)).numpy(), abs=1e-5)


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=12))
def test_features_that_are_looked_up_together_have_few_combinations(sizes: list[int]) -> None:
    groups = together(sizes)
    assert sorted(feature for group in groups for feature in group) == list(range(len(sizes)))
    assert all(len(group) == 1 or math.prod(sizes[i] for i in group) <= COMBINATIONS for group in groups)


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
