"""Who or what a noun stands for where it describes somebody: the holder of a title, the name beside it, its subject."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import Filler
from kg.extract.mentions import MentionIndex
from kg.extract.objects import direct_objects
from kg.extract.subjects import surface_subject
from kg.extract.syntax import child, is_passive, markers
from kg.extract.titles import TITLE, is_bare_office, is_in_phrase, one_apposition

#: Verbs whose role with "as" is their subject's: "succeeded her *as president*".
_TAKING_OVER = frozenset({"succeed", "replace", "follow", "join", "represent", "serve"})
#: Verbs that put a noun to their subject or object as a copula does.
_COPULAR = frozenset({"become", "remain", "be", "stay"})


def denoted(noun: Token, mentions: MentionIndex) -> Iterator[Filler]:
    """Who or what a noun stands for: the name it is a title of, the name beside it, its subject, or itself."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "include" and not is_passive(noun.head):
        yield from (Filler(token, "included") for token in direct_objects(noun.head))
    own = mentions.covering(noun)
    named = mentions.starting_at(noun.i + 1)
    if named is not None and mentions.base_type(named) == "Person":
        yield Filler(named.root, "title")
        return
    beside = (own is None or not own.start <= noun.head.i < own.end) and is_in_phrase(noun, noun.head)
    if noun.dep_ in TITLE and beside and mentions.headed_by(noun.head) is not None:
        yield Filler(noun.head, "title")
        return
    for c in noun.rights:
        if c.dep_ in {"flat", "nmod:desc"} and mentions.headed_by(c) is not None:
            yield Filler(c, "title")
            return
    if (behind := mentions.name_behind(noun)) is not None:
        yield Filler(behind.root, "apposition")
        return
    near = mentions.name_near(noun)
    if near is not None and mentions.headed_by(near) is not None:
        yield Filler(near, "apposition")
        return
    if child(noun, "cop") is not None and (subject := surface_subject(noun)) is not None:
        yield Filler(subject[0], "copula")
        return
    if (predicated := _predicated(noun)) is not None:
        yield Filler(predicated, "predicative")
        return
    if (first := one_apposition(noun)) is not None and mentions.headed_by(first) is not None:
        yield Filler(first, "apposition")
    elif _stands_for_itself(noun, mentions):
        yield Filler(noun, "nominal")
    elif (whole := mentions.measured(noun)) is not None:
        yield Filler(whole, "nominal")
    elif noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        yield from denoted(noun.head, mentions)


def _stands_for_itself(noun: Token, mentions: MentionIndex) -> bool:
    span = mentions.headed_by(noun)
    return span is not None and (mentions.base_type(span) == "Event" or not is_bare_office(noun))


def _predicated(noun: Token) -> Token | None:
    """ "became *president*", "elected him *president*", "appointed *as president*"."""
    verb = noun.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return None
    as_role = noun.dep_.startswith("obl") and "as" in markers(noun)
    if noun.dep_ == "xcomp" or as_role:
        if not is_passive(verb) and verb.lemma_ not in _TAKING_OVER:
            found = [token for token in direct_objects(verb) if token.i != noun.i]
            if found:
                return found[0]
        subject = surface_subject(verb)
        return subject[0] if subject else None
    if noun.dep_ == "obj" and verb.lemma_ in _COPULAR and (subject := surface_subject(verb)) is not None:
        return subject[0]
    return None
