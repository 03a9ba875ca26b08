"""From matches to statements: evidence, modality, attribution, what is said once and what is dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from factory import doc

from kg.extract import Extraction, extract
from kg.lexicon import Lexicon
from kg.ontology import Ontology
from kg.records import Article, Mention

PEOPLE = {"Abbas": "Person", "Putin": "Person"}


def read(text: str, mentions: Mapping[str, str], ontology: Ontology, lexicon: Lexicon) -> Extraction:
    parsed = doc(text, ents=mentions)
    article = Article("a1", "", parsed.text, dt.date(2024, 10, 24))
    records = [
        Mention(span.start_char, span.end_char, span.text, "a1", "name", span.label_, span.id_)
        for span in parsed.spans["mentions"]
    ]
    return extract(parsed, article, records, ontology, lexicon)


def test_a_statement_stands_in_its_sentence(ontology: Ontology, lexicon: Lexicon) -> None:
    text = """
    It/PRON/nsubj/2 rained=rain/VERB/root/0 ./PUNCT/punct/2
    Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 Putin/PROPN/obj/2 ./PUNCT/punct/2
    """
    (statement,) = read(text, PEOPLE, ontology, lexicon).statements
    evidence = statement.evidence
    assert [sentence.text for sentence in evidence.sentences] == ["Abbas met Putin."]
    assert (evidence.subject.text, evidence.trigger.text, evidence.object.text) == ("Abbas", "met", "Putin")
    assert (statement.origin, statement.modality, statement.attribution) == ("meet-v", "actual", None)
    assert 0 < statement.confidence <= 1


MODALITIES = {
    "negated": "Abbas/PROPN/nsubj/4 did/AUX/aux/4 not/PART/advmod/4 meet/VERB/root/0 Putin/PROPN/obj/4",
    "planned": "Abbas/PROPN/nsubj/3 will/AUX/aux/3 meet/VERB/root/0 Putin/PROPN/obj/3",
    "possible": "Abbas/PROPN/nsubj/3 may/AUX/aux/3 meet/VERB/root/0 Putin/PROPN/obj/3",
    "wanted": "Abbas/PROPN/nsubj/2 wants=want/VERB/root/0 to/PART/mark/4 meet/VERB/xcomp/2 Putin/PROPN/obj/4",
}


@pytest.mark.parametrize("modality", MODALITIES)
def test_hedges_and_negation_never_become_facts(modality: str, ontology: Ontology, lexicon: Lexicon) -> None:
    (statement,) = read(MODALITIES[modality], PEOPLE, ontology, lexicon).statements
    assert statement.modality == modality


def test_what_a_source_says_is_given_to_it(ontology: Ontology, lexicon: Lexicon) -> None:
    text = "Xi/PROPN/nsubj/2 said=say/VERB/root/0 Abbas/PROPN/nsubj/4 met=meet/VERB/ccomp/2 Putin/PROPN/obj/4"
    (statement,) = read(text, {**PEOPLE, "Xi": "Person"}, ontology, lexicon).statements
    assert statement.attribution is not None
    assert (statement.attribution.source.text, statement.attribution.kind) == ("Xi", "said")


def test_who_claims_responsibility_vouches_for_it(ontology: Ontology, lexicon: Lexicon) -> None:
    text = (
        "Hamas/PROPN/nsubj/2 claimed=claim/VERB/root/0 responsibility/NOUN/obj/2 "
        "for/ADP/case/6 the/DET/det/6 attack/NOUN/nmod/3"
    )
    (statement,) = read(text, {"Hamas": "Organization", "attack": "Event"}, ontology, lexicon).statements
    assert statement.relation == "organized"
    assert statement.attribution is not None
    assert statement.attribution.source.text == "Hamas"


def test_a_word_may_weaken_what_it_says(ontology: Ontology, lexicon: Lexicon) -> None:
    text = (
        "Canada/PROPN/nsubj/2 lifted=lift/VERB/root/0 sanctions=sanction/NOUN/obj/2 on/ADP/case/5 Belarus/PROPN/nmod/3"
    )
    found = read(text, {"Canada": "Country", "Belarus": "Country"}, ontology, lexicon).statements
    assert [(s.subject.text, s.relation, s.modality) for s in found] == [("Belarus", "sanctionedBy", "negated")]


def test_the_same_is_said_once_either_way_round(ontology: Ontology, lexicon: Lexicon) -> None:
    text = """
    Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 Putin/PROPN/obj/2 ./PUNCT/punct/2
    Putin/PROPN/nsubj/2 met=meet/VERB/root/0 Abbas/PROPN/obj/2 ./PUNCT/punct/2
    """
    mentions = {"Abbas": "Person a", "Putin": "Person p", "Putin#2": "Person p", "Abbas#2": "Person a"}
    found = read(text, mentions, ontology, lexicon)
    assert len(found.statements) == 1
    assert found.dropped["said before"] == 1


DROPPED = {
    "domain": ("Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 Kazan/PROPN/obj/2", {"Abbas": "Person", "Kazan": "Work"}),
    "argument is no mention": ("Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 someone/PRON/obj/2", {"Abbas": "Person"}),
    "both ends are one entity": (
        "Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 him/PRON/obj/2",
        {"Abbas": "Person a", "him": "Person a"},
    ),
}


@pytest.mark.parametrize("reason", DROPPED)
def test_what_is_refused_is_counted_by_reason(reason: str, ontology: Ontology, lexicon: Lexicon) -> None:
    text, mentions = DROPPED[reason]
    found = read(text, mentions, ontology, lexicon)
    assert found.statements == ()
    assert found.dropped[reason] >= 1


def test_reading_twice_gives_the_same(ontology: Ontology, lexicon: Lexicon) -> None:
    text = "Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 Putin/PROPN/obj/2 and/CCONJ/cc/5 Xi/PROPN/conj/3"
    mentions = {**PEOPLE, "Xi": "Person"}
    assert read(text, mentions, ontology, lexicon) == read(text, mentions, ontology, lexicon)


def test_a_text_without_mentions_says_nothing(ontology: Ontology, lexicon: Lexicon) -> None:
    found = read("It/PRON/nsubj/2 rained=rain/VERB/root/0", {}, ontology, lexicon)
    assert found.statements == ()


def test_a_word_may_need_a_preposition_for_what_it_says(ontology: Ontology, lexicon: Lexicon) -> None:
    """ "lists X as …" brands X; "lists X" does not."""
    mentions = {"Canada": "Country", "Hamas": "Organization"}
    listed = "Canada/PROPN/nsubj/2 lists=list/VERB/root/0 Hamas/PROPN/obj/2"
    assert read(listed, mentions, ontology, lexicon).statements == ()
    (statement,) = read(f"{listed} as/ADP/case/5 terrorist/NOUN/obl/2", mentions, ontology, lexicon).statements
    assert (statement.subject.text, statement.relation) == ("Hamas", "designatedBy")
