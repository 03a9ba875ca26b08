"""What completes a noun, and the words of a phrase: "the arrest *of Ito by police*"."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kg.extract.mentions import MentionIndex
from kg.extract.support import brought
from kg.extract.syntax import antecedent, conjuncts, markers
from kg.extract.titles import TITLE

#: Prepositions that lead from a noun, also where they hang on its verb: "clashes broke out *between* the two".
_OF_NOUNS = frozenset({"between", "among"})
#: Prepositions that a name takes as a rule only within a phrase around it.
_NOT_OF_NAMES = frozenset({"by", "with", "to", "against"})
#: What belongs to a noun phrase before its head.
WITHIN = frozenset({"compound", "amod", "nmod", "nmod:desc"})


def complements(
    noun: Token, wanted: frozenset[str], mentions: MentionIndex, light_verbs: Collection[str]
) -> list[Token]:
    """The phrases of a noun with one of the ``wanted`` prepositions, wherever the parser hung them."""
    found = [c for c in noun.rights if c.dep_ in {"nmod", "obl", "nmod:poss"} and markers(c) & wanted]
    if not found and noun.dep_ in TITLE and mentions.kind(noun.head) == "Person":  # "President *Ito of Oria*"
        found = [c for c in noun.head.rights if c.dep_ == "nmod" and markers(c) & wanted]
    if not found:
        found = _within_complement(noun, wanted & _NOT_OF_NAMES, mentions)
    if not found and (light := brought(noun, light_verbs)) is not None:
        found = [c for c in light.rights if c.dep_ == "obl" and markers(c) & wanted]
    if not found and noun.dep_ in {"obj", "nsubj", "nsubj:pass"} and noun.head.pos_ == "VERB":
        sought = wanted if noun.dep_ != "nsubj" and noun.head.lemma_ in light_verbs else wanted & _OF_NOUNS
        found = [c for c in noun.head.rights if c.dep_ == "obl" and markers(c) & sought]
    if not found:
        # "founder and chairman of": the phrase at the end is shared, whichever noun or name the second hangs on.
        others = [*noun.rights, *(c for c in noun.head.rights if noun.dep_ == "appos" and c.i > noun.i)]
        for c in others:
            if c.dep_ == "conj" and c.pos_ in {"NOUN", "PROPN"} and c.i - noun.i <= 4:
                found += [n for n in c.rights if n.dep_ == "nmod" and markers(n) & wanted]
    return [antecedent(token) for token in found]


def _within_complement(noun: Token, wanted: frozenset[str], mentions: MentionIndex) -> list[Token]:
    """What the parser hung on the name before it: "the arrest of Ito *by Oria*"."""
    found = []
    for c in noun.rights if wanted else ():
        inner = mentions.headed_by(c)
        if c.dep_ == "nmod" and c.pos_ == "PROPN" and inner is not None:
            found += [n for n in c.rights if n.dep_ == "nmod" and n.i >= inner.end and markers(n) & wanted]
    return found


def holds(head: Token, wanted: frozenset[str]) -> bool:
    """Whether a phrase holds one of the words that an argument asks for, up to a comma or a clause."""
    if not wanted:
        return True
    phrase = (head, *(token for token in head.lefts if token.dep_ in WITHIN), *conjuncts(head))
    return any({token.lemma_.lower(), token.lower_} & wanted for token in phrase)
