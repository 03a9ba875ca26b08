"""Direct speech: which words stand in quotation marks, and who speaks them, over sentence borders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from kg.extract.sources import Report, subject_of
from kg.extract.stance import Cue

_OPENING, _CLOSING, _STRAIGHT = frozenset("“„«"), frozenset("”»"), '"'
#: A quotation shorter than this, in tokens, is a phrase in quotation marks and no speech.
_SPEECH = 5


def _quotations(doc: Doc) -> Iterator[tuple[int, int, bool]]:
    """(first, after last, whether it was left open) of each quotation. A paragraph's end closes what is still open."""
    start: int | None = None
    for token in doc:
        if token.text in _CLOSING or (token.text == _STRAIGHT and start is not None):
            if start is not None:
                yield start, token.i, False
            start = None
        elif token.text in _OPENING or token.text == _STRAIGHT:
            start = token.i + 1
        elif start is not None and "\n\n" in token.text_with_ws:
            yield start, token.i, True
            start = None
    if start is not None:
        yield start, len(doc), True


def speakers(doc: Doc, cues: Mapping[int, Cue], ends: Mapping[int, int]) -> dict[int, Report]:
    """Who speaks, for each token of each quotation that is speech."""
    quoted: dict[int, Report] = {}
    last: tuple[int, Report] | None = None
    for start, end, _ in _quotations(doc):
        if start >= end:
            continue
        report = _speaker(doc, start, end, cues, ends)
        if report is None and last is not None and _continues(doc, last[0], start):
            report = last[1]
        if report is not None:
            last = (end, report)
            if end - start >= _SPEECH:
                quoted.update((i, report) for i in range(start, end))
    return quoted


def _continues(doc: Doc, end: int, start: int) -> bool:
    """Whether a quotation goes on with the one before it: it opens a sentence, in the same paragraph."""
    opens = any(doc[i].is_sent_start for i in (start - 1, start) if i >= 0)
    return opens and not any("\n\n" in token.text for token in doc[end:start])


def _speaker(doc: Doc, start: int, end: int, cues: Mapping[int, Cue], ends: Mapping[int, int]) -> Report | None:
    """The speaker named in a sentence that the quotation begins or ends in: the nearest word of saying outside it."""
    first, final = doc[start].sent, doc[end - 1].sent
    after = final.end
    if doc[end - 1].text == "," and end <= after <= end + 1 < len(doc):
        after = doc[end + 1].sent.end  # the comma leads on, whatever the parser made of it
    outside = [i for i in range(first.start, start) if i in cues] + [i for i in range(end, after) if i in cues]
    verbs = [i for i in outside if cues[i].attribution not in {None, "accordingTo"} and cues[i].pos == "verb"]
    for i in sorted(verbs, key=lambda i: min(abs(i - start), abs(i - end))):
        source = subject_of(doc[i], ends)
        attribution = cues[i].attribution
        if source is not None and attribution is not None and not start <= source.i < end:
            return Report(source, doc[i], attribution)
    return None
