"""What a prepositional phrase is about, and what it governs: attachment is doubtful, the order of words is not."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.extract.mentions import MentionIndex, head_of
from kg.extract.subjects import surface_subject
from kg.extract.syntax import antecedent, child, is_passive, markers

#: What an event may be in the clause that tells where it happened.
_TOLD_OF = frozenset({"nsubj", "nsubj:pass", "obj", "obl:agent"})
#: Prepositions of an event that a clause of those who suffered from it names: "killed *in* a raid in Graz".
_SUFFERED = frozenset({"in", "by"})
#: What leads to some of those that were named before: "seven people, *including* a child".
_NAMING_PARTS = frozenset({"including"})
#: Types of entity that a phrase right behind their mention tells the place of, whatever the parser hangs it on.
_SITUATED = frozenset({"Place", "Event", "Person"})


def governed(adposition: Token, mentions: MentionIndex) -> Token:
    """The head of what follows a preposition; that of the name that follows where the parser takes another word."""
    inner, position = adposition.head, adposition.i + 1
    if (inner.i < adposition.i or mentions.find(inner) is None) and position < adposition.sent.end:
        named = mentions.longest_from(position)
        if named is None and adposition.doc[position].pos_ == "DET":
            named = mentions.longest_from(position + 1)
        if named is not None and (inner in named or inner.i < adposition.i):
            return head_of(named)
    if adposition.lower_ in _NAMING_PARTS and any(token.dep_ == "case" for token in adposition.doc[position : inner.i]):
        return adposition  # "including two medics, *in* Graz": it names no part
    return inner


def acting(inner: Token) -> Iterator[tuple[Token, str]]:
    """Who acts in the clause that a prepositional phrase belongs to: "*she* spoke at the summit"."""
    verb = inner.head
    if inner.dep_ == "obl" and verb.pos_ == "VERB" and not is_passive(verb):
        subject = surface_subject(verb)
        if subject is not None and subject[0].i != inner.i:
            yield subject[0], "clause"


def bearers_of_phrase(adposition: Token, inner: Token, mentions: MentionIndex) -> Iterator[tuple[Token, str]]:
    """What a prepositional phrase is about, each once, with the construction that tells.

    The phrase it stands in, its subject, an event of its clause; and what it stands right behind.
    """
    seen: set[int] = set()
    for token, construction in (*_attached(adposition, inner, mentions), *_adjacent(adposition, mentions)):
        if token.i not in seen:
            seen.add(token.i)
            yield token, construction


def _attached(adposition: Token, inner: Token, mentions: MentionIndex) -> Iterator[tuple[Token, str]]:
    around = mentions.covering(adposition)
    if around is not None and around.start < adposition.i:
        yield head_of(around), "prepositional"
    elif child(inner, "cop") is not None:
        if (subject := surface_subject(inner)) is not None:
            yield subject[0], "copula"
    elif inner.head.pos_ in {"NOUN", "PROPN"} and inner.dep_ == "nmod":
        yield inner.head, "prepositional"
    elif any(mentions.base_type(before) == "Place" for before in mentions.all_ending_at(adposition.i)):
        return  # "hit a market *in Graz*" tells where the market is
    elif inner.dep_ == "obl" and mentions.kind(inner) in {"Place", "Country"}:
        yield from ((token, "clause") for token in _events(adposition, inner, mentions))


def _events(adposition: Token, inner: Token, mentions: MentionIndex) -> Iterator[Token]:
    """The events that a clause tells of: "the *strike* killed two in Graz", "a *raid* launched in Graz"."""
    verb = inner.head
    for c in verb.children:
        told = c.dep_ in _TOLD_OF or (c.dep_ == "obl" and markers(c) & _SUFFERED and c.i < adposition.i)
        if told and c.i != inner.i and mentions.kind(antecedent(c)) == "Event":
            yield antecedent(c)
    if verb.dep_ == "acl" and mentions.kind(verb.head) == "Event":
        yield verb.head


def _adjacent(adposition: Token, mentions: MentionIndex) -> Iterator[tuple[Token, str]]:
    for before in mentions.all_ending_at(adposition.i):
        if mentions.base_type(before) in _SITUATED:
            yield head_of(before), "adjacent"
    if adposition.lower_ in _NAMING_PARTS and (whole := _named_whole(adposition, mentions)) is not None:
        yield head_of(whole), "adjacent"


def _named_whole(adposition: Token, mentions: MentionIndex) -> Span | None:
    """The group before the comma, or that the verb before it tells of: "*three men* were killed, including a boy"."""
    doc, end = adposition.doc, adposition.i - (adposition.i > 0 and adposition.nbor(-1).text == ",")
    found = mentions.all_ending_at(end)
    verb = doc[end - 1] if end > adposition.sent.start else None
    if not found and verb is not None and verb.pos_ == "VERB":
        subject = surface_subject(verb)
        found = [span] if subject is not None and (span := mentions.find(subject[0])) is not None else []
    return next((span for span in found if mentions.base_type(span) == "Group"), None)
