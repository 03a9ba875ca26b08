"""Two witnesses: the lexicon's frames and the learned scorer, and the one confidence that comes of both."""

from __future__ import annotations

import pytest
from factory import doc
from spacy.tokens import Doc

from kg.extract import Extraction, extract
from kg.extract.verdict import BAR, EVIDENCE, Weights, Witnesses, confidence, fitted, logit
from kg.language.mentions import mentions
from kg.lexicon import Lexicon
from kg.ontology import Ontology
from kg.records import Article

NAMES = ("name", "name")
TEXT = "Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 Putin/PROPN/obj/2 near/ADP/case/5 Kazan/PROPN/obl/2 ./PUNCT/punct/2"
ENTS = {"Abbas": "Person a", "Putin": "Person p", "Kazan": "Place k"}
ABBAS, PUTIN, KAZAN = range(3)
MET = 1


def read(of: Doc, ontology: Ontology, lexicon: Lexicon, *, least: float = 0.0) -> Extraction:
    return extract(of, Article("x", "", of.text), mentions(of, "x"), ontology, lexicon, least=least)


def said(found: Extraction) -> dict[tuple[str, str, str], str]:
    return {(s.subject.text, s.relation, s.object.text): s.origin for s in found.statements}


def test_without_a_scorer_the_lexicon_alone_speaks(ontology: Ontology, lexicon: Lexicon) -> None:
    found = read(doc(TEXT, ents=ENTS), ontology, lexicon)
    [statement] = found.statements
    assert statement.relation == "metWith"
    assert "learned" not in statement.origin
    assert statement.confidence == found.candidates[statement.id].match.sense.confidence


def test_both_witnesses_are_named_and_make_it_surer(ontology: Ontology, lexicon: Lexicon) -> None:
    of = doc(TEXT, ents=ENTS)
    of.user_data["relations"] = [(PUTIN, ABBAS, "metWith", 4.0, MET)]  # symmetric: either way round
    agreed = read(of, ontology, lexicon)
    of.user_data["relations"] = []
    alone = read(of, ontology, lexicon)
    [both], [one] = agreed.statements, alone.statements
    assert both.origin.endswith(" + learned")
    assert both.confidence > one.confidence
    assert both.id == one.id


def test_what_the_scorer_does_not_see_can_be_too_unlikely(ontology: Ontology, lexicon: Lexicon) -> None:
    of = doc(TEXT, ents=ENTS)
    of.user_data["relations"] = []
    sure = read(of, ontology, lexicon).statements[0].confidence
    found = read(of, ontology, lexicon, least=sure + 0.01)
    assert not found.statements
    assert found.dropped == {"the learned scorer finds it unlikely": 1}


def test_the_scorer_alone_makes_a_statement_when_it_is_sure(ontology: Ontology, lexicon: Lexicon) -> None:
    of = doc(TEXT, ents=ENTS)
    of.user_data["relations"] = [(PUTIN, KAZAN, "visited", 5.0, MET), (ABBAS, KAZAN, "visited", -2.0, MET)]
    found = read(of, ontology, lexicon)
    assert ("Putin", "visited", "Kazan") in said(found)
    assert ("Abbas", "visited", "Kazan") not in said(found)
    statement = next(s for s in found.statements if s.relation == "visited")
    assert statement.origin == "learned"
    assert statement.evidence.trigger.text == "met"
    assert statement.confidence >= BAR


def test_silence_of_the_scorer_means_nothing_of_relations_it_does_not_know(
    ontology: Ontology, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = doc(TEXT, ents=ENTS)
    of.user_data["relations"] = []
    heard = read(of, ontology, lexicon).statements[0].confidence
    unheard = Weights((0.0,) * len(EVIDENCE), {})
    monkeypatch.setattr("kg.extract.verdict.fitted", lambda: unheard)
    found = read(of, ontology, lexicon)
    [statement] = found.statements
    assert statement.confidence == found.candidates[statement.id].match.sense.confidence != heard


def test_the_ontology_holds_for_the_scorer_too(ontology: Ontology, lexicon: Lexicon) -> None:
    of = doc(TEXT, ents=ENTS)
    of.user_data["relations"] = [(KAZAN, PUTIN, "spouseOf", 9.0, MET), (PUTIN, KAZAN, "noSuchRelation", 9.0, MET)]
    assert {relation for _, relation, _ in said(read(of, ontology, lexicon))} == {"metWith"}


def test_who_left_a_post_does_not_have_it_for_the_scorer(ontology: Ontology, lexicon: Lexicon) -> None:
    of = doc(
        "Acme/PROPN/root/0 ,/PUNCT/punct/4 once/ADV/advmod/4 led=lead/VERB/acl/1 by/ADP/case/6 Ito/PROPN/obl:agent/4",
        ents={"Acme": "Organization a", "Ito": "Person i"},
    )
    numbers = {span.text: i for i, span in enumerate(of.spans["mentions"])}
    of.user_data["relations"] = [
        (numbers["Ito"], numbers["Acme"], "leads", 9.0, 3),
        (numbers["Ito"], numbers["Acme"], "criticized", 9.0, 3),
    ]
    assert {relation for _, relation, _ in said(read(of, ontology, lexicon))} == {"formerlyOf", "criticized"}


def test_negation_and_speaker_hold_for_the_scorer_too(ontology: Ontology, lexicon: Lexicon) -> None:
    of = doc(
        "Ito/PROPN/nsubj/2 said=say/VERB/root/0 Abbas/PROPN/nsubj/6 did/AUX/aux/6 not/PART/advmod/6 "
        "met=meet/VERB/ccomp/2 Putin/PROPN/obj/6 near/ADP/case/9 Kazan/PROPN/obl/6 ./PUNCT/punct/2",
        ents={**ENTS, "Ito": "Person i"},
    )
    numbers = {span.text: i for i, span in enumerate(of.spans["mentions"])}
    of.user_data["relations"] = [(numbers["Putin"], numbers["Kazan"], "visited", 5.0, 5)]
    statement = next(s for s in read(of, ontology, lexicon).statements if s.relation == "visited")
    assert statement.modality == "negated"
    assert statement.attribution is not None
    assert statement.attribution.source.text == "Ito"


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        (Witnesses("visited", 0.8, None, NAMES), Witnesses("visited", 0.8, 2.0, NAMES)),
        (Witnesses("visited", 0.8, -1.0, NAMES), Witnesses("visited", 0.8, 3.0, NAMES)),
        (Witnesses("visited", 0.5, 1.0, NAMES), Witnesses("visited", 0.9, 1.0, NAMES)),
        (Witnesses("visited", None, 0.0, NAMES), Witnesses("visited", None, 3.0, NAMES)),
        (Witnesses("visited", None, 1.0, NAMES), Witnesses("visited", None, 1.0, NAMES, worded=True)),
        (Witnesses("visited", 0.8, 1.0, NAMES, ends=0.4), Witnesses("visited", 0.8, 1.0, NAMES)),
        (Witnesses("visited", 0.8, 1.0, ("nominal", "nominal")), Witnesses("visited", 0.8, 1.0, NAMES)),
    ],
    ids=["agreement", "surer scorer", "surer lexicon", "scorer alone", "known word", "sure ends", "noun phrases"],
)
def test_what_makes_surer(lower: Witnesses, higher: Witnesses) -> None:
    assert confidence(lower) < confidence(higher)


def test_a_relation_is_believed_as_it_deserves() -> None:
    weights = Weights((0.0,) * len(EVIDENCE), {"visited": (1.0, -1.0)})
    by_lexicon, alone = Witnesses("visited", 0.8, None, NAMES), Witnesses("visited", None, 1.0, NAMES)
    other = Witnesses("leads", 0.8, None, NAMES)
    assert confidence(by_lexicon, weights) > confidence(other, weights) > confidence(alone, weights)


def test_relations_in_the_weights_are_the_ontologys(ontology: Ontology) -> None:
    assert fitted().relations.keys() <= ontology.properties.keys()


def test_a_confidence_is_a_probability() -> None:
    for lexicon in (None, 0.0, 0.5, 1.0):
        for learned in (None, -30.0, 0.0, 30.0):
            if lexicon is not None or learned is not None:
                assert 0.0 <= confidence(Witnesses("visited", lexicon, learned, NAMES, rival=True)) <= 1.0
    assert len(fitted().evidence) == len(EVIDENCE)
    assert logit(0.5) == 0.0
