"""Posts and what becomes of them: "former", "deputy", "stepped down as", and the title as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from kg.extract.mentions import MentionIndex
from kg.extract.syntax import child, markers
from kg.extract.titles import TITLE
from kg.extract.triggers import entries_of
from kg.lexicon import Entry, Lexicon, Sense
from kg.ontology import Ontology

#: The group of the relations that a post makes, and the one that tells that it is over.
ROLES, PAST = "roles", "formerlyOf"
#: What an office is to its state, and what who seeks it is.
OFFICES = frozenset({"leads", "officialOf", "candidateFor", PAST})
#: What was once done stays done, whoever is "late" or "former".
_DEEDS = frozenset({"founded", "succeeded"})
#: What is done at one time, so that it does not end.
_DONE = _DEEDS | {"appointed", "dismissed", "educatedAt", "candidateFor"}
_ONCE = frozenset({"once", "formerly", "previously"})
#: What may stand before a verb of leaving a post, and what of that leaves it told as a fact.
_BEFORE_VERBS = frozenset({"aux", "mark", "advmod"})
_FACTUAL = frozenset("have be that after as since because when also formally officially suddenly later then".split())
#: Prepositions of the post that is left.
_FROM_A_POST = frozenset({"from", "as"})


def modified(trigger: Token, sense: Sense, lexicon: Lexicon, mentions: MentionIndex) -> Sense:
    """The sense under a word that changes the role: "*former* U.S. president", "*deputy* head", "*once* led by"."""
    ontology = mentions.ontology
    if _is_past(trigger, sense, ontology):
        return replace(sense, relation=PAST)
    if not any(a.role == "copulativeArg" for a in sense.subject):
        return sense
    if (_is_given_up(trigger, lexicon) or _has_resigned(trigger, lexicon)) and ontology.properties[
        sense.relation
    ].group == ROLES:
        return replace(sense, relation=PAST)
    for token in _modifiers(trigger, mentions):
        modifier = lexicon.modifiers.get(token.lower_) if sense.relation not in _DEEDS else None
        for changed in modifier.senses if modifier is not None else ():
            if ontology.properties[changed.relation].group == ontology.properties[sense.relation].group:
                return replace(sense, relation=changed.relation)
    return sense


def _is_past(trigger: Token, sense: Sense, ontology: Ontology) -> bool:
    """ "*once* owned by", "*formerly* a member": what lasted then is told to be over."""
    lasts = ontology.properties[sense.relation].group == ROLES and sense.relation not in _DONE
    return lasts and any(c.lower_ in _ONCE and c.dep_ == "advmod" for c in trigger.lefts)


def _is_given_up(role: Token, lexicon: Lexicon) -> bool:
    """ "stepped down *as leader*", "was removed *as head*"."""
    verb = role.head
    if not role.dep_.startswith("obl") or "as" not in markers(role) or verb.pos_ != "VERB" or verb.lemma_ == "serve":
        return False
    said = {sense.relation for entry in entries_of(verb, lexicon) for sense in entry.senses}
    return "dismissed" in said or (PAST in said and child(verb, "obj") is None)


def _has_resigned(role: Token, lexicon: Lexicon) -> bool:
    """ "*minister* Ito resigned": who tells that a post is left need not name it."""
    holder = role.head if role.dep_ in TITLE else role
    verb = holder.head
    if holder.dep_ != "nsubj" or verb.pos_ != "VERB" or child(verb, "obj", "xcomp") is not None:
        return False
    if any(c.dep_ in _BEFORE_VERBS and c.lemma_ not in _FACTUAL for c in verb.lefts):
        return False
    left = [sense for entry in entries_of(verb, lexicon) for sense in entry.senses if sense.relation == PAST]
    return bool(left) and all(way.markers & _FROM_A_POST for sense in left for way in sense.object)


def _modifiers(noun: Token, mentions: MentionIndex) -> Iterator[Token]:
    """The words before a noun that may modify it, nearest first, by the order of words alone."""
    doc, position, first = noun.doc, noun.i - 1, noun.sent.start
    while position >= first:
        token = doc[position]
        if token.pos_ not in {"ADJ", "NOUN", "PROPN", "VERB", "ADV"} and token.lower_ not in {"'s", "’s", "-"}:
            return
        yield token
        named = mentions.all_ending_at(position + 1) if token.pos_ == "PROPN" else []
        position = (named[-1].start if named else position) - 1  # "*late* Bank of Oria head"


def is_role(entry: Entry, sense: Sense, holder: Span, ontology: Ontology) -> bool:
    """Whether the noun names a post that its holder has, as only persons do."""
    of_holder = any(argument.role == "copulativeArg" for argument in sense.subject)
    role = ontology.properties[sense.relation].group == ROLES
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
