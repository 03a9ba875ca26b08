"""One-line makers of parsed documents, so that tests of extraction need no model.

A sentence is a line; a token is ``word=lemma/POS/deprel/head``, the head counted from 1 in it, 0 for the root::

    doc("Abbas/PROPN/nsubj/2 met=meet/VERB/root/0 Putin/PROPN/obj/2 ./PUNCT/punct/2", ents={"Abbas": "Person"})

``=lemma`` may be left out where it is the lower-cased word (a proper noun keeps its case) or a form of be, have or do.
Features follow as a fifth part (``met=meet/VERB/root/0/Tense=Past``).
"""

from __future__ import annotations

from collections.abc import Mapping

import spacy
from spacy.tokens import Doc, Span

_VOCAB = spacy.blank("en").vocab
_LEMMAS = {
    form: lemma
    for lemma, forms in {
        "be": "am is are was were been being 's 're 'm be",
        "have": "has had having 've have",
        "do": "does did done doing do",
        "will": "wo 'll will",
        "not": "n't not",
        "can": "ca can",
    }.items()
    for form in forms.split()
}
_NO_SPACE_BEFORE = {".", ",", ";", ":", "?", "!", ")", "]", "”", "’", "'s", "’s", "'", "n't", "%"}
_NO_SPACE_AFTER = {"(", "[", "“", "‘", "$"}


def doc(text: str, *, ents: Mapping[str, str] | None = None, mentions: Mapping[str, str] | None = None) -> Doc:
    """A parsed ``Doc``. ``ents`` and ``mentions`` map words as they stand to ``"Type"`` or ``"Type chain"``.

    Words that stand more than once are told apart by ``he#2`` (the second one). Entities are mentions too; one without
    a chain gets a chain of its own.
    """
    words, lemmas, pos, deps, heads, feats, starts = [], [], [], [], [], [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        first = len(words)
        for part in line.split():
            word, tag, dep, head, *rest = part.split("/")
            word, _, lemma = word.partition("=") if len(word) > 1 else (word, "", "")
            lowered = _LEMMAS.get(word.lower()) if tag in {"AUX", "VERB", "PART"} else None
            words.append(word)
            lemmas.append(lemma or lowered or (word if tag == "PROPN" else word.lower()))
            pos.append(tag)
            deps.append(dep)
            heads.append(first + int(head) - 1 if head != "0" else len(words) - 1)
            feats.append(rest[0] if rest else "")
            starts.append(len(words) - 1 == first)
    made = Doc(
        _VOCAB,
        words=words,
        spaces=_spaces(words),
        lemmas=lemmas,
        pos=pos,
        deps=deps,
        heads=heads,
        morphs=feats,
        sent_starts=starts,
    )
    named = [_span(made, phrase, value, number) for number, (phrase, value) in enumerate((ents or {}).items())]
    other = [
        _span(made, phrase, value, number + 100) for number, (phrase, value) in enumerate((mentions or {}).items())
    ]
    made.ents = tuple(named)
    made.spans["mentions"] = sorted(named + other, key=lambda span: (span.start, -span.end))
    return made


def word(of: Doc, text: str, nth: int = 1) -> int:
    """The position of the nth token with that text."""
    return [token.i for token in of if token.text == text][nth - 1]


def _span(of: Doc, phrase: str, value: str, number: int) -> Span:
    phrase, _, nth = phrase.partition("#")
    wanted = phrase.split()
    found = [i for i in range(len(of)) if [token.text for token in of[i : i + len(wanted)]] == wanted]
    label, _, chain = value.partition(" ")
    start = found[int(nth or 1) - 1]
    return Span(of, start, start + len(wanted), label=label, span_id=chain or f"c{number + 1}")


def _spaces(words: list[str]) -> list[bool]:
    spaces, is_open = [], False
    for here, after in zip(words, [*words[1:], ""], strict=True):
        glued = after in _NO_SPACE_BEFORE or here in _NO_SPACE_AFTER
        if here == '"':
            is_open = not is_open
            glued = glued or is_open
        elif after == '"' and is_open:
            glued = True
        spaces.append(bool(after) and not glued)
    return spaces
