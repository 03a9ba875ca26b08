"""The lexicon: which words, in which frames, express which relation. OntoLex-Lemon with synsem and LexInfo, in Turtle.

An entry names its frames (``synsem:synBehavior``) and senses (``ontolex:sense``). A sense is at once a ``synsem:OntoMap``:
it refers to a property of the ontology and says which syntactic argument is its subject and which its object::

    :visit a ontolex:Word ; lexinfo:partOfSpeech lexinfo:verb ; ontolex:canonicalForm [ ontolex:writtenRep "visit"@en ] ;
      synsem:synBehavior [ a lexinfo:TransitiveFrame ; lexinfo:subject arg:subject ; lexinfo:directObject arg:object ] ;
      ontolex:sense [ ontolex:reference kg:visited ; synsem:subjOfProp arg:subject ; synsem:objOfProp arg:object ] .

An argument with a ``synsem:marker`` is reached through that preposition. ``synsem:propertyDomain`` and ``propertyRange``
narrow a sense to some types, ``kg:modality`` gives it a modality of its own ("lift sanctions": negated), ``kg:confidence``
says how far it can be trusted, ``kg:attributedTo`` which argument vouches for it ("claim responsibility").

Entries whose sense refers to a term of the record vocabulary (``kg:possible``, ``kg:said``) instead of a property are
:class:`StanceEntry`: the cues of attribution and modality. Light verbs ("hold" talks, ``lexinfo:lightVerb``) carry no
sense: their subject acts in the noun they govern.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import InputError, KGError, VocabularyError
from kg.ontology import Ontology, vocabulary_path
from kg.records import MODALITIES, Modality

LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#"
ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
SYNSEM = "http://www.w3.org/ns/lemon/synsem#"
KG = "https://w3id.org/newskg/ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

#: The shipped files, in the order they are read.
SHIPPED = ("lexicon-en.ttl", "lexicon-en-stance.ttl")

#: LexInfo frames that extraction understands: the part of speech they belong to and the arguments they must have.
FRAMES: Mapping[str, tuple[str, frozenset[str]]] = {
    "IntransitiveFrame": ("verb", frozenset({"subject"})),
    "TransitiveFrame": ("verb", frozenset({"subject", "directObject"})),
    "IntransitivePPFrame": ("verb", frozenset({"subject", "prepositionalAdjunct"})),
    "TransitivePPFrame": ("verb", frozenset({"directObject", "prepositionalAdjunct"})),
    "DitransitiveFrame": ("verb", frozenset({"subject", "directObject", "indirectObject"})),
    "ReciprocalFrame": ("verb", frozenset({"subject"})),
    "NounPPFrame": ("noun", frozenset({"prepositionalAdjunct"})),
    "NounPossessiveFrame": ("noun", frozenset({"possessiveAdjunct"})),
    "NounPredicateFrame": ("noun", frozenset({"copulativeArg"})),
    "AdjectivePPFrame": ("adjective", frozenset({"copulativeSubject", "prepositionalAdjunct"})),
    "AdjectiveAttributiveFrame": ("adjective", frozenset({"attributiveArg"})),
    "PrepositionalPhraseFrame": ("adposition", frozenset({"copulativeSubject", "complement"})),
}
ROLES = frozenset(
    "subject directObject indirectObject prepositionalAdjunct possessiveAdjunct copulativeArg copulativeSubject "
    "attributiveArg complement".split()
)
#: LexInfo parts of speech, by the family of frames they take.
PARTS_OF_SPEECH: Mapping[str, str] = {
    "verb": "verb", "mainVerb": "verb", "lightVerb": "lightVerb", "modal": "auxiliary", "auxiliary": "auxiliary",
    "noun": "noun", "commonNoun": "noun", "relationNoun": "noun", "properNoun": "noun",
    "adjective": "adjective", "participleAdjective": "adjective", "pastParticipleAdjective": "adjective",
    "adposition": "adposition", "preposition": "adposition", "compoundPreposition": "adposition",
    "adverb": "adverb", "generalAdverb": "adverb", "conjunction": "conjunction",
    "subordinatingConjunction": "conjunction", "particle": "particle", "determiner": "determiner", "pronoun": "pronoun",
}  # fmt: skip
#: Record terms that a sense may refer to in place of a relation: the modalities and the kinds of attribution.
STANCE_KINDS = frozenset(MODALITIES) | frozenset("said announced reported alleged denied demanded accordingTo".split())


@dataclass(frozen=True, slots=True)
class Argument:
    """One way to fill a place in a frame. ``role`` is the LexInfo name (``directObject``); ``markers`` the prepositions that
    lead to it. Arguments of one frame with the same ``id`` are ways to express the same thing ("X's visit", "a visit by X").
    """

    id: str
    role: str
    markers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """One syntactic behaviour: the LexInfo class (``TransitiveFrame``) and its arguments."""

    kind: str
    arguments: tuple[Argument, ...] = ()

    def has(self, role: str) -> bool:
        return any(argument.role == role for argument in self.arguments)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a frame says: the arguments that become subject and object of ``relation``, each with the ways to express it.

    ``domain`` and ``range`` narrow the ontology's own where they are not empty. ``modality`` is the strongest claim that
    the word itself allows. ``attributed_to`` is the id of the argument that vouches for it.
    """

    relation: str
    frame: Frame
    subject: tuple[Argument, ...]
    object: tuple[Argument, ...]
    domain: frozenset[str] = frozenset()
    range: frozenset[str] = frozenset()
    modality: Modality = "actual"
    confidence: float = 0.8
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase. ``words`` are the tokens of its canonical form, lower-cased (a hyphen is one); ``forms`` its other
    written forms.
    """

    id: str
    lemma: str
    words: tuple[str, ...]
    pos: str
    forms: frozenset[str] = frozenset()
    senses: tuple[Sense, ...] = ()


@dataclass(frozen=True, slots=True)
class StanceEntry:
    """A cue of attribution or modality. ``kind`` is the local name of a record term: ``possible``, ``said``, ``denied``…

    ``lemma`` is the canonical form as it is written and may be several words. ``frames`` tell which argument is its content.
    """

    entry: str
    lemma: str
    pos: str
    kind: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries of the loaded files. ``digest`` names exactly this content."""

    entries: tuple[Entry, ...]
    stance: tuple[StanceEntry, ...] = ()
    digest: str = ""
    light_verbs: frozenset[str] = frozenset()
    #: Adjectives that turn one role into another: "former" president, "deputy" head (lemma -> entry).
    modifiers: Mapping[str, Entry] = field(default_factory=dict, repr=False)
    #: Entries by part of speech and the lemma of the word that the others hang on.
    index: Mapping[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict, repr=False)

    def find(self, pos: str, lemma: str) -> tuple[Entry, ...]:
        """Entries that may be triggered by a word, longest phrase first."""
        return self.index.get((pos, lemma), ())


def head_word(words: tuple[str, ...], pos: str) -> int:
    """Which word of a phrase the others depend on: "*carry* out", "prime *minister*", "*head* of state"."""
    if pos != "noun":
        return 0
    return next((i - 1 for i, word in enumerate(words) if i and word in {"of", "for", "to", "in"}), len(words) - 1)


def load_lexicon(ontology: Ontology, *paths: Path) -> Lexicon:
    """Read the shipped lexicon and the files at ``paths``, checked against ``ontology``.

    :raises VocabularyError: with every fault of every file.
    """
    shipped = [path for path in map(vocabulary_path, SHIPPED) if path.is_file()]
    return read_lexicon(ontology, [*shipped, *paths])


def read_lexicon(ontology: Ontology, paths: Iterable[Path]) -> Lexicon:
    """Read exactly the files at ``paths``. A file may refer to markers and arguments defined in one before it."""
    state = hashlib.sha256()
    faults: list[KGError] = []
    graph: _Triples = {}
    files: dict[str, str] = {}
    for path in paths:
        try:
            data = path.read_bytes()
            # Oxigraph's parser: rdflib needs seconds for a lexicon of this size, and a command should start in one.
            added = list(parse(data, RdfFormat.TURTLE, base_iri=path.absolute().as_uri()))
        except OSError as error:
            faults.append(InputError(f"cannot be read ({error.strerror})", where=str(path), fix="check the path"))
            continue
        except SyntaxError as error:
            faults.append(KGError(f"is not Turtle: {error}", where=str(path), fix="correct the syntax"))
            continue
        state.update(data)
        for triple in added:
            subject, value = cast(_Node, triple.subject), cast(_Node, triple.object)
            graph.setdefault(subject, defaultdict(list))[triple.predicate.value].append(value)
            if triple.predicate.value == TYPE and value.value.startswith(ONTOLEX):
                files[subject.value] = str(path)
    reader = _Reader(graph, ontology, faults)
    entries: list[Entry] = []
    stance: list[StanceEntry] = []
    for iri in sorted(files):
        reader.read(NamedNode(iri), files[iri], entries, stance)
    if faults:
        raise VocabularyError(faults)
    index: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (-len(e.words), e.id)):
        if entry.senses:
            head = head_word(entry.words, entry.pos)
            for word in {entry.words[head], *(form for form in entry.forms if len(entry.words) == 1)}:
                index[entry.pos, word].append(entry)
    return Lexicon(
        entries=tuple(entries),
        stance=tuple(stance),
        digest=state.hexdigest()[:16],
        light_verbs=frozenset(e.lemma for e in entries if e.pos == "lightVerb"),
        modifiers={
            form: e
            for e in entries
            if any(s.frame.has("attributiveArg") for s in e.senses)
            for form in (e.lemma, *e.forms)
        },
        index={key: tuple(found) for key, found in index.items()},
    )


_Node = NamedNode | BlankNode | Literal
_Triples = dict[_Node, dict[str, list[_Node]]]


def _local(node: _Node) -> str:
    return node.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@dataclass(slots=True)
class _Reader:
    """Turns the triples of one entry after the other into plain objects and gathers what is wrong with them."""

    graph: _Triples
    ontology: Ontology
    faults: list[KGError]
    where: str = ""

    def fault(self, message: str, fix: str) -> None:
        self.faults.append(KGError(message, where=self.where, fix=fix))

    def values(self, node: _Node, predicate: str) -> list[_Node]:
        found = self.graph.get(node, {}).get(predicate, [])
        return sorted(found, key=lambda n: n.value) if len(found) > 1 else found

    def read(self, iri: NamedNode, file: str, entries: list[Entry], stance: list[StanceEntry]) -> None:
        name = _local(iri)
        self.where = f"{file}, entry {name}"
        lemma = self._written(iri, "canonicalForm")
        if not lemma:
            self.fault("has no canonical form", 'add ontolex:canonicalForm [ ontolex:writtenRep "…"@en ]')
            return
        pos = self._part_of_speech(iri)
        if pos is None:
            return
        references = [(node, self._reference(node)) for node in self.values(iri, ONTOLEX + "sense")]
        frames = self._frames(iri, pos, complete=any(term not in STANCE_KINDS for _, term in references))
        senses: list[Sense] = []
        for node, term in references:
            if term in STANCE_KINDS:
                stance.append(StanceEntry(name, lemma[0], pos, term, tuple(frames)))
            else:
                senses.extend(self._senses(node, term, frames))
        forms = frozenset(form.lower() for form in [*lemma[1:], *self._written(iri, "otherForm")])
        words = tuple(lemma[0].lower().replace("-", " - ").split())
        entries.append(Entry(name, lemma[0], words, pos, forms, tuple(senses)))

    def _reference(self, sense: _Node) -> str:
        return next((_local(node) for node in self.values(sense, ONTOLEX + "reference")), "")

    def _written(self, iri: _Node, predicate: str) -> list[str]:
        forms = self.values(iri, ONTOLEX + predicate)
        return [text.value for form in forms for text in self.values(form, ONTOLEX + "writtenRep")]

    def _part_of_speech(self, iri: _Node) -> str | None:
        found = [_local(node) for node in self.values(iri, LEXINFO + "partOfSpeech")]
        if len(found) != 1 or found[0] not in PARTS_OF_SPEECH:
            told = ", ".join(found) or "none"
            self.fault(f"needs one known part of speech, has {told}", f"use one of {', '.join(PARTS_OF_SPEECH)}")
            return None
        return PARTS_OF_SPEECH[found[0]]

    def _frames(self, iri: _Node, pos: str, *, complete: bool) -> list[Frame]:
        frames: list[Frame] = []
        for node in self.values(iri, SYNSEM + "synBehavior"):
            kinds = [_local(kind) for kind in self.values(node, TYPE)]
            kind = next((kind for kind in kinds if kind in FRAMES), None)
            if kind is None:
                self.fault(f"has an unknown frame ({', '.join(kinds) or 'no type'})", f"use one of {', '.join(FRAMES)}")
                continue
            arguments = tuple(self._arguments(node))
            family, needed = FRAMES[kind]
            if family != pos:
                self.fault(f"is a {pos} with the {family} frame {kind}", "change the frame or the part of speech")
            for role in sorted(needed - {argument.role for argument in arguments}) if complete else ():
                self.fault(f"{kind} lacks its argument", f"add lexinfo:{role} to the frame")
            frames.append(Frame(kind, arguments))
        return frames

    def _arguments(self, frame: _Node) -> Iterable[Argument]:
        for predicate, nodes in sorted(self.graph.get(frame, {}).items()):
            role = predicate.removeprefix(LEXINFO)
            if role == predicate:
                continue
            if role not in ROLES:
                self.fault(f"has an unknown argument lexinfo:{role}", f"use one of {', '.join(sorted(ROLES))}")
                continue
            for node in nodes:
                markers = [text for marker in self.values(node, SYNSEM + "marker") for text in self._marker(marker)]
                if role == "prepositionalAdjunct" and not markers:
                    self.fault(
                        f"the argument {_local(node)} has no preposition",
                        "give it a synsem:marker that is an entry with a canonical form",
                    )
                yield Argument(node.value, role, frozenset(marker.lower() for marker in markers))

    def _marker(self, node: _Node) -> list[str]:
        return [node.value] if isinstance(node, Literal) else self._written(node, "canonicalForm")

    def _senses(self, node: _Node, relation: str, frames: list[Frame]) -> Iterable[Sense]:
        if relation not in self.ontology.properties:
            self.fault(
                f"refers to {relation or 'nothing'}, which is no property of the ontology",
                "correct ontolex:reference, or load the ontology that defines it",
            )
            return
        ends = [self.values(node, SYNSEM + end) for end in ("subjOfProp", "objOfProp")]
        if any(len(end) != 1 for end in ends):
            self.fault(
                f"the sense {relation} does not map both ends", "give it one synsem:subjOfProp and one synsem:objOfProp"
            )
            return
        types = [
            frozenset(_local(t) for t in self.values(node, SYNSEM + end)) for end in ("propertyDomain", "propertyRange")
        ]
        for name in sorted((types[0] | types[1]) - set(self.ontology.classes)):
            self.fault(
                f"the sense {relation} is narrowed to {name}, which is no class of the ontology", "correct the class"
            )
        modality = next((_local(m) for m in self.values(node, KG + "modality")), "actual")
        if modality not in MODALITIES:
            self.fault(f"has the unknown modality {modality}", f"use one of {', '.join(MODALITIES)}")
            modality = "actual"
        confidence = next((float(c.value) for c in self.values(node, KG + "confidence") if isinstance(c, Literal)), 0.8)
        source = next((a.value for a in self.values(node, KG + "attributedTo")), None)
        found = False
        for frame in frames:
            subject, obj = (tuple(a for a in frame.arguments if a.id == end[0].value) for end in ends)
            if subject and obj:
                found = True
                yield Sense(
                    relation, frame, subject, obj, types[0], types[1], cast(Modality, modality), confidence, source
                )
        if not found:
            self.fault(
                f"no frame holds both arguments of the sense {relation}", "name arguments of one synsem:synBehavior"
            )
