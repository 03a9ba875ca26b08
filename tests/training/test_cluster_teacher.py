"""Teachers of clusters at a small size. Needs the extra "train"."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
torch.set_num_threads(1)

from spacy.language import Language  # noqa: E402

from kg.language import load_parser  # noqa: E402
from kg.training import cluster_teacher  # noqa: E402
from kg.training.cluster_examples import Asked, Example, marked  # noqa: E402
from kg.training.cluster_teacher import Teacher, reading_of, train  # noqa: E402
from kg.training.model import pretrained_encoder  # noqa: E402
from kg.training.teacher import Text  # noqa: E402

WHO = {"Maria": "She", "Robert": "He"}


def read(nlp: Language, who: str) -> tuple[Asked, Text[Example]]:
    """A text in which a pronoun takes up one of two names."""
    doc = nlp(f"Maria met Robert. {WHO[who]} left.")
    asked = Asked.of(doc)
    spans = {" ".join(asked.text.parsed.words[a:b]): (a, b) for a, b in asked.found.spans}
    example = marked(torch.empty(0), asked, {spans[who]: 0, spans[WHO[who]]: 0})
    return asked, reading_of(doc, nlp, example, "ontonotes")


def test_what_a_teacher_learns_it_tells(encoder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_teacher, "WORDS", 14)
    nlp = load_parser(threads=1)
    texts = {who: read(nlp, who) for who in WHO}
    data = [text for _, text in texts.values()]
    trained = train(Teacher(pretrained_encoder(encoder, encoder)), [data * 6], [data * 6], epochs=20, rate=3e-3, seed=1)
    for who, (asked, text) in texts.items():
        words = [" ".join(asked.text.parsed.words[a:b]) for a, b in asked.found.spans]
        shares = zip(asked.pairs.T.tolist(), trained.probabilities(text).tolist(), strict=True)
        likely = {(words[left], words[right]) for (left, right), share in shares if share > 0.5}
        assert likely == {(WHO[who], who)}


def test_rules_are_told_by_a_feature(encoder: Path) -> None:
    nlp = load_parser(threads=1)
    asked, text = read(nlp, "Maria")
    assert text.example.arguments[2].shape[1] == asked.arguments[2].shape[1] + 1
    assert set(text.example.arguments[2][:, -1].tolist()) == {0}
