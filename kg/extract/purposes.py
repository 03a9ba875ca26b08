"""What a work or happening deals with, where a clause behind its noun tells: "a plan *to end the war*"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.extract.mentions import MentionIndex, head_of
from kg.extract.objects import direct_objects
from kg.extract.syntax import conjuncts


def dealt_with(span: Span, mentions: MentionIndex) -> Iterator[Span]:
    """The mentions that a work or event is about by the infinitive or gerund behind its noun."""
    kind = mentions.base_type(span)
    if kind not in {"Work", "Event"}:
        return
    for verb in head_of(span).rights:
        if verb.dep_ == "acl" and verb.pos_ == "VERB" and (_is_infinitive(verb) or (kind == "Work" and _tells(verb))):
            for first in direct_objects(verb):
                for token in conjuncts(first):
                    if (found := mentions.find(token)) is not None:
                        yield found


def _is_infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in {"mark", "aux"} for c in verb.lefts)


def _tells(verb: Token) -> bool:
    """ "a law *banning* them": a gerund right behind the work, with no subject of its own."""
    return verb.lower_.endswith("ing") and not any(c.dep_ in {"nsubj", "mark"} for c in verb.lefts)
