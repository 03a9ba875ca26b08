"""Who acts or suffers where the words name only a thing or a happening of theirs: "*Oria's* jets struck the port"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extract.mentions import MentionIndex, head_of

_AGENTS = frozenset({"Person", "Organization", "Country", "Group"})
#: Types of entity that somebody stands behind.
BORNE = frozenset({"Event", "Product"})
#: The group of the relations between those who do and those who suffer; what they do it with may stand for them.
DEEDS = "force and law"
#: What somebody suffers in body.
HARMS = frozenset({"killedBy", "injuredBy"})
#: What happens to a vehicle without anybody meaning it.
_MISHAPS = frozenset("crash collide capsize derail sink overturn plunge veer".split())
#: Relations of a word to the noun behind it.
_BEFORE_NOUN = frozenset({"amod", "compound", "nmod:poss", "nmod:desc"})


def bearer(span: Span, mentions: MentionIndex) -> Span | None:
    """Whose a thing or happening is: named before its head ("an *Orian* jet") or by whom ("a drone flown *by Oria*").

    The one nearest to the head, of those that modify it.
    """
    if mentions.base_type(span) not in BORNE:
        return None
    head = head_of(span)
    own = [other for other in mentions.inside(span) if mentions.base_type(other) in _AGENTS]
    before = [other for other in own if other.end <= head.i and other.root.pos_ in {"PROPN", "ADJ", "PRON"}]
    if before:
        return before[-1]
    for other in own:
        preposition = other.start - 1 - (span.doc[other.start - 1].pos_ == "DET")
        if other.start > head.i and span.doc[preposition].lower_ == "by":
            return other
    return _possessor_before(span, mentions)


def of_mishap(owner: Token) -> bool:
    """Whether a word names whose thing meets with an accident, which is nobody's deed: "an *Orian* jet crashed"."""
    thing = owner
    while thing.dep_ in _BEFORE_NOUN and thing.head.i > thing.i:
        thing = thing.head
    return thing.i != owner.i and thing.dep_ == "nsubj" and thing.head.lemma_ in _MISHAPS


def _possessor_before(span: Span, mentions: MentionIndex) -> Span | None:
    doc, start = span.doc, span.start
    if start < 2 or doc[start - 1].lower_ not in {"'s", "’s"}:
        return None
    owner = mentions.ending_at(start - 1)
    return owner if owner is not None and mentions.base_type(owner) in _AGENTS else None
