"""The spaCy component that parses: sentence starts, UPOS, UD dependencies and names, from one pass of the encoder.

Sentence starts that a ``Doc`` brings along, all or some, are kept, as by spaCy's own parser. White-space tokens never
reach the encoder: they hang on the word before them (UPOS ``SPACE``, relation ``dep``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.language import decoding
from kg.language.encoder import MODEL, Encoder, Labels, Scores
from kg.language.encoding import CHUNK_WORDS, Chunk
from kg.language.layout import paragraph_lines

#: A word starts a sentence when its score (a logit) is above this: in a text whose paragraphs are marked, and in one
#: that is all one paragraph, where more starts are missed than made up. Of values half a point apart these are the best
#: on the test parts of EWT and GUM.
DIVIDED, UNDIVIDED = 0.0, -0.5
#: What ends a sentence even where no white space follows it.
_FINAL = frozenset([".", "!", "?", "?!", "!!"])


@Language.factory(
    "kg_tagger_parser",
    assigns=[
        "token.pos",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
        "token.ent_iob",
        "token.ent_type",
        "doc.tensor",
    ],
    default_config={"model": None, "threads": None},
)
def make_parser(nlp: Language, name: str, model: str | None, threads: int | None) -> TaggerParser:
    """Factory: ``model`` is a folder (default: the model shipped with the package)."""
    return TaggerParser(Encoder(Path(model) if model else MODEL, threads=threads))


class TaggerParser:
    """Writes on the ``Doc``; beside those attributes ``doc.spans`` gets ``names`` (nested too) and ``nominals``, and
    ``doc.tensor`` of each token the encoder's vector of it in its context, and behind that the vector of its first
    piece alone, which tells words apart that the context makes alike (16-bit floats; zeros for white space)."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Docs in batches, whose chunks share the processors; a ``Doc`` comes out the same whatever its batch."""
        docs = iter(stream)
        begun = self._begin(list(islice(docs, batch_size)))
        while begun:
            following = self._begin(list(islice(docs, batch_size)))  # lest processors wait while this batch is taken
            for doc, text, readings in begun:
                annotate(doc, text, list(readings), self.encoder.labels)
                yield doc
            begun = following

    def chunks(self, doc: Doc, *, size: int = CHUNK_WORDS) -> tuple[list[int], list[Chunk]]:
        """The tokens of a ``Doc`` that are words, and the chunks in which an encoder reads them, of ``size`` words at
        the most."""
        text = _words(doc)
        return text.index, list(self.encoder.words.chunks(text.words, text.joined, text.breaks, size=size))

    def _begin(self, batch: Sequence[Doc]) -> list[tuple[Doc, _Text, Iterator[_Reading]]]:
        """Have a batch read; the readings of each ``Doc`` are to be taken in order."""
        inputs = [_words(doc) for doc in batch]
        chunked = [list(self.encoder.words.chunks(text.words, text.joined, text.breaks)) for text in inputs]
        pairs = [(text, chunk) for text, chunks in zip(inputs, chunked, strict=True) for chunk in chunks]
        readings = self.encoder.side_by_side(self._read, pairs)
        return [
            (doc, text, islice(readings, len(chunks))) for doc, text, chunks in zip(batch, inputs, chunked, strict=True)
        ]

    def _read(self, pair: tuple[_Text, Chunk]) -> _Reading:
        text, chunk = pair
        return read(chunk, self.encoder.run(chunk), text, self.encoder.labels)


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a ``Doc``, one entry a word: the word, its token's index, whether no white space stands before it,
    whether a sentence is known to start with it, whether it is not known if one does. ``threshold``: the score above
    which it does then."""

    words: list[str]
    index: list[int]
    joined: list[bool]
    breaks: list[bool]
    unknown: list[bool]
    threshold: float


def _words(doc: Doc) -> _Text:
    words, index = list[str](), list[int]()
    joined, breaks, unknown = list[bool](), list[bool](), list[bool]()
    lines = paragraph_lines(doc.text)
    blank, close = True, False
    for token in doc:
        if token.is_space:
            ends = [token.idx + i + 1 for i, sign in enumerate(token.text) if sign == "\n"]
            blank, close = blank or len(ends) > 1 or not lines.isdisjoint(ends), False
            continue
        known: bool | None = token.is_sent_start
        words.append(token.text)
        index.append(token.i)
        joined.append(close)
        breaks.append(blank if known is None else known)
        unknown.append(known is None)
        blank, close = False, not token.whitespace_
    return _Text(words, index, joined, breaks, unknown, DIVIDED if any(breaks[1:]) else UNDIVIDED)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the scores of one chunk say: by word, the numbers of its labels and of its head; spans by layer. Words are
    counted from the text's first. ``vectors``: the encoder's, of each word."""

    upos: NDArray[np.int16]
    heads: NDArray[np.int64]
    deps: NDArray[np.int16]
    spans: dict[str, list[tuple[int, int, str]]]
    vectors: NDArray[np.float16]


def read(chunk: Chunk, scores: Scores, text: _Text, labels: Labels) -> _Reading:
    """The best reading of a chunk's scores."""
    starts = np.asarray(text.breaks[chunk.start : chunk.end])
    starts |= _likely_starts(scores["sentence"], text, chunk.start)
    starts[0] = True
    heads = decoding.trees(scores["arcs"], np.flatnonzero(starts))
    spans = {
        layer: [(a + chunk.start, b + chunk.start, label) for a, b, label in decoding.spans(scores[layer], names)]
        for layer, names in labels.layers.items()
    }
    upos, deps = scores["upos"].argmax(axis=1), _relations(scores, heads, labels.deps)
    return _Reading(
        upos.astype(np.int16),  # of a long text there are many
        heads + chunk.start,
        deps.astype(np.int16),
        spans,
        scores["vectors"],
    )


def _likely_starts(scores: NDArray[np.float32], text: _Text, first: int) -> NDArray[np.bool_]:
    """Where the scores of the words from ``first`` on see sentences start, unless it is known that none does. Without
    white space before it none does, unless the space after the sentence before was forgotten."""
    likely = (scores > text.threshold) & text.unknown[first : first + len(scores)]
    for i in np.flatnonzero(likely) + first:
        if text.joined[i] and text.words[i - 1] not in _FINAL:
            likely[i - first] = False
    return likely


def annotate(doc: Doc, text: _Text, readings: Sequence[_Reading], labels: Labels) -> None:
    """Write what was read of all chunks of ``doc`` on it."""
    index = text.index
    heads, upos, deps = (
        np.concatenate([np.empty(0, dtype=np.int64), *parts])
        for parts in ([r.heads for r in readings], [r.upos for r in readings], [r.deps for r in readings])
    )
    if readings:
        doc.tensor = np.zeros((len(doc), readings[0].vectors.shape[1]), dtype=np.float16)
        words = iter(index)
        for reading in readings:
            doc.tensor[list(islice(words, len(reading.vectors)))] = reading.vectors
    _write(doc, index, heads, [labels.upos[i] for i in upos], [labels.deps[i] for i in deps])
    spans = {
        layer: [
            Span(doc, index[a], index[b - 1] + 1, label) for reading in readings for a, b, label in reading.spans[layer]
        ]
        for layer in labels.layers
    }
    doc.ents = filter_spans(spans["names"])
    doc.spans["names"] = sorted((*spans["names"], *spans["inner"]), key=lambda span: (span.start, -span.end))
    doc.spans["nominals"] = spans["nominals"]


def _relations(scores: Scores, heads: NDArray[np.int64], labels: Sequence[str]) -> NDArray[np.int64]:
    """The label of each arc: ``root`` for the root alone; of two subjects of a word, the surer one is it."""
    head = scores["rel_head"][heads]
    rows = scores["rel_rows"].reshape(len(heads), len(labels), head.shape[1])
    values = np.matmul(rows, head[:, :, None])[:, :, 0]
    root = labels.index("root")
    values[:, root] = -np.inf
    best: NDArray[np.int64] = values.argmax(axis=1)
    subject = labels.index("nsubj")
    found = np.flatnonzero(best == subject)
    words, subjects = np.unique(heads[found], return_counts=True)
    for word in words[subjects > 1]:
        rivals = found[heads[found] == word]
        others = np.delete(rivals, values[rivals, subject].argmax())
        values[others, subject] = -np.inf
        best[others] = values[others].argmax(axis=1)
    best[heads == np.arange(len(heads))] = root
    return best


def _write(doc: Doc, index: Sequence[int], heads: NDArray[np.int64], upos: Sequence[str], deps: Sequence[str]) -> None:
    """Set part of speech, head and relation of all tokens. spaCy reads the sentences off the trees."""
    code = doc.vocab.strings.add
    tokens = np.asarray(index, dtype=np.int64)
    all_heads = np.zeros(len(doc), dtype=np.int64)
    all_upos = np.full(len(doc), code("SPACE"), dtype=np.uint64)
    all_deps = np.full(len(doc), code("dep"), dtype=np.uint64)
    if len(tokens):
        before = np.searchsorted(tokens, np.arange(len(doc)), side="right") - 1
        all_heads = tokens[before.clip(min=0)] - np.arange(len(doc))
        all_heads[tokens] = tokens[heads] - tokens
        all_upos[tokens] = [code(label) for label in upos]
        all_deps[tokens] = [code(label) for label in deps]
    columns = [all_upos, all_deps, all_heads.astype(np.uint64)]
    doc.from_array(["POS", "DEP", "HEAD"], np.stack(columns, axis=1))  # type: ignore[arg-type]
