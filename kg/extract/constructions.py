"""What no word says but the way words stand together: "Kazan, Russia", "the Russian army", "Israeli journalist X".

These are the constructions of English that have a meaning of their own, so they have no entry in the lexicon: an
apposition of places, and a name before a noun. What a name before a noun says goes by what the two are
(:data:`MODIFIED`); it is read only where no word of the lexicon has related them already, since a title or a
nominalisation says more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Span, Token

from kg.extract.members import named_members
from kg.extract.mentions import MentionIndex, head_of
from kg.extract.patterns import Match
from kg.extract.purposes import dealt_with
from kg.lexicon import Argument, Entry, Frame, Lexicon, Sense
from kg.ontology import Ontology

_MODIFIED, _MODIFIER = (Argument("modified", "attributiveArg"),), (Argument("modifier", "complement"),)

#: A modifier names something or stands for it; a common noun before another says of what kind it is ("*police* car").
_NAMING = frozenset({"PROPN", "ADJ", "PRON"})
#: Types of entity that whoever has them relates to in one way: "Oria's *Supreme Court*".
_OWNED = frozenset({"Organization", "Event", "Work", "Place"})
#: What a pronoun may have without being more to it: "*his* car", "*its* ports"; how *its* report came about is open.
_HAD = frozenset({"owns", "basedIn", "locatedIn"})
#: What leads to a place beside which something is.
_NEAR = frozenset({"near", "outside"})
#: Parts of speech that may follow a modifier within its phrase.
_MODIFIED_BY = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PART"})
#: What a modifier before a noun says, by the types of the phrase and of its modifier: the relation, whether it leads
#: from the modifier to the phrase ("Hamas's base": Hamas owns the base), and how often that is what is meant.
MODIFIED: Mapping[tuple[str, str], tuple[str, bool, float]] = {
    ("Organization", "Country"): ("basedIn", False, 0.8),
    ("Organization", "Place"): ("basedIn", False, 0.6),
    ("Organization", "Organization"): ("partOf", False, 0.75),
    ("Organization", "Person"): ("leads", True, 0.65),
    ("Person", "Country"): ("citizenOf", False, 0.85),
    ("Person", "Place"): ("basedIn", False, 0.5),
    ("Person", "Organization"): ("memberOf", False, 0.7),
    ("Group", "Country"): ("citizenOf", False, 0.65),
    ("Group", "Organization"): ("memberOf", False, 0.65),
    ("Place", "Country"): ("locatedIn", False, 0.6),
    ("Place", "Place"): ("locatedIn", False, 0.7),
    ("Place", "Organization"): ("owns", True, 0.7),
    ("Product", "Country"): ("owns", True, 0.7),
    ("Product", "Organization"): ("owns", True, 0.6),
    ("Product", "Person"): ("owns", True, 0.6),
    ("Event", "Place"): ("locatedIn", False, 0.6),
    ("Event", "Organization"): ("organized", True, 0.6),
    ("Event", "Work"): ("about", False, 0.8),
    ("Event", "Product"): ("about", False, 0.7),
    ("Work", "Organization"): ("created", True, 0.6),
    ("Work", "Person"): ("created", True, 0.7),
    ("Work", "Event"): ("about", False, 0.9),
}


def constructions(mentions: MentionIndex, lexicon: Lexicon, related: Collection[frozenset[str]]) -> Iterator[Match]:
    """The statements that constructions make.

    :param related: pairs of chains that the lexicon has related already, either way round.
    """
    for span in mentions.spans:
        for other in (*_before(span, mentions), *_inside(span, mentions)):
            types = mentions.base_type(span), mentions.base_type(other)
            if types not in MODIFIED or span.id_ == other.id_ or frozenset((span.id_, other.id_)) in related:
                continue
            naming = other.root.pos_ in _NAMING or _is_possessive(other)
            if not naming or (types[0] == types[1] != "Organization" and span.root.pos_ == "PROPN"):
                continue  # "police car"; "Coast Guard" is no part of a coast
            relation, reverse, confidence = MODIFIED[types]
            if other.root.pos_ == "PRON" and relation not in _HAD:
                continue
            if types == ("Organization", "Organization") and mentions.is_class(span.root) and other.end == span.end - 1:
                continue  # "the *Acme* company" is Acme
            if types == ("Place", "Organization") and span.root.pos_ == "PROPN" and not _is_possessive(other):
                continue  # "Fort Stewart" is a name, no fort of a Stewart
            if types == ("Person", "Organization") and other[-1].pos_ != "ADJ":
                continue  # a "*Republican* senator" is of the party; what an "Acme lawyer" is to Acme is open
            if types[1] == "Country" and _holds_office(span, relation, mentions.ontology, lexicon):
                continue
            ends = (_MODIFIER, _MODIFIED) if reverse else (_MODIFIED, _MODIFIER)
            sense = Sense(relation, Frame("modifier"), *ends, confidence=confidence)
            subject, obj = (other, span) if reverse else (span, other)
            yield _match("modifier", sense, other.root, subject, obj)
        for other in dealt_with(span, mentions):
            if other.id_ != span.id_ and frozenset((span.id_, other.id_)) not in related:
                sense = Sense("about", Frame("modifier"), _MODIFIED, _MODIFIER, confidence=0.85)
                yield _match("purpose", sense, head_of(span), span, other)
        for other in named_members(span, mentions):
            if other.id_ != span.id_ and mentions.ontology.allows("memberOf", other.label_, span.label_):
                sense = Sense("memberOf", Frame("apposition"), _MODIFIER, _MODIFIED, confidence=0.7)
                yield _match("members", sense, head_of(span), other, span)
        if mentions.base_type(span) == "Place":
            yield from _place_chain(span, mentions)
            if (whole := _part_of(span, mentions)) is not None:
                sense = Sense("locatedIn", Frame("modifier"), _MODIFIED, _MODIFIER, confidence=0.8)
                yield _match("part", sense, whole.root, span, whole)


def _inside(span: Span, mentions: MentionIndex) -> Iterator[Span]:
    """The mentions that modify what follows them inside a phrase: "the [Russian] army", "[her] report"."""
    position = span.start
    while position < span.end - 1:
        other = mentions.longest_at(position, within=span)
        if other is None:
            if span.doc[position].pos_ in {"ADP", "SCONJ", "VERB", "PUNCT"} and span.doc[position].text != "-":
                return
            position += 1
            continue
        position = other.end
        following = span.doc[position] if position < span.end else None
        if following is not None and (following.pos_ in _MODIFIED_BY or following.lower_ in {"'s", "’s", "'", "-"}):
            yield other


def _is_possessive(span: Span) -> bool:
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return span.root.dep_ == "nmod:poss" or (after is not None and after.lower_ in {"'s", "’s", "'"})


def _before(span: Span, mentions: MentionIndex) -> Iterator[Span]:
    """The mention before the title of a name: "*Israeli* journalist X", "*Turkish* airline X"."""
    title = None if span[0].is_sent_start else span.doc[span.start - 1]
    if title is not None and title.lower_ in {"'s", "’s", "'"}:
        owner = mentions.ending_at(span.start - 1)
        if owner is not None and mentions.base_type(span) in _OWNED and owner.label_ != span.label_:
            yield owner
    elif title is not None and title.pos_ in {"NOUN", "PROPN", "ADJ"}:
        other = mentions.ending_at(span.start) or mentions.before(title)
        if other is not None and (mentions.covering(title) is None or other.end == span.start):
            yield other


def _holds_office(span: Span, relation: str, ontology: Ontology, lexicon: Lexicon) -> bool:
    """Whether the noun of a phrase or title relates a person to a country in another way than by nationality."""
    nouns = [span.root, *(span.doc[i] for i in range(max(span.start - 1, 0), span.start))]
    return any(
        argument.role == "copulativeArg"
        and sense.relation != relation
        and ontology.allows(sense.relation, "Person", "Country")
        for noun in nouns
        for entry in lexicon.find("noun", noun.lemma_.lower())
        for sense in entry.senses
        for argument in sense.subject
    )


def _part_of(span: Span, mentions: MentionIndex) -> Span | None:
    """What a phrase names a part of with nothing but adjectives: "southern *Chad*"."""
    within = [other for other in mentions.all_ending_at(span.end) if other.start > span.start]
    whole = within[-1] if within else None
    if whole is None or mentions.base_type(whole) not in {"Place", "Country"} or whole.id_ == span.id_:
        return None
    before = span.doc[span.start : whole.start]
    return whole if all(token.pos_ in {"ADJ", "DET", "VERB"} for token in before) else None


def _place_chain(span: Span, mentions: MentionIndex) -> Iterator[Match]:
    """ "Kazan, Russia": a place, a comma, and what it lies in."""
    doc = span.doc
    if span.end + 1 >= len(doc) or doc[span.end].text != "," or mentions.ending_at(span.end) != span:
        return
    after = mentions.starting_at(span.end + 1)
    if after is None or mentions.base_type(after) not in {"Place", "Country"} or after.id_ == span.id_:
        return
    if doc[span.end + 1].dep_ == "det" or _in_list(after, mentions):
        return
    sense = Sense("locatedIn", Frame("apposition"), _MODIFIED, _MODIFIER, confidence=0.95)
    yield _match("place-chain", sense, after.root, span, after)
    yield from _surrounding(span, after, mentions)
    for other in _named_before(span, mentions):
        if other.id_ != after.id_:
            shared = replace(sense, confidence=0.7)
            yield _match("place-chain", shared, after.root, other, after)


def _surrounding(place: Span, around: Span, mentions: MentionIndex) -> Iterator[Match]:
    """What lies near a place lies in what that lies in: "a *depot* near Graz, *Styria*"."""
    doc = place.doc
    near = doc[place.start - 1] if place.start > place.sent.start else None
    if near is None or near.lower_ not in _NEAR:
        return
    sense = Sense("locatedIn", Frame("apposition"), _MODIFIED, _MODIFIER, confidence=0.8)
    for other in mentions.all_ending_at(near.i) + mentions.all_ending_at(place.end):
        if mentions.base_type(other) in {"Place", "Event"} and other.start < near.i and other.id_ != around.id_:
            yield _match("near", sense, near, other, around)


def _named_before(last: Span, mentions: MentionIndex) -> Iterator[Span]:
    """The places before the last of a row: "in *Graz*, *Linz* and Wels, Austria"."""
    doc, position = last.doc, last.start - 1
    while position > last.sent.start and doc[position].text in {",", "and"}:
        if position == last.start - 1 and (doc[position].text == "," or doc[position - 1].text == ","):
            return  # "Wels, *Austria*" is no row, nor may "Graz, Styria, and *Wels*" be one
        before = mentions.ending_at(position - (doc[position - 1].text == ","))
        if before is None or before.label_ != last.label_ or before.root.pos_ != "PROPN":
            return
        yield before
        position = before.start - 1


def _in_list(after: Span, mentions: MentionIndex) -> bool:
    """Whether what follows the comma is one more of the same: "Kharkiv, *Odesa* and Lviv"."""
    doc, end = after.doc, after.end
    follows_comma = end < len(doc) and doc[end].text == ","
    word = end + 1 if follows_comma else end
    if word < len(doc) and doc[word].lower_ in {"and", "or"}:
        further = mentions.starting_at(word + 1)
        return not follows_comma or (further is not None and further.label_ == after.label_)
    if not _is_coordinated(after.root) or mentions.base_type(after) == "Country":
        return False
    further = mentions.starting_at(word) if follows_comma else None
    return further is None or mentions.base_type(further) != "Country"


def _is_coordinated(token: Token) -> bool:
    """Whether a conjunct has a conjunction somewhere in its row; without one the parser took an apposition for it."""
    row = [token, *(c for c in token.head.rights if c.dep_ == "conj")]
    return token.dep_ == "conj" and any(c.dep_ == "cc" for conjunct in row for c in conjunct.lefts)


def _match(name: str, sense: Sense, trigger: Token, subject: Span, obj: Span) -> Match:
    entry = Entry(f"construction-{name}", name, (name,), "construction", senses=(sense,))
    return Match(trigger, trigger, entry, sense, subject, obj, name)
