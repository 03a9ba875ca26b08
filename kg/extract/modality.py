"""How surely a text says something: actual, possible, planned, wanted or negated.

From the word that expresses the statement the tree is climbed as long as the words above have it in their scope:
"failed to *meet*", "plans for a *visit*", "no *agreement* was reached". Every cue on the way counts and the
weakest claim wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Token

from kg.extract.stance import Cue, base, carrier, is_content, is_negator, marker, negates, weakest
from kg.records import Modality

#: "the first country to recognise", "the latest to join": the clause tells what was done.
_RANKS = frozenset({"first", "second", "third", "last", "latest", "next", "only", "sole"})
_TEMPORAL = frozenset({"once", "when", "until", "till", "after", "before", "whenever"})
_INVERTED = frozenset({"had", "should", "were"})
_LOCAL = frozenset({"advmod", "aux", "amod", "det", "mark", "case", "cc", "fixed"})


def modality_of(
    trigger: Token, cues: Mapping[int, Cue], *, arguments: Iterable[Token] = (), described: bool = False
) -> Modality:
    """The modality of what ``trigger`` expresses.

    :param cues: what :func:`kg.extract.stance.find_cues` found in the text.
    :param arguments: heads of subject and object: "*no* country", "instead of *militants*" negate the statement.
    :param described: the trigger only describes an argument, as a title does (see ``attribution.is_description``): what
        is said of that ("the *president* was not invited") does not touch the description.
    """
    start = carrier(trigger)
    found = list(_local(start, cues)) if described else _climb(start, cues)
    return weakest([*found, *_from_arguments(arguments, cues)])


def _from_arguments(arguments: Iterable[Token], cues: Mapping[int, Cue]) -> Iterable[Modality]:
    for token in arguments:
        cue = cues.get(token.i)
        if negates(token, cues) or (cue is not None and cue.pos == "pronoun" and cue.modality == "negated"):
            yield "negated"


def _climb(token: Token, cues: Mapping[int, Cue]) -> list[Modality]:
    found = [*_local(token, cues), *_led_to(token, cues)]
    told = False  # what is around a noun of saying bears on what is said only where it denies that: "no *report* of"
    while token.head.i != token.i:
        noun = _noun_before(token, cues)
        head, relation = noun or token.head, base(token)
        cue = cues.get(head.i)
        if cue is not None and (noun is not None or is_content(token, cue)):
            above = list(_local(head, cues)) if _hands_on(cue) or cue.pos == "noun" else []
            told = told or (cue.pos == "noun" and not _hands_on(cue))
            if told:
                above = [modality for modality in above if modality == "negated"]
            if cue.modality == "negated" and "negated" in above:
                # "did not deny", "could not rule out": the two cancel out and leave it open.
                above = ["possible"]
            elif cue.modality not in {None, "actual"} and (not told or cue.modality == "negated"):
                found.append(cue.modality)
            found.extend(above)
            if _is_hearsay(token, cue) and _is_agentless(head):
                found.append("possible")
            if not _hands_on(cue) and cue.pos != "noun":
                break
        elif relation == "conj":
            found.extend(_shared(token, head, cues))
        elif relation == "xcomp" or (relation == "advcl" and _is_participle_clause(token)):
            found.extend(_local(head, cues))
        elif relation in {"advcl", "acl"} and token.dep_ != "acl:relcl":
            if _is_purpose(token, head) or _is_ahead(token, head, cues):
                found.append("planned")
            elif _is_inverted(token):
                found.append("possible")
            break
        else:
            break
        token = head
    else:
        if _is_question(token):
            found.append("possible")
    return found


def _led_to(verb: Token, cues: Mapping[int, Cue]) -> Iterable[Modality]:
    """What the word before an infinitive or gerund says, where that hangs elsewhere: "*suspected* of killing"."""
    first = next((c for c in verb.lefts if c.lower_ == "to" and c.dep_ in {"mark", "aux"}), verb.left_edge)
    if verb.pos_ != "VERB" or first.i == verb.sent.start:
        return
    before = first.nbor(-1)
    cue = cues.get(before.i)
    if cue is None or cue.modality is None or cue.pos not in {"verb", "adjective"}:
        return
    gerund = first.lower_.endswith("ing") and first.pos_ in {"VERB", "AUX"}
    introduced = marker(verb) in cue.takes and first.lower_ == marker(verb)
    if before.i == verb.head.i or not (gerund or first.lower_ == "to" or introduced):
        return
    if cue.modality != "actual":
        yield cue.modality
    elif cue.pos == "adjective":  # "was found *not guilty* of killing"
        around = [*_local(before, cues), *(_local(before.head, cues) if base(before) == "xcomp" else ())]
        yield from (modality for modality in around if modality == "negated")


def _noun_before(token: Token, cues: Mapping[int, Cue]) -> Token | None:
    """The noun of stance right before a phrase that hangs on its verb: "*rumours* of a meeting were denied"."""
    first = token.left_edge
    if base(token) not in {"obl", "advcl"} or first.i == token.sent.start or first.i >= token.i:
        return None
    noun = first.nbor(-1)
    cue = cues.get(noun.i)
    introduced = cue is not None and cue.pos == "noun" and first.lower_ == marker(token) and first.lower_ in cue.takes
    return noun if introduced and noun.i != token.head.i else None


def _hands_on(cue: Cue) -> bool:
    """Whether what is said of the cue bears on its content: "does not *plan* to", but "did not *say* that"."""
    return cue.attribution is None or cue.modality is not None


def _is_hearsay(token: Token, cue: Cue) -> bool:
    """ "is said to", "it is reported that": but "it was announced that" tells a fact."""
    infinitive = base(token) in {"xcomp", "advcl"} and any(child.lower_ == "to" for child in token.lefts)
    said = cue.attribution == "said" and infinitive and "object" not in cue.takes
    return said or (cue.attribution == "reported" and cue.pos == "verb")


def _is_agentless(verb: Token) -> bool:
    """ "is said to", "is believed to": nobody is named who says so."""
    relations = {child.dep_ for child in verb.children}
    return "aux:pass" in relations and "obl:agent" not in relations


def _local(token: Token, cues: Mapping[int, Cue]) -> Iterable[Modality]:
    """What the words that stand with a token say of it."""
    for child in token.children:
        cue = cues.get(child.i)
        if cue is None or cue.modality is None or _belongs_elsewhere(child, token):
            continue
        if base(child) not in _LOCAL and not (cue.pos == "conjunction" and child.i < token.i):
            continue
        if cue.modality != "negated" or cue.pos == "adjective" or is_negator(child, cues):
            yield cue.modality
    if token.lemma_ == "be" or any(child.lemma_ == "be" and child.dep_ == "aux" for child in token.children):
        yield from _is_to(token)


def _belongs_elsewhere(adverb: Token, verb: Token) -> bool:
    """ "struck the town, *reportedly* killing three": an adverb right before another verb is that verb's."""
    if adverb.dep_ != "advmod" or adverb.i < verb.i or adverb.i + 1 >= len(adverb.doc):
        return False
    following = adverb.nbor()
    return following.pos_ == "VERB" and following.i != verb.i


def _is_to(token: Token) -> Iterable[Modality]:
    """ "is to meet": be with a bare infinitive is a plan."""
    auxiliary = any(child.lemma_ == "be" and child.dep_ == "aux" for child in token.children)
    if auxiliary and any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in token.children):
        yield "planned"


def _shared(token: Token, first: Token, cues: Mapping[int, Cue]) -> Iterable[Modality]:
    """What a conjunct takes over from the first one: "will meet and *sign*", "did not meet or *call*"."""
    for child in first.children:  # "*Reportedly*, two died and five were hurt"
        cue = cues.get(child.i)
        if child.dep_ == "advmod" and child.is_sent_start and cue is not None and cue.modality == "possible":
            yield "possible"
    own = {base(child) for child in token.children}
    if own & {"nsubj", "aux", "csubj"}:
        return
    helpers = [child for child in first.children if child.dep_ in {"aux", "aux:pass", "mark"}]
    if first.pos_ in {"VERB", "AUX"}:
        is_bare = token.lower_ == token.lemma_
        helped = {helper.lemma_ for helper in helpers}
        if helpers and (is_bare or helped <= {"be", "have"}):
            yield from _local(first, cues)
    elif any(child.lower_ in {"or", "nor"} for child in token.children) and negates(first, cues):
        yield "negated"


def _is_participle_clause(token: Token) -> bool:
    """ ", killing twelve": what it says is as sure as the clause it hangs on. "by bombing" likewise."""
    return token.lower_.endswith("ing") and marker(token) in {None, "by"}


def _is_purpose(token: Token, head: Token) -> bool:
    """ "travelled there *to meet* him" states a purpose; "the first *to recognise*" a fact."""
    if marker(token) not in {"to", "in"} or not any(child.lower_ == "to" for child in token.lefts):
        return False
    rank = {head.lower_} | {child.lower_ for child in head.children}
    return not rank & _RANKS and not any(word[:1].isdigit() and word[-2:] in {"st", "nd", "rd", "th"} for word in rank)


def _is_ahead(verb: Token, head: Token, cues: Mapping[int, Cue]) -> bool:
    """ "once Finland *joins*, it will ...": the present tense of a clause of time is the future of the one above."""
    linked = any(child.lower_ in _TEMPORAL and child.i < verb.i for child in verb.lefts)
    told = any(child.lower_ == "would" for child in head.children)
    present = told or verb.lower_ in {verb.lemma_, f"{verb.lemma_}s", f"{verb.lemma_}es"}
    helped = any(child.dep_ in {"aux", "aux:pass", "cop"} for child in verb.children)
    return linked and present and not helped and "planned" in _local(head, cues)


def _is_inverted(verb: Token) -> bool:
    """ "*Had* Spain agreed, ...": a condition without an if."""
    first = verb.left_edge
    if first.lower_ not in _INVERTED and first.i > verb.sent.start:
        first = first.nbor(-1)  # hung on the clause above
    opens = first.i == verb.sent.start or first.nbor(-1).is_punct
    return opens and first.lower_ in _INVERTED and any(base(child) == "nsubj" for child in verb.lefts)


def _is_question(root: Token) -> bool:
    sentence = root.sent
    return any(token.text == "?" for token in sentence[-2:])
