"""spaCy's rule lemmatizer for English, with three gaps in its tables closed.

The tables know verbs, but no auxiliaries; the rules cut endings off words that have none, and give what is of "hope"
and "stage" to "hop" and "stag": "is" would stay "is", "other" become "oth" and "press" "pres".
"""

from __future__ import annotations

from collections.abc import Iterator

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
#: Verbs too rare to be what a form stands for: "singing" is of "sing".
_RARE = frozenset("abye barde birle congee dinge route singe swinge tinge".split())
_MODALS = "can could may might must shall should will would ought".split()


def add_lemmatizer(nlp: Language) -> None:
    """Add the component ``lemmatizer`` to ``nlp``, ready to use."""
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lambda: iter(()), nlp=nlp, lookups=_lookups())  # type: ignore[attr-defined]


def _lookups() -> Lookups:
    lookups = load_lookups("en", list(_TABLES))
    rules, exceptions, index = (lookups.get_table(name) for name in _TABLES)
    index["verb"] = [word for word in index["verb"] if word not in _RARE]
    # The rule tried last wins: "hopes" is of "hope", since "hop" has "hops" and "hopped".
    rules["verb"] = [*rules["verb"], *(rule for rule in rules["verb"] if rule[1] == "e")]
    for pos in ("noun", "verb", "adj"):
        forms = _base_forms(rules[pos], set(index[pos]))
        exceptions[pos] = {**{word: [word] for word in forms}, **exceptions[pos]}
    rules["aux"], index["aux"] = rules["verb"], index["verb"]
    known = {**_SHORT, **{modal: modal for modal in _MODALS}}
    exceptions["aux"] = {**exceptions["verb"], **{word: [lemma] for word, lemma in known.items()}}
    for pos in ("noun", "verb", "adj", "adv", "aux"):
        index[pos] = dict.fromkeys(index[pos])  # looked up for each word: a list would be gone through
    return lookups


def _base_forms(rules: list[list[str]], known: set[str]) -> Iterator[str]:
    """Known words that the rules would shorten to something unknown."""
    endings: dict[str, list[str]] = {}
    for old, new in rules:
        endings.setdefault(old, []).append(new)
    lengths, any_ending = sorted({len(old) for old in endings}), tuple(endings)
    for word in known:
        if word.endswith(any_ending):  # few words are: the index of nouns has them in the singular
            stems = [word[:-n] + new for n in lengths for new in endings.get(word[-n:], ())]
            if known.isdisjoint(stems):
                yield word
