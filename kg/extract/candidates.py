"""What might have been a statement and is none: kept with the reason, for coverage and to explain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Entry
from kg.records import Span


class Dropped(NamedTuple):
    """A candidate as it is dropped: there are several for each statement, and few are ever asked about."""

    reason: str
    trigger: Token
    entry: Entry
    #: What it would have said; ``None``: any of the entry's relations.
    relation: str | None = None
    subject: Token | DocSpan | None = None
    object: Token | DocSpan | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate and why it was refused.

    ``entry`` is the lexicon entry that the trigger is a form of, ``relations`` what that could have said. The ends are
    the words in their places, where it got so far.
    """

    reason: str
    entry: str
    relations: tuple[str, ...]
    trigger: Span
    subject: Span | None = None
    object: Span | None = None


def refused(one: Dropped) -> Refused:
    """The record of a candidate."""
    entry = one.entry
    relations = (one.relation,) if one.relation else tuple(dict.fromkeys(sense.relation for sense in entry.senses))
    subject, obj = (words(end) if end is not None else None for end in (one.subject, one.object))
    return Refused(one.reason, entry.id, relations, words(one.trigger), subject, obj)


def words(of: Token | DocSpan) -> Span:
    """A token or a stretch of a ``Doc`` as a record."""
    start = of.idx if isinstance(of, Token) else of.start_char
    return Span(start, start + len(of.text), of.text)
