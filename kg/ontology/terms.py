"""What the files together say, term by term, and what is found wrong with it on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.errors import KGError
from kg.ontology.model import NAMESPACE, local_name, namespace_of
from kg.ontology.source import Source

KG = Namespace(NAMESPACE)
ALIGNMENTS = (
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf,
    SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.broadMatch, SKOS.relatedMatch,
)  # fmt: skip
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


class Terms:
    """The declared classes and relations of some files, in their order; and what is wrong with them.

    :param record: the file of terms in which statements are recorded; they are no classes of entities and no relations.
    """

    def __init__(self, sources: Sequence[Source], *, record: Source) -> None:
        self.sources = sources
        self._faults: list[tuple[tuple[int, int, str], KGError]] = []
        self.graph = Graph()
        for source in sources:
            for triple in source.graph:
                self.graph.add(triple)
        self._namespaces = frozenset().union(*(source.namespaces for source in sources))
        own = [(term, source) for source in sources for term in source.declared if self.is_loaded(term)]
        self._first = dict(reversed(own))
        #: The last file that describes a term, since a user's file may say more of a shipped one.
        self._last = dict(own)
        self.classes = self._declared(OWL.Class, RDFS.Class, without=record)
        self.relations = self._declared(OWL.ObjectProperty, OWL.SymmetricProperty, RDF.Property, without=record)
        kinds = {term for term in self.graph.subjects(RDF.type, KG.AttributionKind) if isinstance(term, URIRef)}
        self._check_names([*sorted(record.declared), *sorted(kinds), *self.classes, *self.relations])

    def fault(self, term: URIRef, message: str, fix: str) -> None:
        """Note what is wrong with a term, to report it with all the others."""
        home = self._last[term]
        self._faults.append((self._place(term, home), KGError(message, where=home.where(term), fix=fix)))

    @property
    def faults(self) -> list[KGError]:
        """All that was noted, in the order of the files and their lines."""
        return [fault for _, fault in sorted(self._faults, key=lambda each: each[0])]

    def is_loaded(self, term: Node) -> bool:
        """Whether a term belongs to the loaded files, by its namespace; the others are of foreign vocabularies."""
        return isinstance(term, URIRef) and namespace_of(term) in self._namespaces

    def text(self, term: Node, *predicates: URIRef) -> str:
        """The text of the first predicate that has one: English, else without a language, else the first of any."""
        rank = {"en": 0, None: 1}
        for predicate in predicates:
            found = [value for value in self.graph.objects(term, predicate) if isinstance(value, Literal)]
            if found:
                return str(min(found, key=lambda value: (rank.get(value.language, 2), str(value))))
        return ""

    def label(self, term: URIRef) -> str:
        """The label; a term without one is at fault."""
        label = self.text(term, RDFS.label)
        if not label:
            self.fault(term, "has no label", f'add rdfs:label "{spaced(local_name(term))}"@en')
        return label

    def matches(self, term: URIRef) -> tuple[str, ...]:
        """The foreign terms that a term is aligned to."""
        found = {value for predicate in ALIGNMENTS for value in self.graph.objects(term, predicate)}
        return tuple(sorted(str(value) for value in found if isinstance(value, URIRef) and not self.is_loaded(value)))

    def parents(self, terms: Sequence[URIRef], predicate: URIRef, kind: str) -> dict[URIRef, list[URIRef]]:
        """The loaded parents of each term. A parent in a loaded namespace that nothing declares is at fault."""
        known = set(terms)
        parents: dict[URIRef, list[URIRef]] = {}
        for term in terms:
            found = sorted(value for value in self.graph.objects(term, predicate) if isinstance(value, URIRef))
            parents[term] = [value for value in found if value in known]
            for value in found:
                if value not in known and self.is_loaded(value):
                    said = f"has the unknown parent {self.written(term, value)}"
                    self.fault(term, said, self.advice(value, terms, kind))
        return parents

    def refuse_cycles(self, parents: Mapping[URIRef, list[URIRef]], predicate: str) -> None:
        """Each ring of terms that are below one another is at fault, once."""
        told: set[URIRef] = set()
        for term in parents:
            if term in told or term not in closure(term, parents, start=False):
                continue
            ring = [other for other in closure(term, parents) if term in closure(other, parents, start=False)]
            told.update(ring)
            names = ", ".join(local_name(other) for other in ring)
            self.fault(term, f"is below itself ({names})", f"remove one {predicate}")

    def written(self, term: URIRef, other: Node) -> str:
        """Another term as the file of ``term`` writes it."""
        return self._last[term].written(other) if isinstance(other, URIRef) else str(other)

    @staticmethod
    def advice(term: Node, known: Sequence[URIRef], kind: str) -> str:
        """The fix for a name that nothing declares."""
        near = get_close_matches(local_name(term), [local_name(other) for other in known], n=1)
        return f"did you mean {near[0]}?" if near else f"declare it, or name a loaded {kind}"

    def _declared(self, *kinds: URIRef, without: Source) -> list[URIRef]:
        found = {term for kind in kinds for term in self.graph.subjects(RDF.type, kind) if isinstance(term, URIRef)}
        own = [term for term in found if self.is_loaded(term) and self._first[term] is not without]
        return sorted(own, key=lambda term: self._place(term, self._first[term]))

    def _place(self, term: URIRef, home: Source) -> tuple[int, int, str]:
        return self.sources.index(home), home.line(term) or 0, str(term)

    def _check_names(self, terms: Sequence[URIRef]) -> None:
        """Local names are keys, so each must be usable as one and stand for one term."""
        names: dict[str, URIRef] = {}
        for term in dict.fromkeys(terms):
            name = local_name(term)
            if term.startswith("file:") or not _IRI.fullmatch(term):
                self.fault(term, "has no absolute IRI", "use a prefix of your own, such as <https://example.org/my#>")
            elif not re.fullmatch(r"[^\W\d][\w-]*", name):
                self.fault(term, f"has no usable local name ({name!r})", "end its IRI in #name or /name")
            elif term in self.classes and term in self.relations:
                self.fault(term, "is both a class and a relation", "give the two their own names")
            elif (other := names.setdefault(name, term)) != term:
                said = f"has the local name of another term ({self._first[other].where(other)})"
                self.fault(term, said, f"use {self.written(term, other)} itself, or another name")


def closure(term: URIRef, parents: Mapping[URIRef, list[URIRef]], *, start: bool = True) -> list[URIRef]:
    """All that is above a term, nearest first, and the term itself where ``start``."""
    seen = [term] if start else list(parents[term])
    for each in seen:
        seen.extend(parent for parent in parents[each] if parent not in seen)
    return seen


def spaced(name: str) -> str:
    """A label to suggest.

    >>> spaced("metWith")
    'met with'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
