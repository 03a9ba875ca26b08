"""The tokenizer: spaCy's rules for English, made to split words as the English treebanks of Universal Dependencies do.

The rules were found by comparing words with those of the training parts of EWT and GUM. Where the treebanks keep a
word whole that holds a name ("non-Dutch"), it is split nonetheless: names must begin and end with words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

#: Signs that are one word where they are repeated.
_RUNS = [r"[!?]{2,}", r"<{2,}", r">{2,}", r"\*{2,}", r"={2,}", r"_{2,}", r"~{2,}", r"#{2,}", r"-{2,}"]
_PREFIXES = [*_RUNS, r"-(?=[A-Z]?[a-z]{2})", r"[@~](?=\d)"]
_SUFFIXES = [
    *_RUNS,
    r"(?<=[a-z]{2})\.[!?]+",
    r"(?<=[A-Za-z]{5})-",  # fewer letters are a word broken off: "th-"
    r"(?<=\d)-",
    r"(?<=[A-Za-z])[nN]['’][tT]",
    r"(?<=\d)(?:[AaPp][Mm]|[AaPp]\.[Mm]\.|k|K|b|bn|mn|MM|lbs|mins?|hrs?|yrs?|Hz)",
]
#: Parts before a hyphen with which the treebanks write one word. So they do with "anti", "co", "ex", "pro" and "re";
#: those stay split, since what follows is an entity, or tells its class or a relation: "ex-president", "re-elect".
_BEFORE_HYPHEN = "non pre post mid over multi semi sub inter intra micro mini socio e".split()
_NO_SPLIT = "".join(rf"(?<!\b[{part[0].upper()}{part[0]}]{part[1:]}-)" for part in _BEFORE_HYPHEN)
#: How spaCy's rule for hyphens begins, and how it shall.
_HYPHENS = "(?:-|–|—|"
_OUR_HYPHENS = rf"(?:-(?:{_NO_SPLIT}|(?<!\b[Mm]id-)(?=[A-Z]))|–|—|"
_INFIXES = [
    r"(?<=[\w.])[–—‒―](?=\w)",  # joins two names or numbers: Lisbon–Madrid
    r"(?<=[A-Za-z])[(](?=[A-Za-z])",  # "article(s)"
    r"(?<=[A-Za-z])-(?<!\b[Mm]id-)(?=\d)",
    r"(?<=\d)-(?=[A-Za-z])",
]
#: Letters in a row, without white space, that are no words, or none of a language that parts them with spaces; spaCy
#: takes signs off their edges one by one, in time that grows with the square of their number.
_MOST = 500
#: Telephone numbers, dates, decades and short years are one word, and so is what is too long to be looked into.
_WHOLE = re.compile(
    r"(?:\+?[\d(][\d()]*[-./])*\d{3}-\d{4}|\d+(?:-\d+){2,}|(?:\d\d)?\d0['’]s|['’]\d\ds?|"
    rf"(?s:.{{{_MOST},}})"
)
#: Exceptions of spaCy that the treebanks do not make.
_NOT_SPECIAL = frozenset(["and/or", "id", "Id", "wed", "Wed", "):", ")-:"])
_ABBREVIATIONS = (
    "al. Ft. Lt. Col. Maj. Capt. Cpl. Sgt. Mon. Tue. Tues. Wed. Thu. Thur. Thurs. Fri. Sat. Sr. Hon.".split()
)
_SPECIAL = {
    **{word: [{"ORTH": word}] for word in _ABBREVIATIONS},
    **{word: [{"ORTH": word[:-2]}, {"ORTH": word[-2:]}] for word in ("wanna", "Wanna")},
}


@lru_cache(maxsize=1)
def make_tokenizer() -> Tokenizer:
    """The tokenizer on a vocabulary of its own, for code that needs words and no pipeline."""
    return blank().tokenizer


def blank() -> Language:
    """An English pipeline that does nothing but split words, with our rules."""
    return English(create_tokenizer=follow_treebanks)


def follow_treebanks(nlp: Language) -> Tokenizer:
    """A tokenizer for an English pipeline: spaCy's rules, changed."""
    defaults = English.Defaults
    infixes = [str(rule).replace(_HYPHENS, _OUR_HYPHENS) for rule in defaults.infixes or ()]
    special = {word: parts for word, parts in defaults.tokenizer_exceptions.items() if word not in _NOT_SPECIAL}
    # All at once: a tokenizer goes through its exceptions again for each rule that is changed.
    return Tokenizer(
        nlp.vocab,
        rules={**special, **_SPECIAL},
        prefix_search=compile_prefix_regex([*_PREFIXES, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*_SUFFIXES, *(defaults.suffixes or ())]).search,
        infix_finditer=compile_infix_regex([*infixes, *_INFIXES]).finditer,
        token_match=_WHOLE.fullmatch,
        url_match=defaults.url_match,
    )
