"""Another network beside ours: a spaCy pipeline of the same training data, as ``benchmarks/spacy_cnn.py`` makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import load_parser
from kg.language.tokenizer import follow_treebanks
from kg.training.annotated import read_news
from kg.training.corpora import read_conllu
from kg.training.evaluate import NEWS, TREES, news_texts, tagged
from kg.training.performance import Performance, measure, whole
from kg.training.treebank import treebank


@dataclass(frozen=True, slots=True)
class Compared:
    """One pipeline: its scores, as shares of 1, where it has any, and how fast it reads the news."""

    name: str
    scores: dict[str, float]
    performance: Performance


def compared(ours: Path, theirs: Path | None, corpora: Path) -> list[Compared]:
    """The spaCy pipeline in the folder ``theirs`` if there is one, our parser, and last our whole pipeline."""
    texts = news_texts(corpora)
    rows = [
        Compared("ours: parser and names", scores(parser(ours), corpora), measure(ours, texts, loader=parser)),
        Compared("ours: with lemmas, mentions, coreference", {}, measure(ours, texts, loader=whole)),
    ]
    if theirs is None:
        return rows
    found = scores(foreign(theirs), corpora)
    return [Compared("spaCy's convolutional network", found, measure(theirs, texts, loader=foreign)), *rows]


def parser(folder: Path) -> Language:
    """What of our pipeline does the work that the other network does."""
    return load_parser(model=folder)


def foreign(folder: Path) -> Language:
    """A spaCy pipeline that splits words as ours does and names relations as Universal Dependencies do."""
    nlp = spacy.load(folder)
    nlp.tokenizer = follow_treebanks(nlp)
    nlp.add_pipe("kg_lower_root", after="parser")
    return nlp


@Language.component("kg_lower_root", assigns=["token.dep"])
def lower_root(doc: Doc) -> Doc:
    """Name the root as Universal Dependencies do."""
    for token in doc:
        if token.dep_ == "ROOT":
            token.dep_ = "root"
    return doc


def scores(nlp: Language, corpora: Path) -> dict[str, float]:
    """Parses in given words, sentence starts being the pipeline's own, and names in given words, each paragraph
    alone."""
    found = treebank(nlp, read_conllu(corpora / TREES))
    names = tagged(nlp, read_news(corpora / NEWS), "names")[2]
    return {"UPOS": found.upos, "UAS": found.uas, "LAS": found.las, "starts": found.sentence_f1, "names": names}


def table(rows: Sequence[Compared]) -> str:
    """As a Markdown table: scores in percent, words a second by the clock and of processor time, MB on disk."""
    columns = list(dict.fromkeys(name for row in rows for name in row.scores))
    lines = [["pipeline", *columns, "words/s", "words/processor s", "MB"], ["---", *["--:"] * (len(columns) + 3)]]
    for row in rows:
        shares = [f"{100 * row.scores[name]:.1f}" if name in row.scores else "" for name in columns]
        speeds = [f"{row.performance.words_per_second:,.0f}", f"{row.performance.per_processor:,.0f}"]
        lines.append([row.name, *shares, *speeds, f"{row.performance.disk / 1e6:.1f}"])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
