"""Mentions on given words."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.training.corpora import Example
from kg.training.evaluate import tagged


@Language.component("test_capitals_are_persons")
def capitals_are_persons(doc: Doc) -> Doc:
    found = [Span(doc, token.i, token.i + 1, label="Person") for token in doc if token.is_title]
    doc.ents = found
    doc.spans["inner"] = found[:1]
    return doc


@pytest.mark.parametrize(
    ("layer", "tags", "scores"),
    [
        ("names", ("B-Person", "O", "O", "B-Person"), (1, 1, 1)),
        ("names", ("B-Person", "I-Person", "O", "B-Place"), (0, 0, 0)),
        ("names", ("B-Person", "O", "O", "O"), (1 / 2, 1, 2 / 3)),
        ("inner", ("B-Person", "O", "B-Place", "O"), (1, 1 / 2, 2 / 3)),
    ],
)
def test_exact_words_and_type(layer: str, tags: tuple[str, ...], scores: tuple[float, float, float]) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("test_capitals_are_persons")
    example = Example("a", ("Ada", "met", "the", "Bo"), (), tags={layer: tags})
    assert tagged(nlp, [[example]], layer) == pytest.approx(scores)
