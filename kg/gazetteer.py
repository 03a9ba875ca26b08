"""What words denote by convention: the countries with their adjectives and peoples, and the class that a common noun names.

Both are data in Turtle (``ontologies/countries.ttl``: SKOS and OntoLex; ``ontologies/nouns-en.ttl``: OntoLex nouns that denote
a class) and a user's own files are read after the shipped ones. Reading takes some tenths of a second, so each set of
files is read once in a process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.exceptions import ParserError
from rdflib.namespace import SKOS
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kg.errors import InputError, KGError, VocabularyError
from kg.ontology import vocabulary_path

LEXINFO = Namespace("http://www.lexinfo.net/ontology/3.0/lexinfo#")
ONTOLEX = Namespace("http://www.w3.org/ns/lemon/ontolex#")

_GENDERS: Mapping[str, str] = {"masculine": "m", "feminine": "f"}


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ``code`` is its ISO 3166-1 alpha-2 code, or a name of its own where ISO has none.

    ``adjectives`` are written as they stand ("Peruvian"), ``people`` holds the nouns for its nationals, singular and plural.
    ``links`` are IRIs that are sure to denote it.
    """

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Countries by their words. Look-ups take the words as they stand, in any spelling of dots, apostrophes and "the"."""

    countries: tuple[Country, ...]
    by_name: Mapping[str, Country]
    by_adjective: Mapping[str, Country]
    by_people: Mapping[str, Country]

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
    """Common nouns by lemma: the local name of the class they name, and ``m`` or ``f`` where they tell a person's gender."""

    types: Mapping[str, str]
    genders: Mapping[str, str]


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
    graph = _read([vocabulary_path("countries.ttl"), *paths])
    words = {part: _words(graph, LEXINFO[part]) for part in ("adjective", "noun")}
    countries = tuple(
        Country(
            code=_local(node),
            name=name,
            aliases=_texts(graph.objects(node, SKOS.altLabel)),
            adjectives=words["adjective"].get(node, ()),
            people=words["noun"].get(node, ()),
            links=tuple(sorted(str(o) for o in graph.objects(node, SKOS.exactMatch))),
        )
        for node in sorted(graph.subjects(RDF.type, SKOS.Concept))
        for name in _texts(graph.objects(node, SKOS.prefLabel))[:1]
    )
    return Gazetteer(
        countries=countries,
        by_name={country_key(word): country for country in countries for word in (*country.aliases, country.name)},
        by_adjective={country_key(word): country for country in countries for word in country.adjectives},
        by_people={country_key(word): country for country in countries for word in country.people},
    )


@lru_cache(maxsize=8)
def load_nouns(*paths: Path) -> ClassNouns:
    """The class nouns of the shipped file and of the files at ``paths``; a later file's word for a noun counts.

    Entries that are no nouns or denote nothing are passed over, so that a user's lexicon file may hold relations as well.

    :raises VocabularyError: with every fault of every file.
    """
    types: dict[str, str] = {}
    genders: dict[str, str] = {}
    for path in (vocabulary_path("nouns-en.ttl"), *paths):
        graph = _read([path])
        for node, classes in sorted(_words(graph, LEXINFO.noun, by_entry=True).items()):
            denoted = next(iter(sorted(_local(c) for c in graph.objects(node, ONTOLEX.denotes))), "")
            gender = next((_GENDERS.get(_local(g), "") for g in graph.objects(node, LEXINFO.gender)), "")
            for word in classes if denoted else ():
                types[word.lower()] = denoted
                if gender:
                    genders[word.lower()] = gender
    return ClassNouns(types=types, genders=genders)


def _read(paths: Iterable[Path]) -> Graph:
    graph, faults = Graph(), list[KGError]()
    for path in paths:
        try:
            graph.parse(data=path.read_bytes(), format="turtle")
        except OSError as error:
            faults.append(InputError(f"cannot be read ({error.strerror})", where=str(path), fix="check the path"))
        except (BadSyntax, ParserError, UnicodeDecodeError) as error:
            message = " ".join(str(getattr(error, "message", error)).split())
            faults.append(KGError(f"is not Turtle: {message}", where=str(path), fix="correct the syntax"))
    if faults:
        raise VocabularyError(faults)
    return graph


def _words(graph: Graph, part_of_speech: URIRef, *, by_entry: bool = False) -> dict[Node, tuple[str, ...]]:
    """The written forms of the entries of one part of speech, by what they denote or by entry, the canonical form first."""
    found: dict[Node, tuple[str, ...]] = {}
    for entry in sorted(graph.subjects(LEXINFO.partOfSpeech, part_of_speech)):
        forms = tuple(
            text
            for predicate in (ONTOLEX.canonicalForm, ONTOLEX.otherForm)
            for form in graph.objects(entry, predicate)
            for text in _texts(graph.objects(form, ONTOLEX.writtenRep))
        )
        for key in [entry] if by_entry else sorted(graph.objects(entry, ONTOLEX.denotes)):
            found[key] = (*found.get(key, ()), *forms)
    return found


def _texts(nodes: Iterator[Node]) -> tuple[str, ...]:
    return tuple(sorted(str(node) for node in nodes if isinstance(node, Literal)))


def _local(node: Node) -> str:
    return str(node).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
