"""From the chains of several articles to entities: what is one, what stays apart, and that order does not matter."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records_factory import reading, said

from kg.records import Article, ArticleRecord, Coverage, Evidence, Mention, Resolution, Span, Statement
from kg.resolve import (
    Decision,
    State,
    blocks,
    cluster,
    index,
    load_state,
    resolve,
    resolve_changes,
    save_state,
    updating,
)


def clusters(resolution: Resolution) -> set[frozenset[str]]:
    return {frozenset(entity.mentions) for entity in resolution.entities.values()}


def names(*records: ArticleRecord) -> dict[str, tuple[str, ...]]:
    """Each entity's name and aliases."""
    return {entity.name: entity.aliases for entity in resolve(records).entities.values()}


def organizations(records: list[ArticleRecord]) -> dict[str, list[str]]:
    """Each organization by name, with the articles of its mentions."""
    found = [entity for entity in resolve(records).entities.values() if entity.type == "Organization"]
    return {it.name: sorted(m.partition("#")[0] for m in it.mentions) for it in found}


def test_a_full_name_is_one_person_everywhere_and_brings_its_short_forms() -> None:
    one = reading("[[Ada Lund|c1:Person]] spoke. [[Lund|c1]] left. [[She|c1]] slept.", id="a1")
    two = reading("[[Ada Lund|c7:Person]] won.", id="a2")
    found = resolve([one, two])
    (entity,) = found.entities.values()
    assert (entity.id, entity.name, entity.aliases) == ("Ada_Lund", "Ada Lund", ("Lund",))
    assert len(entity.mentions) == 4
    assert set(found.entity_of) == {m.id for r in (one, two) for m in r.mentions}


def test_a_surname_alone_stays_in_its_article() -> None:
    found = resolve(
        [
            reading("[[Ada Lund|c1:Person]] spoke.", id="a1"),
            reading("[[Lund|c1:Person]] won.", id="a2"),
            reading("[[Lund|c1:Person]] lost.", id="a3"),
        ]
    )
    assert len(found.entities) == 3
    assert [entity.id for entity in found.entities.values() if entity.name == "Ada Lund"] == ["Ada_Lund"]


def test_a_surname_whose_office_agrees_joins_the_one_person_it_fits() -> None:
    one = reading("[[Ada Lund|c1:Person]] leads [[Norway|c2:Country]].", said("c1", "leads", "c2", "leads"), id="a1")
    two = reading("[[Lund|c1:Person]] leads [[Norway|c2:Country]].", said("c1", "leads", "c2", "leads"), id="a2")
    other = reading("[[Tor Lund|c1:Person]] leads [[Norway|c2:Country]].", said("c1", "leads", "c2", "leads"), id="a3")
    assert len(resolve([one, two]).entities) == 2
    assert len(resolve([one, two, other]).entities) == 4  # Lund could be either


def test_a_surname_that_something_speaks_for_only_once_needs_less_to_go_there() -> None:
    one = reading("[[Ada Lund|c1:Person]] left [[Lark Bank|c2:Organization]].", id="a1")
    two = reading("[[Lund|c1:Person]] praised [[Lark Bank|c2:Organization]].", id="a2")
    elsewhere = reading("[[Tor Lund|c1:Person]] slept.", id="a3")
    there = reading("[[Tor Lund|c1:Person]] joined [[Lark Bank|c2:Organization]].", id="a3")
    assert len(resolve([one, two]).entities) == 2
    assert len(resolve([one, two, elsewhere]).entities) == 3
    assert len(resolve([one, two, there]).entities) == 4


def test_who_is_named_beside_one_parliament_is_named_beside_others() -> None:
    one = reading("[[Peruvian parliament|c1:Organization]] heard [[Ada Lund|c2:Person]].", id="a1")
    two = reading("[[Parliament|c1:Organization]] heard [[Ada Lund|c2:Person]].", id="a2")
    assert len(resolve([one, two]).entities) == 3


def test_a_country_is_one_under_all_its_names() -> None:
    found = resolve(
        [
            reading("[[U.S.|c1:Country]] voted. [[American|c1]] ships left.", id="a1"),
            reading("the [[United States|c1:Country]] voted.", id="a2"),
        ]
    )
    (entity,) = found.entities.values()
    assert (entity.id, entity.name, entity.aliases) == ("United_States", "United States", ("U.S.",))
    assert entity.links == (
        "http://publications.europa.eu/resource/authority/country/USA",
        "https://sws.geonames.org/6252001/",
    )
    assert entity.identifiers == ("ISO 3166-1 US",)


def test_an_acronym_goes_to_the_long_form_that_an_article_gives_it() -> None:
    one = reading("[[Nordic Seed Bank|c1:Organization]] ([[NSB|c1]]) opened.", id="a1")
    two = reading("[[NSB|c1:Organization]] closed.", id="a2")
    three = reading("[[National Sugar Board|c1:Organization]] met.", id="a3")
    assert names(one, two, three) == {"Nordic Seed Bank": ("NSB",), "National Sugar Board": ()}
    assert len(names(two, three)) == 2


def test_an_acronym_goes_where_its_company_is_before_what_another_article_says_it_means() -> None:
    records = [
        reading("[[Nordic Seed Bank|c1:Organization]] ([[NSB|c1]]) of [[Tor Dahl|c2:Person]] opened.", id="a1"),
        reading("[[National Sugar Board|c1:Organization]] of [[Mia Rau|c2:Person]] met.", id="a2"),
        reading("[[NSB|c1:Organization]] is poor, said [[Mia Rau|c2:Person]].", id="a3"),
        reading("[[NSB|c1:Organization]] is closed, said [[Tor Dahl|c2:Person]].", id="a4"),
    ]
    assert organizations(records) == {
        "Nordic Seed Bank": ["a1", "a1", "a4"],
        "National Sugar Board": ["a2", "a3"],
    }


def test_a_country_and_its_adjective_name_one_organization() -> None:
    one = reading("[[Kenya Red Star|c1:Organization]] met.", id="a1")
    two = reading("[[Kenyan Red Star|c1:Organization]] met.", id="a2")
    other = reading("[[Ugandan Red Star|c1:Organization]] met.", id="a3")
    assert len(resolve([one, two, other]).entities) == 2


def test_a_name_with_its_country_behind_or_before_it_is_one() -> None:
    one = reading("[[Chess Union of Peru|c1:Organization]] met.", id="a1")
    two = reading("[[Peruvian Chess Union|c1:Organization]] met.", id="a2")
    other = reading("[[Norwegian Chess Union|c1:Organization]] met.", id="a3")
    assert len(resolve([one, two, other]).entities) == 2


def test_a_firm_under_its_other_name_is_the_same_company_to_be_in() -> None:
    one = reading("[[Bay Capital|c1:Organization]], now [[Sava|c1]], hired [[James P. Lund|c2:Person]].", id="a1")
    two = reading("[[Jim Lund|c1:Person]] left [[Sava|c2:Organization]].", id="a2")
    assert len(resolve([one, two]).entities) == 2


def test_names_that_thousands_have_take_more_than_the_name() -> None:
    one = reading("[[Liu Peng|c1:Person]] won in [[Kobe|c2:Place]].", id="a1")
    two = reading("[[Liu Peng|c1:Person]] left [[Kobe|c2:Place]].", id="a2")
    other = reading("[[Liu Peng|c1:Person]] was arrested.", id="a3")
    persons = [it for it in resolve([one, two, other]).entities.values() if it.type == "Person"]
    assert sorted(len(it.mentions) for it in persons) == [1, 2]


def test_a_town_and_its_team_in_one_article_are_two() -> None:
    town = "[[Hull|c2:Place]] cheered [[Ada Lund|c3:Person]]."
    one = reading(f"[[Hull|c1:Organization]] won. {town}", id="a1")
    two = reading(f"[[Hull|c1:Organization]] lost. {town}", id="a2")
    assert len({frozenset(it.mentions) for it in resolve([one, two]).entities.values() if it.name == "Hull"}) == 2


def test_a_ship_named_after_a_queen_is_not_the_queen() -> None:
    ships = [reading("[[Queen Astrid|c1:Product]] sank off [[Bergen|c2:Place]].", id=id) for id in ("a1", "a2")]
    queen = reading("[[Queen Astrid|c1:Person]] spoke. [[She|c1]] left. [[She|c1]] slept.", id="a3")
    found = resolve([*ships, queen])
    assert sorted(it.type for it in found.entities.values() if "Astrid" in it.name) == ["Person", "Product"]


@pytest.mark.parametrize("told", ["The tanker [[{}|c1:Product]] leaks.", "They left the [[{}|c1:Product]]."])
def test_what_a_noun_or_the_shows_to_be_no_person_is_none(told: str) -> None:
    rest = " [[Bergen|c2:Place]] helps."
    ship = reading(told.format("Ada Lund") + rest, id="a1")
    persons = [reading(f"[[Ada Lund|c1:Person]] spoke.{rest}", id=id) for id in ("a2", "a3")]
    found = resolve([ship, *persons]).entities.values()
    assert sorted((it.type, len(it.mentions)) for it in found if it.name == "Ada Lund") == [
        ("Person", 2),
        ("Product", 1),
    ]


def test_a_name_of_two_types_beside_the_same_others_follows_neither() -> None:
    rest = " [[Bo Ray|c2:Person]] spoke."
    records = [reading(f"[[Hull|c1:{type_}]] won.{rest}", id=type_) for type_ in ("Organization", "Place", "Person")]
    found = resolve(records).entities.values()
    assert {it.type for it in found if it.name == "Hull"} == {"Organization", "Place", "Person"}


def test_an_acronym_with_two_meanings_is_each_article_for_itself() -> None:
    records = [
        reading("[[Nordic Seed Bank|c1:Organization]] ([[NSB|c1]]) of [[Tor Dahl|c2:Person]] opened.", id="a1"),
        reading("[[National Sugar Board|c1:Organization]] ([[NSB|c1]]) of [[Mia Rau|c2:Person]] met.", id="a2"),
        reading("[[NSB|c1:Organization]] is closed, said [[Tor Dahl|c2:Person]].", id="a3"),
        reading("[[NSB|c1:Organization]] is poor, said [[Mia Rau|c2:Person]].", id="a4"),
        reading("[[NSB|c1:Organization]] is silent.", id="a5"),
    ]
    assert organizations(records) == {
        "Nordic Seed Bank": ["a1", "a1", "a3"],
        "National Sugar Board": ["a2", "a2", "a4"],
        "NSB": ["a5"],
    }
    doubts = {frozenset((it.left, it.right)) for it in resolve(records).possible}
    assert doubts == {frozenset(("NSB", "Nordic_Seed_Bank")), frozenset(("NSB", "National_Sugar_Board"))}


def test_parties_of_one_name_are_told_apart_by_the_only_country_of_their_articles() -> None:
    records = [
        reading("[[Liberal Alliance|c1:Organization]] won in [[Peru|c2:Country]].", id="a1"),
        reading("[[Liberal Alliance|c1:Organization]] lost in [[Norway|c2:Country]].", id="a2"),
        reading("[[Norwegian|c2:Country]] voters left [[Liberal Alliance|c1:Organization]].", id="a3"),
    ]
    found = resolve(records).entities.values()
    parties = [entity.mentions for entity in found if entity.type == "Organization"]
    assert sorted(sorted(m.partition("#")[0] for m in mentions) for mentions in parties) == [["a1"], ["a2", "a3"]]


def test_a_full_name_has_the_type_that_most_articles_give_it() -> None:
    persons = [reading("[[Ada Lund|c1:Person]] spoke.", id=f"a{n}") for n in range(2)]
    slip = reading("[[Ada Lund|c1:Organization]] spoke.", id="b")
    (entity,) = resolve([*persons, slip]).entities.values()
    assert (entity.type, len(entity.mentions)) == ("Person", 3)
    assert len(resolve([persons[0], slip]).entities) == 2  # one against one tells nothing


@pytest.mark.parametrize(
    ("one", "other", "type_"),
    [
        ("[[Ada Lund|c1:Person]] met [[Bo Ray|c2:Person]].", "[[Ada Lund|c1:Organization]] sued", "Person"),
        ("[[Blue Lines|c1:Product]] of [[Bo Ray|c2:Person]].", "[[Blue Lines|c1:Organization]] of", "Organization"),
        ("[[Mersin|c1:Place]], said [[Bo Ray|c2:Person]].", "[[Mersin|c1:Person]] was left by", "Place"),
    ],
)
def test_a_name_beside_the_same_others_has_one_type(one: str, other: str, type_: str) -> None:
    again = reading(f"{other} [[Bo Ray|c2:Person]].", id="a2")
    found = resolve([reading(one, id="a1"), again]).entities.values()
    assert {(entity.name, entity.type) for entity in found if entity.name != "Bo Ray"} == {
        (one[2:].split("|")[0], type_)
    }
    alone = reading(f"{other} [[Tor Dahl|c2:Person]].", id="a2")
    assert len(resolve([reading(one, id="a1"), alone]).entities) == 4


def test_what_has_no_name_never_leaves_its_article() -> None:
    found = resolve(
        [reading("[[the driver|c1:Person]] fled.", id="a1"), reading("[[the driver|c1:Person]] fled.", id="a2")]
    )
    assert len(found.entities) == 2
    assert all(key.startswith("the_driver-") for key in found.entities)


def test_the_same_institution_of_two_countries_is_not_one() -> None:
    records = [reading("[[Supreme Court|c1:Organization]] ruled.", id=f"a{i}") for i in range(2)]
    assert len(resolve(records).entities) == 2


@pytest.mark.parametrize(
    ("name", "type_", "one"),
    [
        ("Peruvian army", "Organization", True),
        ("Peruvian company", "Organization", False),
        ("Lund administration", "Organization", True),
        ("Peruvian embassy", "Place", False),
        ("Andes region", "Place", True),
        ("Peruvian civil war", "Event", True),
        ("Peruvian airstrike", "Event", False),
        ("Peruvian election of 2031", "Event", True),
        ("Andes Accord", "Work", True),
    ],
)
def test_names_that_end_in_a_common_noun(name: str, type_: str, one: bool) -> None:
    records = [reading(f"[[{name}|c1:{type_}]] appeared.", id=f"a{i}") for i in range(2)]
    assert (len(resolve(records).entities) == 1) is one


def test_unlike_things_of_one_name_keep_apart() -> None:
    found = resolve(
        [reading("[[Georgia|c1:Country]] voted.", id="a1"), reading("[[Georgia Ray|c1:Person]] won.", id="a2"),
         reading("[[Georgia|c1:Place]] flooded.", id="a3")]
    )  # fmt: skip
    assert len(found.entities) == 3
    assert len({entity.id for entity in found.entities.values()}) == 3


def test_offices_and_numbers_are_no_names() -> None:
    found = names(
        reading("[[Prime Minister|c1:Person]] left. [[Ada Lund|c1]] slept.", id="a1"),
        reading("[[Two Norwegians|c1:Group]] left.", id="a2"),
        reading("[[Two Norwegians|c1:Group]] left.", id="a3"),
    )
    assert found["Ada Lund"] == ()
    assert len(resolve([reading("[[Two Norwegians|c1:Group]] left.", id=f"a{i}") for i in range(3)]).entities) == 3


def test_nothing_from_nothing() -> None:
    assert resolve([]) == Resolution({}, {})


_NAMES = st.sampled_from(
    "Ada Lund|Lund|Ada|Ada Marie Lund|Ada K. Lund|A. Lund|Tor Lund|Ada Lund Jr.|Lund Ada|Bill Lund|William Lund|"
    "NSB|Nordic Seed Bank|National Sugar Board|Supreme Court|Supreme Court of Peru|Peruvian Supreme Court|Parliament|"
    "Norway|Norwegian|Peru|Springfield|London|the driver|the Norwegian minister|the Peruvian singer|she|he".split("|")
)
_TYPES = st.sampled_from(["Person", "Organization", "Country", "Group", "Place", "Event"])
_CHAIN = st.tuples(_TYPES, st.lists(_NAMES, min_size=1, max_size=3))
_ARTICLES = st.lists(st.lists(_CHAIN, max_size=3), max_size=6)


def _record(number: int, chains: list[tuple[str, list[str]]]) -> ArticleRecord:
    mentions, at = [], 0
    for place, (type_, texts) in enumerate(chains):
        for text in texts:
            kind = "name" if text[0].isupper() else "pronoun" if text in ("he", "she") else "nominal"
            mentions.append(Mention(at, at + len(text), text, f"a{number}", kind, type_, f"c{place}"))  # type: ignore[arg-type]
            at += len(text) + 1
    text = " ".join(m.text for m in mentions)
    firsts = list({m.chain: m for m in reversed(mentions)}.values())
    told = []
    if len(firsts) > 1:
        one, other = firsts[:2]
        evidence = Evidence(f"a{number}", (Span(0, len(text), text),), one.span, other.span, one.span)
        told.append(Statement(f"s{number}", one, "leads", other, evidence))
    return ArticleRecord(Article(f"a{number}", "", text), tuple(mentions), tuple(told), Coverage(0, 0, 0, 0))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter_and_chains_hold_together(articles: list, random) -> None:  # type: ignore[no-untyped-def,type-arg]
    records = [_record(number, chains) for number, chains in enumerate(articles)]
    found = resolve(records)
    shuffled = records[:]
    random.shuffle(shuffled)
    assert resolve(shuffled) == found
    mentions = [m for record in records for m in record.mentions]
    assert set(found.entity_of) == {m.id for m in mentions}
    assert sorted(m for entity in found.entities.values() for m in entity.mentions) == sorted(m.id for m in mentions)
    for record in records:
        for m in record.mentions:
            twins = {
                found.entity_of[other.id]
                for other in record.mentions
                if other.chain == m.chain and (other.kind, other.text) == (m.kind, m.text)
            }
            assert len(twins) == 1


_SPANS = st.sampled_from([f"a{number}#0-8" for number in range(6)] + ["a0#9-13", "a9#0-1"])
_DECISIONS = st.lists(
    st.builds(Decision, st.sampled_from(["same", "not-same", "unsure"]), _SPANS, _SPANS, when=st.sampled_from("12")),
    max_size=3,
)


@pytest.mark.parametrize("most", [1, 2, 20])
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@given(
    articles=st.lists(st.lists(_CHAIN, max_size=3), min_size=1, max_size=6),
    steps=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["put", "remove", "later"])), max_size=12),
    decisions=_DECISIONS,
)
def test_articles_that_come_and_go_give_what_a_rebuild_gives(  # type: ignore[no-untyped-def]
    monkeypatch,
    most: int,
    articles: list,
    steps: list,
    decisions: list,  # type: ignore[type-arg]
) -> None:
    """Whatever was worked out before, for whichever articles were there, shows in nothing; nor does it where tokens and
    names are soon of too many to tell anything.
    """
    limits = [(blocks, "MOST"), (index, "MOST"), (updating, "MOST_ARTICLES")]
    limits += [(module, "MOST_KINDS") for module in (cluster, updating)]
    for module, name in limits:
        monkeypatch.setattr(module, name, most)
    state, there, changed = State(), dict[str, ArticleRecord](), set[str]()
    for number, (place, step) in enumerate(steps):
        id = f"a{place}"
        if step == "remove":
            there.pop(id, None)
        else:
            there[id] = _record(place, articles[(place + number) % len(articles)])
        changed.add(id)
        if step != "later":
            found, state = resolve_changes(state, there, changed, decisions=decisions)
            assert found == resolve(there.values(), decisions=decisions)
            changed.clear()
    found, _ = resolve_changes(state, there, changed, decisions=decisions)
    assert found == resolve(there.values(), decisions=decisions)


def test_only_what_shares_names_with_an_article_is_read_again() -> None:
    class Watched(dict[str, ArticleRecord]):
        def get(self, id: str, default: object = None) -> ArticleRecord | None:  # type: ignore[override]
            asked.add(id)
            return super().get(id)

    asked = set[str]()
    records = [
        reading("[[Ada Lund|c1:Person]] of [[Norway|c2:Country]] spoke.", id="a1"),
        reading("[[Lund|c1:Person]] of [[Norway|c2:Country]] slept.", id="a2"),
        reading("[[Bo Ray|c1:Person]] of [[Norway|c2:Country]] met [[Tor Dahl|c2:Person]].", id="a3"),
    ]
    _, state = resolve_changes(State(), {record.article.id: record for record in records}, ["a1", "a2", "a3"])
    more = [*records, reading("[[Ada K. Lund|c1:Person]] left [[Norway|c2:Country]].", id="a4")]
    found, _ = resolve_changes(state, Watched({record.article.id: record for record in more}), ["a4"])
    assert asked == {"a1", "a2", "a4"}
    assert found == resolve(more)


def test_what_is_kept_in_a_file_is_what_was_kept(tmp_path: Path) -> None:
    records = {f"a{n}": reading(f"[[Ada Lund|c1:Person]] of [[Peru|c2:Country]] {n}.", id=f"a{n}") for n in range(3)}
    first = {id: records[id] for id in ("a0", "a1")}
    _, state = resolve_changes(State(), first, first, decisions=[])
    path = tmp_path / "identity.npz"
    save_state(path, state, of="this")
    again = load_state(path, of="this")
    assert again is not None
    assert resolve_changes(again, records, ["a2"])[0] == resolve(records.values())
    assert load_state(path, of="that") is None
    path.write_bytes(path.read_bytes()[:-100])
    assert load_state(path, of="this") is None
    assert load_state(tmp_path / "missing", of="this") is None


def test_many_mentions_take_little_time() -> None:
    records = [
        _record(n, [("Person", [f"Ada{n % 997} Lund{n % 89}", f"Lund{n % 89}"]), ("Person", [f"Lund{n % 89}"])])
        for n in range(3000)
    ]
    began = time.process_time()
    resolve(records)
    assert time.process_time() - began < 5
