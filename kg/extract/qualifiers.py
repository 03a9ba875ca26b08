"""What narrows a statement: when, where, as what, for what, how many. In the words of the text and only where given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from spacy.tokens import Span, Token

from kg.extract import time
from kg.extract.mentions import mentions_from
from kg.extract.patterns import Match
from kg.extract.stance import Cue, base, marker
from kg.records import Modality, Qualifiers

_LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "across", "off", "on", "over", "around", "along"})
_PLACES = frozenset({"Place", "Country"})
#: By relation: the prepositions whose phrase says as what, for what or to what. Which relations have a status is a
#: matter of the annotation's definition of it (designation, charge, sentence, award).
_STATUS: Mapping[str, frozenset[str]] = {
    "designatedBy": frozenset({"as"}),
    "recognizes": frozenset({"as"}),
    "prosecuted": frozenset({"with", "for", "of", "on", "to", "in"}),
    "accused": frozenset({"of", "for"}),
    "capturedBy": frozenset({"for", "on", "over"}),
    "heldBy": frozenset({"for", "on", "over", "as"}),
    "sanctionedBy": frozenset({"for", "over"}),
    "awarded": frozenset({"for"}),
}
_BEFORE_NUMBER = frozenset({"the", "all", "these", "those", "its", "his", "her", "their", "other"})
_ABOUT = frozenset(
    {
        "at",
        "least",
        "most",
        "more",
        "less",
        "fewer",
        "than",
        "over",
        "under",
        "about",
        "around",
        "nearly",
        "almost",
        "up",
    }
    | {"to", "some", "approximately", "an", "a", "estimated", "record", "as", "many", "roughly", "only", "between"}
)
_AMOUNTS = frozenset({"dozen", "dozens", "hundreds", "thousands", "millions", "scores", "several", "many"})
_POSITION: frozenset[str] = frozenset({"appointed", "dismissed", "succeeded", "worksFor", "memberOf", "candidateFor"})


def qualify(
    match: Match,
    date: dt.date | None,
    *,
    modality: Modality = "actual",
    cues: Mapping[int, Cue] | None = None,
    described: bool = False,
) -> Qualifiers:
    """The qualifiers of a matched frame.

    :param date: the article's date, for relative times.
    :param modality: of the statement: plans lie ahead.
    :param cues: the stance cues of the text, which tell light verbs.
    :param described: the trigger only describes an argument, as a title does: time, place and number around it are not
        the description's.
    """
    relation = match.sense.relation
    return Qualifiers(
        time=None if described else time.find(match.trigger, date, modality=modality, cues=cues),
        place=None if described else _place(match),
        position=match.title.text if match.title is not None else _role(match) if relation in _POSITION else None,
        status=_status(match),
        number=None if described else _number(match.subject) or _number(match.object),
    )


def _place(match: Match) -> str | None:
    """The place named in a locative phrase of the trigger or of its clause, unless it is one of the arguments."""
    for holder in dict.fromkeys((match.trigger, match.clause)):
        for child in holder.children:
            introduced = marker(child) if base(child) in {"obl", "nmod"} else None
            if introduced not in _LOCATIVE:
                continue
            span = _place_at(child)
            if span is not None and not _same(span, match.subject, match.object):
                # "near" is part of what is said of the place, "in" is not.
                return span.text if introduced in {"in", "at", "on"} else f"{introduced} {span.text}"
    return None


def _place_at(head: Token) -> Span | None:
    """The mention of a place with that head; the innermost where they nest."""
    found = None
    for span in mentions_from(head.doc, head.sent.start, head.i + 1):
        if head.i < span.end and span.label_ in _PLACES and span.root == head:
            found = span
    return found


def _same(span: Span, *others: Span) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _number(span: Span) -> str | None:
    """How many they are, with what makes it more or less: "at least 12 people" gives "at least 12".

    A person is not counted: "one of them" only says who.
    """
    if span.label_ == "Person":
        return None
    start = span.start
    while start < span.end and span.doc[start].lower_ in _BEFORE_NUMBER:
        start += 1
    first = start
    while start < span.end and span.doc[start].lower_ in _ABOUT:
        start += 1
    end = start
    while end < span.end and (span.doc[end].like_num or span.doc[end].is_currency or span.doc[end].lower_ in _AMOUNTS):
        end += 1
    if end == start or span.doc[end - 1].dep_ == "compound" or (end < span.end and span.doc[end].text in {"-", "%"}):
        return None  # "a 12-year-old", "the 7 October attack"
    return span.doc[first:end].text


def _status(match: Match) -> str | None:
    prepositions = _STATUS.get(match.sense.relation)
    if prepositions is None:
        return None
    for holder in dict.fromkeys((match.trigger, match.clause)):
        for child in holder.children:
            if base(child) in {"obl", "nmod", "advcl", "acl"} and marker(child) in prepositions:
                if _covers(match, child) or time.is_time(child):
                    continue
                return _after_marker(child)
            if base(child) == "xcomp" and match.sense.relation in {"designatedBy", "recognizes"}:
                return _after_marker(child)
    return None


def _role(match: Match) -> str | None:
    """The post in "named X *prime minister*", "sacked as *coach*"."""
    for child in match.trigger.children:
        is_complement = base(child) == "xcomp" and child.pos_ in {"NOUN", "PROPN"}
        is_as = base(child) in {"obl", "advcl"} and marker(child) == "as"
        if (is_complement or is_as) and not _covers(match, child):
            return _after_marker(child)
    return None


def _covers(match: Match, token: Token) -> bool:
    return any(span.start <= token.i < span.end for span in (match.subject, match.object))


def _after_marker(head: Token) -> str:
    """The phrase without its preposition and article, up to a comma or a clause told on the side."""
    doc = head.doc
    left, right = head.left_edge.i, head.right_edge.i
    for child in head.rights:
        if child.dep_ in {"acl:relcl", "parataxis", "advcl"} or (
            child.dep_ == "appos" and doc[child.left_edge.i - 1].text == ","
        ):
            right = min(right, child.left_edge.i - 1)
    while left < right and (doc[left].dep_ in {"case", "mark", "det"} or doc[left].is_punct):
        left += 1
    while right > left and doc[right].is_punct:
        right -= 1
    return doc[left : right + 1].text
