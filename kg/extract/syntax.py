"""Who does what to whom in a clause: the Universal Dependencies that all verbs share, resolved once.

Passives, relative clauses, participles, coordination, control and raising are undone here, so that a frame only asks
for the subject, the object or the phrase with a preposition of a verb.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

#: Relative pronouns.
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
#: Those of them that stand for no whole clause, as "which" behind a comma does.
_OF_NOUNS = RELATIVE - {"which"}
#: Parts of speech that may head a phrase that is an end.
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM", "DET"})
#: A phrase with a preposition is an oblique, also where the parser called it an object.
_OBLIQUE = frozenset({"obl", "obl:arg", "obl:unmarked", "nmod", "obj", "iobj", "nsubj"})
#: What a relative pronoun may be in its clause.
_GAPS = frozenset({"nsubj", "nsubj:pass", "obj", "obl"})
#: Relations of phrases that have a preposition as a rule.
_PHRASES = frozenset({"obl", "nmod"})
#: Relations of words at the front of a phrase that the parser may hang outside of it.
_LEFT_OUT = frozenset({"det", "amod", "nummod"})
#: Prepositions that put somebody at the side of the subject ("he, *along with* his family, was held").
_COMPANY = frozenset({"along with", "together with", "alongside"})
#: Nouns that tell the state of the object without an article: "took them *hostage*"; and the verbs that they go with.
_STATES = frozenset({"hostage", "captive", "prisoner"})
_KEEPING = frozenset({"hold", "take", "keep"})
_DEPTH = 8


def child(token: Token, *deps: str) -> Token | None:
    """The first dependent with one of these relations."""
    for c in token.children:
        if c.dep_ in deps:
            return c
    return None


def markers(token: Token) -> frozenset[str]:
    """The prepositions that introduce a phrase, singly and as one ("because of").

    Where the parser hung the preposition elsewhere, the word before the phrase tells.
    """
    words = []
    for c in token.lefts:
        if c.dep_ == "case" and c.pos_ != "PART":
            words.append(c.lower_)
            words.extend(f.lower_ for f in c.rights if f.dep_ == "fixed")
    if not words and token.left_edge.dep_ == "case" and token.left_edge.pos_ == "ADP" and token.left_edge.i < token.i:
        words.append(token.left_edge.lower_)  # hung on a part of the name
    if not words and token.dep_ in _PHRASES and token.left_edge.i > 0:
        before = token.doc[token.left_edge.i - 1]
        while before.dep_ in _LEFT_OUT and before.i > token.sent.start:
            before = before.nbor(-1)
        if before.pos_ == "ADP" and before.dep_ != "compound:prt":
            words.append(before.lower_)
    return frozenset([*words, " ".join(words)]) if words else frozenset()


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and what is coordinated with it, a phrase of company after a subject included."""
    yield token
    if token.dep_ in {"nsubj", "nsubj:pass"}:
        yield from _company(token)
    for c in token.rights:
        if c.dep_ == "conj" and c.pos_ in NOMINAL and not begins_clause(c):
            yield from conjuncts(c)


def begins_clause(noun: Token) -> bool:
    """Whether the parser took for coordinated what is an end of the next verb: "killed two and hurt *five others*".

    The conjunction between hangs on that verb then.
    """
    first = noun.head
    return any(
        token.dep_ == "cc" and token.head.pos_ == "VERB" and not first.is_ancestor(token.head)
        for token in noun.doc[first.i + 1 : noun.left_edge.i]
    )


def _company(subject: Token) -> Iterator[Token]:
    """Who is named with a subject, right behind it: "Ng, *along with* her sons, was held"."""
    for c in (*subject.rights, *subject.head.lefts):
        if c.i > subject.i and c.dep_ in {"nmod", "obl", "obl:agent"} and markers(c) & _COMPANY:
            first = c.left_edge.i - 1
            while first > subject.i and subject.doc[first].is_punct:
                first -= 1
            if first == subject.i or subject.is_ancestor(subject.doc[first]):
                yield c


def state_of_object(verb: Token) -> Token | None:
    """The bare noun that is part of the predicate: "held *hostage*", "took them *prisoner*"."""
    if verb.lemma_ not in _KEEPING:
        return None
    return next((c for c in verb.rights if c.lower_ in _STATES and not any(True for _ in c.lefts)), None)


def is_participle(verb: Token) -> bool:
    """Whether the form is a past participle, as far as tag and spelling tell."""
    text = verb.lower_
    if text.endswith("ing") or child(verb, "nsubj") is not None:
        return False
    form = verb.morph.get("VerbForm", [])
    if form:
        return form == ["Part"]
    return text.endswith(("ed", "en", "wn", "t", "ung", "und", "ade", "eld", "ost", "ead")) or text != verb.lemma_


def is_passive(verb: Token, depth: int = 0) -> bool:
    """Whether what stands as subject is acted upon."""
    for c in verb.children:
        if c.dep_ == "nsubj:pass" and child(verb, "aux:pass") is None and _has_object(verb):
            return False  # "it had *retaken the town*"
        if c.dep_ in {"nsubj:pass", "aux:pass", "csubj:pass", "obl:agent"}:
            return True
    dep = verb.dep_
    if dep in {"acl", "amod", "advcl", "acl:relcl", "dep"} or (dep == "xcomp" and not child(verb, "mark", "aux")):
        return is_participle(verb) and child(verb, "aux") is None and not _has_object(verb)
    if dep == "conj" and depth < _DEPTH and child(verb, "nsubj", "aux") is None and not _has_object(verb):
        return is_participle(verb) and is_passive(verb.head, depth + 1)
    return False


def _has_object(verb: Token) -> bool:
    state = state_of_object(verb)
    return any(c.dep_ == "obj" and c != state for c in verb.children)


def antecedent(pronoun: Token) -> Token:
    """What a relative pronoun stands for; the token itself where it is none."""
    if pronoun.lower_ not in RELATIVE or pronoun.pos_ not in {"PRON", "DET"}:
        return pronoun
    token = pronoun
    for _ in range(_DEPTH):
        if token.dep_ == "advcl:relcl" and (pronoun.lower_ in _OF_NOUNS or pronoun.nbor(-1).text != ","):
            return _noun_before(pronoun) or token.head
        if token.dep_ in {"acl:relcl", "advcl:relcl"}:
            return token.head
        if token.head.i == token.i:
            break
        token = token.head
    return _noun_before(pronoun) or pronoun


def _noun_before(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun follows, where the parser does not tell."""
    doc, before = pronoun.doc, pronoun.i - 1
    if before > pronoun.sent.start and doc[before].text == ",":
        before -= 1
    if before < pronoun.sent.start or doc[before].pos_ not in {"NOUN", "PROPN"} or pronoun.dep_ not in _GAPS:
        return None
    noun = doc[before]
    while noun.dep_ in {"flat", "compound"} and noun.head.i != noun.i:
        noun = noun.head
    return noun


def agents(verb: Token) -> list[Token]:
    """Who acts in a passive."""
    found = [
        c
        for c in verb.children
        if (c.dep_ == "obl" and "by" in markers(c)) or (c.dep_ == "obl:agent" and _is_agent(markers(c)))
    ]
    if not found and verb.dep_ in {"amod", "acl", "advcl"}:
        # "Iran-backed": the agent stands before the hyphen.
        found = _before_hyphen(verb)
    found = [token for token in found if token.i > verb.i] or found  # "led by *Ito*, was funded by *Acme*"
    return [antecedent(token) for token in found or _after_by(verb)]


def _is_agent(prepositions: frozenset[str]) -> bool:
    return not prepositions or "by" in prepositions


def _after_by(verb: Token) -> list[Token]:
    """The phrase after a "by" that follows the verb directly, whatever it hangs on."""
    doc, i = verb.doc, verb.i + 2
    if i >= verb.sent.end or doc[i - 1].lower_ != "by":
        return []
    noun = doc[i]
    while noun.dep_ in {"det", "amod", "compound", "nummod"} and noun.i < noun.head.i < i + 6:
        noun = noun.head
    return [noun] if noun.pos_ in NOMINAL else []


def _before_hyphen(participle: Token) -> list[Token]:
    doc, i = participle.doc, participle.i
    return [doc[i - 2]] if i >= 2 and doc[i - 1].text == "-" and doc[i - 2].pos_ in {"PROPN", "NOUN", "ADJ"} else []


def obliques(verb: Token, wanted: frozenset[str]) -> list[Token]:
    """The phrases of a verb with one of the ``wanted`` prepositions, or of its object: attachment is doubtful."""
    found = [c for c in verb.children if c.dep_ in _OBLIQUE and markers(c) & wanted]
    if not found:
        for c in verb.rights:
            if c.dep_ == "obj" or (c.dep_ == "xcomp" and c.pos_ in NOMINAL):
                found += [n for n in c.rights if n.dep_ == "nmod" and markers(n) & wanted]
    if not found and verb.dep_ in {"amod", "acl"}:
        # "Moscow-based": the place stands before the hyphen.
        found = _before_hyphen(verb)
    if not found:
        for c in verb.rights:
            # "are killed and four others injured in the attack": a phrase at the end is shared.
            if c.dep_ == "conj" and c.pos_ == "VERB":
                found += [n for n in c.rights if n.dep_ == "obl" and markers(n) & wanted]
    return [antecedent(token) for token in found]
