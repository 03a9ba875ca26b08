"""Posts and what becomes of them: "former", "deputy", "stepped down as", and the title as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from kg.extract.syntax import child, markers
from kg.extract.triggers import entries_of
from kg.lexicon import Entry, Lexicon, Sense
from kg.ontology import Ontology

#: What was once done stays done, whoever is "late" or "former".
_DEEDS = frozenset({"founded", "succeeded"})


def modified(trigger: Token, sense: Sense, lexicon: Lexicon, ontology: Ontology) -> Sense:
    """The sense under an adjective that changes the role: "*former* U.S. president", "*deputy* head"."""
    if not any(a.role == "copulativeArg" for a in sense.subject):
        return sense
    if _is_given_up(trigger, lexicon) and ontology.properties[sense.relation].group == "roles":
        return replace(sense, relation="formerlyOf")
    for token in _modifiers(trigger):
        modifier = lexicon.modifiers.get(token.lower_) if sense.relation not in _DEEDS else None
        for changed in modifier.senses if modifier is not None else ():
            if ontology.properties[changed.relation].group == ontology.properties[sense.relation].group:
                return replace(sense, relation=changed.relation)
    return sense


def _is_given_up(role: Token, lexicon: Lexicon) -> bool:
    """ "stepped down *as leader*", "was removed *as head*"."""
    verb = role.head
    if not role.dep_.startswith("obl") or "as" not in markers(role) or verb.pos_ != "VERB" or verb.lemma_ == "serve":
        return False
    said = {sense.relation for entry in entries_of(verb, lexicon) for sense in entry.senses}
    return "dismissed" in said or ("formerlyOf" in said and child(verb, "obj") is None)


def _modifiers(noun: Token) -> Iterator[Token]:
    """The words before a noun that may modify it, nearest first, by the order of words alone."""
    doc, position = noun.doc, noun.i - 1
    while position >= noun.sent.start:
        token = doc[position]
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "VERB", "ADV"} and token.lower_ not in {"'s", "’s", "-"}:
            return
        yield token
        position -= 1


def is_role(entry: Entry, sense: Sense, holder: Span, ontology: Ontology) -> bool:
    """Whether the noun names a post that its holder has, as only persons do."""
    of_holder = any(argument.role == "copulativeArg" for argument in sense.subject)
    role = ontology.properties[sense.relation].group == "roles"
    return entry.pos == "noun" and of_holder and role and ontology.base_type(holder.label_) == "Person"


def title_of(trigger: Token, *ends: Span) -> Span | None:
    """The words of a title around its head noun: "Deputy Foreign Minister", "Minister of Defence"."""
    doc, start, end = trigger.doc, trigger.i, trigger.i + 1
    taken = {token.i for span in ends for token in span if span.start != trigger.i}
    while (
        start > 0
        and doc[start - 1].dep_ in {"amod", "compound", "nmod:desc", "punct"}
        and (
            doc[start - 1].pos_ in {"ADJ", "NOUN", "PROPN"}
            and start - 1 not in taken
            and doc[start - 1].ent_type_ == ""
        )
    ):
        start -= 1
    return doc[start:end]
