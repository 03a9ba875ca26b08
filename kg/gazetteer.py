"""What words denote by convention: countries with their adjectives and peoples, and the class that a common noun names.

Both are data in Turtle (``ontologies/countries.ttl``: SKOS and OntoLex; ``ontologies/nouns-en.ttl``: OntoLex nouns that
denote a class) and a user's own files are read after the shipped ones, each set of files once in a process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import InputError, KGError, VocabularyError
from kg.ontology import vocabulary_path

LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#"
ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_GENDERS: Mapping[str, str] = {"masculine": "m", "feminine": "f"}


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ``code`` is its ISO 3166-1 alpha-2 code, or a name of its own where ISO has none.

    ``adjectives`` are written as they stand ("Peruvian"), ``people`` holds the nouns for its nationals, singular and
    plural. ``links`` are IRIs that are sure to denote it.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Countries by their words. Look-ups take words as they stand, in any spelling of dots, apostrophes and "the"."""

    countries: tuple[Country, ...]
    by_name: Mapping[str, Country]
    by_adjective: Mapping[str, Country]
    by_people: Mapping[str, Country]
    by_code: Mapping[str, Country]

    def named(self, text: str) -> Country | None:
        """The country that ``text`` is a name of: "Russia", "the U.S.", "DRC"."""
        return self.by_name.get(country_key(text))

    def meant(self, text: str) -> Country | None:
        """The country that ``text`` is a name or an adjective of."""
        key = country_key(text)
        return self.by_name.get(key) or self.by_adjective.get(key)

    def people(self, text: str) -> Country | None:
        """The country whose nationals ``text`` names: "Russians", "a Pole"."""
        return self.by_people.get(country_key(text))


@dataclass(frozen=True, slots=True)
class ClassNouns:
    """Common nouns by lemma: the local name of their class, and ``m`` or ``f`` where they tell a person's gender."""

    types: Mapping[str, str]
    genders: Mapping[str, str]


@lru_cache(maxsize=1 << 14)
def country_key(text: str) -> str:
    """The form under which a country's word is kept: capitals count ("US" is not "us"), dots and "the" do not.

    >>> country_key("the U.S."), country_key("Côte d’Ivoire")
    ('US', "Côte d'Ivoire")
    """
    key = text.replace("’", "'").replace(".", "").strip()
    return re.sub(r"^[Tt]he\s+", "", key)


@lru_cache(maxsize=8)
def load_gazetteer(*paths: Path) -> Gazetteer:
    """The countries of the shipped file and of the files at ``paths``.

    :raises VocabularyError: with every fault of every file.
    """
    facts = read_facts([vocabulary_path("countries.ttl"), *paths])
    words: dict[tuple[str, str], list[str]] = {}
    for entry, part_of_speech in facts.having(LEXINFO + "partOfSpeech"):
        for denoted in facts.values(entry, ONTOLEX + "denotes"):
            words.setdefault((part_of_speech, denoted), []).extend(facts.written(entry))
    countries = tuple(
        Country(
            code=local_name(node),
            name=name,
            aliases=tuple(facts.values(node, SKOS + "altLabel")),
            adjectives=tuple(words.get((LEXINFO + "adjective", node), ())),
            people=tuple(words.get((LEXINFO + "noun", node), ())),
            links=tuple(facts.values(node, SKOS + "exactMatch")),
        )
        for node, name in facts.having(SKOS + "prefLabel")
        if SKOS + "Concept" in facts.values(node, TYPE)
    )
    return Gazetteer(
        countries=countries,
        by_name={country_key(word): country for country in countries for word in (*country.aliases, country.name)},
        by_adjective={country_key(word): country for country in countries for word in country.adjectives},
        by_people={country_key(word): country for country in countries for word in country.people},
        by_code={country.code: country for country in countries},
    )


@lru_cache(maxsize=8)
def load_nouns(*paths: Path) -> ClassNouns:
    """The class nouns of the shipped file and of the files at ``paths``; a later file's word for a noun counts.

    Entries that are no nouns or denote nothing are passed over, so that a lexicon file may hold relations as well.

    :raises VocabularyError: with every fault of every file.
    """
    facts = read_facts([vocabulary_path("nouns-en.ttl"), *paths])
    types: dict[str, str] = {}
    genders: dict[str, str] = {}
    for entry, part_of_speech in facts.having(LEXINFO + "partOfSpeech"):
        if part_of_speech != LEXINFO + "noun":
            continue
        for denoted in facts.values(entry, ONTOLEX + "denotes"):
            for word in facts.written(entry):
                types[word.lower()] = local_name(denoted)
                for gender in facts.values(entry, LEXINFO + "gender"):
                    genders[word.lower()] = _GENDERS.get(local_name(gender), "")
    return ClassNouns(types=types, genders=genders)


@dataclass(frozen=True, slots=True)
class Facts:
    """Triples as nested dictionaries, in the order of the files: predicate, subject, values."""

    triples: Mapping[str, Mapping[str, list[str]]]

    def having(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Each subject with its first value."""
        for subject, values in self.triples.get(predicate, {}).items():
            yield subject, values[0]

    def values(self, subject: str, predicate: str) -> list[str]:
        """All values of a property, in the order of the files."""
        return self.triples.get(predicate, {}).get(subject, [])

    def written(self, entry: str) -> list[str]:
        """The written forms of a lexical entry, the canonical one first."""
        forms = self.values(entry, ONTOLEX + "canonicalForm") + self.values(entry, ONTOLEX + "otherForm")
        return [text for form in forms for text in self.values(form, ONTOLEX + "writtenRep")]


def read_facts(paths: Iterable[Path]) -> Facts:
    """The triples of Turtle files.

    :raises VocabularyError: with every fault of every file.
    """
    triples: dict[str, dict[str, list[str]]] = {}
    faults: list[KGError] = []
    for path in paths:
        try:
            for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
                value = quad.object.value if isinstance(quad.object, NamedNode | Literal) else str(quad.object)
                subject = quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)
                triples.setdefault(quad.predicate.value, {}).setdefault(subject, []).append(value)
        except OSError as error:
            faults.append(InputError(f"cannot be read ({error.strerror})", where=str(path), fix="check the path"))
        except (SyntaxError, UnicodeDecodeError) as error:
            faults.append(KGError(f"is not Turtle: {error}", where=str(path), fix="correct the syntax"))
    if faults:
        raise VocabularyError(faults)
    return Facts(triples)


def local_name(iri: str) -> str:
    """What stands behind the last ``#`` or ``/`` of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
