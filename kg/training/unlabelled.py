"""Texts that nobody annotated, on which teachers tell another model what they see.

What the shipped model finds in them decides only what is asked about: where a text is cut, which phrases may refer to
the same, and between which mentions relations may be stated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.language import load
from kg.language.mentions import MENTIONS
from kg.language.phrases import noun_phrases
from kg.language.syntax import Syntax
from kg.training.corpora import Example, lines
from kg.training.discourse import ordered
from kg.training.stated import Statements

#: So many sentences given as words, or paragraphs of plain text, make a document: their corpora do not tell.
TOGETHER = 6
#: A text shares words with another if they have so many in a row in common.
_RUN = 8
Run = tuple[str, ...]
_NOTHING_STATED = Statements((), ())


def read_unlabelled(path: Path) -> Iterator[list[Example]]:
    """Plain text, a paragraph a line, or JSON lines with ``text`` or ``tokens``. One example a sentence.

    By turns, documents ask about phrases that may corefer and about mentions that relations may hold between. Texts
    that share words with the articles that judge the model are left out.
    """
    nlp = load()
    judging = path.parents[2] / "corpus/dev.jsonl"
    judged = runs_in(judging) if judging.exists() else set[Run]()
    docs = nlp.pipe(_inputs(path, nlp.vocab, judged), disable=["kg_coreference"])
    for number, doc in enumerate(docs):
        name = f"{path.name}-{number}"
        if number % 2:
            yield [_about_relations(sentence, name) for sentence in doc.sents]
        else:
            syntax = Syntax.of(doc)
            found = noun_phrases(syntax.pos, syntax.dep, syntax.head, syntax.text)
            phrases = ordered({(start, end): "" for start, end, _ in found})
            yield [_about_phrases(sentence, name, phrases) for sentence in doc.sents]


def runs_in(path: Path) -> set[Run]:
    """The runs of all texts of a file of JSON lines."""
    return {run for line in lines(path) for run in runs(json.loads(line)["text"])}


def runs(text: str) -> Iterator[Run]:
    """All runs of so many words that two texts with one in common share words."""
    words = text.lower().split()
    return zip(*(words[i:] for i in range(_RUN)), strict=False)


def _inputs(path: Path, vocab: Vocab, judged: Set[Run]) -> Iterator[str | Doc]:
    plain: list[str] = []
    words: list[list[str]] = []
    for line in lines(path):
        record = json.loads(line) if line.startswith("{") else {}
        if "text" in record:
            if judged.isdisjoint(runs(record["text"])):
                yield " ".join(record["text"].split())
        elif "tokens" in record:
            words.append(record["tokens"])
        else:
            plain.append(line.strip())
        if len(plain) == TOGETHER:
            yield " ".join(plain)
            plain = []
        if len(words) == TOGETHER:
            yield Doc(vocab, words=[word for sentence in words for word in sentence])
            words = []


def _about_phrases(sentence: Span, name: str, phrases: Sequence[tuple[int, int, str]]) -> Example:
    start, end = sentence.start, sentence.end
    inside = [(a - start, b - start, nobody) for a, b, nobody in phrases if start <= a and b <= end]
    return _example(sentence, name, mentions=tuple(inside), scheme="ontonotes")


def _about_relations(sentence: Span, name: str) -> Example:
    start, end = sentence.start, sentence.end
    spans = [span for span in sentence.doc.spans[MENTIONS] if start <= span.start and span.end <= end]
    mentions = [(span.start - start, span.end - start, str(i)) for i, span in enumerate(spans)]
    words = [token.text for token in sentence]
    pairs = _NOTHING_STATED.between([(m[:2], m[2], m[:2]) for m in mentions], words)
    types = tuple(span.label_ for span in spans)
    return _example(sentence, name, mentions=tuple(mentions), scheme="news", types=types, pairs=tuple(pairs))


def _example(sentence: Span, name: str, **asked: Any) -> Example:
    words = tuple(token.text for token in sentence)
    joined = (False, *(not token.whitespace_ for token in sentence[:-1]))
    return Example(name, words, (), None if sentence.doc.has_unknown_spaces else joined, **asked, unlabelled=True)
