"""Triples to plain classes and properties, gathering every fault on the way instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import KGError
from kg.ontology.model import ENTITY_TYPES, NAMESPACE, Class, Ontology, Property, Term
from kg.ontology.source import Source
from kg.records import MODALITIES

KG = Namespace(NAMESPACE)
MATCHES = (
    RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf,
    SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.broadMatch, SKOS.relatedMatch,
)  # fmt: skip
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


class Reader:
    """Reads what the files together say. After :meth:`ontology`, ``faults`` holds what is wrong with it."""

    def __init__(self, sources: Sequence[Source], *, shipped: int) -> None:
        self.sources = sources
        self.faults: list[KGError] = []
        self.graph = Graph()
        for source in sources:
            for triple in source.graph:
                self.graph.add(triple)
        #: The file that describes a term; of several the last, since a user's file may say more of a shipped term.
        self.home = {term: source for source in sources for term in source.described}
        self.first = {term: source for source in reversed(sources) for term in source.described}
        record = sources[shipped - 1].described
        self.classes = self._declared(OWL.Class, RDFS.Class, without=record)
        kinds = (OWL.ObjectProperty, OWL.SymmetricProperty, RDF.Property)
        self.relations = self._declared(*kinds, without=record)
        self.names = self._names(record)
        self.namespaces = {namespace_of(term) for term in self.home}
        for source in sources[shipped:]:
            if not source.described:
                self.faults.append(
                    KGError(
                        "describes no class and no relation",
                        where=str(source.path),
                        fix="declare some, for example `ex:praised a owl:ObjectProperty`",
                    )
                )

    def ontology(self, digest: str) -> Ontology:
        """The vocabulary; not to be used if there are faults."""
        parents = {cls: self._parents(cls, RDFS.subClassOf, self.classes, "class") for cls in self.classes}
        for cls in self.classes:
            for member in self._union(cls):
                if isinstance(member, URIRef) and member in parents and cls not in parents[member]:
                    parents[member].append(cls)
        self._refuse_cycles(parents, "rdfs:subClassOf")
        self.ancestors = {cls: set(closure(cls, parents)) for cls in self.classes}
        for cls in self.classes:
            self._check_class(cls)
        above = {prop: self._parents(prop, RDFS.subPropertyOf, self.relations, "relation") for prop in self.relations}
        self._refuse_cycles(above, "rdfs:subPropertyOf")
        ends = {prop: (self._end(prop, RDFS.domain), self._end(prop, RDFS.range)) for prop in self.relations}
        inverses = {prop: self._inverse(prop) for prop in self.relations}
        for prop in self.relations:
            self._check_relation(prop, ends, above[prop], inverses[prop])
        properties = [self._property(p, ends[p], above, inverses[p]) for p in self.relations]
        abstract = {self.name(p) for p in self.relations if self._is_abstract(p)}
        return Ontology(
            classes={self.name(c): self._class(c, parents[c]) for c in self.classes},
            properties={p.name: p for p in properties if p.name not in abstract},
            families={p.name: p for p in properties if p.name in abstract},
            attribution_kinds={term.name: term for term in self._attribution_kinds()},
            digest=digest,
            paths=tuple(source.path for source in self.sources),
        )

    # ── terms and their names

    def _declared(self, *kinds: URIRef, without: frozenset[URIRef]) -> list[URIRef]:
        """Terms of these kinds in the order of the files."""
        found = {s for kind in kinds for s in self.graph.subjects(RDF.type, kind) if isinstance(s, URIRef)} - without
        order = {source: position for position, source in enumerate(map(id, self.sources))}
        return sorted(found, key=lambda t: (order[id(self.first[t])], self.first[t].line(t) or 0, str(t)))

    def _names(self, record: frozenset[URIRef]) -> dict[str, URIRef]:
        names: dict[str, URIRef] = {}
        kinds = [*sorted(record), *self.classes, *self.relations]
        for term in dict.fromkeys(kinds):
            name = self.name(term)
            if str(term).startswith("file:") or not IRI.fullmatch(str(term)):
                self.fault(term, "has no absolute IRI", "give the file an @prefix of its own, such as <https://example.org/my#>")
            elif not re.fullmatch(r"[^\W\d][\w-]*", name):
                self.fault(term, f"has no usable local name ({name!r})", "end its IRI in #name or /name, letters first")
            elif names.setdefault(name, term) != term:
                self.fault(
                    term,
                    f"has the local name of {self.first[names[name]].where(names[name])}",
                    f"use {self.home[term].written(names[name])} itself, or another name",
                )
            elif kinds.count(term) > 1:
                self.fault(term, "is both a class and a relation", "give the two their own names")
        return names

    @staticmethod
    def name(term: Node) -> str:
        """The local name of an IRI."""
        return str(term)[len(namespace_of(term)) :]

    def fault(self, term: URIRef, message: str, fix: str) -> None:
        """Note what is wrong with a term, to report it with all the others."""
        self.faults.append(KGError(message, where=self.home[term].where(term), fix=fix))

    def _text(self, term: Node, predicate: URIRef) -> str:
        """The English text, else the one without language, else the first of any."""
        rank = {"en": 0, None: 1}
        found = [o for o in self.graph.objects(term, predicate) if isinstance(o, Literal)]
        best = min(found, key=lambda o: (rank.get(o.language, 2), str(o)), default=None)
        return str(best) if best is not None else ""

    def _parents(self, term: URIRef, predicate: URIRef, known: list[URIRef], kind: str) -> list[URIRef]:
        """Parents that are loaded. Those of other vocabularies are alignments; a typing error in our own is a fault."""
        found = sorted(o for o in self.graph.objects(term, predicate) if isinstance(o, URIRef))
        for parent in found:
            if parent not in known and namespace_of(parent) in self.namespaces:
                advice = self._advice(parent, known, kind)
                self.fault(term, f"has the unknown parent {self._written(term, parent)}", advice)
        return [parent for parent in found if parent in known]

    def _written(self, term: URIRef, other: Node) -> str:
        return self.home[term].written(other) if isinstance(other, URIRef) else "a class expression"

    def _advice(self, term: Node, known: list[URIRef], kind: str) -> str:
        near = get_close_matches(self.name(term), [self.name(other) for other in known], n=1)
        return f"did you mean {near[0]}?" if near else f"declare that {kind}, or name a loaded one"

    def _refuse_cycles(self, parents: Mapping[URIRef, list[URIRef]], predicate: str) -> None:
        told: set[URIRef] = set()
        for term in parents:
            above = set(closure(term, parents, start=False))
            if term in above and term not in told:
                ring = [other for other in parents if other in above and term in closure(other, parents)]
                told.update(ring)
                names = ", ".join(self.name(other) for other in ring)
                self.fault(term, f"is below itself ({names})", f"remove one {predicate}")

    # ── classes

    def _check_class(self, cls: URIRef) -> None:
        if not self._text(cls, RDFS.label):
            self.fault(cls, "has no label", f'add rdfs:label "{spaced(self.name(cls))}"@en')
        if cls in (KG.Entity, KG.Agent) or self._union(cls):
            return
        bases = [name for name in ENTITY_TYPES if KG[name] in self.ancestors[cls]]
        if not bases:
            choice = " or ".join(f"kg:{name}" for name in ENTITY_TYPES)
            self.fault(cls, "is under none of the eight entity types", f"add rdfs:subClassOf {choice}")
        elif len(bases) > 1:
            self.fault(cls, f"is under {' and '.join(bases)}, which have nothing in common", "keep one rdfs:subClassOf")

    def _union(self, node: Node) -> list[Node]:
        """Members of the union that a class is or is equivalent to."""
        nodes = [node, *self.graph.objects(node, OWL.equivalentClass)]
        lists = [head for each in nodes for head in self.graph.objects(each, OWL.unionOf)]
        return [member for head in lists for member in Collection(self.graph, head)]

    def _class(self, cls: URIRef, parents: list[URIRef]) -> Class:
        return Class(
            name=self.name(cls),
            iri=str(cls),
            label=self._text(cls, RDFS.label),
            definition=self._text(cls, SKOS.definition) or self._text(cls, RDFS.comment),
            parents=tuple(self.name(parent) for parent in parents),
            example=self._text(cls, SKOS.example),
            matches=self._matches(cls),
        )

    def _matches(self, term: URIRef) -> tuple[str, ...]:
        found = {str(o) for p in MATCHES for o in self.graph.objects(term, p) if isinstance(o, URIRef)}
        return tuple(sorted(iri for iri in found if namespace_of(URIRef(iri)) not in self.namespaces))

    # ── relations

    def _is_abstract(self, prop: URIRef) -> bool:
        return Literal(True) in set(self.graph.objects(prop, KG.abstract))

    def _end(self, prop: URIRef, side: URIRef) -> frozenset[str]:
        """The domain or range, spelt out; empty if it is at fault."""
        word = self.name(side)
        found = list(self.graph.objects(prop, side))
        if len(found) != 1:
            said = f"has no rdfs:{word}" if not found else f"has several rdfs:{word}, which OWL reads as all at once"
            fix = f"add rdfs:{word} with a class" if not found else f"write rdfs:{word} [ owl:unionOf ( … ) ]"
            self.fault(prop, said, fix)
            return frozenset()
        return frozenset(self._expand(prop, found[0], word))

    def _expand(self, prop: URIRef, node: Node, word: str) -> Iterator[str]:
        if node in self.classes:
            for cls, above in self.ancestors.items():
                if node in above and any(KG[name] in above for name in ENTITY_TYPES):
                    yield self.name(cls)
        elif isinstance(node, BNode) and self._union(node):
            for member in self._union(node):
                yield from self._expand(prop, member, word)
        elif isinstance(node, BNode):
            self.fault(prop, f"has a {word} other than a class or a union of classes", "use a class or owl:unionOf")
        else:
            advice = self._advice(node, self.classes, "class")
            self.fault(prop, f"has the unknown class {self._written(prop, node)} as its {word}", advice)

    def _inverse(self, prop: URIRef) -> URIRef | None:
        """The loaded inverse, declared from either side."""
        found = {*self.graph.objects(prop, OWL.inverseOf), *self.graph.subjects(OWL.inverseOf, prop)}
        known = sorted(o for o in found if isinstance(o, URIRef) and namespace_of(o) in self.namespaces)
        for other in known:
            if other not in self.relations:
                fix = self._advice(other, self.relations, "relation")
                self.fault(prop, f"has the unknown inverse {self._written(prop, other)}", fix)
        if len(known) > 1:
            told = " and ".join(self._written(prop, other) for other in known)
            self.fault(prop, f"is the inverse of {told}, which are not the same", "keep one owl:inverseOf")
        if prop in known:
            self.fault(prop, "is its own inverse", "declare it an owl:SymmetricProperty instead")
        return known[0] if len(known) == 1 and known[0] in self.relations and known[0] != prop else None

    def _check_relation(
        self,
        prop: URIRef,
        ends: Mapping[URIRef, tuple[frozenset[str], frozenset[str]]],
        parents: list[URIRef],
        inverse: URIRef | None,
    ) -> None:
        domain, range_ = ends[prop]
        if not self._text(prop, RDFS.label):
            self.fault(prop, "has no label", f'add rdfs:label "{spaced(self.name(prop))}"@en')
        if self._is_symmetric(prop) and domain and range_ and domain != range_:
            self.fault(prop, "is symmetric, but its domain is not its range", "make the two the same")
        if inverse and ends[inverse] != (range_, domain) and all((*ends[inverse], domain, range_)):
            self.fault(
                prop,
                f"and its inverse {self._written(prop, inverse)} do not mirror each other's domain and range",
                "make the domain of each the range of the other",
            )
        for parent in parents:
            for word, own, wider in zip(("domain", "range"), ends[prop], ends[parent], strict=True):
                if wider and own - wider:
                    more = ", ".join(sorted(own - wider))
                    said = f"admits {more} as its {word}, which its parent {self._written(prop, parent)} does not"
                    self.fault(prop, said, f"narrow the {word} or remove the rdfs:subPropertyOf")

    def _is_symmetric(self, prop: URIRef) -> bool:
        return (prop, RDF.type, OWL.SymmetricProperty) in self.graph

    def _property(
        self,
        prop: URIRef,
        ends: tuple[frozenset[str], frozenset[str]],
        above: Mapping[URIRef, list[URIRef]],
        inverse: URIRef | None,
    ) -> Property:
        groups = (self._text(each, KG.group) for each in closure(prop, above))
        return Property(
            name=self.name(prop),
            iri=str(prop),
            label=self._text(prop, RDFS.label),
            definition=self._text(prop, SKOS.definition) or self._text(prop, RDFS.comment),
            domain=ends[0],
            range=ends[1],
            symmetric=self._is_symmetric(prop),
            inverse=self.name(inverse) if inverse else None,
            parents=tuple(self.name(parent) for parent in above[prop]),
            group=next(filter(None, groups), "other"),
            inverse_label=self._text(prop, KG.inverseLabel),
            example=self._text(prop, SKOS.example),
            matches=self._matches(prop),
        )

    # ── terms of the record

    def _attribution_kinds(self) -> Iterator[Term]:
        for modality in self.graph.subjects(RDF.type, KG.Modality):
            if isinstance(modality, URIRef) and modality not in {KG[name] for name in MODALITIES}:
                self.fault(modality, "is no modality that statements can have", f"use one of {', '.join(MODALITIES)}")
        kinds = {s for s in self.graph.subjects(RDF.type, KG.AttributionKind) if isinstance(s, URIRef)}
        for kind in sorted(kinds, key=self.name):
            implied = next((self.name(o) for o in self.graph.objects(kind, KG.impliesModality)), None)
            if not self._text(kind, RDFS.label):
                self.fault(kind, "has no label", f'add rdfs:label "{spaced(self.name(kind))}"@en')
            if implied is not None and implied not in MODALITIES:
                self.fault(kind, f"implies the unknown modality {implied}", f"use one of {', '.join(MODALITIES)}")
            label, definition = self._text(kind, RDFS.label), self._text(kind, SKOS.definition)
            yield Term(self.name(kind), str(kind), label, definition, implied)


def namespace_of(term: Node) -> str:
    """An IRI without its local name."""
    text = str(term)
    return text[: max(text.rfind("#"), text.rfind("/")) + 1]


def closure(term: URIRef, parents: Mapping[URIRef, list[URIRef]], *, start: bool = True) -> list[URIRef]:
    """All that is above a term, nearest first; cycles end it."""
    seen = [term] if start else list(parents[term])
    for each in seen:
        seen.extend(parent for parent in parents.get(each, ()) if parent not in seen)
    return seen


def spaced(name: str) -> str:
    """A label to suggest: ``metWith`` becomes ``met with``.

    >>> spaced("metWith")
    'met with'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()

