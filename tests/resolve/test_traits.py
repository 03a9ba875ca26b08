"""What articles tell beside names: by the words around them, by their statements, by what coreference got wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from records_factory import reading, said

from kg.gazetteer import load_gazetteer
from kg.occupations import load_fields
from kg.records import ArticleRecord
from kg.resolve.aliases import said_to_be_one
from kg.resolve.chain import Chain
from kg.resolve.chains import chains_of
from kg.resolve.places import load_places
from kg.resolve.profile import THING
from kg.resolve.register import Register


def chain(record: ArticleRecord, name: str = "c1") -> Chain:
    return next(it for it in chains_of(record, load_gazetteer(), Register()) if it.chain == name)


@pytest.mark.parametrize(
    ("text", "field", "home", "gender"),
    [
        ("[[Ada Lund|c1:Person]], [[the Norwegian finance minister|c1]], spoke.", "politics", "NO", ""),
        ("Striker [[Ada Lund|c1:Person]] scored.", "sport", "", ""),
        ("Norwegian singer [[Ada Lund|c1:Person]] sang.", "arts", "NO", ""),
        ("[[Ada Lund|c1:Person]], [[the South Korean trade minister|c1]], left.", "politics", "KR", ""),
        ("[[Ada Lund|c1:Person]], [[a senator from Ohio|c1]], left.", "politics", "US", ""),
        ("[[Ada Lund|c1:Person]], [[the lawyer of the singer|c1]], left.", "law", "", ""),
        ("[[Ada Lund|c1:Person]] said [[she|c1]] knew [[her|c1]] rights.", "", "", "f"),
        ("[[Ada Lund|c1:Person]] said [[she|c1]] left.", "", "", ""),  # once is no proof
        ("King [[Olav Lund|c1:Person]] left.", "royalty", "", "m"),
        ("Centre [[Ada Lund|c1:Person]] scored.", "sport", "", ""),
        ("Point guard [[Ada Lund|c1:Person]] scored.", "sport", "", ""),
        ("The left-back [[Ada Lund|c1:Person]] scored.", "sport", "", ""),
        ("General-bojnik [[Ada Lund|c1:Person]] saluted.", "force", "", ""),
        ("Oberleutnant [[Ada Lund|c1:Person]] saluted.", "force", "", ""),
        ("[[Ada Lund|c1:Person]], their fly-half, fell.", "sport", "", ""),
        ("[[Ada Lund|c1:Person]], the sitar player, played.", "arts", "", ""),
        ("At the centre [[Ada Lund|c1:Person]], a judge of the back courts, spoke.", "law", "", ""),
        ("A minister told [[Ada Lund|c1:Person]] nothing.", "", "", ""),
        ("[[Ada Lund|c1:Person]], [[a member of parliament|c1]], left.", "politics", "", ""),
        ("[[Ada Lund|c1:Person]], [[a member of the choir|c1]], left.", "", "", ""),
    ],
)
def test_persons(text: str, field: str, home: str, gender: str) -> None:
    profile = chain(reading(text)).profile
    assert (set(profile.fields), set(profile.homes), profile.gender) == (
        {field} - {""},
        {home} - {""},
        gender,
    )


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("[[Ada Lund|c1:Person]], 34, won.", (1989, 1990)),
        ("[[Ada Lund|c1:Person]] (34) won.", (1989, 1990)),
        ("[[Ada Lund|c1:Person]], aged 34, won.", (1989, 1990)),
        ("[[Ada Lund|c1:Person]] won. Then [[the 34-year-old|c1]] slept.", (1989, 1990)),
        ("[[Ada Lund|c1:Person]] died at the age of 34.", (1989, 1990)),
        ("[[Ada Lund|c1:Person]] won 34 times.", None),
        ("[[Ada Lund|c1:Person]], 34, met [[the 50-year-old|c1]].", None),  # of two ages neither
    ],
)
def test_ages(text: str, born: tuple[int, int] | None) -> None:
    assert chain(reading(text, date=dt.date(2024, 3, 5))).profile.born == born


@pytest.mark.parametrize(
    ("text", "home", "region"),
    [
        ("A storm hit [[Springfield|c1:Place]], Illinois.", "US", "IL"),
        ("A storm hit [[Springfield|c1:Place]], Ohio, and more.", "US", "OH"),
        ("A storm hit [[Marlow|c1:Place]] in Peru.", "PE", ""),
        ("In [[Marlow|c1:Place]], Peru said no.", "", ""),
        ("[[California|c1:Place]], Texas and Ohio voted.", "", ""),
        ("[[Paris|c1:Place]] slept.", "FR", ""),  # sure by its size
    ],
)
def test_places(text: str, home: str, region: str) -> None:
    profile = chain(reading(text)).profile
    assert (set(profile.homes) - {"US"} | ({"US"} if region else set()), set(profile.regions) - {"CA"}) == (
        {home} - {""},
        {region} - {""},
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Supreme Court of Peru", ("Organization", "@PE", "court", "supreme")),
        ("Peruvian Supreme Court", ("Organization", "@PE", "court", "supreme")),
        ("Ministry of Foreign Affairs of Peru", ("Organization", "@PE", "foreign", "ministry")),
        ("Peruvian Foreign Ministry", ("Organization", "@PE", "foreign", "ministry")),
        ("Bank of Peru", ("Organization", "bank", "of", "peru")),
        ("Nordic Seed Bank", ("Organization", "nordic", "seed", "bank")),
    ],
)
def test_institutions(name: str, key: tuple[str, ...]) -> None:
    assert chain(reading(f"The [[{name}|c1:Organization]] met.")).key == key


def test_an_institution_is_of_the_country_before_it() -> None:
    assert chain(reading("Peru's [[Supreme Court|c1:Organization]] met.")).key[1] == "@PE"
    assert chain(reading("The [[Supreme Court|c1:Organization]] met.")).own


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("[[Nordic Seed Bank|a:Organization]] ([[NSB|b:Organization]]) met.", True),
        ("[[NSB|a:Organization]] (the [[Nordic Seed Bank|b:Organization]]) met.", True),
        ("[[Lark|a:Organization]], formerly [[Finch|b:Organization]], met.", True),
        ("[[Lark|a:Organization]], formerly known as [[Finch|b:Organization]], met.", True),
        ("[[Finch|a:Organization]] has changed its name to [[Lark|b:Organization]].", True),
        ("[[Finch|a:Organization]] renamed itself [[Lark|b:Organization]].", True),
        ("It changed its name from [[Finch|a:Organization]] to [[Lark|b:Organization]].", True),
        ("[[Ada Lund|a:Person]], also known as [[Madame Zero|b:Person]], sang.", True),
        ("[[Lark|a:Organization]] and [[Finch|b:Organization]] met.", False),
        ("[[Lark|a:Organization]] or [[Finch|b:Organization]] will win.", False),
        ("[[Lark|a:Organization]] ([[Finch|b:Organization]]) met.", False),
        ("They moved from [[Lark|a:Place]] to [[Finch|b:Place]].", False),
    ],
)
def test_names_that_an_article_says_are_one(text: str, one: bool) -> None:
    record = reading(text)
    assert bool(list(said_to_be_one(record.mentions, record.article.text))) is one


def test_a_chain_of_two_persons_is_parted() -> None:
    record = reading(
        "[[George H. Lund|c1:Person]] wrote. [[He|c1]] thanked [[George W. Lund|c1]], [[the mayor|c1]].\n"
        "[[Lund|c1]] was proud.",
        said("c1", "leads", "c1", "mayor"),
    )
    chains = chains_of(record, load_gazetteer(), Register())
    assert [[m.text for m in it.mentions] for it in chains] == [
        ["George H. Lund", "He"],
        ["George W. Lund", "the mayor", "Lund"],
    ]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("[[Bo Ray|c1:Person]], 81, met his son [[Bo Ray Jr.|c1]] and left.", 2),
        ("[[Bo Ray Jr.|c1:Person]] left. [[Bo Ray|c1]] slept.", 1),
    ],
)
def test_a_son_introduced_as_one_is_not_his_father(text: str, persons: int) -> None:
    assert len(chains_of(reading(text), load_gazetteer(), Register())) == persons


def test_a_phrase_is_described_by_its_head() -> None:
    found = chain(reading("[[Ada Lund|c1:Person]], [[the secretary of the union|c1]], left.")).profile
    assert found.descriptions == {"secretary"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The ferry [[Ada Lund|c1:Product]] sank.", "Product"),
        ("[[Ada Lund|c1:Product]], [[a ferry|c1]], sank.", "Product"),
        ("They saw the [[Ada Lund|c1:Product]] sink.", THING),
        ("They saw [[Ada Lund|c1:Person]] sink.", ""),
        ("They saw the [[Senate|c1:Organization]] meet.", ""),
    ],
)
def test_a_noun_or_the_tells_what_sort_of_thing_it_is(text: str, told: str) -> None:
    assert chain(reading(text)).profile.told == told


def test_a_name_with_a_patronymic_is_of_the_person_before_it() -> None:
    record = reading("[[Igor Lundin|c1:Person]] left. [[Igor Pavlovich|c1]] slept.")
    assert [sorted(it.names) for it in chains_of(record, load_gazetteer(), Register())] == [
        ["Igor Lundin", "Igor Pavlovich"]
    ]


def test_what_is_named_beside_is_known_by_its_former_name_too() -> None:
    record = reading("[[Lark Bank|c1:Organization]], formerly [[Finch Trust|c1]], sued [[Ada Lund|c2:Person]].")
    assert chain(record, "c2").profile.companions == {
        ("Organization", "lark", "bank"),
        ("Organization", "finch", "trust"),
    }


def test_a_king_and_a_prince_of_one_name_are_two() -> None:
    record = reading("King [[Olav|c1:Person]] came. Prince [[Olav|c1]] slept. [[He|c1]] snored.")
    assert [it.key[1:] for it in chains_of(record, load_gazetteer(), Register())] == [
        ("king", "olav"),
        ("prince", "olav"),
    ]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("[[Ada Lund|c1:Person]] fell. [[The Norwegian skier|c2:Person]] is ill.", {"sport"}),
        ("[[Ada Lund|c1:Person]] fell. [[The Norwegian skier|c2:Person]] met [[Bo Ray|c3:Person]].", {"sport"}),
        ("[[Ada Lund|c1:Person]] met [[Bo Ray|c3:Person]]. [[The Norwegian skier|c2:Person]] is ill.", set()),
        ("[[Ada Lund|c1:Person]] fell, and [[the Norwegian skier|c2:Person]] is ill.", set()),
        ("[[Ada Lund|c1:Person]] fell.\n[[The Norwegian skier|c2:Person]] is ill.", set()),
        ("[[Ada Lund|c1:Person]] fell. [[The club's skier|c2:Person]] is ill.", set()),
    ],
)
def test_a_phrase_that_begins_a_sentence_is_of_the_only_person_named_before(text: str, fields: set[str]) -> None:
    assert chain(reading(text)).profile.fields == fields


def test_letters_that_everybody_knows_need_no_explanation() -> None:
    assert chain(reading("The [[World Food Programme|c1:Organization]] met.")).profile.given == {("wfp",)}
    assert chain(reading("The [[Nordic Seed Bank|c1:Organization]] met.")).profile.given == frozenset()


def test_fields_and_places_are_consistent() -> None:
    fields = load_fields()
    assert {field for pair in fields.near for field in pair} <= set(fields.by_word.values())
    assert not fields.by_word.keys() & fields.by_title.keys()
    places = load_places()
    assert len(places.by_words) > 5000
    paris = places.named(("paris",))
    assert paris and paris.link == "https://sws.geonames.org/2988507/"
    assert places.named(("springfield",)) is None
    kyiv, kiev = places.named(("kyiv",)), places.named(("kiev",))
    assert kyiv == kiev is not None


@pytest.mark.parametrize(
    ("words", "names"),
    [("Lies Van Den Berg", {"Lies Van Den Berg": 1}), ("Her Majesty", {}), ("Prime Minister", {}), ("A Pole", {})],
)
def test_a_persons_name_taken_for_a_phrase_is_a_name(words: str, names: dict[str, int]) -> None:
    record = reading(f"[[{words}|c1:Person]] slept.")
    phrase = replace(record, mentions=tuple(replace(m, kind="nominal") for m in record.mentions))
    assert chain(phrase).names == names


def test_a_partys_name_may_begin_with_its_country() -> None:
    one = chain(reading("The [[Irish Green Party|c1:Organization]] won.")).profile
    other = chain(reading("The [[Green Party|c1:Organization]] won in [[Ireland|c2:Country]].")).profile
    assert (one.forms, one.homes) == (other.forms, other.homes) == ((("green", "party"),), {"IE"})
    behind = chain(reading("The [[Green Party of Ireland|c1:Organization]] won.")).profile
    assert (behind.forms, behind.homes) == (one.forms, one.homes)
