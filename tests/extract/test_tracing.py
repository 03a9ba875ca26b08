"""How a statement came about: roles in the parse, words of doubt, candidates refused in its sentence."""

from __future__ import annotations

import datetime as dt

import pytest
from factory import doc
from spacy.tokens import Doc

from kg.extract.relations import extract
from kg.extract.tracing import Node, Trace, trace
from kg.language.mentions import mentions
from kg.lexicon import Lexicon
from kg.ontology import Ontology
from kg.records import Article


def traced(of: Doc, relation: str, ontology: Ontology, lexicon: Lexicon) -> Trace:
    article = Article("a", "", of.text, dt.date(2024, 5, 1))
    found = mentions(of, "a")
    [id] = [s.id for s in extract(of, article, found, ontology, lexicon).statements if s.relation == relation]
    made = trace(of, article, found, ontology, lexicon, id=id)
    assert made is not None
    return made


def held(doubt: str = "supposedly/ADV/advmod/4", head: int = 0) -> Doc:
    return doc(
        f"Trufan/PROPN/nsubj:pass/4 is/AUX/aux:pass/4 {doubt} held=hold/VERB/ccomp/8 by/ADP/case/6 "
        "Redfront/PROPN/obl:agent/4 ,/PUNCT/punct/8 said=say/VERB/root/0 the/DET/det/10 minister/NOUN/nsubj/8",
        ents={"Trufan": "Person", "Redfront": "Organization"},
        mentions={"the minister": "Person"},
    )


def test_the_parse_shows_who_is_what(ontology: Ontology, lexicon: Lexicon) -> None:
    made = traced(held(), "heldBy", ontology, lexicon)
    assert made.parse == (
        Node(0, "said", "VERB", "root", ("cue",)),
        Node(1, "held", "VERB", "ccomp", ("trigger",)),
        Node(2, "Trufan", "PROPN", "nsubj:pass", ("subject",)),
        Node(2, "is", "AUX", "aux:pass"),
        Node(2, "supposedly", "ADV", "advmod", ("possible",)),
        Node(2, "by Redfront", "PROPN", "obl:agent", ("object",)),
        Node(1, "the minister", "NOUN", "nsubj", ("speaker",)),
    )
    assert (made.entry.id, made.sense.relation, made.construction) == ("hold-v", "heldBy", "passive")


@pytest.mark.parametrize(
    ("doubt", "modality", "words"),
    [
        ("supposedly/ADV/advmod/4", "possible", ["supposedly"]),
        ("not/PART/advmod/4", "negated", ["not"]),
        ("still/ADV/advmod/4", "actual", []),
    ],
)
def test_the_words_that_cast_doubt(
    doubt: str, modality: str, words: list[str], ontology: Ontology, lexicon: Lexicon
) -> None:
    made = traced(held(doubt), "heldBy", ontology, lexicon)
    assert (made.statement.modality, [span.text for span in made.doubts]) == (modality, words)


def test_each_of_two_words_that_would_do_alone_is_named(ontology: Ontology, lexicon: Lexicon) -> None:
    made = traced(
        doc(
            "Trufan/PROPN/nsubj:pass/5 may/AUX/aux/5 reportedly/ADV/advmod/5 be/AUX/aux:pass/5 held=hold/VERB/root/0 "
            "by/ADP/case/7 Redfront/PROPN/obl:agent/5 ./PUNCT/punct/5",
            ents={"Trufan": "Person", "Redfront": "Organization"},
        ),
        "heldBy",
        ontology,
        lexicon,
    )
    assert [span.text for span in made.doubts] == ["may", "reportedly"]


def test_refused_candidates_of_the_sentence_are_told_and_no_others(ontology: Ontology, lexicon: Lexicon) -> None:
    two = doc(
        """
        Ada/PROPN/nsubj/2 met=meet/VERB/root/0 Bo/PROPN/obj/2 and/CCONJ/cc/5 visited=visit/VERB/conj/2 ./PUNCT/punct/2
        They/PRON/nsubj/2 attacked=attack/VERB/root/0 ./PUNCT/punct/2
        """,
        ents={"Ada": "Person", "Bo": "Person"},
        mentions={"They": "Group"},
    )
    made = traced(two, "metWith", ontology, lexicon)
    told = {(one.trigger.text, one.reason) for one in made.refused}
    assert {trigger for trigger, _ in told} == {"visited"}


def test_a_statement_that_is_not_made_has_no_trace(ontology: Ontology, lexicon: Lexicon) -> None:
    parsed = held()
    article = Article("a", "", parsed.text)
    assert trace(parsed, article, mentions(parsed, "a"), ontology, lexicon, id="0" * 16) is None
