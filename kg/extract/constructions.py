"""What no word says but the way words stand together: "Kazan, Russia", "the Russian army", "Israeli journalist X".

These are the constructions of English that have a meaning of their own, so they have no entry in the lexicon. They are
few, and each is only read where the types of both mentions leave no other reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Span, Token

from kg.extract.mentions import MentionIndex
from kg.extract.patterns import Match
from kg.lexicon import Argument, Entry, Frame, Sense
from kg.ontology import Ontology

_PREMODIFIERS = frozenset({"amod", "compound", "nmod:poss", "nmod", "nmod:desc", "nmod:unmarked"})


def _construction(name: str, relation: str, confidence: float) -> tuple[Entry, Sense]:
    modified, modifier = Argument("modified", "attributiveArg"), Argument("modifier", "complement")
    sense = Sense(relation, Frame(name), (modified,), (modifier,), confidence=confidence)
    return Entry(f"construction-{name}", name, (name,), "construction", senses=(sense,)), sense


_PLACE_CHAIN = _construction("place-chain", "locatedIn", 0.9)
_SEAT = _construction("seat", "basedIn", 0.8)
_NATIONALITY = _construction("nationality", "citizenOf", 0.8)
_HOME = _construction("home", "basedIn", 0.6)


def constructions(mentions: MentionIndex, ontology: Ontology, related: Collection[tuple[str, str]]) -> Iterator[Match]:
    """The statements that constructions make.

    :param related: pairs of chains that the lexicon has related already; a title says more than a nationality.
    """
    for span in mentions.spans:
        yield from _place_chain(span, mentions, ontology)
        kind = ontology.base_type(span.label_)
        if kind not in {"Organization", "Person", "Group"}:
            continue
        for token in _premodifiers(span):
            other = mentions.headed_by(token)
            if other is None or other == span or (span.id_, other.id_) in related:
                continue
            where = ontology.base_type(other.label_)
            if kind == "Organization" and where in {"Country", "Place"}:
                yield _match(_SEAT, token, span, other)
            elif kind in {"Person", "Group"} and where == "Country":
                yield _match(_NATIONALITY, token, span, other)
            elif kind == "Person" and where == "Place":
                yield _match(_HOME, token, span, other)


def _premodifiers(span: Span) -> Iterator[Token]:
    """Words before the head of a phrase that modify it or its title; of an organization also "of" and a country after it."""
    root = span.root
    heads = [root, *(c for c in root.children if c.dep_ == "nmod:desc")]
    for head in heads:
        for c in head.lefts:
            if c.dep_ in _PREMODIFIERS:
                yield c
    if span.label_ == "Organization":
        for c in root.rights:
            if c.dep_ == "nmod" and c.i < span.end and any(g.lower_ in {"of", "in"} for g in c.lefts):
                yield c


def _place_chain(span: Span, mentions: MentionIndex, ontology: Ontology) -> Iterator[Match]:
    """ "Kazan, Russia": a place, a comma, and what it lies in."""
    doc = span.doc
    if span.end + 1 >= len(doc) or doc[span.end].text != "," or ontology.base_type(span.label_) != "Place":
        return
    after = mentions.starting_at(span.end + 1)
    if after is None or ontology.base_type(after.label_) not in {"Place", "Country"}:
        return
    if after.root.dep_ == "conj" or doc[span.end + 1].dep_ == "det" or _in_list(span, after):
        return
    yield _match(_PLACE_CHAIN, after.root, span, after)


def _in_list(span: Span, after: Span) -> bool:
    """Whether the two stand in an enumeration of places: "Kharkiv, Odesa and Lviv"."""
    doc = span.doc
    following = doc[after.end].lower_ if after.end < len(doc) else ""
    further = doc[after.end + 1].lower_ if after.end + 1 < len(doc) else ""
    if following in {"and", "or"} or (following == "," and further in {"and", "or"} and after.label_ == span.label_):
        return any(c.dep_ == "conj" for c in span.root.rights) or after.label_ == span.label_
    return span.root.dep_ == "conj" and after.label_ == span.label_ and span.label_ == "Country"


def _match(construction: tuple[Entry, Sense], trigger: Token, subject: Span, obj: Span) -> Match:
    entry, sense = construction
    return Match(trigger, trigger, entry, sense, subject, obj, entry.lemma)
