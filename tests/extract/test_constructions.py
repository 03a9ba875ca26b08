"""What the order of words says without a word for it, and where it says nothing."""

from __future__ import annotations

import pytest
from factory import doc

from kg.extract.constructions import constructions
from kg.extract.mentions import MentionIndex
from kg.lexicon import Lexicon
from kg.ontology import Ontology

CASES = {
    "place in its country": (
        "in/ADP/case/2 Kazan/PROPN/root/0 ,/PUNCT/punct/2 Russia/PROPN/appos/2",
        {"Kazan": "Place", "Russia": "Country"},
        {"Kazan locatedIn Russia"},
    ),
    "each place in the next": (
        "Odesa/PROPN/root/0 ,/PUNCT/punct/3 Oblast/PROPN/appos/1 ,/PUNCT/punct/5 Ukraine/PROPN/appos/3",
        {"Odesa": "Place", "Oblast": "Place", "Ukraine": "Country"},
        {"Odesa locatedIn Oblast", "Oblast locatedIn Ukraine"},
    ),
    "an enumeration of places": (
        "Kharkiv/PROPN/root/0 ,/PUNCT/punct/3 Odesa/PROPN/conj/1 and/CCONJ/cc/5 Lviv/PROPN/conj/1",
        {"Kharkiv": "Place", "Odesa": "Place", "Lviv": "Place"},
        set(),
    ),
    "an organization of a country": (
        "the/DET/det/3 Russian/ADJ/amod/3 army/NOUN/root/0",
        {"Russian": "Country", "Russian army": "Organization"},
        {"Russian army basedIn Russian"},
    ),
    "nationality before a title": (
        "Israeli/ADJ/amod/2 journalist/NOUN/nmod:desc/3 Levy/PROPN/root/0",
        {"Israeli": "Country", "Levy": "Person"},
        {"Levy citizenOf Israeli"},
    ),
    "the country of an office is no nationality": (
        "Israeli/ADJ/amod/2 minister/NOUN/nmod:desc/3 Levy/PROPN/root/0",
        {"Israeli": "Country", "Levy": "Person"},
        set(),
    ),
    "a part of a country": (
        "in/ADP/case/3 southern/ADJ/amod/3 Chad/PROPN/root/0",
        {"southern Chad": "Place", "Chad": "Country"},
        {"southern Chad locatedIn Chad"},
    ),
    "who has a body of its own": (
        "Oria/PROPN/nmod:poss/4 's/PART/case/1 Supreme/PROPN/compound/4 Court/PROPN/root/0",
        {"Oria": "Country", "Supreme Court": "Organization"},
        {"Supreme Court basedIn Oria"},
    ),
    "a body of what a noun stands for": (
        "the/DET/det/2 country/NOUN/nmod:poss/4 's/PART/case/2 army/NOUN/root/0",
        {"the country": "Country", "the country 's army": "Organization"},
        {"the country's army basedIn the country"},
    ),
    "what a plan is for": (
        "a/DET/det/2 plan/NOUN/root/0 to/PART/mark/4 end/VERB/acl/2 the/DET/det/6 war/NOUN/obj/4",
        {"plan": "Work", "war": "Event"},
        {"plan about war"},
    ),
    "what a law does": (
        "laws=law/NOUN/root/0 banning=ban/VERB/acl/1 niqabs=niqab/NOUN/obj/2 and/CCONJ/cc/5 burqas=burqa/NOUN/conj/3",
        {"laws": "Work", "niqabs": "Product", "burqas": "Product"},
        {"laws about niqabs", "laws about burqas"},
    ),
    "a war is not about what it destroys": (
        "wars=war/NOUN/root/0 destroying=destroy/VERB/acl/1 Graz/PROPN/obj/2",
        {"wars": "Event", "Graz": "Place"},
        set(),
    ),
    "a group's organization": (
        "three/NUM/nummod/3 Hamas/PROPN/compound/3 gunmen=gunman/NOUN/root/0",
        {"Hamas": "Organization", "three Hamas gunmen": "Group"},
        {"three Hamas gunmen memberOf Hamas"},
    ),
    "what one owns": (
        "a/DET/det/3 Turkish/ADJ/amod/3 drone/NOUN/root/0",
        {"Turkish": "Country", "a Turkish drone": "Product"},
        {"Turkish owns a Turkish drone"},
    ),
    "the name of a place has no owner in it": (
        "Far/PROPN/compound/2 Point/PROPN/root/0",
        {"Far": "Organization", "Far Point": "Place"},
        set(),
    ),
    "a place that somebody owns": (
        "the/DET/det/3 Greenpeace/PROPN/compound/3 office/NOUN/root/0",
        {"Greenpeace": "Organization", "the Greenpeace office": "Place"},
        {"Greenpeace owns the Greenpeace office"},
    ),
    "what a pronoun owns": (
        "its/PRON/nmod:poss/2 drone/NOUN/root/0",
        {"its": "Country", "its drone": "Product"},
        {"its owns its drone"},
    ),
    "a common noun tells the kind": (
        "a/DET/det/3 police/NOUN/compound/3 drone/NOUN/root/0",
        {"police": "Organization", "a police drone": "Product"},
        set(),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_construction(case: str, ontology: Ontology, lexicon: Lexicon) -> None:
    text, mentions, expected = CASES[case]
    parsed = doc(text, mentions=mentions)
    matches = constructions(MentionIndex(parsed, ontology), lexicon, set())
    assert {f"{m.subject.text} {m.sense.relation} {m.object.text}" for m in matches} == expected


def test_what_a_word_has_said_is_not_said_again(ontology: Ontology, lexicon: Lexicon) -> None:
    text, mentions, expected = CASES["what one owns"]
    parsed = doc(text, mentions=mentions)
    first, second = parsed.spans["mentions"]
    related = {frozenset((first.id_, second.id_))}
    assert expected
    assert list(constructions(MentionIndex(parsed, ontology), lexicon, related)) == []
