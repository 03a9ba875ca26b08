"""What a verb says of what: "called *him* a *liar*", "ruled the *ban* *unlawful*", "said *she* was a *pioneer*"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.extract.objects import direct_objects
from kg.extract.stance import Cue, negates
from kg.extract.subjects import surface_subject
from kg.extract.syntax import antecedent, child, is_passive, markers

_PREDICATES = frozenset({"NOUN", "ADJ", "PROPN"})
#: Relations of a predicate that the object of the verb shares, with "as" or without.
_SHARED = frozenset({"xcomp", "obl", "obl:arg", "advcl", "obj"})


def predications(verb: Token, cues: Mapping[int, Cue]) -> Iterator[tuple[Token, Token]]:
    """What is spoken of with the head of what is said of it, unless that is denied.

    :param cues: the words of stance of the text.
    """
    for predicate in verb.children:
        if predicate.pos_ not in _PREDICATES or negates(predicate, cues):
            continue
        if predicate.dep_ in {"ccomp", "parataxis"}:
            subject = child(predicate, "nsubj") if child(predicate, "cop") is not None else None
            if subject is not None:
                yield antecedent(subject), predicate
        elif predicate.dep_ in _SHARED and predicate.i > verb.i:
            spoken_of = _object(verb, predicate)
            if spoken_of is not None and spoken_of.i != predicate.i:
                yield spoken_of, predicate


def _object(verb: Token, predicate: Token) -> Token | None:
    """What stands before the predicate as object of the verb; the subject where it is passive."""
    with_as = "as" in markers(predicate) or any(c.lower_ == "as" for c in predicate.lefts)
    if predicate.dep_ not in {"xcomp", "obj"} and not with_as:
        return None
    if is_passive(verb):
        subject = surface_subject(verb)
        return subject[0] if subject is not None else None
    own = child(predicate, "nsubj")
    # Of two predicates the parser took the object for the first.
    before = [c for c in verb.rights if c.dep_ == "xcomp" and c.pos_ in _PREDICATES and c.i < predicate.i]
    return own or next((c for c in [*direct_objects(verb), *before] if c.i < predicate.i), None)
