"""Who a word of saying names as the source, wherever that stands: subject, agent, possessor, antecedent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.stance import Cue, base, marker

_SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer"})


@dataclass(frozen=True, slots=True)
class Report:
    """A source as the text names it: the head of the phrase, the word that tells it is one, the kind, what is said."""

    source: Token
    cue: Token
    kind: str
    content: Token | None = None


def source_of(cue: Token, entry: Cue, cues: Mapping[int, Cue], ends: Mapping[int, int]) -> Token | None:
    """The source that the cue names, or ``None``.

    :param entry: what the lexicon knows of the cue.
    :param cues: the cues of the text; a noun of saying hands on to its author, a light verb to its subject.
    :param ends: the head of the mention that ends with a token, by the token's position.
    """
    if entry.pos != "noun":
        subject = subject_of(cue, ends)
        return _author(subject, cues) or subject if subject is not None else None
    author = _author(cue, cues)
    if author is not None:
        return author
    governor = cues.get(cue.head.i)
    if base(cue) == "obj" and governor is not None and governor.modality == "actual":
        return subject_of(cue.head, ends)
    return None


def _author(noun: Token, cues: Mapping[int, Cue]) -> Token | None:
    """Whose statement or report it is."""
    cue = cues.get(noun.i)
    if cue is None or cue.pos != "noun" or cue.attribution is None:
        return None
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (base(child) == "nmod" and marker(child) in {"by", "from"}):
            return child
    return None


def subject_of(verb: Token, ends: Mapping[int, int]) -> Token | None:
    """Who does what the verb says, also where that stands elsewhere ("arrived and *said*", "..., *adding* that")."""
    for _ in range(8):
        children = list(verb.children)
        agent = next((child for child in children if base(child) == "obl" and marker(child) == "by"), None)
        if any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in children):
            return agent
        if marker(verb) == "as" and base(verb) == "advcl":
            quoted = next((child for child in verb.head.children if child.dep_ in {"obj", "nsubj:pass"}), None)
            if quoted is not None and quoted.dep_ == "nsubj:pass" and verb.lower_.endswith("ing"):
                return quoted  # "*Ito* was quoted as saying by the paper"
            if agent is not None or (verb.lower_.endswith("ing") and quoted is not None):
                return agent or quoted  # "as reported by *Ito*", "quoted *Ito* as saying"
        if verb.pos_ == "NOUN" and not any(child.dep_ == "cop" for child in children):
            # A verb read as a noun, and its subject as part of that.
            compound = next((child for child in children if child.dep_ == "compound"), None)
            return _mention_before(verb, ends) or compound
        subject = next((child for child in children if child.dep_ in _SUBJECTS), None)
        if subject is not None:
            return _crossed(subject, verb) or _named(subject, verb, ends) or _antecedent(subject, verb)
        relation = base(verb)
        stranded = _stranded_subject(verb, ends)
        if stranded is not None:
            return stranded
        if relation == "acl":
            return verb.head if agent is None and verb.lower_.endswith("ing") else agent
        if relation not in {"conj", "xcomp", "advcl", "parataxis"} or verb.head.i == verb.i:
            return None
        verb = verb.head
        if verb.pos_ not in {"VERB", "AUX"} and not any(child.dep_ == "cop" for child in verb.children):
            return None
    return None


def _crossed(subject: Token, verb: Token) -> Token | None:
    """Who says what stands before it, where the parser gave him to what is said: "the army fled, *officials* said"."""
    for clause in verb.lefts:
        if clause.dep_ == "ccomp" and subject.i < clause.i:
            own = [token for token in clause.rights if token.dep_ in _SUBJECTS and token.i < verb.i]
            if own:
                return own[-1]
    return None


def _stranded_subject(verb: Token, ends: Mapping[int, int]) -> Token | None:
    """The subject that the parser hung elsewhere, as on what is said: "the *army* says it has taken the town".

    It is the name or noun phrase that stands right before a finite verb.
    """
    if (after := _mention_after(verb, ends)) is not None:
        return after
    if base(verb) not in {"root", "ccomp", "conj", "parataxis", "advcl", "acl:relcl"} or verb.lower_.endswith("ing"):
        return None
    return _mention_before(verb, ends)


def _mention_before(verb: Token, ends: Mapping[int, int]) -> Token | None:
    i = verb.i - 1
    while i >= verb.sent.start and verb.doc[i].pos_ in {"AUX", "ADV"}:
        i -= 1
    return verb.doc[ends[i]] if i >= verb.sent.start and i in ends else None


def _mention_after(verb: Token, ends: Mapping[int, int]) -> Token | None:
    """Who speaks in ", says *the minister*" at the end of what is said."""
    doc, end = verb.doc, verb.i + 1
    if verb.i == verb.sent.start or doc[verb.i - 1].text not in {",", '"', "”"}:
        return None
    while end < verb.sent.end and not doc[end].is_punct and not doc[end].is_space:
        end += 1
    return doc[ends[end - 1]] if verb.i + 1 < end and end - 1 in ends and ends[end - 1] > verb.i else None


def _named(subject: Token, verb: Token, ends: Mapping[int, int]) -> Token | None:
    """The name in "the Orian foreign minister *Ito* says", where the parser took the title for the subject."""
    if subject.i > verb.i or subject.pos_ == "PRON":
        return None
    name = _mention_before(verb, ends)
    return name if name is not None and name.pos_ == "PROPN" and subject.i < name.i else None


def _antecedent(subject: Token, verb: Token) -> Token | None:
    if subject.lower_ in {"who", "which", "that"} and verb.dep_ == "acl:relcl":
        return verb.head
    return None if subject.lower_ in {"it", "there"} and subject.dep_ == "expl" else subject


def according(anchor: Token) -> Iterator[tuple[Token, Report]]:
    """Where an "according to" phrase belongs: to its head, or to the whole sentence where it opens or ends that."""
    source = _noun_after(anchor)
    if source is None:
        return
    sentence = anchor.sent
    rest = source.doc[max(source.right_edge.i, source.i) + 1 : sentence.end]
    is_outer = anchor.i <= sentence.start + 3 or all(token.is_punct or token.is_space for token in rest)
    head = sentence.root if is_outer else next((up for up in anchor.ancestors if up.i != source.i), sentence.root)
    yield head, Report(source, anchor, "accordingTo")


def _noun_after(anchor: Token) -> Token | None:
    """The head of the noun phrase that follows "according to", by the order of words: parsers often lose it."""
    doc = anchor.doc
    start = anchor.i + 1
    while start < anchor.sent.end and (doc[start].dep_ == "fixed" or doc[start].lower_ == "to"):
        start += 1
    if start >= anchor.sent.end:
        return None
    token = doc[start]
    while (
        token.head.i > token.i
        and token.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
        and token.head.i < anchor.sent.end
    ):
        token = token.head
    return token if token.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"} else None
