"""Scores of parses against a treebank's, whether the words are given or our own.

With words of our own this is the evaluation of the CoNLL 2018 shared task (Zeman et al. 2018): a word is aligned to
the gold word that has the same characters of the text, white space not counted, and what is not aligned is wrong. With
given words the same measures are the usual ones: shares of all words, punctuation included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.training.corpora import Example

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parse:
    """Words of a text with their annotation, one entry a word. ``heads`` are word numbers, a root is its own head."""

    words: Sequence[str]
    starts: Sequence[int]
    upos: Sequence[str]
    heads: Sequence[int]
    deps: Sequence[str]


@dataclass(frozen=True, slots=True)
class ParseScores:
    """F1, as shares of 1. ``sentence_f1`` is of the places where sentences start, the first of a document left out;
    ``sentence_spans`` of whole sentences."""

    words: float
    sentence_spans: float
    sentence_f1: float
    upos: float
    uas: float
    las: float


def f1(right: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / (predicted + gold) if right else 0.0


def parse_of_doc(doc: Doc) -> Parse:
    """The annotation of a ``Doc``, white space left out."""
    tokens = [token for token in doc if not token.is_space]
    number = {token.i: n for n, token in enumerate(tokens)}
    sentence = [token.sent.start for token in tokens]
    return Parse(
        words=[token.text for token in tokens],
        starts=[n for n in range(len(tokens)) if n == 0 or sentence[n] != sentence[n - 1]],
        upos=[token.pos_ for token in tokens],
        heads=[number[token.head.i] for token in tokens],
        deps=[token.dep_ for token in tokens],
    )


def parse_of_example(example: Example) -> Parse:
    """The annotation of a document of a treebank."""
    assert example.upos is not None and example.heads is not None and example.deps is not None
    return Parse(example.words, example.starts, example.upos, example.heads, example.deps)


def score_parses(pairs: Iterable[tuple[Parse, Parse]], *, subtypes: bool = True) -> ParseScores:
    """Score (gold, ours) parses of the same texts, one pair a document.

    :param subtypes: whether ``nsubj:pass`` and ``nsubj`` differ. For the shared task they do not.
    :raises ValueError: if the words of the two do not make the same text.
    """
    right, ours, theirs = Counter[str](), Counter[str](), Counter[str]()
    for gold, found in pairs:
        if _characters(gold) != _characters(found):
            raise ValueError(f"the texts differ: {' '.join(gold.words[:8])} …")
        spans, own = _spans(gold.words), _spans(found.words)
        for name, places in (("sentences", _sentences), ("starts", _starts)):
            a, b = places(gold, spans), places(found, own)
            right[name] += len(a & b)
            theirs[name] += len(a)
            ours[name] += len(b)
        theirs["words"] += len(spans)
        ours["words"] += len(own)
        number = {span: i for i, span in enumerate(spans)}
        right.update(_right(gold, found, [number.get(span) for span in own], subtypes=subtypes))

    def score(measure: str, unit: str) -> float:
        return f1(right[measure], ours[unit], theirs[unit])

    return ParseScores(
        words=score("words", "words"),
        sentence_spans=score("sentences", "sentences"),
        sentence_f1=score("starts", "starts"),
        upos=score("upos", "words"),
        uas=score("uas", "words"),
        las=score("las", "words"),
    )


def _right(gold: Parse, found: Parse, aligned: Sequence[int | None], *, subtypes: bool) -> Iterator[str]:
    """Each measure once for each word that is right by it; ``aligned`` has the gold word of each of ours."""
    for i, same in enumerate(aligned):
        if same is None:
            continue
        yield "words"
        if gold.upos[same] == found.upos[i]:
            yield "upos"
        roots = gold.heads[same] == same, found.heads[i] == i
        if not (all(roots) if any(roots) else gold.heads[same] == aligned[found.heads[i]]):
            continue
        yield "uas"
        a, b = gold.deps[same], found.deps[i]
        if a == b if subtypes else a.partition(":")[0] == b.partition(":")[0]:
            yield "las"


def _characters(parse: Parse) -> str:
    return "".join("".join(parse.words).split())


def _spans(words: Sequence[str]) -> list[Span]:
    """Where each word begins and ends, in characters of the text without white space."""
    found, end = [], 0
    for word in words:
        start, end = end, end + len("".join(word.split()))
        found.append((start, end))
    return found


def _sentences(parse: Parse, spans: Sequence[Span]) -> set[Span]:
    ends = [*parse.starts[1:], len(spans)]
    return {(spans[a][0], spans[b - 1][1]) for a, b in zip(parse.starts, ends, strict=True)}


def _starts(parse: Parse, spans: Sequence[Span]) -> set[Span]:
    return {(spans[i][0], 0) for i in parse.starts if i}
