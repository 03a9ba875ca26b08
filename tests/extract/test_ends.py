"""How likely what is taken for a mention is one, and what that does to statements."""

from __future__ import annotations

import numpy as np
import pytest
from factory import doc
from spacy.tokens import Doc

from kg.extract import extract
from kg.extract.ends import GIVEN, KNOWN, fitted, likelihoods, rows
from kg.language import load
from kg.language.mentions import MENTIONS, mentions
from kg.lexicon import Lexicon
from kg.ontology import Ontology
from kg.records import Article

TEXT = "Rebels/NOUN/nsubj/2 attacked=attack/VERB/root/0 the/DET/det/4 base/NOUN/obj/2 near/ADP/case/6 Kazan/PROPN/obl/2"
WIDTH = 4


@pytest.fixture
def of() -> Doc:
    made = doc(TEXT, ents={"Kazan": "Place k"}, mentions={"Rebels": "Group r", "the base": "Place b"})
    made.tensor = np.zeros((len(made), 2 * WIDTH), dtype=np.float16)
    made.spans["names"] = [made[5:6]]
    made.spans["nominals"] = [made[2:4]]
    return made


def all_as_likely(monkeypatch: pytest.MonkeyPatch, logit: float) -> None:
    weights = np.zeros(WIDTH + len(KNOWN) + 1, dtype=np.float32)
    weights[-1] = logit
    monkeypatch.setattr("kg.extract.ends.fitted", lambda: weights)


def test_what_is_known_of_a_mention(of: Doc, ontology: Ontology) -> None:
    of.tensor[3] = 1.0, 2.0, 3.0, 4.0, 0.0, 0.0, 0.0, 0.0
    found = {mention.text: mention for mention in mentions(of, "x")}
    base, kazan = rows(of, [found["the base"], found["Kazan"]], ontology)
    assert base[:WIDTH].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert {name: value for name, value in zip(KNOWN, base[WIDTH:-1].tolist(), strict=True) if value} == {
        "Place nominal": 1.0,
        "found as a nominal": 1.0,
        "two words": 1.0,
        "length": pytest.approx(0.2),
        "begins with a determiner": 1.0,
        "common noun": 1.0,
        "object": 1.0,
    }
    assert {name for name, value in zip(KNOWN, kazan[WIDTH:-1].tolist(), strict=True) if value} == {
        "Place name",
        "found as a name",
        "one word",
        "length",
        "proper noun",
        "oblique or modifier",
    }
    assert base[-1] == kazan[-1] == 1.0


def test_each_mention_has_a_likelihood_by_its_characters(
    of: Doc, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_as_likely(monkeypatch, 0.0)
    assert likelihoods(of, mentions(of, "x"), ontology) == {(0, 6): 0.5, (16, 24): 0.5, (30, 35): 0.5}


def test_nothing_is_doubted_without_vectors_or_where_an_annotator_gives_the_mentions(
    of: Doc, ontology: Ontology
) -> None:
    of.user_data[GIVEN] = True
    assert likelihoods(of, mentions(of, "x"), ontology) == {}
    plain = doc(TEXT, ents={"Kazan": "Place k"})
    assert likelihoods(plain, mentions(plain, "x"), ontology) == {}


@pytest.mark.parametrize(("logit", "made"), [(-6.0, 0), (6.0, 1)])
def test_a_statement_whose_ends_are_hardly_mentions_is_not_made(
    of: Doc, ontology: Ontology, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch, logit: float, made: int
) -> None:
    all_as_likely(monkeypatch, logit)
    numbers = {span.text: i for i, span in enumerate(of.spans[MENTIONS])}
    of.user_data["relations"] = [(numbers["Rebels"], numbers["Kazan"], "visited", 2.5, 1)]
    found = extract(of, Article("x", "", of.text), mentions(of, "x"), ontology, lexicon)
    assert sum(statement.relation == "visited" for statement in found.statements) == made


@pytest.mark.model
def test_what_names_nothing_is_less_likely_than_who_does_it(ontology: Ontology) -> None:
    text = "Gunmen opened fire on a police station in Kabul on Friday. Five people were killed in the attack."
    of = load(clusters=False)(text)
    likely = {text[start:end]: one for (start, end), one in likelihoods(of, mentions(of, "x"), ontology).items()}
    assert likely["Kabul"] > 0.9
    assert likely["Gunmen"] > 0.7
    assert "fire" not in likely or likely["fire"] < 0.5
    assert len(fitted()) == of.tensor.shape[1] // 2 + len(KNOWN) + 1
