"""Who acts in a clause: its own subject, or the one that it shares with what it hangs on."""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from kg.extract.objects import TO_GERUND, before_infinitive, direct_objects
from kg.extract.syntax import antecedent, child, markers

#: Verbs whose subject, not object, is the one to act ("promised him to come").
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "pledge", "use", "need"})
#: Verbs whose object acts, whatever the parser makes of the infinitive ("asked them to come").
_OBJECT_CONTROL = frozenset(
    "ask urge order tell force persuade convince invite instruct require compel pressure encourage allow enable help "
    "command press authorize authorise beg implore advise warn".split()
)
_ACTORS = frozenset({"Person", "Organization", "Country", "Group"})
_DEPTH = 8
#: How far above its clause the parser may hang a subject.
_VERBS_ABOVE = 2


def surface_subject(verb: Token, depth: int = 0) -> tuple[Token, str] | None:
    """What stands as the subject of a verb or predicate, and the construction that leads to it."""
    if depth > _DEPTH:
        return None
    own = _own_subject(verb, shared=depth > 0)
    if own is not None and own.i < verb.i:
        own = _behind_colon(own, verb)
    if own is not None:
        stands_for = antecedent(own)
        return stands_for, ("relative" if stands_for.i != own.i else "active")
    if (misnamed := _misnamed_subject(verb) or _subject_above(verb)) is not None:
        return misnamed, "active"
    dep, head = verb.dep_, verb.head
    if dep == "conj":
        return _labelled(surface_subject(head, depth + 1), "coordination")
    if dep == "acl:relcl":
        return head, "relative"
    if dep == "amod":
        return head, "attribute"
    if dep == "acl":
        if _is_infinitive(verb) or (_is_gerund(verb) and child(verb, "mark") is not None):
            return _for_whom(verb) or _labelled(_controller_of_noun(head, depth), "control")
        return head, "participle"
    if dep in {"xcomp", "advcl", "ccomp"} and _is_infinitive(verb) and (named := _for_whom(verb)) is not None:
        return named
    if dep == "xcomp":
        controlled = child(head, "obj", "iobj") or before_infinitive(verb)
        if controlled is None and head.lemma_ in _OBJECT_CONTROL:
            controlled = next(iter(direct_objects(head)), None)
        if controlled is not None and controlled.i != verb.i and head.lemma_ not in _SUBJECT_CONTROL:
            return antecedent(controlled), "control"
        return _labelled(surface_subject(head, depth + 1), "control")
    if dep == "advcl" and head.lemma_ in _OBJECT_CONTROL and any(c.lower_ == "to" for c in verb.lefts):
        controlled = child(head, "obj", "iobj", "nsubj:pass")
        return (antecedent(controlled), "control") if controlled is not None else None
    if dep == "advcl" and _is_gerund(verb) and any(c.dep_ == "mark" and c.lower_ in TO_GERUND for c in verb.lefts):
        controlled = next((c for c in direct_objects(head) if c.i < verb.i and _can_act(c)), None)
        if controlled is not None:
            return controlled, "control"
    if dep == "ccomp" and (helped := before_infinitive(verb)) is not None:
        return antecedent(helped), "control"
    if dep in {"advcl", "ccomp"}:
        if dep == "ccomp" and not _is_gerund(verb):
            # "media report that *fighters* captured him": the subject may hang on the verb above.
            between = [c for c in head.rights if c.dep_ == "nsubj" and c.i < verb.i]
            return (between[-1], "active") if between else None
        return _labelled(surface_subject(head, depth + 1), "adjunct")
    return None


def _own_subject(verb: Token, *, shared: bool) -> Token | None:
    """The subject that the parse gives a verb, unless it crossed it with that of a verb of saying beside it.

    :param shared: asked for by another verb, which shares the first of two.
    """
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubj:pass"}]
    if len(own) > 1:  # "according to *officials*, *strikes* killed two": a phrase with a preposition is no subject
        own = [c for c in own if child(c, "case") is None] or own
    if _is_gerund(verb):
        own = [c for c in own if c.i < verb.i]  # what stands behind a gerund is its object
    if not own:
        return child(verb, "nsubj:outer") or _lent_subject(verb)
    first, head = own[0], verb.head
    if verb.dep_ == "ccomp":
        # "*Egypt* had freed him, Ito said", with Ito as who freed and Egypt as who said
        crossed = [c for c in head.lefts if c.dep_ == "nsubj" and c.i < min(verb.i, first.i)]
        if crossed and (verb.i < first.i < head.i or (first.i < head.i < verb.i and crossed[0].pos_ == "PROPN")):
            return crossed[0]
    before = [c for c in own if c.i < verb.i]
    if len(before) > 1 and not shared and any(token.pos_ == "VERB" for token in verb.doc[before[0].i : before[-1].i]):
        return before[-1]
    return first


def _lent_subject(verb: Token) -> Token | None:
    """The first of two subjects of a verb of saying behind: "*Ito* left, police believe"."""
    if verb.dep_ != "root":
        return None
    for c in verb.rights:
        if c.dep_ in {"advcl", "parataxis", "ccomp"} and c.pos_ == "VERB":
            found = [s for s in c.lefts if s.dep_ == "nsubj"]
            if len(found) > 1 and found[0].i < verb.i < found[1].i:
                return found[0]
    return None


def _misnamed_subject(verb: Token) -> Token | None:
    """A name right before a verb in the place of the subject that the parser calls an oblique or object."""
    if verb.pos_ != "VERB" or _is_gerund(verb) or verb.dep_ in {"acl", "amod", "xcomp"}:
        return None
    for c in verb.lefts:
        if c.dep_ in {"obl", "obj"} and c.pos_ == "PROPN" and not markers(c):
            between = verb.doc[c.right_edge.i + 1 : verb.i]
            if all(token.pos_ in {"AUX", "ADV"} for token in between):
                return c
    return None


def _subject_above(verb: Token) -> Token | None:
    """Who stands between conjunction and verb of a clause but hangs on a verb above: "fled when *gunmen* attacked"."""
    if verb.dep_ != "advcl" or verb.pos_ != "VERB" or _is_gerund(verb):
        return None
    for above in islice(verb.ancestors, _VERBS_ABOVE):
        between = [c for c in above.rights if verb.head.i < c.i < verb.i and c.dep_ in {"nsubj", "nsubj:pass"}]
        if between:
            return between[-1]
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ in {"mark", "aux"} and c.lower_ == "to" for c in verb.lefts)


def _is_gerund(verb: Token) -> bool:
    """ "meeting", "having met", "being arrested"."""
    return verb.lower_.endswith("ing") or any(
        c.dep_ in {"aux", "aux:pass"} and c.lower_.endswith("ing") for c in verb.lefts
    )


def _can_act(token: Token) -> bool:
    """ "sentenced *him* for lying", but "served a *sentence* for lying"."""
    named = (span.label_ for span in token.doc.spans.get("mentions", ()) if span.root.i == token.i)
    return token.pos_ in {"PROPN", "PRON"} or any(label in _ACTORS for label in named)


def _behind_colon(subject: Token, verb: Token) -> Token | None:
    """Who acts behind the colon of a headline, where the parser took the speaker before it for that."""
    between = verb.doc[subject.i + 1 : verb.i]
    colon = next((token.i for token in between if token.text == ":"), None)
    if colon is None:
        return subject
    names = {"nsubj", "nsubj:pass", "appos", "conj", "obj"}
    found = [c for c in (*verb.lefts, *subject.rights) if colon < c.i < verb.i and c.dep_ in names]
    return min(found, key=lambda token: token.i, default=None)


def _for_whom(infinitive: Token) -> tuple[Token, str] | None:
    """ "called for *Greece* to release him": who is to act stands between "for" and "to"."""
    to = next((c for c in infinitive.lefts if c.lower_ == "to" and c.dep_ in {"mark", "aux"}), None)
    if to is None:
        return None
    for c in (*infinitive.lefts, *infinitive.head.children):
        if c.i < to.i and c.pos_ in {"NOUN", "PROPN", "PRON"} and "for" in markers(c) and c.right_edge.i == to.i - 1:
            return antecedent(c), "control"
    return None


def _labelled(found: tuple[Token, str] | None, construction: str) -> tuple[Token, str] | None:
    return (found[0], construction) if found else None


def _controller_of_noun(noun: Token, depth: int) -> tuple[Token, str] | None:
    """Who would do it in "Israel's plan to attack", "announced a decision to attack"."""
    owner = child(noun, "nmod:poss")
    if owner is not None:
        return antecedent(owner), "control"
    if noun.dep_ in {"obj", "obl"} and noun.head.pos_ == "VERB":
        return surface_subject(noun.head, depth + 1)
    if noun.dep_ == "root" and noun.pos_ == "PROPN":  # a headline: "Solberg to meet Reyes"
        return noun, "control"
    return None
