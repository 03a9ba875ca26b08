"""Who is who inside an article, on sentences parsed by hand: each case lists the chains of two and more mentions."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from factory import doc
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.gazetteer import load_gazetteer, load_nouns
from kg.language.coreference import Coreference
from kg.language.mentions import MentionFinder

PERSONS = {"Ada Lund": "Person", "Tor Dahl": "Person"}


def read(text: str, ents: Mapping[str, str]) -> Doc:
    made = doc(text, ents=ents)
    nouns, gazetteer = load_nouns(), load_gazetteer()
    return Coreference(nouns=nouns, gazetteer=gazetteer)(MentionFinder(nouns=nouns, gazetteer=gazetteer)(made))


def chains(text: str, ents: Mapping[str, str]) -> list[list[str]]:
    """The mentions of each chain that has several."""
    made, found = read(text, ents), dict[str, list[str]]()
    for span in made.spans["mentions"]:
        found.setdefault(span.id_, []).append(span.text)
    return [texts for texts in found.values() if len(texts) > 1]


MET = """Ada/PROPN/nsubj/3 Lund/PROPN/flat/1 met=meet/VERB/root/0 Tor/PROPN/obj/3 Dahl/PROPN/flat/4 ./PUNCT/punct/3
"""


@pytest.mark.parametrize(
    ("second", "ents", "expected"),
    [
        ("Lund/PROPN/nsubj/2 left=leave/VERB/root/0", {"Lund#2": "Person"}, [["Ada Lund", "Lund"]]),
        ("Tor/PROPN/nsubj/2 left=leave/VERB/root/0", {"Tor#2": "Person"}, [["Tor Dahl", "Tor"]]),
        (
            "Ines/PROPN/nsubj/4 Roca/PROPN/flat/1 Prat/PROPN/flat/1 left=leave/VERB/root/0 ./PUNCT/punct/4\n"
            "Roca/PROPN/nsubj/2 wept=weep/VERB/root/0",
            {"Ines Roca Prat": "Person", "Roca#2": "Person"},
            [["Ines Roca Prat", "Roca"]],  # the first of two surnames
        ),
        ("Dahlgren/PROPN/nsubj/2 left=leave/VERB/root/0", {"Dahlgren": "Person"}, []),
        ("She/PRON/nsubj/2 left=leave/VERB/root/0", {}, [["Ada Lund", "She"]]),
        ("He/PRON/nsubj/2 left=leave/VERB/root/0", {}, [["Tor Dahl", "He"]]),
        ("His/PRON/nmod:poss/2 wife/NOUN/nsubj/3 left=leave/VERB/root/0", {}, [["Tor Dahl", "His"]]),
        ("It/PRON/nsubj/2 rained=rain/VERB/root/0", {}, []),
        ("We/PRON/nsubj/2 left=leave/VERB/root/0", {}, []),
        (
            "Dahl/PROPN/nsubj/3 was=be/AUX/cop/3 ill/ADJ/ccomp/6 ,/PUNCT/punct/3 he/PRON/nsubj/6 said=say/VERB/root/0",
            {"Dahl#2": "Person"},
            [["Tor Dahl", "Dahl"]],  # who says so is somebody else
        ),
        (
            "Ada/PROPN/nsubj/3 Dahl/PROPN/flat/1 left=leave/VERB/root/0 ./PUNCT/punct/3\n"
            "Dahl/PROPN/nsubj/2 wept=weep/VERB/root/0",
            {"Ada Dahl": "Person", "Dahl#3": "Person"},
            [],  # either of the two
        ),
    ],
)
def test_after_two_persons(second: str, ents: dict[str, str], expected: list[list[str]]) -> None:
    assert chains(MET + second, PERSONS | ents) == expected


@pytest.mark.parametrize(
    ("text", "ents", "expected"),
    [
        (
            "World/PROPN/nsubj/7 Seed/PROPN/flat/1 Bank/PROPN/flat/1 (/PUNCT/punct/5 WSB/PROPN/appos/1 )/PUNCT/punct/5"
            " said=say/VERB/root/0",
            {"World Seed Bank": "Organization", "WSB": "Organization"},
            [["World Seed Bank", "WSB"]],
        ),
        (  # a party in brackets is not the person
            "Ada/PROPN/nsubj/6 Lund/PROPN/flat/1 (/PUNCT/punct/4 GRN/PROPN/appos/1 )/PUNCT/punct/4 won=win/VERB/root/0",
            {"Ada Lund": "Person", "GRN": "Organization"},
            [],
        ),
        (
            "Peru/PROPN/nsubj/2 lent=lend/VERB/root/0 Peruvian/ADJ/amod/4 banks=bank/NOUN/obj/2",
            {"Peru": "Country"},
            [["Peru", "Peruvian"]],
        ),
        (
            "U.S./PROPN/nsubj/2 lent=lend/VERB/root/0 American/ADJ/amod/4 banks=bank/NOUN/obj/2 ./PUNCT/punct/2\n"
            "United/PROPN/nsubj/3 States/PROPN/flat/1 paid=pay/VERB/root/0",
            {"U.S.": "Country", "United States": "Place"},
            [["U.S.", "American", "United States"]],
        ),
        (
            "Rotterdam/PROPN/compound/2 Harbour/PROPN/compound/3 Board/PROPN/nsubj/4 met=meet/VERB/root/0"
            " ./PUNCT/punct/4\nHarbour/PROPN/compound/2 Board/PROPN/nsubj/3 voted=vote/VERB/root/0",
            {"Rotterdam Harbour Board": "Organization", "Harbour Board#2": "Organization"},
            [["Rotterdam Harbour Board", "Harbour Board"]],
        ),
    ],
)
def test_names(text: str, ents: dict[str, str], expected: list[list[str]]) -> None:
    assert chains(text, ents) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # apposition
            "Ada/PROPN/nsubj/9 Lund/PROPN/flat/1 ,/PUNCT/punct/5 the/DET/det/5 mayor/NOUN/appos/1 of/ADP/case/7"
            " Riga/PROPN/nmod/5 ,/PUNCT/punct/5 spoke=speak/VERB/root/0",
            [["Ada Lund", "the mayor of Riga"]],
        ),
        (  # copula
            "Ada/PROPN/nsubj/5 Lund/PROPN/flat/1 is=be/AUX/cop/5 a/DET/det/5 lawyer/NOUN/root/0",
            [["Ada Lund", "a lawyer"]],
        ),
        (
            "Ada/PROPN/nsubj/6 Lund/PROPN/flat/1 is=be/AUX/cop/6 not/PART/advmod/6 a/DET/det/6 lawyer/NOUN/root/0",
            [],
        ),
        (
            "Ada/PROPN/nsubj/6 Lund/PROPN/flat/1 may/AUX/aux/6 be/AUX/cop/6 a/DET/det/6 lawyer/NOUN/root/0",
            [],
        ),
        (
            "Ada/PROPN/nsubj/3 Lund/PROPN/flat/1 became=become/VERB/root/0 a/DET/det/5 lawyer/NOUN/xcomp/3",
            [["Ada Lund", "a lawyer"]],
        ),
        (  # a place is no predicate
            "Ada/PROPN/nsubj/5 Lund/PROPN/flat/1 is=be/AUX/cop/5 in/ADP/case/5 exile/NOUN/root/0",
            [],
        ),
        (
            "her/PRON/nmod:poss/2 mother/NOUN/nsubj/4 is=be/AUX/cop/4 Ada/PROPN/root/0 Lund/PROPN/flat/4",
            [["her mother", "Ada Lund"]],
        ),
        (  # who is given an office
            "They/PRON/nsubj/2 elected=elect/VERB/root/0 Ada/PROPN/obj/2 Lund/PROPN/flat/3 as/ADP/case/8 the/DET/det/8"
            " new/ADJ/amod/8 chair/NOUN/obl/2",
            [["Ada Lund", "the new chair"]],
        ),
        (
            "They/PRON/nsubj/2 elected=elect/VERB/root/0 Ada/PROPN/obj/2 Lund/PROPN/flat/3 as/ADP/case/8 the/DET/det/8"
            " new/ADJ/amod/8 chair/NOUN/nmod/3",
            [["Ada Lund", "the new chair"]],
        ),
        (
            "Ada/PROPN/nsubj:pass/4 Lund/PROPN/flat/1 was=be/AUX/aux:pass/4 chosen=choose/VERB/root/0 as/ADP/case/7"
            " the/DET/det/7 chair/NOUN/obl/4",
            [["Ada Lund", "the chair"]],
        ),
        (
            "They/PRON/nsubj/4 will/AUX/aux/4 not/PART/advmod/4 elect/VERB/root/0 Ada/PROPN/obj/4 Lund/PROPN/flat/5"
            " as/ADP/case/9 the/DET/det/9 chair/NOUN/obl/4",
            [],
        ),
        (
            "They/PRON/nsubj/2 saw=see/VERB/root/0 Ada/PROPN/obj/2 Lund/PROPN/flat/3 as/ADP/case/7 the/DET/det/7"
            " chair/NOUN/obl/2",
            [],
        ),
        (  # what stands before a name without comma
            "his/PRON/nmod:poss/2 wife/NOUN/nsubj/5 Ada/PROPN/appos/2 Lund/PROPN/flat/3 spoke=speak/VERB/root/0",
            [["his wife", "Ada Lund"]],
        ),
        (  # a title is taken up
            "mayor/NOUN/nmod:desc/2 Ada/PROPN/nsubj/4 Lund/PROPN/flat/2 spoke=speak/VERB/root/0 ./PUNCT/punct/4\n"
            "The/DET/det/2 mayor/NOUN/nsubj/3 left=leave/VERB/root/0",
            [["Ada Lund", "The mayor"]],
        ),
        (
            "mayor/NOUN/nmod:desc/2 Ada/PROPN/nsubj/4 Lund/PROPN/flat/2 spoke=speak/VERB/root/0 ./PUNCT/punct/4\n"
            "The/DET/det/2 judge/NOUN/nsubj/3 left=leave/VERB/root/0",
            [],
        ),
        (  # the speaker of a quotation
            '"/PUNCT/punct/3 I/PRON/nsubj/3 won=win/VERB/root/0 ,/PUNCT/punct/7 "/PUNCT/punct/3 Ada/PROPN/nsubj/8'
            " Lund/PROPN/flat/6 said=say/VERB/parataxis/3",
            [["I", "Ada Lund"]],
        ),
        (  # an object is not its own subject, a possessive may be
            "Ada/PROPN/nsubj/3 Lund/PROPN/flat/1 saw=see/VERB/root/0 her/PRON/obj/3",
            [],
        ),
        (
            "Ada/PROPN/nsubj/3 Lund/PROPN/flat/1 saw=see/VERB/root/0 her/PRON/nmod:poss/5 father/NOUN/obj/3",
            [["Ada Lund", "her"]],
        ),
        (
            "Ada/PROPN/nsubj/3 Lund/PROPN/flat/1 blamed=blame/VERB/root/0 herself/PRON/obj/3",
            [["Ada Lund", "herself"]],
        ),
    ],
)
def test_grammar(text: str, expected: list[list[str]]) -> None:
    assert chains(text, {"Ada Lund": "Person"}) == expected


LUND = "Ada/PROPN/nsubj/{verb} Lund/PROPN/flat/1 ,/PUNCT/punct/5 the/DET/det/5 mayor/NOUN/appos/1 "


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            "and/CCONJ/cc/8 the/DET/det/8 head/NOUN/conj/5 of/ADP/case/11 the/DET/det/11 council/NOUN/nmod/8"
            " ,/PUNCT/punct/5 spoke=speak/VERB/root/0",
            [["Ada Lund", "the mayor", "the head of the council"]],
        ),
        (  # a comma begins somebody else
            ",/PUNCT/punct/9 and/CCONJ/cc/9 the/DET/det/9 baker/NOUN/conj/5 ,/PUNCT/punct/5 spoke=speak/VERB/root/0",
            [["Ada Lund", "the mayor"]],
        ),
        (
            "and/CCONJ/cc/8 a/DET/det/8 baker/NOUN/conj/5 ,/PUNCT/punct/5 spoke=speak/VERB/root/0",
            [["Ada Lund", "the mayor"]],
        ),
        (  # several speak
            "and/CCONJ/cc/8 the/DET/det/8 baker/NOUN/conj/5 ,/PUNCT/punct/5 have/AUX/aux/11 spoken=speak/VERB/root/0",
            [["Ada Lund", "the mayor"]],
        ),
        (
            "and/CCONJ/cc/8 the/DET/det/8 council/NOUN/conj/5 ,/PUNCT/punct/5 spoke=speak/VERB/root/0",
            [["Ada Lund", "the mayor"]],
        ),
    ],
)
def test_two_appositions(rest: str, expected: list[list[str]]) -> None:
    parts = rest.split()
    verb = 5 + next(i for i, part in enumerate(parts, 1) if "/root/" in part)
    assert chains(LUND.format(verb=verb) + rest, {"Ada Lund": "Person"}) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Orkla/PROPN/nsubj/2 grew=grow/VERB/root/0", "The/DET/det/2 company/NOUN/nsubj/3 paid=pay/VERB/root/0", True),
        ("Orkla/PROPN/nsubj/2 grew=grow/VERB/root/0", "The/DET/det/2 court/NOUN/nsubj/3 sat=sit/VERB/root/0", False),
        ("Orkla/PROPN/nsubj/2 grew=grow/VERB/root/0", "A/DET/det/2 company/NOUN/nsubj/3 paid=pay/VERB/root/0", False),
        ("Orkla/PROPN/nsubj/2 grew=grow/VERB/root/0", "It/PRON/nsubj/2 paid=pay/VERB/root/0", True),
        ("Orkla/PROPN/nsubj/2 grew=grow/VERB/root/0", "He/PRON/nsubj/2 paid=pay/VERB/root/0", False),
    ],
)
def test_an_organization_taken_up(first: str, second: str, expected: bool) -> None:
    found = chains(f"{first} ./PUNCT/punct/2\n{second}", {"Orkla": "Organization"})
    assert (len(found) == 1) is expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("The/DET/det/2 attack/NOUN/nsubj/3 ended=end/VERB/root/0", True),
        ("The/DET/det/3 second/ADJ/amod/3 attack/NOUN/nsubj/4 ended=end/VERB/root/0", False),
        ("An/DET/det/2 attack/NOUN/nsubj/3 ended=end/VERB/root/0", False),
        ("The/DET/det/2 election/NOUN/nsubj/3 ended=end/VERB/root/0", False),
    ],
)
def test_an_event_taken_up(second: str, expected: bool) -> None:
    first = "a/DET/det/2 bombing/NOUN/nsubj/3 began=begin/VERB/root/0 ./PUNCT/punct/3\n"
    assert bool(chains(first + second, {})) is expected


def test_a_chain_has_one_type_and_one_id_and_pronouns_without_antecedent_are_left_out() -> None:
    made = read(
        "They/PRON/nsubj/2 saw=see/VERB/root/0 Ada/PROPN/obj/2 Lund/PROPN/flat/3 ./PUNCT/punct/2\n"
        "Lund/PROPN/nsubj/2 spoke=speak/VERB/root/0",
        {"Ada Lund": "Person", "Lund#2": "Person"},
    )
    assert [(s.text, s.label_, s.id_) for s in made.spans["mentions"]] == [
        ("Ada Lund", "Person", "c1"),
        ("Lund", "Person", "c1"),
    ]


def test_an_empty_text() -> None:
    made, nouns, gazetteer = Doc(Vocab()), load_nouns(), load_gazetteer()
    Coreference(nouns=nouns, gazetteer=gazetteer)(MentionFinder(nouns=nouns, gazetteer=gazetteer)(made))
    assert list(made.spans["mentions"]) == []
