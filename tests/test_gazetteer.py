from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.gazetteer import country_key, load_gazetteer, load_nouns
from kg.ontology import load_ontology


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Russia", "RU"),
        ("the United States", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("UAE", "AE"),
        ("Côte d’Ivoire", "CI"),
        ("The Gambia", "GM"),
        ("DRC", "CD"),
        ("Soviet Union", "soviet-union"),
    ],
)
def test_names_of_countries(text: str, code: str) -> None:
    found = load_gazetteer().named(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["us", "turkey", "Russian", "Paris", "", "China Daily"])
def test_what_names_no_country(text: str) -> None:
    assert load_gazetteer().named(text) is None


@pytest.mark.parametrize(
    ("adjective", "code"),
    [
        ("Russian", "RU"),
        ("Dutch", "NL"),
        ("South Korean", "KR"),
        ("Saudi", "SA"),
        ("Argentine", "AR"),
        ("British", "GB"),
    ],
)
def test_adjectives_mean_their_country(adjective: str, code: str) -> None:
    found = load_gazetteer().meant(adjective)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(("people", "code"), [("Poles", "PL"), ("a Pole", None), ("Frenchmen", "FR"), ("Swede", "SE")])
def test_peoples(people: str, code: str | None) -> None:
    found = load_gazetteer().people(people)
    assert (found.code if found else None) == code


def test_every_country_is_told_apart() -> None:
    countries = load_gazetteer().countries
    assert len(countries) > 195
    words: dict[str, str] = {}
    for country in countries:
        for word in (country.name, *country.aliases, *country.adjectives):
            assert words.setdefault(country_key(word), country.code) == country.code, word


def test_links_follow_the_iso_code() -> None:
    links = {country.code: country.links for country in load_gazetteer().countries}
    assert links["FR"] == ("http://publications.europa.eu/resource/authority/country/FRA",)
    assert links["XK"] == ()


def test_nouns_denote_classes_of_the_ontology() -> None:
    nouns = load_nouns()
    assert set(nouns.types.values()) <= set(load_ontology().classes)
    assert (nouns.types["company"], nouns.types["attack"], nouns.types["hostage"]) == (
        "Organization",
        "Event",
        "Person",
    )
    assert (nouns.genders["queen"], nouns.genders["father"]) == ("f", "m")
    assert "president" not in nouns.genders


def test_a_users_file_adds_and_overrides_nouns(tmp_path: Path) -> None:
    path = tmp_path / "ships.ttl"
    path.write_text(
        """@prefix : <https://example.org/ships#> . @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
        @prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
        :tug a ontolex:Word ; lexinfo:partOfSpeech lexinfo:noun ; ontolex:denotes :Warship ;
            ontolex:canonicalForm [ ontolex:writtenRep "tug"@en ] .
        :frigate a ontolex:Word ; lexinfo:partOfSpeech lexinfo:noun ; ontolex:denotes :Warship ;
            ontolex:canonicalForm [ ontolex:writtenRep "frigate"@en ] .
        :sink a ontolex:Word ; lexinfo:partOfSpeech lexinfo:verb ;
            ontolex:canonicalForm [ ontolex:writtenRep "sink"@en ] ."""
    )
    nouns = load_nouns(path)
    assert (nouns.types["tug"], nouns.types["frigate"], nouns.types["company"]) == (
        "Warship",
        "Warship",
        "Organization",
    )
    assert "sink" not in nouns.types


def test_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is no Turtle")
    with pytest.raises(VocabularyError) as caught:
        load_gazetteer(broken, tmp_path / "missing.ttl")
    assert [fault.where for fault in caught.value.faults] == [str(broken), str(tmp_path / "missing.ttl")]
