"""What larger models say of what refers to what in texts that nobody annotated.

Answers lie in a file without the texts: JSON lines, compressed, with the ``id`` of a text, the ``phrases`` that take up
others or are taken up (first character, end, and the probability that it takes up nothing) and ``answers`` (number of
the later phrase, of the earlier one, probability). All other candidates take up nothing, so they say.
:mod:`kg.training.cluster_teacher` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor

from kg.training.answers import with_texts, write
from kg.training.cluster_examples import Asked, Example, vectors_of
from kg.training.corpora import check_files, join, lines, read_conllu
from kg.training.discourse import read_litbank
from kg.training.treebank import given

SENTENCES, PASSAGES = "corpora/ner/gmb.jsonl.gz", "corpora/ner/docred_mentions.jsonl.gz"
SPEECHES, WEB, FICTION = (
    "corpora/raw/ungdc_sample.txt.gz",
    "corpora/ud/train.conllu.gz",
    "corpora/coref/litbank.jsonl.gz",
)
#: So many sentences, or paragraphs, make a document, as the files do not tell which do; of sentences every second
#: document is asked about, of speeches every eighth.
TOGETHER, PARAGRAPHS = 16, 8
#: Less likely answers are not written, and count for the others of their phrase.
UNLIKELY = 0.01


def texts(corpora: Path, nlp: Language) -> Iterator[tuple[str, str | Doc]]:
    """The texts that are asked about, with their ids: news, encyclopedia, speeches, the web, fiction.

    :raises InputError: if a file is missing.
    """
    check_files(corpora, SENTENCES, PASSAGES, SPEECHES, WEB, FICTION)
    sentences = [json.loads(line)["tokens"] for line in lines(corpora / SENTENCES)]
    for k in range(0, len(sentences), 2 * TOGETHER):
        yield f"gmb-{k}", _of_sentences(sentences[k : k + TOGETHER], nlp)
    for line in lines(corpora / PASSAGES):
        record = json.loads(line)
        yield record["id"], _of_sentences([words for words in record["sents"] if words], nlp)
    paragraphs = [line.strip() for line in lines(corpora / SPEECHES)]
    for k in range(0, len(paragraphs), 8 * PARAGRAPHS):
        yield f"un-{k}", "\n\n".join(paragraphs[k : k + PARAGRAPHS])
    for document in read_conllu(corpora / WEB):
        if document[0].doc.startswith("ewt-"):
            yield document[0].doc, given(nlp, join(document), sentences=True)
    for document in read_litbank(corpora / FICTION):
        yield document[0].doc, given(nlp, join(document))


def _of_sentences(sentences: list[list[str]], nlp: Language) -> Doc:
    starts: list[bool | int | None] = [n == 0 for words in sentences for n in range(len(words))]
    return Doc(nlp.vocab, words=[word for words in sentences for word in words], sent_starts=starts)


def write_answers(told: Iterable[tuple[str, Doc, Asked, NDArray[np.float32]]], path: Path) -> None:
    """Write what is said of texts: with each its id, and how likely the later of each pair takes up the earlier."""
    write(path, (_line(*one) for one in told))


def _line(id: str, doc: Doc, asked: Asked, probabilities: NDArray[np.float32]) -> dict[str, Any]:
    likely = np.flatnonzero(probabilities > UNLIKELY)
    numbers, local = np.unique(asked.pairs[:, likely], return_inverse=True)
    rows = zip(*local.reshape(2, -1).tolist(), probabilities[likely].tolist(), strict=True)
    none = 1.0 - np.bincount(asked.pairs[0], probabilities, len(asked.found.spans))
    phrases = [[*_characters(doc, asked, number), round(none[number], 2)] for number in numbers.tolist()]
    return {"id": id, "phrases": phrases, "answers": [[a, b, round(p, 2)] for a, b, p in rows]}


def read_answers(path: Path, corpora: Path, nlp: Language) -> Iterator[Example]:
    """The texts as the parser of ``nlp`` reads them, with what was said of them.

    :raises InputError: if a file is missing, or a text.
    """
    for doc, line in nlp.pipe(with_texts(path, texts(corpora, nlp)), as_tuples=True):
        yield _answered(doc, line)


def _answered(doc: Doc, line: Mapping[str, Any]) -> Example:
    asked = Asked.of(doc)
    number = {tuple(_characters(doc, asked, n)): n for n in range(len(asked.found.spans))}
    at = [number.get((start, end), -1) for start, end, _ in line["phrases"]]
    none = np.ones(len(number), dtype=np.float32)
    for place, (_, _, nothing) in zip(at, line["phrases"], strict=True):
        if place >= 0:  # or else it is no candidate of this parser, or no longer one
            none[place] = nothing
    said = {(at[later], at[earlier]): probability for later, earlier, probability in line["answers"]}
    left, right = asked.pairs
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    probabilities = np.asarray([said.get(pair, 0.0) for pair in pairs], dtype=np.float32)
    return Example(vectors_of(doc, asked), asked.arguments, told=told(probabilities, none, left))


def told(probabilities: NDArray[np.float32], none: NDArray[np.float32], left: NDArray[np.int64]) -> Tensor:
    """``[pairs + candidates]``: the probabilities of pairs, and behind them those that a candidate takes up nothing; of
    each candidate they add up to one."""
    total = np.bincount(left, probabilities, len(none))
    none = np.where(total > 0, none, 1.0)
    share = np.divide(1.0 - none, total, out=np.zeros(len(none)), where=total > 0)
    return torch.from_numpy(np.concatenate([probabilities * share[left], none]).astype(np.float32))


def _characters(doc: Doc, asked: Asked, number: int) -> list[int]:
    start, end = asked.found.spans[number]
    last = doc[asked.text.index[end - 1]]
    return [doc[asked.text.index[start]].idx, last.idx + len(last)]
