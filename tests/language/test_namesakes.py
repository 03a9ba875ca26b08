"""What is called after persons and towns, on sentences parsed by hand."""

from __future__ import annotations

import pytest
from factory import doc
from spacy.tokens import Doc

from kg.language.namesakes import settled
from kg.language.syntax import Syntax


def types(made: Doc) -> dict[str, str]:
    names = {(span.start, span.end): span.label_ for span in made.ents}
    return {made[start:end].text: type_ for (start, end), type_ in settled(names, Syntax.of(made)).items()}


@pytest.mark.parametrize(
    ("parse", "ents", "expected"),
    [
        (  # beats a team
            "Graz/PROPN/nsubj/2 beat/VERB/root/0 Linz/PROPN/obj/2",
            {"Graz": "Place", "Linz": "Place"},
            {"Graz": "Organization", "Linz": "Organization"},
        ),
        (
            "Rovers/PROPN/nsubj/2 beat/VERB/root/0 Linz/PROPN/obj/2",
            {"Rovers": "Organization", "Linz": "Person"},
            {"Rovers": "Organization", "Linz": "Organization"},
        ),
        (
            "Lund/PROPN/nsubj/2 beat/VERB/root/0 Linz/PROPN/obj/2",
            {"Lund": "Person", "Linz": "Person"},
            {"Lund": "Person", "Linz": "Person"},
        ),
        (
            "Graz/PROPN/nsubj/2 won=win/VERB/root/0 the/DET/det/4 cup/NOUN/obj/2",
            {"Graz": "Place"},
            {"Graz": "Organization"},
        ),
        (
            "Graz/PROPN/nsubj/2 won=win/VERB/root/0 3/NUM/obl/2 -/SYM/case/5 1/NUM/nmod/3",
            {"Graz": "Place"},
            {"Graz": "Organization"},
        ),
        (
            "Graz/PROPN/nsubj/2 won=win/VERB/root/0 the/DET/det/4 right/NOUN/obj/2",
            {"Graz": "Place"},
            {"Graz": "Place"},
        ),
        (
            "She/PRON/nsubj/2 signed=sign/VERB/root/0 for/ADP/case/4 Graz/PROPN/obl/2",
            {"Graz": "Place"},
            {"Graz": "Organization"},
        ),
        (
            "the/DET/det/2 manager/NOUN/root/0 of/ADP/case/4 Graz/PROPN/nmod/2 lost=lose/VERB/acl/2"
            " matches=match/NOUN/obj/5",
            {"Graz": "Place"},
            {"Graz": "Organization"},
        ),
        (
            "the/DET/det/2 manager/NOUN/root/0 of/ADP/case/4 Graz/PROPN/nmod/2 spoke=speak/VERB/acl/2",
            {"Graz": "Place"},
            {"Graz": "Place"},
        ),
        (
            "Graz/PROPN/compound/2 striker/NOUN/nmod:desc/3 Lund/PROPN/nsubj/4 fell=fall/VERB/root/0",
            {"Graz": "Place", "Lund": "Person"},
            {"Graz": "Organization", "Lund": "Person"},
        ),
        (
            "Graz/PROPN/compound/3 defence/NOUN/compound/3 ministry/NOUN/nsubj/4 spoke=speak/VERB/root/0",
            {"Graz": "Place"},
            {"Graz": "Place"},
        ),
        (
            "Lund/PROPN/nsubj/2 left=leave/VERB/root/0 Graz/PROPN/obj/2 after/ADP/case/5 winning/NOUN/obl/2"
            " the/DET/det/7 cup/NOUN/obj/5",
            {"Lund": "Person", "Graz": "Place"},
            {"Lund": "Person", "Graz": "Organization"},
        ),
        (
            "Lund/PROPN/nsubj/2 left=leave/VERB/root/0 Graz/PROPN/obj/2 after/ADP/case/6 the/DET/det/6 war/NOUN/obl/2",
            {"Lund": "Person", "Graz": "Place"},
            {"Lund": "Person", "Graz": "Place"},
        ),
        (
            "The/DET/det/2 ferry/NOUN/nsubj/5 Ada/PROPN/appos/2 Lund/PROPN/flat/3 sank=sink/VERB/root/0",
            {"Ada Lund": "Person"},
            {"Ada Lund": "Product"},
        ),
        (
            "Centre/PROPN/nmod:desc/2 Ada/PROPN/nsubj/4 Lund/PROPN/flat/2 scored=score/VERB/root/0",
            {"Centre": "Organization", "Ada Lund": "Person"},
            {"Ada Lund": "Person"},
        ),
        (
            "Norwegian/ADJ/amod/2 Ada/PROPN/nsubj/4 Lund/PROPN/flat/2 scored=score/VERB/root/0",
            {"Norwegian": "Country", "Ada Lund": "Person"},
            {"Norwegian": "Country", "Ada Lund": "Person"},
        ),
        ("Storm/PROPN/compound/2 Ada/PROPN/nsubj/3 came=come/VERB/root/0", {"Ada": "Person"}, {"Ada": "Event"}),
    ],
)
def test_types(parse: str, ents: dict[str, str], expected: dict[str, str]) -> None:
    assert types(doc(parse, ents=ents)) == expected


def settled_of(parse: str, found: list[tuple[str, str]]) -> list[str]:
    """Types of names of one word, in the order of the text."""
    made = doc(parse, ents={})
    left = list(found)
    names = {}
    for token in made:
        if left and token.text == left[0][0]:
            names[token.i, token.i + 1] = left.pop(0)[1]
    return list(settled(names, Syntax.of(made)).values())


def test_a_team_has_its_towns_name_wherever_nothing_is_in_it() -> None:
    parse = (
        "Graz/PROPN/nsubj/2 beat/VERB/root/0 Linz/PROPN/obj/2 ././PUNCT/punct/2 "
        "Graz/PROPN/nsubj/6 slept=sleep/VERB/root/0 in/ADP/case/8 Graz/PROPN/obl/6"
    ).replace("././PUNCT", "./PUNCT")
    found = settled_of(parse, [("Graz", "Place"), ("Linz", "Place"), ("Graz", "Place"), ("Graz", "Place")])
    assert found == ["Organization", "Organization", "Organization", "Place"]


def test_what_is_a_place_elsewhere_is_no_person_unless_somebody_bears_the_name() -> None:
    parse = "Graz/PROPN/nsubj/2 voted=vote/VERB/root/0 in/ADP/case/4 Graz/PROPN/obl/2"
    assert settled_of(parse, [("Graz", "Person"), ("Graz", "Place")]) == ["Place", "Place"]
    made = doc(
        "Ada/PROPN/nsubj/3 Graz/PROPN/flat/1 left=leave/VERB/root/0 Graz/PROPN/obj/3 Graz/PROPN/nsubj/6"
        " slept=sleep/VERB/conj/3",
        ents={"Ada Graz": "Person"},
    )
    names = {(0, 2): "Person", (3, 4): "Place", (4, 5): "Person"}
    assert list(settled(names, Syntax.of(made)).values()) == ["Person", "Place", "Person"]
