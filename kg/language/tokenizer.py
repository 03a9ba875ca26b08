"""The tokenizer: spaCy's rules for English, which split words as the English treebanks of Universal Dependencies do."""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex

#: Dashes that join two names or numbers (U.S.–Mexico) stand alone, also where spaCy's rules leave them inside a word.
_DASHES = r"(?<=[\w.])[–—‒―](?=\w)"


@lru_cache(maxsize=1)
def make_tokenizer() -> Tokenizer:
    """The tokenizer on a vocabulary of its own, for code that needs words and no pipeline."""
    return add_dashes(spacy.blank("en").tokenizer)


def add_dashes(tokenizer: Tokenizer) -> Tokenizer:
    """Make ``tokenizer`` split at dashes; returns it."""
    rules = [*(spacy.blank("en").Defaults.infixes or ()), _DASHES]
    tokenizer.infix_finditer = compile_infix_regex(rules).finditer
    return tokenizer
