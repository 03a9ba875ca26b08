"""The language model on a treebank: from gold words, with gold sentences or our own, and from raw text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.training.corpora import PARAGRAPH, Example, join, lines, read_conllu
from kg.training.parses import Parse, ParseScores, parse_of_doc, parse_of_example, score_parses

Rows = dict[str, dict[str, float]]
#: The component that parses; the others are of no use where parses are scored.
PARSER = "kg_tagger_parser"


def treebank_scores(nlp: Language, path: Path, parts: Mapping[str, str]) -> Rows:
    """Rows of scores of a CoNLL-U file, for each part of it and for the whole.

    :param parts: what each part is called, by how the names of its documents begin.
    """
    gold = [join(doc) for doc in read_conllu(path)]
    parses = [parse_of_example(example) for example in gold]
    names = [name for example in gold for start, name in parts.items() if example.doc.startswith(start)]
    whole = " + ".join(parts.values())
    with nlp.select_pipes(enable=PARSER):
        found = {
            "gold words and sentences": _parsed(nlp, (given(nlp, e, sentences=True) for e in gold)),
            "gold words": _parsed(nlp, (given(nlp, e) for e in gold)),
            "raw text": _parsed(nlp, read_texts(path)),
        }
    rows: Rows = {}
    for what, ours in found.items():
        for part in (*parts.values(), whole):
            pairs = [(a, b) for name, a, b in zip(names, parses, ours, strict=True) if part in (name, whole)]
            rows[f"UD {part} dev, {what}"] = _row(what, score_parses(pairs, subtypes=what != "raw text"))
    return rows


def treebank(nlp: Language, docs: Iterable[Sequence[Example]]) -> ParseScores:
    """Scores of documents whose words are given and whose sentences are our own."""
    gold = [join(doc) for doc in docs]
    found = _parsed(nlp, (given(nlp, example) for example in gold))
    return score_parses(zip(map(parse_of_example, gold), found, strict=True))


def given(nlp: Language, example: Example, *, sentences: bool = False) -> Doc:
    """A ``Doc`` of the words of an example, to run the pipeline on; with its sentence starts, if ``sentences``, else
    with those where paragraphs are known to start."""
    joined = example.joined or (False,) * len(example.words)
    spaces = [not after for after in (*joined[1:], False)]
    starts = set(example.starts if sentences else example.paragraphs)
    elsewhere = False if sentences else None
    known = [True if i in starts else elsewhere for i in range(len(example.words))]
    return Doc(nlp.vocab, words=list(example.words), spaces=spaces, sent_starts=known)  # type: ignore[arg-type]


def read_texts(path: Path) -> Iterator[str]:
    """The text of each document of a CoNLL-U file: its sentences with a space between, or an empty line where it says
    that a paragraph begins, as the raw texts of the CoNLL 2018 shared task have it."""
    text, between = "", " "
    for line in lines(path):
        if line.startswith("# newdoc id = ") and text:
            yield text
            text = ""
        elif line.startswith(PARAGRAPH):
            between = "\n\n"
        elif line.startswith("# text = "):
            text += (between if text else "") + line[9:].strip()
            between = " "
    if text:
        yield text


def _parsed(nlp: Language, inputs: Iterable[str] | Iterable[Doc]) -> list[Parse]:
    return [parse_of_doc(doc) for doc in nlp.pipe(inputs)]


def _row(what: str, scores: ParseScores) -> dict[str, float]:
    row = {"UPOS": scores.upos, "UAS": scores.uas, "LAS": scores.las}
    if what == "gold words":
        row["sentence starts"] = scores.sentence_f1
    if what == "raw text":
        row |= {"sentences": scores.sentence_spans, "words": scores.words}
    return row
