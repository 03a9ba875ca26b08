"""From triples to entries, each checked against the ontology. Every fault is noted with its entry and its fix.

A sense (``ontolex:sense``) is at once a ``synsem:OntoMap``: it refers to a property of the ontology and says which
syntactic argument is its subject and which its object::

    :visit a ontolex:Word ; lexinfo:partOfSpeech lexinfo:verb ;
      ontolex:canonicalForm [ ontolex:writtenRep "visit"@en ] ;
      synsem:synBehavior [ a lexinfo:TransitiveFrame ; lexinfo:subject :s ; lexinfo:directObject :o ] ;
      ontolex:sense [ ontolex:reference kg:visited ; synsem:subjOfProp :s ; synsem:objOfProp :o ] .

An argument with a ``synsem:marker`` is reached through that preposition; with a ``kg:filler``, its phrase must hold
one of these words, and a sense whose frame has such an argument goes before those without; a
``lexinfo:objectComplement`` is what the verb says of its object ("called it a *lie*"). ``synsem:propertyDomain``
and ``propertyRange`` narrow a sense to some types. ``kg:modality`` gives it a modality of its own ("lift sanctions":
negated), ``kg:confidence`` says how far it can be trusted, ``kg:attributedTo`` which argument vouches for it.

A sense that refers to a term of the record vocabulary (``kg:possible``, ``kg:said``) in place of a property makes
a :class:`StanceEntry`: a cue of attribution or modality. Light verbs (``lexinfo:lightVerb``) need no sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.errors import KGError
from kg.lexicon.model import Argument, Entry, Frame, Sense, StanceEntry
from kg.lexicon.terms import FRAMES, LEXINFO, ONTOLEX, PARTS_OF_SPEECH, ROLES, SYNSEM, TYPE
from kg.ontology import NAMESPACE, Ontology, local_name
from kg.records import MODALITIES, Modality


class Text(str):
    """A literal. Other terms are plain strings: an IRI, or ``_:`` and the label of a blank node."""

    __slots__ = ()


#: Subject, predicate IRI, objects; all in the order of the file, so that the same file reads the same way.
Triples = dict[str, dict[str, list[str]]]
#: The properties of a term that has none.
_NONE: dict[str, list[str]] = {}


class EntryReader:
    """Reads one entry after the other out of the same triples; ``faults`` grows."""

    def __init__(self, triples: Triples, ontology: Ontology, faults: list[KGError]) -> None:
        self.triples, self.ontology, self.faults = triples, ontology, faults
        self.stance_kinds = {*MODALITIES, *ontology.attribution_kinds}
        self._where = ""
        #: Arguments without a fault, by node and role: most frames share theirs with others.
        self._known: dict[tuple[str, str], Argument] = {}

    def read(self, iri: str, file: str) -> tuple[Entry, list[StanceEntry]] | None:
        """The entry with its cues of stance; nothing where a fault leaves no entry."""
        name = local_name(iri)
        self._where = f"{file}, entry {name}"
        written = self._written(iri, "canonicalForm")
        if not written:
            self._fault("has no canonical form", 'add ontolex:canonicalForm [ ontolex:writtenRep "…"@en ]')
            return None
        pos = self._part_of_speech(iri)
        if pos is None:
            return None
        lemma, *others = written
        referred = [(node, self._one(node, ONTOLEX + "reference")) for node in self._values(iri, ONTOLEX + "sense")]
        kinds = [self._stance_kind(term) for _, term in referred]
        frames = list(self._frames(iri, pos, complete=None in kinds))
        senses: list[Sense] = []
        for (node, term), kind in zip(referred, kinds, strict=True):
            if kind is None:
                senses.extend(self._senses(node, term, frames))
        # The tokenizer splits words at hyphens, save after a few prefixes.
        words = tuple(re.sub(r"(?<!\bnon)-", " - ", lemma.lower()).split())
        forms = frozenset(form.lower() for form in [*others, *self._written(iri, "otherForm")])
        stance = [StanceEntry(name, lemma, pos, kind, tuple(frames)) for kind in kinds if kind is not None]
        return Entry(name, lemma, words, pos, forms, tuple(senses)), stance

    def _fault(self, message: str, fix: str) -> None:
        self.faults.append(KGError(message, where=self._where, fix=fix))

    def _values(self, node: str, predicate: str) -> list[str]:
        return [] if isinstance(node, Text) else self.triples.get(node, _NONE).get(predicate, [])

    def _one(self, node: str, predicate: str) -> str | None:
        return next(iter(self._values(node, predicate)), None)

    def _written(self, iri: str, predicate: str) -> list[str]:
        forms = self._values(iri, ONTOLEX + predicate)
        return [str(text) for form in forms for text in self._values(form, ONTOLEX + "writtenRep")]

    def _stance_kind(self, term: str | None) -> str | None:
        kind = local_name(term) if term is not None and term.startswith(NAMESPACE) else None
        return kind if kind in self.stance_kinds else None

    def _part_of_speech(self, iri: str) -> str | None:
        found = [local_name(node) for node in self._values(iri, LEXINFO + "partOfSpeech")]
        if len(found) == 1 and found[0] in PARTS_OF_SPEECH:
            return PARTS_OF_SPEECH[found[0]]
        told = ", ".join(found) or "none"
        self._fault(f"needs one known part of speech, has {told}", f"use one of {', '.join(PARTS_OF_SPEECH)}")
        return None

    def _frames(self, iri: str, pos: str, *, complete: bool) -> Iterator[Frame]:
        """The frames; ``complete`` ones name all their arguments. Those of a cue of stance name its content alone."""
        for node in self._values(iri, SYNSEM + "synBehavior"):
            kinds = [local_name(kind) for kind in self._values(node, TYPE)]
            kind = next((kind for kind in kinds if kind in FRAMES), None)
            if kind is None:
                told = ", ".join(kinds) or "no type"
                self._fault(f"has an unknown frame ({told})", f"use one of {', '.join(FRAMES)}")
                continue
            arguments = tuple(self._arguments(node))
            family, needed = FRAMES[kind]
            if family != pos:
                self._fault(f"is a {pos} with the {family} frame {kind}", "change the frame or the part of speech")
            for role in sorted(needed - {argument.role for argument in arguments}) if complete else ():
                self._fault(f"{kind} lacks its argument", f"add lexinfo:{role} to the frame")
            yield Frame(kind, arguments)

    def _arguments(self, frame: str) -> Iterable[Argument]:
        for predicate, nodes in sorted(self.triples.get(frame, {}).items()):
            role = predicate.removeprefix(LEXINFO)
            if role == predicate:
                continue
            if role not in ROLES:
                self._fault(f"has an unknown argument lexinfo:{role}", f"use one of {', '.join(sorted(ROLES))}")
                continue
            for node in nodes:
                yield self._known.get((node, role)) or self._argument(node, role)

    def _argument(self, node: str, role: str) -> Argument:
        before = len(self.faults)
        markers = frozenset(m.lower() for marker in self._values(node, SYNSEM + "marker") for m in self._marker(marker))
        if role == "prepositionalAdjunct" and not markers:
            name = local_name(node)
            self._fault(f"the argument {name} has no preposition", "add a synsem:marker with a canonical form")
        argument = Argument(node, role, markers, self._fillers(node))
        if len(self.faults) == before:
            self._known[node, role] = argument
        return argument

    def _fillers(self, node: str) -> frozenset[str]:
        fillers = self._values(node, NAMESPACE + "filler")
        if any(not isinstance(filler, Text) for filler in fillers):
            self._fault(f"the argument {local_name(node)} has a kg:filler that is no text", 'write "word"@en')
        return frozenset(filler.lower() for filler in fillers)

    def _marker(self, node: str) -> list[str]:
        return [str(node)] if isinstance(node, Text) else self._written(node, "canonicalForm")

    def _senses(self, node: str, term: str | None, frames: list[Frame]) -> Iterator[Sense]:
        relation = local_name(term) if term is not None else ""
        known = self.ontology.properties.get(relation)
        if term is None or known is None or known.iri != term:
            told = relation or "nothing"
            fix = "correct ontolex:reference, or load the ontology that defines it"
            self._fault(f"refers to {told}, which is no property of the ontology", fix)
            return
        ends = [self._values(node, SYNSEM + end) for end in ("subjOfProp", "objOfProp")]
        if any(len(end) != 1 for end in ends):
            self._fault(
                f"the sense {relation} does not map both ends", "add one synsem:subjOfProp, one synsem:objOfProp"
            )
            return
        domain, range_ = (self._types(node, relation, end) for end in ("propertyDomain", "propertyRange"))
        modality = self._modality(node)
        confidence = self._one(node, NAMESPACE + "confidence")
        source = self._one(node, NAMESPACE + "attributedTo")
        found = False
        for frame in frames:
            subject, obj = (tuple(a for a in frame.arguments if a.id == end[0]) for end in ends)
            if subject and obj:
                found = True
                yield Sense(
                    relation=relation,
                    frame=frame,
                    subject=subject,
                    object=obj,
                    domain=domain,
                    range=range_,
                    modality=modality,
                    confidence=float(confidence) if confidence is not None else 0.8,
                    attributed_to=source,
                )
        if not found:
            self._fault(
                f"no frame holds both arguments of the sense {relation}", "name arguments of one synsem:synBehavior"
            )

    def _types(self, node: str, relation: str, end: str) -> frozenset[str]:
        types = frozenset(local_name(t) for t in self._values(node, SYNSEM + end))
        for name in sorted(types - self.ontology.classes.keys()):
            self._fault(
                f"the sense {relation} is narrowed to {name}, which is no class of the ontology", "correct the class"
            )
        return types

    def _modality(self, node: str) -> Modality:
        term = self._one(node, NAMESPACE + "modality")
        modality = local_name(term) if term is not None else "actual"
        if modality not in MODALITIES:
            self._fault(f"has the unknown modality {modality}", f"use one of {', '.join(MODALITIES)}")
            return "actual"
        return modality
