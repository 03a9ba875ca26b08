"""What might have been a statement and is none: kept with the reason, for coverage and to explain."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from kg.lexicon import Entry
from kg.records import Span


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


def refused(
    reason: str,
    trigger: Token,
    entry: Entry,
    relation: str | None = None,
    subject: Token | DocSpan | None = None,
    obj: Token | DocSpan | None = None,
) -> Refused:
    """The record of a candidate.

    :param relation: what it would have said; ``None``: any of the entry's relations.
    """
    relations = (relation,) if relation else tuple(dict.fromkeys(sense.relation for sense in entry.senses))
    first, second = (words(end) if end is not None else None for end in (subject, obj))
    return Refused(reason, entry.id, relations, words(trigger), first, second)


def words(of: Token | DocSpan) -> Span:
    """A token or a stretch of a ``Doc`` as a record."""
    start = of.idx if isinstance(of, Token) else of.start_char
    return Span(start, start + len(of.text), of.text)
