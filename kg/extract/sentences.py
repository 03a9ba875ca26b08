"""Which sentences belong together."""

from __future__ import annotations

from spacy.tokens import Span


def before(sentence: Span) -> Span | None:
    """The sentence before one, in the same paragraph."""
    if sentence.start == 0:
        return None
    first = sentence.doc[sentence.start - 1].sent
    return first if in_paragraph(first, sentence) else None


def in_paragraph(first: Span, second: Span) -> bool:
    """Whether no line ends between two sentences, of which one follows the other."""
    doc = first.doc
    begin, end = first.end, second.start
    while begin > first.start and doc[begin - 1].is_space:
        begin -= 1
    while end < second.end and doc[end].is_space:
        end += 1
    return not any("\n" in token.text for token in doc[begin:end])
