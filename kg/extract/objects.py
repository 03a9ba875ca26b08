"""Whom or what a verb acts upon: its object, wherever the parser hung it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.syntax import NOMINAL, RELATIVE, antecedent, begins_clause, child, markers, state_of_object

#: What leads to a gerund that the object of the verb above does: "accused them *of* lying", "barred *from* leaving".
TO_GERUND = frozenset({"of", "from", "for", "with", "into", "as"})
#: Verbs that take an object and an infinitive without "to".
_BARE = frozenset({"help", "let", "make", "see", "watch", "hear"})
#: Relations of verbs to the verb that they hang on.
_CLAUSES = frozenset({"advcl", "conj", "xcomp", "ccomp", "parataxis", "acl", "acl:relcl"})


def direct_objects(verb: Token) -> list[Token]:
    """Whom or what an active verb acts upon."""
    state, above = state_of_object(verb), before_infinitive(verb)
    own = [c for c in verb.rights if c.dep_ == "obj" and c != state and not markers(c)]
    if len(own) > 1:
        own = [c for c in own if not _is_of_clause(c, verb)] or own
    own = own or [c for c in verb.lefts if c.dep_ == "obj" and c != above]
    own = own or [c for c in verb.rights if c.dep_ == "iobj"]  # "does not ask *Moscow* for help"
    if own := own or _misnamed_objects(verb):
        return [antecedent(c) for c in own]
    if verb.dep_ == "acl:relcl" and child(verb, "nsubj") is not None and not _stranded(verb):
        subject = child(verb, "nsubj")
        if subject is not None and subject.lower_ not in RELATIVE and child(verb, "ccomp", "xcomp") is None:
            return [verb.head]
    if behind := _object_above(verb):
        return [behind]
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        shared = child(verb.head, "obj")
        if shared is not None and shared.i > verb.i:
            return [shared]
    for c in verb.rights:
        if c.dep_ == "conj" and c.pos_ == "VERB" and child(c, "nsubj", "nsubj:pass", "mark") is None:
            shared = child(c, "obj")
            if shared is not None and c.i - verb.i <= 3:
                return [shared]
    return []


def _object_above(verb: Token) -> Token | None:
    """What stands right behind a verb and hangs on the verb above: "struck a car, killing *three people*".

    Or on what stands before a conjunction: "killed two and hurt *five others*".
    """
    if verb.dep_ not in _CLAUSES or verb.head.i > verb.i or verb.i + 1 >= verb.sent.end:
        return None
    behind = verb.doc[verb.i + 1]
    while behind.head.i > behind.i or verb.i < behind.head.i < behind.i:
        behind = behind.head
    if behind.dep_ == "conj":
        hung = behind.head.i < verb.i and behind.pos_ in NOMINAL and begins_clause(behind)
    else:
        hung = behind.dep_ == "obj" and behind.head == verb.head
    return behind if hung and behind.left_edge.i == verb.i + 1 else None


def _is_of_clause(obj: Token, verb: Token) -> bool:
    """Whether one of several objects of a verb stands right behind the verb of a clause below it."""
    before = obj.doc[obj.left_edge.i - 1]
    return before.pos_ == "VERB" and before.head == verb and before.dep_ in _CLAUSES


def _misnamed_objects(verb: Token) -> list[Token]:
    """What stands where an object stands but has another name in the parse.

    A second subject after the verb, an oblique right after it without a preposition, or the subject of the infinitive
    or gerund behind it ("accusing *Israel* of violating").
    """
    dependent = verb.lower_.endswith("ing") or any(c.lower_ == "to" and c.dep_ == "mark" for c in verb.lefts)
    if dependent or any(c.dep_ == "nsubj" for c in verb.lefts):
        found = [c for c in verb.rights if c.dep_ == "nsubj" and not markers(c)]
        found = found or [c for c in verb.rights if c.dep_ == "obl" and c.left_edge.i == verb.i + 1 and not markers(c)]
        if found:
            return found
    for c in verb.rights:
        if (raised := before_infinitive(c)) is not None:
            return [raised]
        infinitive = c.lower_.endswith("ing") or any(m.lower_ == "to" for m in c.lefts)
        described = c.dep_ == "xcomp" and c.pos_ in {"NOUN", "ADJ"} and child(c, "cop") is None
        if (c.dep_ in {"xcomp", "ccomp", "advcl"} and infinitive) or described:
            for clause in (c, *(below for below in c.rights if below.dep_ == "ccomp")):
                subject = child(clause, "nsubj", "nsubj:pass")
                if subject is not None and subject.left_edge.i == verb.i + 1:
                    return [subject]
    return []


def before_infinitive(infinitive: Token) -> Token | None:
    """The object of the verb above that the parser hung on the infinitive: "asked *Oslo* to send troops".

    Likewise on a gerund: "accused *Oslo* of sending troops".
    """
    verb = infinitive.head
    if infinitive.lower_.endswith("ing") and infinitive.dep_ in {"xcomp", "advcl"} and verb.i < infinitive.i:
        of = next((c for c in infinitive.lefts if c.dep_ == "mark" and c.lower_ in TO_GERUND), None)
        inside = (c for c in infinitive.lefts if c.dep_ in {"obj", "iobj"})
        return next((c for c in inside if of is not None and verb.i < c.i < of.i), None)
    to = next((c for c in infinitive.lefts if c.dep_ == "mark" and c.lower_ == "to"), None)
    if to is None and verb.lemma_ in _BARE and infinitive.dep_ in {"xcomp", "ccomp"}:
        to = infinitive  # "helped *Oslo* arrest them"
    if (infinitive.dep_ != "xcomp" and to is not infinitive) or to is None or verb.i > infinitive.i:
        return None
    return next((c for c in infinitive.lefts if c.dep_ in {"obj", "iobj"} and verb.i < c.i < to.i), None)


def _stranded(verb: Token) -> bool:
    return any(c.dep_ in {"obl", "obl:arg"} and c.pos_ == "ADP" for c in verb.rights)
