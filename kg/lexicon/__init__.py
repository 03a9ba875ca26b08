"""The lexicon: which words, in which frames, express which relation.

It is data (``ontologies/lexicon-en.ttl``: OntoLex-Lemon with synsem and LexInfo, in Turtle), checked against the
ontology. A user's file is read the same way and extends it.
"""

from kg.lexicon.model import Argument, Entry, Frame, Lexicon, Sense, StanceEntry, head_word
from kg.lexicon.read import load_lexicon, read_lexicon

__all__ = [
    "Argument",
    "Entry",
    "Frame",
    "Lexicon",
    "Sense",
    "StanceEntry",
    "head_word",
    "load_lexicon",
    "read_lexicon",
]
