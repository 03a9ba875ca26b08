"""What a sentence takes over from those before it: "A bomb went off in Graz. *Nine were hurt. The Front claimed
responsibility.*"

A sentence that tells of harm and names no cause of its own takes the cause of a harm that the sentence before names, or
the one happening that is the cause of all harm in the article. The evidence is then both sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.extract.bearers import DEEDS, HARMS
from kg.extract.clauses import Clauses
from kg.extract.mentions import MentionIndex
from kg.extract.patterns import Match
from kg.extract.sentences import in_paragraph
from kg.extract.subjects import surface_subject
from kg.extract.syntax import conjuncts, is_passive
from kg.extract.triggers import entries_of
from kg.lexicon import Argument, Entry, Frame, Lexicon, Sense

_SUFFERING = frozenset({"Person", "Group"})
_SUBJECT, _BEFORE = (Argument("sufferer", "subject"),), (Argument("before", "complement"),)
#: The share that is right, in the annotated articles for training.
_CONFIDENCE = 0.7


def carried(doc: Doc, clauses: Clauses, found: Sequence[Match]) -> Iterator[Match]:
    """The harms without a cause in their sentence, with the cause that the sentence before names.

    :param clauses: of that document.
    :param found: what the sentences say by themselves.
    """
    mentions, lexicon = clauses.mentions, clauses.lexicon
    properties = mentions.ontology.properties
    causes: dict[int, list[Span]] = defaultdict(list)
    deeds: set[int] = set()
    sentences = list(doc.sents)
    starts = [start for sentence in sentences for start in [sentence.start] * len(sentence)]
    for match in found:
        start = starts[match.trigger.i]
        if match.sense.relation in HARMS:
            causes[start].append(match.object)
        if properties[match.sense.relation].group == DEEDS:
            deeds.add(start)
    claims = {starts[token.i] for token in doc if token.lower_ == "responsibility"}
    told_of = _only([cause for named in causes.values() for cause in named], mentions)
    before: Span | None = None
    for sentence in sentences:
        if causes and before is not None and sentence.start not in deeds:
            cause = _only(causes[before.start], mentions) if in_paragraph(before, sentence) else None
            if cause is None and told_of is not None and mentions.base_type(told_of) == "Event":
                cause = _last(told_of.id_, sentence, mentions)
            if cause is not None:
                for match in _harms(sentence, cause, clauses):
                    causes[sentence.start].append(cause)
                    yield match
        if before is not None and sentence.start in claims and in_paragraph(before, sentence):
            yield from _claims(sentence, before, causes[before.start], mentions, lexicon)
        before = sentence


def _only(causes: Sequence[Span], mentions: MentionIndex) -> Span | None:
    """The one happening of some causes; the one cause where none is a happening."""
    chosen = [span for span in causes if mentions.base_type(span) == "Event"] or causes
    return chosen[0] if len({span.id_ for span in chosen}) == 1 else None


def _last(chain: str, sentence: Span, mentions: MentionIndex) -> Span | None:
    """Where something was last spoken of before a sentence."""
    before = (span for span in reversed(mentions.spans) if span.id_ == chain and span.end <= sentence.start)
    return next(before, None)


def _harms(sentence: Span, cause: Span, clauses: Clauses) -> Iterator[Match]:
    mentions, lexicon = clauses.mentions, clauses.lexicon
    if any(mentions.base_type(span) == "Event" for span in mentions.inside(sentence)):
        return
    for verb in sentence:
        if verb.pos_ != "VERB" or not clauses.is_harm(verb):
            continue
        for entry in entries_of(verb, lexicon):
            sense = next((sense for sense in entry.senses if sense.relation in HARMS), None)
            role = "directObject" if is_passive(verb) else "subject"
            if sense is None or not any(way.role == role for way in sense.subject):
                continue
            subject = surface_subject(verb)
            for token in conjuncts(subject[0]) if subject is not None else ():
                victim = mentions.find(token)
                if victim is not None and mentions.base_type(victim) in _SUFFERING and victim.id_ != cause.id_:
                    yield _match(verb, entry, sense.relation, victim, cause)


def _claims(
    sentence: Span, before: Span, causes: Sequence[Span], mentions: MentionIndex, lexicon: Lexicon
) -> Iterator[Match]:
    """Who claims responsibility for what the sentence before tells of, and does not say again."""
    told = causes or [span for span in mentions.inside(before) if mentions.base_type(span) == "Event"]
    claimed = _only(told, mentions)
    for verb in sentence if claimed is not None else ():
        for entry in entries_of(verb, lexicon) if verb.pos_ == "VERB" else ():
            for sense in entry.senses:
                subject = surface_subject(verb) if sense.attributed_to and not _has_complement(verb) else None
                claimant = mentions.find(subject[0]) if subject is not None else None
                if claimant is not None and claimed is not None and mentions.base_type(claimed) == "Event":
                    yield Match(verb, verb, entry, replace(sense, confidence=_CONFIDENCE), claimant, claimed, "carried")


def _has_complement(verb: Token) -> bool:
    return any(token.dep_ in {"nmod", "obl", "acl", "advcl"} for token in verb.subtree if token.i > verb.i)


def _match(verb: Token, entry: Entry, relation: str, victim: Span, cause: Span) -> Match:
    sense = Sense(relation, Frame("carried"), _SUBJECT, _BEFORE, confidence=_CONFIDENCE)
    return Match(verb, verb, entry, sense, victim, cause, "carried")
