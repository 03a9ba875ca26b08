"""What is a mention, where it begins and ends, and of what type, on sentences parsed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from factory import doc
from spacy.tokens import Doc, Span

from kg.gazetteer import load_gazetteer, load_nouns
from kg.language.mentions import MentionFinder, mention_kind, mentions


def found(made: Doc) -> dict[str, str]:
    """The mentions of a parsed document, ``text: type``."""
    MentionFinder(nouns=load_nouns(), gazetteer=load_gazetteer())(made)
    return {span.text: span.label_ for span in made.spans["mentions"]}


def test_names_lose_article_possessive_and_title() -> None:
    made = doc(
        "The/DET/det/2 Baltic/PROPN/nmod/0 Council/PROPN/flat/2 's/PART/case/2",
        ents={"The Baltic Council 's": "Organization"},
    )
    assert found(made) == {"Baltic Council": "Organization"}
    made = doc(
        "President/PROPN/nmod:desc/2 Ada/PROPN/nsubj/4 Lund/PROPN/flat/2 spoke=speak/VERB/root/0",
        ents={"President Ada Lund": "Person"},
    )
    assert found(made) == {"Ada Lund": "Person"}
    made = doc(
        "Hurdler/PROPN/nsubj/4 Ada/PROPN/flat/1 Lund/PROPN/flat/1 fell=fall/VERB/root/0",
        ents={"Hurdler Ada Lund": "Person"},
    )
    assert found(made) == {"Ada Lund": "Person"}


def test_a_country_stands_in_a_longer_name_by_its_adjective() -> None:
    made = doc(
        "The/DET/det/4 French/ADJ/amod/4 Space/PROPN/compound/4 Agency/PROPN/nsubj/5 agreed=agree/VERB/root/0",
        ents={"French Space Agency": "Organization"},
    )
    assert found(made) == {"French Space Agency": "Organization", "French": "Country"}


def test_no_country_in_the_name_of_a_person_or_a_city() -> None:
    made = doc(
        "Jordan/PROPN/nsubj/3 Blake/PROPN/flat/1 left=leave/VERB/root/0 Mexico/PROPN/compound/5 City/PROPN/obj/3",
        ents={"Jordan Blake": "Person", "Mexico City": "Place"},
    )
    assert found(made) == {"Jordan Blake": "Person", "Mexico City": "Place"}


def test_an_adjective_of_nationality_outside_names_means_its_country() -> None:
    made = doc(
        "Norwegian/ADJ/amod/3 foreign/ADJ/amod/3 minister/NOUN/nmod:desc/4 Tor/PROPN/nsubj/6 Dahl/PROPN/flat/4"
        " resigned=resign/VERB/root/0",
        ents={"Tor Dahl": "Person"},
    )
    assert found(made) == {"Norwegian": "Country", "Tor Dahl": "Person"}


@pytest.mark.parametrize(
    ("label", "expected"), [("Organization", "Country"), ("Place", "Country"), ("Country", "Country")]
)
def test_the_gazetteer_knows_countries_better_than_the_model(label: str, expected: str) -> None:
    made = doc("New/PROPN/nsubj/3 Zealand/PROPN/flat/1 won=win/VERB/root/0", ents={"New Zealand": label})
    assert found(made) == {"New Zealand": expected}


def test_pieces_of_a_countrys_name_are_put_together() -> None:
    made = doc(
        "Burkina/PROPN/nsubj/3 Faso/PROPN/flat/1 voted=vote/VERB/root/0",
        ents={"Burkina": "Place", "Faso": "Organization"},
    )
    assert found(made) == {"Burkina Faso": "Country"}


def test_what_the_gazetteer_does_not_know_is_no_country() -> None:
    made = doc("Utopia/PROPN/nsubj/2 fell=fall/VERB/root/0", ents={"Utopia": "Country"})
    assert "Country" not in found(made).values()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (  # up to a relative clause
            "The/DET/det/2 driver/NOUN/nsubj/7 of/ADP/case/5 the/DET/det/5 bus/NOUN/nmod/2 ,/PUNCT/punct/2"
            " fled=flee/VERB/root/0",
            {"The driver of the bus": "Person", "the bus": "Product"},
        ),
        (
            "A/DET/det/2 judge/NOUN/nsubj/6 who/PRON/nsubj/4 knew=know/VERB/acl:relcl/2 him/PRON/obj/4"
            " refused=refuse/VERB/root/0",
            {"A judge": "Person", "him": "Person"},
        ),
        (  # no coordination
            "Two/NUM/nummod/2 miners=miner/NOUN/nsubj/6 and/CCONJ/cc/5 a/DET/det/5 nurse/NOUN/conj/2"
            " escaped=escape/VERB/root/0",
            {"Two miners": "Group", "a nurse": "Person"},
        ),
        (  # neither copula nor subject
            "She/PRON/nsubj/5 is=be/AUX/cop/5 not/PART/advmod/5 a/DET/det/5 candidate/NOUN/root/0",
            {"She": "Person", "a candidate": "Person"},
        ),
        (
            "their/PRON/nmod:poss/2 companies=company/NOUN/nsubj/3 merged=merge/VERB/root/0",
            {"their companies": "Group", "their": "Group"},
        ),
        ("the/DET/det/2 wounded/ADJ/nsubj/3 left=leave/VERB/root/0", {"the wounded": "Group"}),
        ("Several/ADJ/nsubj:pass/3 were=be/AUX/aux:pass/3 killed=kill/VERB/root/0", {"Several": "Group"}),
        ("It/PRON/expl/2 rained=rain/VERB/root/0", {}),
        ("a/DET/det/2 thought/NOUN/nsubj/3 occurred=occur/VERB/root/0", {}),
    ],
)
def test_phrases(sentence: str, expected: dict[str, str]) -> None:
    assert found(doc(sentence)) == expected


def test_a_title_is_no_mention() -> None:
    made = doc(
        "Mayor/PROPN/nmod:desc/2 Ines/PROPN/nsubj/4 Roca/PROPN/flat/2 spoke=speak/VERB/root/0",
        ents={"Ines Roca": "Person"},
    )
    assert found(made) == {"Ines Roca": "Person"}


def test_an_adjective_inside_a_name_is_no_name() -> None:
    made = doc(
        "Upper/ADJ/amod/2 Valley/PROPN/nsubj/3 flooded=flood/VERB/root/0",
        ents={"Upper Valley": "Place"},
    )
    made.spans["names"] = [Span(made, 0, 2, label="Place"), Span(made, 0, 1, label="Country")]
    assert found(made) == {"Upper Valley": "Place"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (  # a state that somebody is in
            "Sailors=sailor/NOUN/root/0 held=hold/VERB/acl/1 hostage/NOUN/obj/2 in/ADP/case/5 harbours/NOUN/nmod/3",
            {"Sailors held hostage in harbours"},
        ),
        ("They/PRON/nsubj/2 freed=free/VERB/root/0 a/DET/det/4 hostage/NOUN/obj/2", {"They", "a hostage"}),
        ("They/PRON/nsubj/2 held=hold/VERB/root/0 a/DET/det/4 hostage/NOUN/obj/2", {"They", "a hostage"}),
        (  # an office
            "She/PRON/nsubj/2 resigned=resign/VERB/root/0 as/ADP/case/4 mayor/NOUN/obl/2 and/CCONJ/cc/6"
            " judge/NOUN/conj/4",
            {"She"},
        ),
        ("She/PRON/nsubj:pass/3 was/AUX/aux:pass/3 elected=elect/VERB/root/0 mayor/NOUN/xcomp/3", {"She"}),
        ("They/PRON/nsubj/2 made=make/VERB/root/0 her/PRON/obj/2 mayor/NOUN/obj/2", {"They", "her"}),
        ("They/PRON/nsubj/2 saw=see/VERB/root/0 her/PRON/nmod:poss/4 mayor/NOUN/obj/2", {"They", "her mayor", "her"}),
        (  # part of a title
            "the/DET/det/2 secretary/NOUN/nsubj/5 of/ADP/case/4 State/PROPN/nmod/2 left=leave/VERB/root/0",
            {"the secretary of State"},
        ),
        ("They/PRON/nsubj/2 want/VERB/root/0 justice/NOUN/obj/2", {"They"}),
        ("The/DET/det/2 justice/NOUN/nsubj/3 ruled=rule/VERB/root/0", {"The justice"}),
    ],
)
def test_a_bare_noun_that_says_what_somebody_is(sentence: str, expected: set[str]) -> None:
    assert set(found(doc(sentence))) == expected


def test_the_title_that_the_model_takes_for_a_name() -> None:
    made = doc(
        "Ada/PROPN/nsubj/2 served=serve/VERB/root/0 as/ADP/case/4 Mayor=mayor/PROPN/obl/2",
        ents={"Ada": "Person", "Mayor": "Person"},
    )
    assert found(made) == {"Ada": "Person"}


def test_the_phrases_of_the_model_are_taken_and_never_cross_a_name() -> None:
    made = doc(
        "The/DET/det/2 summit/NOUN/nsubj/6 in/ADP/case/4 Port/PROPN/nmod/2 Louis/PROPN/flat/4 ended=end/VERB/root/0",
        ents={"Port Louis": "Place"},
    )
    made.spans["nominals"] = [Span(made, 0, 4, label="Event")]
    assert found(made) == {"Port Louis": "Place"}
    made.spans["nominals"] = [Span(made, 0, 5, label="Event")]
    assert found(made) == {"The summit in Port Louis": "Event", "Port Louis": "Place"}


def test_a_users_noun_types_a_phrase(tmp_path: Path) -> None:
    path = tmp_path / "ships.ttl"
    path.write_text(
        """@prefix : <https://example.org/ships#> . @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
        @prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
        :tug a ontolex:Word ; lexinfo:partOfSpeech lexinfo:noun ; ontolex:denotes :Boat ;
            ontolex:canonicalForm [ ontolex:writtenRep "tug"@en ] ."""
    )
    made = doc("The/DET/det/2 tug/NOUN/nsubj/3 sank=sink/VERB/root/0")
    MentionFinder(nouns=load_nouns(path), gazetteer=load_gazetteer())(made)
    assert [(span.text, span.label_) for span in made.spans["mentions"]] == [("The tug", "Boat")]
    assert found(doc("The/DET/det/2 tug/NOUN/nsubj/3 sank=sink/VERB/root/0")) == {}


def test_spans_nest_and_come_outer_first() -> None:
    made = doc(
        "the/DET/det/2 mayor/NOUN/nsubj/5 of/ADP/case/4 Riga/PROPN/nmod/2 left=leave/VERB/root/0",
        ents={"Riga": "Place"},
    )
    found(made)
    assert [span.text for span in made.spans["mentions"]] == ["the mayor of Riga", "Riga"]


def test_records_tell_kind_and_place() -> None:
    made = doc(
        "Her/PRON/nmod:poss/2 father/NOUN/nsubj/3 met=meet/VERB/root/0 Riga/PROPN/compound/5 Zoo/PROPN/obj/3",
        ents={"Riga Zoo": "Organization"},
    )
    found(made)
    assert [(m.text, m.kind, m.article) for m in mentions(made, "a1")] == [
        ("Her father", "nominal", "a1"),
        ("Her", "pronoun", "a1"),
        ("Riga Zoo", "name", "a1"),
    ]
    assert all(made.text[m.start : m.end] == m.text for m in mentions(made, "a1"))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("US/PROPN/root/0", "name"), ("us/PRON/root/0", "pronoun"), ("officials=official/NOUN/root/0", "nominal")],
)
def test_kinds(sentence: str, expected: str) -> None:
    assert mention_kind(doc(sentence)[:]) == expected
