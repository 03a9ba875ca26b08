"""How a common noun stands to the name it describes: title, office, apposition."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.syntax import child, markers

#: Relations of a title to the name behind it.
TITLE = frozenset({"nmod:desc", "compound", "flat"})


def is_in_phrase(noun: Token, name: Token) -> bool:
    """Whether a title and what it hangs on stand together, whatever else of the phrase is between them."""
    between = noun.doc[min(noun.i, name.i) + 1 : max(noun.i, name.i)]
    if len(between) == 1 and noun.i < name.i:
        return between[0].pos_ != "VERB"  # "Peru's president, *Ito*"
    return not any(token.pos_ in {"VERB", "AUX"} or token.text in {",", ";", ":"} for token in between)


def is_bare_office(noun: Token) -> bool:
    """ "runs for *president* of Oria": an office that nobody is said to hold."""
    return noun.pos_ == "NOUN" and "for" in markers(noun) and child(noun, "det", "nmod:poss", "nummod") is None


def one_apposition(noun: Token) -> Token | None:
    """The name that two coordinated nouns describe: "*Ito*, founder and *owner* of Acme"."""
    name, doc = noun.head, noun.doc
    conjunction = noun.left_edge.i
    if noun.dep_ != "conj" or name.pos_ != "PROPN" or doc[conjunction].dep_ != "cc" or child(noun, "det") is not None:
        return None
    return name if any(c.dep_ == "appos" and c.i == conjunction - 1 for c in name.rights) else None
