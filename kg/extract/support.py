"""Who acts in a happening that a noun names, where a verb beside the noun tells: "*he* flew to Doha for talks"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from spacy.tokens import Token

from kg.extract.objects import direct_objects
from kg.extract.subjects import surface_subject
from kg.extract.syntax import conjuncts, is_participle, is_passive, markers

#: How far behind a deed something is looked for that belongs to it, in tokens.
_FAR = 25
_LINKING = frozenset({"ADP", "SCONJ"})
#: Words that begin a clause of its own.
_ENDING = frozenset({"but", "although", "though", "despite", "when", "as", "before", "because", "who", "which"})
_MEANWHILE = frozenset({"during", "after", "following", "in", "on", "at", "from"})


#: Verbs whose object takes part in what the subject does.
_JOINING = frozenset({"meet", "join", "host", "welcome", "receive", "invite"})
#: What leads to the clause that tells how something came about.
_HOW = frozenset({"when", "after", "as"})


def responsible(passive: Token, is_deed: Callable[[Token], bool]) -> Iterator[Token]:
    """Who acts in the clause that tells how it came to a deed: "were killed when *gunmen* opened fire".

    :param is_deed: whether a verb tells of force or law.
    """
    shared = [c for c in passive.head.rights if passive.dep_ == "conj" and c.i > passive.i]
    for c in (*passive.children, *shared) if is_deed(passive) else ():
        linked = any(word.lower_ in _HOW for word in c.lefts)
        if c.dep_ == "advcl" and linked and not is_passive(c) and is_deed(c):
            subject = surface_subject(c)
            if subject is not None:
                yield subject[0]


def last_of_row(passive: Token, is_harm: Callable[[Token], bool]) -> Token | None:
    """The last of the harms in a row, whose phrases all share: "two were killed and five *injured* by gunmen"."""
    verbs = [token for token in _row(passive, is_harm) if token.pos_ not in _LINKING]
    return verbs[-1] if verbs else None


def behind_row(passive: Token, is_harm: Callable[[Token], bool]) -> Iterator[Token]:
    """The prepositions behind a harm, and behind the harms in a row with it."""
    return (token for token in _row(passive, is_harm) if token.pos_ in _LINKING)


def _row(passive: Token, is_harm: Callable[[Token], bool]) -> Iterator[Token]:
    """The prepositions and harms behind a harm, by the order of words alone, up to a verb or clause of another kind.

    :param is_harm: whether a verb tells what somebody suffers.
    """
    if passive.dep_ == "amod" or not is_harm(passive):
        return
    for token in passive.doc[passive.i + 1 : min(passive.sent.end, passive.i + _FAR)]:
        if token.text in {";", ":"} or token.lower_ in _ENDING:
            return
        if token.pos_ in _LINKING:
            yield token
        elif token.pos_ == "VERB" or (token.pos_ == "ADJ" and token.dep_ in {"conj", "acl"}):
            if not (is_harm(token) and is_participle(token)):
                return
            yield token


def accompanied(noun: Token) -> list[Token]:
    """Who acts where a clause tells what happened meanwhile: "*during* a visit to Oslo, *Ito* said"."""
    return _subjects(noun, _MEANWHILE)


def purposeful(noun: Token) -> list[Token]:
    """Who acts in what they do something for: "*he* flew to Doha for talks", "*Ito* met *Dahl* for talks"."""
    verb = noun.head
    others = direct_objects(verb)
    if others and verb.lemma_ not in _JOINING:  # "denied responsibility for the attack"
        return []
    subjects = _subjects(noun, frozenset({"for"}))
    return [*subjects, *(token for other in others for token in conjuncts(other))] if subjects else []


def brought(noun: Token, light_verbs: Collection[str]) -> Token | None:
    """The light verb that tells of a noun behind it: "a lawsuit *brought* by Ito"."""
    return next((c for c in noun.rights if c.dep_ == "acl" and c.lemma_ in light_verbs and is_passive(c)), None)


def _subjects(noun: Token, wanted: frozenset[str]) -> list[Token]:
    verb = noun.head
    if noun.dep_ != "obl" or verb.pos_ != "VERB" or is_passive(verb) or not markers(noun) & wanted:
        return []
    subject = surface_subject(verb)
    return list(conjuncts(subject[0])) if subject is not None else []
