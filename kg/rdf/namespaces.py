"""The vocabularies that a graph is written in, closed: a misspelt term raises where it is written.

Terms of the news ontology that carry no meaning for the code (classes, relations, modalities) come from the ontology
and the records; only the words of the record itself are listed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode


class Namespace:
    """A closed set of terms: ``OA.exact`` is a node, ``OA.exakt`` an ``AttributeError``."""

    __slots__ = ("iri", "terms")

    def __init__(self, iri: str, terms: str) -> None:
        self.iri = iri
        self.terms: Mapping[str, NamedNode] = {term: NamedNode(iri + term) for term in terms.split()}

    def __getattr__(self, term: str) -> NamedNode:
        try:
            return self.terms[term]
        except KeyError:
            raise AttributeError(f"<{self.iri}> has no term {term!r} here") from None


KG: Final = Namespace(
    "https://w3id.org/newskg/ontology#",
    "possiblySame independentSources contradicts copyOf "
    "modality attributedTo attributedToPhrase attributionKind attributionCue attributionChain confidence origin quote "
    "sentence subjectSpan objectSpan trigger attributionSpan "
    "time timeStart timeEnd timeGranularity timeAnchor place position status number "
    "words sentences sentencesWithStatements statements modelVersion ontologyVersion lexiconVersion softwareVersion",
)
RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type Statement subject predicate object")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label subClassOf subPropertyOf")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#", "sameAs Class ObjectProperty SymmetricProperty")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#", "date dateTime decimal integer double float boolean string")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#", "altLabel")
SCHEMA: Final = Namespace(
    "https://schema.org/",
    "identifier NewsArticle headline datePublished inLanguage mentions sha256",
)
DCTERMS: Final = Namespace("http://purl.org/dc/terms/", "source identifier")
PROV: Final = Namespace(
    "http://www.w3.org/ns/prov#",
    "Activity Entity specializationOf wasDerivedFrom wasGeneratedBy wasRevisionOf",
)
OA: Final = Namespace(
    "http://www.w3.org/ns/oa#", "TextPositionSelector TextQuoteSelector start end exact prefix suffix"
)

PREFIXES: Final[Mapping[str, str]] = {
    "dcterms": DCTERMS.iri,
    "kg": KG.iri,
    "oa": OA.iri,
    "owl": OWL.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "schema": SCHEMA.iri,
    "skos": SKOS.iri,
    "xsd": XSD.iri,
}


def prefixes(base: str) -> dict[str, str]:
    """The prefixes of a graph with that base, sorted: the vocabularies' and one for each kind of thing in it."""
    own = {kind: f"{base}{kind}/" for kind in ("article", "entity", "revision", "run", "span", "statement")}
    return dict(sorted({**PREFIXES, **own}.items()))
