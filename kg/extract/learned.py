"""What the learned scorer has found likely, as the second witness beside the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kg.extract.patterns import Match
from kg.lexicon import Entry, Frame, Sense
from kg.ontology import Ontology

#: What ``origin`` says of a statement that the scorer speaks for.
LEARNED = "learned"

Key = tuple[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A relation between two mentions with the scorer's logit."""

    relation: str
    subject: Span
    object: Span
    score: float
    trigger: Token


@dataclass(frozen=True, slots=True)
class Proposals:
    """The likeliest proposal for each relation between two chains. ``read``: a scorer has read the text at all."""

    best: Mapping[Key, Proposal] = field(default_factory=dict)
    read: bool = False

    @classmethod
    def of(cls, doc: Doc, ontology: Ontology) -> Proposals:
        """What the scorer left on a ``Doc``, as far as domain and range allow it."""
        found = doc.user_data.get("relations")
        if found is None:
            return cls()
        spans = list(doc.spans["mentions"])
        best: dict[Key, Proposal] = {}
        for subject, obj, relation, score, trigger in found:
            first, second = spans[subject], spans[obj]
            if relation in ontology.properties and ontology.allows(relation, first.label_, second.label_):
                made = key(relation, first.id_, second.id_, ontology)
                if made not in best or best[made].score < score:
                    best[made] = Proposal(relation, first, second, score, doc[trigger])
        return cls(best, read=True)

    def beside(self, said: Iterable[Key]) -> Iterator[Proposal]:
        """The proposals that the lexicon has not said."""
        known = set(said)
        for made, proposal in self.best.items():
            if made not in known:
                yield proposal


def key(relation: str, subject: str, obj: str, ontology: Ontology) -> Key:
    """What is said, whichever way round a symmetric relation is told."""
    ends = (subject, obj)
    return relation, (min(ends), max(ends)) if ontology.properties[relation].symmetric else ends


def match(proposal: Proposal, confidence: float) -> Match:
    """A proposal as a match of a frame that has no entry in the lexicon."""
    trigger = proposal.trigger
    entry = Entry(LEARNED, trigger.lemma_, (trigger.lower_,), trigger.pos_.lower())
    sense = Sense(proposal.relation, Frame(LEARNED), (), (), confidence=confidence)
    clause = trigger.head if trigger.pos_ == "NOUN" and trigger.head.pos_ == "VERB" else trigger
    return Match(trigger, clause, entry, sense, proposal.subject, proposal.object, LEARNED)
