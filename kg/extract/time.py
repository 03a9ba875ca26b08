"""The time that the text gives for a statement: found by its place in the parse, read by :mod:`kg.extract.dates`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Span, Token

from kg.extract.calendar_words import MONTHS, UNITS, WEEKDAYS
from kg.extract.dates import normalise
from kg.extract.intervals import Direction
from kg.extract.stance import Cue, base, carrier, marker
from kg.records import Modality, Time

__all__ = ["find", "normalise"]

_DEPENDENTS = frozenset({"obl", "nmod", "advmod", "obl:unmarked", "nmod:unmarked", "nmod:poss", "compound", "amod"})
_WORDS = frozenset(
    {
        "eve",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "morning",
        "afternoon",
        "evening",
        "night",
        "overnight",
        "noon",
    }
    | {"midnight", "weekend", "spring", "summer", "autumn", "winter", "recently", "now", "currently", "previously"}
)
_CLOCK = re.compile(r"[012]?\d[:.][0-5]\d")
_QUARTER = re.compile(r"q[1-4]|h[12]")
_NAMES = frozenset(MONTHS) | frozenset(WEEKDAYS)
#: Prepositions that make a time of anything they stand with: "during the war". The others need a word of the calendar.
_TEMPORAL = frozenset({"during", "since", "until", "till"})
#: Prepositions that add nothing to the words of the time itself.
_PLAIN = frozenset({"on", "in", "at"})
#: What can stand between a noun and the predicate whose time it shares: "held *talks* on Monday".
_LIGHT = frozenset({"obj", "nsubj:pass"})


def find(
    trigger: Token, date: dt.date | None, *, modality: Modality = "actual", cues: Mapping[int, Cue] | None = None
) -> Time | None:
    """The time of what ``trigger`` expresses, or ``None`` where the text gives none in its clause.

    :param date: the article's date.
    :param modality: of the statement; the time of what is planned or wanted is looked for ahead.
    :param cues: lets a noun take the time of its light verb: "*talks* were held on Monday".
    """
    direction: Direction = "future" if modality in {"planned", "wanted"} or _is_progressive(trigger) else "past"
    for holder in _holders(carrier(trigger), cues or {}):
        candidates = [_expression(child) for child in holder.children if is_time(child)]
        if candidates:
            best = min(candidates, key=lambda span: (abs(span.root.i - trigger.i), span.start))
            return normalise(best.text, date, direction=direction)
    return None


def _is_progressive(verb: Token) -> bool:
    """ "is meeting her on Friday" looks ahead like a plan."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return verb.lower_.endswith("ing") and bool(helpers & {"is", "are", "'s", "'re", "’s", "’re", "am"})


def _holders(token: Token, cues: Mapping[int, Cue]) -> Iterator[Token]:
    """The words whose times are the trigger's: itself, then what shares a clause with it."""
    yield token
    for _ in range(4):
        head = token.head
        cue = cues.get(head.i)
        carries = cue is not None and cue.modality == "actual" and cue.attribution is None
        shares = base(token) == "xcomp" or (base(token) == "conj" and not _has_subject(token))
        if head.i == token.i or not (shares or (token.dep_ in _LIGHT | {"nsubj", "obl"} and carries)):
            return
        token = head
        yield token


def _has_subject(token: Token) -> bool:
    return any(base(child) in {"nsubj", "csubj"} for child in token.children)


def is_time(token: Token) -> bool:
    """Whether this dependent is an expression of time."""
    if token.dep_ not in _DEPENDENTS:
        return False
    introduced = marker(token)
    if introduced in _TEMPORAL:
        return True
    if not _names_time(token):
        return False
    return token.dep_ not in {"compound", "amod"} or token.lower_ in _NAMES


def _names_time(token: Token) -> bool:
    word = token.lemma_.lower().rstrip(".")
    if token.lower_ in _WORDS or (token.lower_.rstrip(".") in _NAMES and token.pos_ != "AUX"):
        return True
    if token.pos_ == "NUM" and any(child.lower_ in _NAMES for child in token.children):
        return True  # "7 October", read as October of a 7
    if _CLOCK.fullmatch(token.text) or _QUARTER.fullmatch(token.lower_):
        return True
    if _is_year(token):
        return token.dep_ not in {"nummod"} and marker(token) not in {None, "of", "to", "for", "with"}
    if word in UNITS:
        # "last week", "three days ago"; but "the first day of the trial", "sentenced to three years"
        return marker(token) not in {"to", "of", "with", "as"} and any(
            child.lower_ in {"last", "this", "next", "past", "previous", "coming", "ago", "earlier", "later", "after"}
            or child.pos_ == "NUM"
            for child in token.subtree
        )
    if word == "half":
        return any(_is_year(child) or child.lower_ == "year" for child in token.subtree)
    aged = any(child.dep_ == "nmod:poss" for child in token.children)  # "in *her* 30s"
    return token.lower_.endswith("0s") and token.lower_[:-1].isdigit() and not aged


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and token.text[:2] in {"18", "19", "20"}


def _expression(head: Token) -> Span:
    """The words of a time, without a plain preposition in front and without clauses, commas or quotes at its ends."""
    doc = head.doc
    left, right = head.left_edge.i, head.right_edge.i
    for child in head.rights:
        if base(child) in {"acl", "parataxis", "conj", "appos", "advcl", "punct"} and not _continues(child):
            right = min(right, child.left_edge.i - 1)
            break
    if head.lower_ in MONTHS:  # "the October 7 attack": day and month both hang on the noun
        right += right + 1 < len(doc) and doc[right + 1].pos_ == "NUM"
        left -= left > 0 and doc[left - 1].pos_ == "NUM" and doc[left - 1].head.i == head.head.i
    while left < right and (doc[left].is_punct or doc[left].is_space or doc[left].lower_ in _PLAIN):
        left += 1
    while right > left and (doc[right].is_punct or doc[right].lower_ in {"'s", "’s"} or doc[right].is_space):
        right -= 1
    return doc[left : right + 1]


def _continues(child: Token) -> bool:
    """ "October 7, *2023*", "between 2010 and *2014*" belong to the time; what is told after it does not."""
    return (
        _is_year(child)
        or _names_time(child)
        or (child.is_punct and _is_year(child.doc[min(child.i + 1, len(child.doc) - 1)]))
    )
