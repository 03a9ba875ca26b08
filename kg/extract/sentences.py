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
    """Whether no line ends between two sentences."""
    begin = second.start_char + len(second.text) - len(second.text.lstrip())
    return "\n" not in first.doc.text[first.start_char + len(first.text.rstrip()) : begin]
