"""spaCy's rule lemmatizer for English, with two gaps in its tables closed.

The tables know verbs, but no auxiliaries, and take every adjective in -er or -est for a comparative: "is" would stay
"is" and "other" become "oth".
"""

from __future__ import annotations

from spacy.language import Language
from spacy.lookups import Lookups, load_lookups

_TABLES = ("lemma_rules", "lemma_exc", "lemma_index")
#: Auxiliaries as the tokenizer splits them off, and what they stand for.
_SHORT = {
    **dict.fromkeys("'m ’m 're ’re 's ’s ai".split(), "be"),
    **dict.fromkeys("'ve ’ve".split(), "have"),
    **dict.fromkeys("'ll ’ll wo 'd ’d".split(), "will"),
    "ca": "can",
    "sha": "shall",
}
_MODALS = "can could may might must shall should will would ought".split()


def add_lemmatizer(nlp: Language) -> None:
    """Add the component ``lemmatizer`` to ``nlp``, ready to use."""
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lambda: iter(()), nlp=nlp, lookups=_lookups())  # type: ignore[attr-defined]


def _lookups() -> Lookups:
    lookups = load_lookups("en", list(_TABLES))
    rules, exceptions, index = (lookups.get_table(name) for name in _TABLES)
    rules["aux"], index["aux"] = rules["verb"], index["verb"]
    known = {**_SHORT, **{modal: modal for modal in _MODALS}}
    exceptions["aux"] = {**exceptions["verb"], **{word: [lemma] for word, lemma in known.items()}}
    positive = [word for word in index["adj"] if word.endswith(("er", "est"))]
    exceptions["adj"] = {**{word: [word] for word in positive}, **exceptions["adj"]}
    return lookups
