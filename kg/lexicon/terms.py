"""The terms of OntoLex-Lemon, synsem and LexInfo that a lexicon may use, and what extraction makes of them."""

from __future__ import annotations

from collections.abc import Mapping

LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#"
ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
SYNSEM = "http://www.w3.org/ns/lemon/synsem#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

#: LexInfo frames that extraction understands: the part of speech they belong to and the arguments they must have.
FRAMES: Mapping[str, tuple[str, frozenset[str]]] = {
    "IntransitiveFrame": ("verb", frozenset({"subject"})),
    "TransitiveFrame": ("verb", frozenset({"subject", "directObject"})),
    "IntransitivePPFrame": ("verb", frozenset({"subject", "prepositionalAdjunct"})),
    "TransitivePPFrame": ("verb", frozenset({"directObject", "prepositionalAdjunct"})),
    "DitransitiveFrame": ("verb", frozenset({"subject", "directObject", "indirectObject"})),
    "ReciprocalFrame": ("verb", frozenset({"subject"})),
    "NounPPFrame": ("noun", frozenset({"prepositionalAdjunct"})),
    "NounPossessiveFrame": ("noun", frozenset({"possessiveAdjunct"})),
    "NounPredicateFrame": ("noun", frozenset({"copulativeArg"})),
    "AdjectivePPFrame": ("adjective", frozenset({"copulativeSubject", "prepositionalAdjunct"})),
    "AdjectiveAttributiveFrame": ("adjective", frozenset({"attributiveArg"})),
    "PrepositionalPhraseFrame": ("adposition", frozenset({"copulativeSubject", "complement"})),
}

#: LexInfo syntactic arguments.
ROLES = frozenset(
    "subject directObject indirectObject prepositionalAdjunct possessiveAdjunct copulativeArg copulativeSubject "
    "attributiveArg complement objectComplement".split()
)

#: LexInfo parts of speech by the family that their frames belong to.
_FAMILIES: Mapping[str, str] = {
    "verb": "verb mainVerb",
    "lightVerb": "lightVerb",
    "auxiliary": "auxiliary modal",
    "noun": "noun commonNoun properNoun relationNoun",
    "adjective": "adjective participleAdjective pastParticipleAdjective",
    "adposition": "adposition preposition compoundPreposition",
    "adverb": "adverb generalAdverb",
    "conjunction": "conjunction subordinatingConjunction",
    "determiner": "determiner",
    "particle": "particle",
    "pronoun": "pronoun",
}
PARTS_OF_SPEECH: Mapping[str, str] = {name: family for family, names in _FAMILIES.items() for name in names.split()}
