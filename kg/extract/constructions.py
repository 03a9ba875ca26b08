"""What no word says but the way words stand together: "Kazan, Russia", "the Russian army", "Israeli journalist X".

These are the constructions of English that have a meaning of their own, so they have no entry in the lexicon. They are
few, and each is only read where the types of both mentions leave no other reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Span, Token

from kg.extract.mentions import MentionIndex
from kg.extract.patterns import Match
from kg.lexicon import Argument, Entry, Frame, Lexicon, Sense
from kg.ontology import Ontology


def _construction(name: str, relation: str, confidence: float) -> tuple[Entry, Sense]:
    modified, modifier = Argument("modified", "attributiveArg"), Argument("modifier", "complement")
    sense = Sense(relation, Frame(name), (modified,), (modifier,), confidence=confidence)
    return Entry(f"construction-{name}", name, (name,), "construction", senses=(sense,)), sense


_PLACE_CHAIN = _construction("place-chain", "locatedIn", 0.9)
_SEAT = _construction("seat", "basedIn", 0.8)
_NATIONALITY = _construction("nationality", "citizenOf", 0.8)
_HOME = _construction("home", "basedIn", 0.6)


def constructions(
    mentions: MentionIndex, ontology: Ontology, lexicon: Lexicon, related: Collection[tuple[str, str]]
) -> Iterator[Match]:
    """The statements that constructions make.

    :param related: pairs of chains that the lexicon has related already; a title says more than a nationality.
    """
    for span in mentions.spans:
        kind = ontology.base_type(span.label_)
        if kind == "Place":
            yield from _place_chain(span, mentions, ontology)
        elif kind == "Organization":
            for other in _inside(span, mentions):
                if ontology.base_type(other.label_) in {"Country", "Place"}:
                    yield _match(_SEAT, other.root, span, other)
        if kind not in {"Organization", "Person", "Group"}:
            continue
        other = _before_head(span, mentions)
        if other is None or (span.id_, other.id_) in related or other.id_ == span.id_:
            continue
        where = ontology.base_type(other.label_)
        if kind == "Organization" and where in {"Country", "Place"}:
            yield _match(_SEAT, other.root, span, other)
        elif where in {"Country", "Place"} and not _holds_office(span, ontology, lexicon):
            if kind in {"Person", "Group"} and where == "Country":
                yield _match(_NATIONALITY, other.root, span, other)
            elif kind == "Person":
                yield _match(_HOME, other.root, span, other)


def _inside(span: Span, mentions: MentionIndex) -> Iterator[Span]:
    """The mentions directly inside an organization's: "the [Russian] army", "the Foreign Ministry of [Iraq]"."""
    for position in range(span.start, span.end):
        other = mentions.starting_at(position)
        if other is not None and other.end <= span.end and other != span and other.id_ != span.id_:
            before = span.doc[position - 1].lower_ if position > span.start else "of"
            if before in {"of", "in", "the", "a", "an", "from"} or other.end <= span.root.i:
                yield other


def _before_head(span: Span, mentions: MentionIndex) -> Span | None:
    """The mention that modifies a phrase from before its head, or a name from before its title."""
    if len(span) > 1 and span.root.pos_ != "PROPN":
        return mentions.before(span.root)
    title = span.doc[span.start - 1] if span.start > span.sent.start else None
    if title is None or title.pos_ not in {"NOUN", "PROPN", "ADJ"}:
        return None
    return mentions.ending_at(span.start) or mentions.before(title)


def _holds_office(span: Span, ontology: Ontology, lexicon: Lexicon) -> bool:
    """Whether the noun of a phrase or title relates a person to a country in another way than by nationality."""
    nouns = [span.root, *(span.doc[i] for i in range(max(span.start - 1, 0), span.start))]
    return any(
        argument.role == "copulativeArg"
        and sense.relation != _NATIONALITY[1].relation
        and ontology.allows(sense.relation, "Person", "Country")
        for noun in nouns
        for entry in lexicon.find("noun", noun.lemma_.lower())
        for sense in entry.senses
        for argument in sense.subject
    )


def _place_chain(span: Span, mentions: MentionIndex, ontology: Ontology) -> Iterator[Match]:
    """ "Kazan, Russia": a place, a comma, and what it lies in."""
    doc = span.doc
    if span.end + 1 >= len(doc) or doc[span.end].text != "," or mentions.ending_at(span.end) != span:
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
