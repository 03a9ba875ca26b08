"""Frames of the lexicon matched on a dependency parse (Universal Dependencies)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, permutations, product

from spacy.tokens import Doc, Span, Token

from kg.extract.arguments import Arguments
from kg.extract.bearers import DEEDS, HARMS, bearer
from kg.extract.candidates import Dropped
from kg.extract.clauses import Filler
from kg.extract.mentions import MentionIndex
from kg.extract.roles import OFFICES, PAST, is_role, modified, title_of
from kg.extract.support import accompanied
from kg.extract.syntax import antecedent, child, is_passive, state_of_object
from kg.extract.triggers import entries_of
from kg.lexicon import Entry, Lexicon, Sense, head_word


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found in a sentence: what attribution, modality and qualifiers are asked about.

    ``subject`` and ``object`` are spans of ``doc.spans["mentions"]`` (``label_`` the type, ``id_`` the chain).
    """

    #: The word that expresses the relation: "met", "president", "talks", "married".
    trigger: Token
    #: The predicate that carries the trigger's tense, negation and modals. The trigger itself where that is a verb or a
    #: copular predicate; the light verb of "held talks"; the governing verb of an event noun ("denied the *attack*");
    #: the trigger where the phrase stands alone (titles, appositions).
    clause: Token
    entry: Entry
    sense: Sense
    subject: Span
    object: Span
    #: How the arguments were reached: "active", "passive", "relative", "title", "apposition", "copula", "nominal"…
    construction: str
    #: The title as it is written where the trigger is one ("Deputy Foreign Minister"), for the qualifier ``position``.
    title: Span | None = None


def matches(doc: Doc, arguments: Arguments, dropped: list[Dropped]) -> Iterator[Match]:
    """All frames of the lexicon found in a document whose ends are mentions that the ontology allows.

    :param arguments: what finds the ends, for that document and with that lexicon.
    :param dropped: takes the candidates that are refused.
    """
    mentions, lexicon = arguments.mentions, arguments.lexicon
    triggers = [(token, entries) for token in doc if (entries := entries_of(token, lexicon))]
    inside = _parts_of_phrases(triggers)
    for token, entries in triggers:
        if token.i in inside:
            continue
        for entry in entries:
            found = list(_filled(token, entry, arguments))
            if not found:
                dropped.append(Dropped("an end is missing", token, entry))
            for sense, subject, obj in found:
                yield from _checked(token, entry, sense, subject, obj, mentions, lexicon, dropped)
                for who in arguments.performers(obj.token, sense):
                    acted = replace(sense, range=frozenset())
                    yield from _checked(token, entry, acted, subject, who, mentions, lexicon, dropped)


def _parts_of_phrases(triggers: list[tuple[Token, list[Entry]]]) -> set[int]:
    """The words that a phrase of the lexicon takes up, but for its head: no "secretary" in "secretary general"."""
    inside: set[int] = set()
    for token, entries in triggers:
        words = entries[0].words
        if entries[0].pos == "verb" and (state := state_of_object(token)) is not None and state.lower_ in words:
            inside.add(state.i)
        elif entries[0].pos == "noun" and len(words) > 1:
            first = token.i - head_word(words, "noun")
            inside.update(i for i in range(first, first + len(words)) if i != token.i)
    return inside


def _filled(trigger: Token, entry: Entry, arguments: Arguments) -> Iterator[tuple[Sense, Filler, Filler]]:
    """The senses with both ends filled. One that asks for certain words is surer than the others of its entry."""
    for particular in (True, False):
        found = False
        for sense in entry.senses:
            if sense.frame.asks_for_words == particular:
                if found and _is_beside(trigger, sense, entry):
                    continue
                for subject, obj in _ends(trigger, entry.pos, sense, arguments):
                    found = True
                    yield sense, subject, obj
        if found:
            return


def _is_beside(trigger: Token, sense: Sense, entry: Entry) -> bool:
    """Whether a phrase only tells when, since the subject is the one: "*troops* killed him during the war"."""
    if entry.pos != "verb" or is_passive(trigger) or any(way.role != "prepositionalAdjunct" for way in sense.object):
        return False
    return any(
        other.relation == sense.relation
        and other.subject == sense.subject
        and other.object[0].role == "subject"
        and other.object != other.subject
        for other in entry.senses
    )


def _ends(trigger: Token, pos: str, sense: Sense, arguments: Arguments) -> Iterator[tuple[Filler, Filler]]:
    """Pairs of words that fill both ends of a sense."""
    if sense.frame.of_object:
        yield from arguments.predicated(trigger, sense)
        return
    if pos == "verb" and sense.needed_object and not arguments.fill(trigger, pos, sense.needed_object):
        return
    if not all(arguments.fill(trigger, pos, (way,)) for way in sense.needed_phrases if pos == "verb" or way.fillers):
        return
    objects = arguments.fill(trigger, pos, sense.object)
    relation = arguments.mentions.ontology.properties[sense.relation]
    if not objects:
        if relation.symmetric and pos == "noun" and child(trigger, "cop") is not None:
            yield from combinations(arguments.fill(trigger, pos, sense.subject), 2)  # "A and B are allies"
        return
    if sense.subject == sense.object:
        yield from combinations(objects, 2)  # "A and B met", "talks between A and B"
        return
    subjects = arguments.fill(trigger, pos, sense.subject)
    if not relation.symmetric and arguments.mentions.kind(trigger) != "Event":
        subjects = [filler for filler in subjects if filler.construction != "joined"]  # "the *Oria*-*Gral* treaty"
    if not subjects and pos == "noun":
        is_itself = any(way.role == "copulativeArg" for way in sense.object)
        if relation.group == "contact" and not is_itself:
            subjects = [Filler(token, "adjunct") for token in accompanied(trigger)]
        elif is_itself and any(way.role == "subject" for way in sense.subject):
            subjects = arguments.doers(trigger)
    if any(_is_reciprocal(filler.token) for filler in objects):
        yield from permutations(subjects, 2)  # "A and B accuse each other"
        return
    if pos == "noun" and len(subjects) > 1:
        apart = [(filler, own) for filler in subjects if (own := arguments.own_complements(filler.token, sense.object))]
        if len(apart) > 1:  # "senators *Ito of Graz* and *Dahl of Linz*"
            yield from ((subject, Filler(obj, "nominal")) for subject, own in apart for obj in own)
            return
    taken = {filler.token.i for filler in objects}
    if len(sense.subject) > 1 and any(filler.token.i in taken for filler in subjects):
        # "X's killing": a possessive that may be either end is the one that has no other expression.
        subjects = [filler for filler in subjects if filler.token.i not in taken]
    for subject, obj in product(subjects, objects):
        if subject.token.i != obj.token.i:
            yield subject, obj


def _is_reciprocal(token: Token) -> bool:
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return (before, token.lower_) in {("each", "other"), ("one", "another")}


def _checked(
    trigger: Token,
    entry: Entry,
    sense: Sense,
    subject: Filler,
    obj: Filler,
    mentions: MentionIndex,
    lexicon: Lexicon,
    dropped: list[Dropped],
) -> Iterator[Match]:
    first, second = _whose_loss(subject.token, sense, mentions), mentions.find(obj.token)
    if sense.relation == "candidateFor" and (office := mentions.complement(obj.token)) is not None:
        second = office  # "runs for president *of Oria*"
    if second is None and mentions.ontology.properties[sense.relation].group == "politics":
        second = _holder(obj.token, mentions)
    if first is None or second is None:
        ends = (first or subject.token, second or obj.token)
        dropped.append(Dropped("argument is no mention", trigger, entry, sense.relation, *ends))
        return
    told = first, second
    first, second = _borne(sense, first, second, mentions)
    if first == second or (first.id_ and first.id_ == second.id_):
        dropped.append(Dropped("both ends are one entity", trigger, entry, sense.relation, first, second))
        return
    ontology = mentions.ontology
    sense = modified(trigger, sense, lexicon, mentions)
    if subject.construction == "premodifier" and mentions.base_type(first) == "Place" and _happens(second, mentions):
        dropped.append(Dropped("a place before a happening tells where", trigger, entry, sense.relation, first, second))
        return
    by_context = "context" in {subject.construction, obj.construction}
    if by_context and (sense.relation not in OFFICES or (trigger.lower_ == "candidate" and sense.relation == PAST)):
        dropped.append(Dropped("no office of the only country", trigger, entry, sense.relation, first, second))
        return
    narrowed = all(
        not types or any(ontology.is_a(span.label_, t) for t in types)
        for span, types in zip(told, (sense.domain, sense.range), strict=True)
    )
    if not narrowed or not ontology.allows(sense.relation, first.label_, second.label_):
        dropped.append(Dropped("domain", trigger, entry, sense.relation, first, second))
        return
    if by_context:
        sense = replace(sense, confidence=min(sense.confidence, 0.5))
    how = next(
        (f.construction for f in (subject, obj) if f.construction not in {"active", "nominal"}), subject.construction
    )
    yield Match(
        trigger=trigger,
        clause=_clause(trigger, lexicon),
        entry=entry,
        sense=sense,
        subject=first,
        object=second,
        construction=how,
        title=title_of(trigger, first, second) if is_role(entry, sense, first, ontology) else None,
    )


def _happens(span: Span, mentions: MentionIndex) -> bool:
    return mentions.base_type(span) == "Event"


def _borne(sense: Sense, first: Span, second: Span, mentions: MentionIndex) -> tuple[Span, Span]:
    """The ends, or who stands behind one where the relation does not hold of things or happenings."""
    relation = mentions.ontology.properties[sense.relation]
    if relation.group != DEEDS:
        return first, second
    if first.label_ not in relation.domain:
        first = bearer(first, mentions) or first
    if second.label_ not in relation.range:
        second = bearer(second, mentions) or second
    return first, second


def _whose_loss(token: Token, sense: Sense, mentions: MentionIndex) -> Span | None:
    """The mention of a subject; of a death that somebody suffers, who died."""
    suffers = sense.relation in HARMS
    return (mentions.whose_loss(token) if suffers else None) or mentions.find(token)


def _holder(token: Token, mentions: MentionIndex) -> Span | None:
    """Whose it is that is backed or blamed: "criticised *Trump's* refusal"."""
    owner = child(token, "nmod:poss")
    return mentions.find(antecedent(owner)) if owner is not None else None


def _clause(trigger: Token, lexicon: Lexicon) -> Token:
    if trigger.pos_ in {"VERB", "AUX"} or child(trigger, "cop") is not None:
        return trigger
    if trigger.dep_ in {"obj", "nsubj:pass", "nsubj"} and trigger.head.pos_ == "VERB":
        return trigger.head
    return trigger
