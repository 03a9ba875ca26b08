"""Train spaCy's own convolutional network on our training data, and measure it beside our model.

usage: python benchmarks/spacy_cnn.py FOLDER [--corpora CORPORA] [--minutes N] [--compare]

FOLDER takes the data as DocBins, the config and the trained pipeline; CORPORA is the folder that `kg train` takes too.
Both models are scored by the functions of `kg train evaluate`, on the same words and texts. Training ends at the first
checkpoint after N minutes; with ``--compare`` the pipeline in FOLDER is only measured.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
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

import kg.language
from kg.language.tokenizer import follow_treebanks
from kg.training.corpora import UNCLEAR_LICENCE, Example, join, read_conllu, read_news
from kg.training.evaluate import news_texts, tagged
from kg.training.treebank import treebank

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


@registry.loggers("kg.until.v1")
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


@Language.component("kg_lower_root")
def lower_root(doc: Doc) -> Doc:
    """Name the root as Universal Dependencies do."""
    for token in doc:
        if token.dep_ == "ROOT":
            token.dep_ = "root"
    return doc


def scores(nlp: Language, corpora: Path) -> dict[str, str]:
    """The figures of `kg train evaluate`, in percent."""
    found = treebank(nlp, read_conllu(corpora / "corpora/ud/dev.conllu.gz"))
    precision, recall, f1 = tagged(nlp, read_news(corpora / "corpus/dev.jsonl"), "names")
    shares = {
        "UPOS": found.upos,
        "UAS": found.uas,
        "LAS": found.las,
        "sentence starts": found.sentence_f1,
        "names P": precision,
        "names R": recall,
        "names F1": f1,
    }
    return {name: f"{100 * share:.1f}" for name, share in shares.items()}


def speed(nlp: Language, texts: Sequence[str]) -> dict[str, str]:
    """Words a second by the clock, and words a second of processor time, over ``texts``; the first warms up."""
    nlp(texts[0])
    started, worked = time.perf_counter(), time.process_time()
    words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
    clock, work = time.perf_counter() - started, time.process_time() - worked
    return {"words/s": f"{words / clock:,.0f}", "words/processor s": f"{words / work:,.0f}"}


def size(folder: Path) -> str:
    """Megabytes on disk."""
    return f"{sum(file.stat().st_size for file in folder.rglob('*') if file.is_file()) / 1e6:.1f}"


def compare(folder: Path, corpora: Path, models: Iterable[Path | None]) -> None:
    """Print one table: spaCy's network, then each of our models."""
    texts = news_texts(corpora)
    cnn = spacy.load(folder / "model-last")
    cnn.tokenizer = follow_treebanks(cnn)  # the same words for both
    rows = {"spaCy CNN": {**speed(cnn, texts), "MB on disk": size(folder / "model-last")}}
    cnn.add_pipe("kg_lower_root", after="parser")
    rows["spaCy CNN"] |= scores(cnn, corpora)
    for model in models:
        ours = kg.language.load(model=model, threads=1)
        name = f"kg {kg.language.model_version(model)}"
        folder_of_ours = model or Path(kg.language.__file__).parent / "model"
        whole = speed(ours, texts)
        with ours.select_pipes(enable=["kg_tagger_parser"]):
            rows[f"{name}, 1 thread"] = {
                **speed(ours, texts), "MB on disk": size(folder_of_ours), **scores(ours, corpora)
            }  # fmt: skip
        rows[f"{name}, with lemmas, mentions, coreference"] = whole
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    print("| model | " + " | ".join(columns) + " |")
    print("| --- " * (len(columns) + 1) + "|")
    for name, row in rows.items():
        print(f"| {name} | " + " | ".join(row.get(column, "") for column in columns) + " |")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="default: %(default)s")
    parser.add_argument("--minutes", type=float, default=60.0, help="training time (default: %(default)s)")
    parser.add_argument("--every", type=int, default=200, help="steps between checkpoints (default: %(default)s)")
    parser.add_argument("--limit", type=int, help="train on so many texts of each corpus, to try the script")
    parser.add_argument("--model", type=Path, action="append", help="a model of ours (default: the shipped one)")
    parser.add_argument("--compare", action="store_true", help="train nothing")
    options = parser.parse_args()
    if not options.compare:
        config = prepare(
            options.folder, options.corpora, minutes=options.minutes, every=options.every, limit=options.limit
        )
        train_cnn(config, options.folder)
    compare(options.folder, options.corpora, options.model or [None])


if __name__ == "__main__":
    sys.exit(main())
