"""Where an article itself says that two names are one: an acronym in brackets, a former name, an alias."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.naming import is_acronym
from kg.records import Mention

_GAP = 60  # characters between two names that belong together
_SAYS = re.compile(
    r"""\s*[,(–—-]?\s*\(?\s*
    (?:(?:the|an?)\s+[\w'’ -]{1,40}?\s+(?=(?:better|also|formerly|widely|known)\b))?
    (?:(?:which|who|that)\s+)?(?:(?:is|was|are|were|has\ been|had\ been|will\ be|is\ to\ be)\s+)?
    (?:
        (?:now|formerly|previously|once|originally|better|also|widely|until\ recently|later|since|recently|officially)
            (?:\s+(?:known|called|named|renamed|rebranded))?(?:\s+as)?
      | (?:known|renamed|rebranded|reborn|abbreviated|shortened)(?:\s+itself)?(?:\s+(?:as|to))?
      | (?:changed|has\ changed|will\ change|is\ changing)\s+its\s+name\s+to
      | (?:has\s+|have\s+)?(?:renamed|rebranded|called)\s+itself(?:\s+as)?
      | (?:(?<=\bbe\s)|(?<=\bis\s)|(?<=\bare\s))called  # but not "Lund called Rau"
      | alias | a\.?k\.?a\.? | née | born | nom\ de\ guerre
      | (?:(?:and|but)\s+)?whose\ (?:real|former|birth|maiden|full)\ name\ (?:is|was)
      | or
    )
    \s*["“'‘]?\s*(?:the\s+)?["“'‘]?""",
    re.VERBOSE,
)
_NAME_CHANGE = re.compile(r"\bnames?\s+from\s+(?:the\s+)?$")
_BRACKET = re.compile(r"\s*\(\s*(?:the\s+)?[\"“'‘]?")
_BRACKET_END = re.compile(r"[\"”'’]?\s*[),;]")
_OWNS = re.compile(r"['’]s?\b")
_TO = re.compile(r"\s+to\s+(?:the\s+)?")
_NAMES = re.compile(r"\b(?:known|name|alias|called)\b")


def said_to_be_one(mentions: Sequence[Mention], text: str) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of mentions that the text says are one, in the order of the text; the second is a name.

    An acronym in brackets behind a name is one, or a name in brackets behind an acronym, and what stands around
    "formerly", "now known as", "alias". The first may be a phrase: "the singer, whose real name is ...".
    """
    ordered = sorted((m for m in mentions if m.kind != "pronoun"), key=lambda m: (m.start, m.end))
    names = [m for m in ordered if m.kind == "name"]
    for left, right in pairwise(names):
        if _says(left, right, text):
            yield left, right
    for left, right in pairwise(ordered):
        described = left.kind == "nominal" and right.kind == "name" and left.end <= right.start
        if described and _NAMES.search(text, left.end, right.start) and _says(left, right, text):
            yield left, right


def _says(left: Mention, right: Mention, text: str) -> bool:
    gap = text[left.end : right.start]
    if left.end > right.start or len(gap) > _GAP or "\n" in gap:
        return False
    if _OWNS.match(text, right.end):  # "Bo Lund, who is also *Ann Rau's* envoy"
        return False
    if _BRACKET.fullmatch(gap) and _BRACKET_END.match(text, right.end):
        return is_acronym(left.text) != is_acronym(right.text)
    if _TO.fullmatch(gap):
        return bool(_NAME_CHANGE.search(text[max(0, left.start - 30) : left.start]))
    return gap.strip(' ,("') != "or" and bool(_SAYS.fullmatch(gap))
