"""Who is named as one of a group, read by the order of words: "two pilots, *Ito* and *Dahl*", "guests, including *Ng*".

Parsers lose long rows of names; commas and "and" do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.extract.mentions import MentionIndex, head_of

_MEMBERS = frozenset({"Person", "Group", "Organization", "Country"})
#: How many words of a title stand before a name at most.
_TITLE = 5
_OF_TITLES = frozenset({"NOUN", "ADJ", "PROPN", "DET", "PART", "NUM"})


def named_members(group: Span, mentions: MentionIndex) -> Iterator[Span]:
    """The members that a row behind the mention of a group names.

    Behind "including" or "such as" any row; without them only as many names as the phrase counts, two at least.
    """
    if mentions.base_type(group) not in {"Group", "Organization"}:
        return
    doc, position, last = group.doc, group.end, group.sent.end
    if position >= last - 1:
        return
    comma = doc[position].text == ","
    position += comma
    if _leads_to_row(doc, position):
        of_names = mentions.base_type(group) == "Organization"
        for member in _row(doc[position + 1 + (doc[position].lower_ == "such") : last], mentions):
            if member.root.pos_ == "PROPN" or not of_names:
                yield member
    elif comma and any(token.pos_ == "NUM" for token in group) and head_of(group).pos_ == "NOUN":
        row = list(_row(doc[position:last], mentions))
        if len(row) >= 2 and all(span.root.pos_ == "PROPN" and span.label_ == row[0].label_ for span in row):
            yield from row


def _leads_to_row(doc: Doc, position: int) -> bool:
    word = doc[position].lower_
    return word == "including" or (word == "such" and position + 1 < len(doc) and doc[position + 1].lower_ == "as")


def _row(rest: Span, mentions: MentionIndex) -> Iterator[Span]:
    """The mentions at the beginning of a text that commas and "and" join."""
    position = rest.start
    while position < rest.end:
        found = _item(position, rest.end, mentions)
        if found is None:
            return
        yield found
        position = found.end
        joined = position
        while joined < rest.end and rest.doc[joined].lower_ in {",", "and"}:
            joined += 1
        if joined == position:
            return
        position = joined


def _item(position: int, end: int, mentions: MentionIndex) -> Span | None:
    """The mention at a position, or the name behind the title that stands there."""
    doc = mentions.spans[0].doc
    for start in range(position, min(position + _TITLE, end)):
        found = mentions.longest_from(start)
        if found is not None and mentions.base_type(found) in _MEMBERS and found.root.pos_ != "ADJ":
            behind = mentions.starting_at(found.end) if found.end < end else None
            if not (behind is not None and mentions.base_type(behind) == "Person" and found.root.pos_ != "PROPN"):
                return found
        if doc[start].pos_ not in _OF_TITLES:
            return None
    return None
