"""Which entries of the lexicon a word of a text triggers."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.syntax import child
from kg.lexicon import Entry, Lexicon, head_word

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADP": "adposition"}


def entries_of(token: Token, lexicon: Lexicon) -> list[Entry]:
    """The entries a word triggers: the longest phrases only. Participles count as verbs however they are tagged."""
    pos = _POS.get(token.pos_)
    if token.dep_ == "case" and pos == "verb":
        pos = "adposition"  # "including"
    elif token.dep_ == "nmod:desc":
        pos = "noun"
    if pos is None:
        return []
    word = token.lower_
    found = lexicon.find(pos, token.lemma_.lower()) or lexicon.find(pos, word)
    if not found and token.pos_ == "PROPN":
        found = lexicon.find(pos, word.removesuffix("s"))  # "*Senators* Ito and Dahl": names keep their form
    if not found and pos == "adjective":
        stems = (word, word.removesuffix("d"), word.removesuffix("ed"))
        found = next((entries for stem in stems if (entries := lexicon.find("verb", stem))), ())
    if not found:
        return []
    fitting = [entry for entry in found if _stands_there(token, entry)]
    longest = max((len(entry.words) for entry in fitting), default=0)
    return [entry for entry in fitting if len(entry.words) == longest]


def says(token: Token, relation: str, lexicon: Lexicon) -> bool:
    """Whether a word can express a relation, whoever it is between."""
    return any(sense.relation == relation for entry in entries_of(token, lexicon) for sense in entry.senses)


def wards_off(subject: Token, lexicon: Lexicon) -> bool:
    """Whether the verb of a subject says that it opposes what happens: "*troops* repelled a raid"."""
    if subject.dep_ != "nsubj" or subject.head.pos_ != "VERB":
        return False
    senses = [sense for entry in entries_of(subject.head, lexicon) for sense in entry.senses]
    return any(sense.relation == "opposes" and sense.range == {"Event"} for sense in senses)


def _stands_there(token: Token, entry: Entry) -> bool:
    if len(entry.words) == 1:
        # "pick up" is another word than "pick".
        return entry.pos != "verb" or child(token, "compound:prt") is None
    head = head_word(entry.words, entry.pos)
    if _in_a_row(token, entry.words, head):
        return True
    if entry.pos != "verb":
        return False
    rest = list(entry.words[1:])
    for c in token.rights:
        if (rest and c.lemma_.lower() == rest[0]) or (rest and c.lower_ == rest[0]):
            rest.pop(0)
    for c in token.rights:
        if rest and c.dep_ in {"obj", "obl", "xcomp", "advcl", "advmod", "compound:prt"}:
            inside = {w for t in (c, *c.children) for w in (t.lemma_.lower(), t.lower_)}
            rest = [word for word in rest if word not in inside]
    return not rest


def _in_a_row(token: Token, words: tuple[str, ...], head: int) -> bool:
    doc, first = token.doc, token.i - head
    if first < 0 or first + len(words) > len(doc):
        return False
    for k, word in enumerate(words):
        token = doc[first + k]
        if word != token.lower_ and word != token.lemma_.lower():
            return False
    return True
