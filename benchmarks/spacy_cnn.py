"""Train spaCy's own convolutional network on our training data, and measure it beside our model.

usage: python benchmarks/spacy_cnn.py FOLDER [--corpora CORPORA] [--minutes N] [--compare]

FOLDER takes the data as DocBins, the config and the trained pipeline; CORPORA is the folder that `kg train` takes too.
Both models are scored on the same words and texts, as by `kg train evaluate CORPORA --beside FOLDER/model-last`.
Training ends at the first checkpoint after N minutes; with ``--compare`` the pipeline in FOLDER is only measured.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import registry
from thinc.api import Config

from kg.language.encoder import MODEL
from kg.training.annotated import read_news
from kg.training.beside import compared, table
from kg.training.corpora import UNCLEAR_LICENCE, Example, join, read_conllu

#: Sentences of a treebank document that are one training text, so that the parser learns where sentences end.
SENTENCES = 10
CORPORA = Path(__file__).parents[2] / "shared"
#: The network of spaCy's small English pipelines: hashed embeddings and four convolutions, names with their own.
TOK2VEC = """
[components.{name}.model{sub}]
@architectures = "spacy.Tok2Vec.v2"

[components.{name}.model{sub}.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 96
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]
rows = [5000, 1000, 2500, 2500, 50, 50]
include_static_vectors = false

[components.{name}.model{sub}.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3
"""
LISTENER = """
[components.{name}.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
upstream = "tok2vec"
"""
PARSER = """
[components.{name}]
factory = "{name}"

[components.{name}.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "{name}"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
"""
CONFIG = (
    """
[paths]
train = "{folder}/train.spacy"
dev = "{folder}/dev.spacy"

[nlp]
lang = "en"
pipeline = ["tok2vec", "morphologizer", "parser", "ner"]

[components]

[components.tok2vec]
factory = "tok2vec"

[components.morphologizer]
factory = "morphologizer"

[components.morphologizer.model]
@architectures = "spacy.Tagger.v2"
"""
    + TOK2VEC.format(name="tok2vec", sub="")
    + LISTENER.format(name="morphologizer")
    + PARSER.format(name="parser")
    + LISTENER.format(name="parser")
    + PARSER.format(name="ner")
    + TOK2VEC.format(name="ner", sub=".tok2vec")
    + """
[corpora]

[corpora.train]
@readers = "spacy.Corpus.v1"
path = ${{paths.train}}

[corpora.dev]
@readers = "spacy.Corpus.v1"
path = ${{paths.dev}}
limit = {sample}

[training]
train_corpus = "corpora.train"
dev_corpus = "corpora.dev"
seed = 1
dropout = 0.1
max_epochs = 0
max_steps = 0
patience = 0
eval_frequency = {every}

[training.logger]
@loggers = "kg.until.v1"
path = "{folder}/training.csv"
minutes = {minutes}

[training.batcher]
@batchers = "spacy.batch_by_words.v1"
discard_oversize = false
tolerance = 0.2

[training.batcher.size]
@schedules = "compounding.v1"
start = 100
stop = 1000
compound = 1.001

[training.optimizer]
@optimizers = "Adam.v1"
learn_rate = 0.001
grad_clip = 1.0
L2_is_weight_decay = true
L2 = 0.01
use_averages = true

[training.score_weights]
pos_acc = 0.2
dep_las = 0.4
ents_f = 0.4
"""
)


class _EnoughError(Exception):
    """Training has had its time."""


@registry.loggers("kg.until.v1")  # type: ignore[untyped-decorator]
def until(path: str, minutes: float) -> Callable[..., Any]:
    """A logger that writes a row of figures a checkpoint, and ends training at the first one after ``minutes``."""

    def start(nlp: Language, stdout: IO[str], stderr: IO[str]) -> tuple[Callable[[Any], None], Callable[[], None]]:
        def log(info: dict[str, Any] | None) -> None:
            if info is None:
                return
            found = info["other_scores"]
            scores = [f"{found.get(key) or 0:.3f}" for key in ("pos_acc", "dep_uas", "dep_las", "ents_f")]
            row = [info["step"], info["words"], info["seconds"], *scores]
            with Path(path).open("a", encoding="utf-8", newline="") as file:
                csv.writer(file).writerow(row)
            print(*row, flush=True)
            if info["seconds"] > 60 * minutes:
                raise _EnoughError

        return log, lambda: None

    return start


def treebank_docs(nlp: Language, path: Path) -> Iterator[Doc]:
    """Texts of some sentences with parts of speech and trees; what they name is not known."""
    for document in read_conllu(path):
        if document[0].doc.startswith(UNCLEAR_LICENCE):
            continue
        for start in range(0, len(document), SENTENCES):
            yield _parsed(nlp, join(document[start : start + SENTENCES]))


def _parsed(nlp: Language, example: Example) -> Doc:
    assert example.upos and example.heads and example.deps
    doc = Doc(
        nlp.vocab,
        words=list(example.words),
        spaces=_spaces(example),
        pos=list(example.upos),
        morphs=[""] * len(example.words),
        heads=list(example.heads),
        deps=["ROOT" if dep == "root" else dep for dep in example.deps],  # as spaCy's parser names the root
    )
    doc.set_ents([], default="missing")
    return doc


def news_docs(nlp: Language, path: Path) -> Iterator[Doc]:
    """Paragraphs with names; how they parse is not known."""
    for document in read_news(path):
        for example in document:
            yield Doc(nlp.vocab, words=list(example.words), spaces=_spaces(example), ents=list(example.tags["names"]))


def _spaces(example: Example) -> list[bool]:
    joined = example.joined or (False,) * len(example.words)
    return [not after for after in (*joined[1:], False)]


def prepare(folder: Path, corpora: Path, *, minutes: float, every: int, limit: int | None) -> Config:
    """Write the data and the config; returns the config.

    :param limit: texts of each corpus at the most; default: all.
    """
    nlp = spacy.blank("en")
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("train", "dev"):
        trees = list(islice(treebank_docs(nlp, corpora / f"corpora/ud/{part}.conllu.gz"), limit))
        names = list(islice(news_docs(nlp, corpora / f"corpus/{part}.jsonl"), limit))
        mixed = [doc for pair in zip(trees, names, strict=False) for doc in pair]  # the dev sample has some of both
        mixed += trees[len(mixed) // 2 :] + names[len(mixed) // 2 :]
        DocBin(docs=mixed, store_user_data=False).to_disk(folder / f"{part}.spacy")
        print(f"{part}: {sum(map(len, trees)):,} words with trees, {sum(map(len, names)):,} with names")
    text = CONFIG.format(folder=folder.resolve(), minutes=minutes, every=every, sample=40)
    (folder / "config.cfg").write_text(text, encoding="utf-8")
    return Config().from_str(text, interpolate=False)


def train_cnn(config: Config, folder: Path) -> None:
    """Train; the pipeline of the last checkpoint is in ``model-last``."""
    filled = Language.default_config.merge(config)
    nlp = init_nlp(filled)
    try:
        train(nlp, folder)
    except _EnoughError:
        print("time is up")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="default: %(default)s")
    parser.add_argument("--minutes", type=float, default=60.0, help="training time (default: %(default)s)")
    parser.add_argument("--every", type=int, default=200, help="steps between checkpoints (default: %(default)s)")
    parser.add_argument("--limit", type=int, help="train on so many texts of each corpus, to try the script")
    parser.add_argument("--model", type=Path, default=MODEL, help="a model of ours (default: the shipped one)")
    parser.add_argument("--compare", action="store_true", help="train nothing")
    options = parser.parse_args()
    if not options.compare:
        config = prepare(
            options.folder, options.corpora, minutes=options.minutes, every=options.every, limit=options.limit
        )
        train_cnn(config, options.folder)
    print(table(compared(options.model, options.folder / "model-last", options.corpora)))


if __name__ == "__main__":
    main()
