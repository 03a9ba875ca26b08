"""Scores of a language model by public definitions, on the parts of the corpora held out for development."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language

from kg.reading import load_reader
from kg.training.annotated import read_news
from kg.training.corpora import Example, check_files
from kg.training.given import read_given
from kg.training.news import coreference_scores, mention_scores, predict, read_records
from kg.training.ontogum import ontogum_scores
from kg.training.parses import f1
from kg.training.score import score
from kg.training.treebank import PARSER, Rows, given, treebank_scores
from kg.vocabulary import load_vocabulary

#: The treebanks, by how the names of their documents begin.
TREEBANKS = {"ewt-": "EWT", "gum-": "GUM"}
TREES, CLUSTERS, NEWS = "corpora/ud/dev.conllu.gz", "corpora/coref/ontogum.jsonl.gz", "corpus/dev.jsonl"


def check_corpora(corpus_root: Path) -> None:
    """See whether all files are there.

    :raises InputError: if they are not.
    """
    check_files(corpus_root, TREES, CLUSTERS, NEWS)


def language_scores(nlp: Language, corpus_root: Path) -> Rows:
    """All scores that can be had with the files below ``corpus_root``: by data set, by measure, as shares of 1."""
    return parse_scores(nlp, corpus_root) | reference_scores(nlp, corpus_root)


def parse_scores(nlp: Language, corpus_root: Path) -> Rows:
    """Words, sentences, parts of speech and dependencies."""
    return treebank_scores(nlp, corpus_root / TREES, TREEBANKS)


def compare(models: Mapping[str, Language], corpus_root: Path) -> Rows:
    """The scores of several models' parsers side by side, in a row each."""
    rows: Rows = {}
    whole = f"UD {' + '.join(TREEBANKS.values())} dev"
    for name, nlp in models.items():
        parses = parse_scores(nlp, corpus_root)
        raw = parses[f"{whole}, raw text"]
        row = dict(parses[f"{whole}, gold words and sentences"])
        row["starts"] = parses[f"{whole}, gold words"]["sentence starts"]
        row |= {"raw sentences": raw["sentences"], "raw LAS": raw["LAS"]}
        with nlp.select_pipes(enable=PARSER):
            for layer in ("names", "nominals"):
                row[layer] = tagged(nlp, read_news(corpus_root / NEWS), layer)[2]
        rows[name] = row
    return rows


def reference_scores(nlp: Language, corpus_root: Path) -> Rows:
    """Mentions and coreference."""
    rows: Rows = {}
    news = corpus_root / NEWS
    precision, recall, score = tagged(nlp, read_news(news), "names")
    rows["news dev, names, each paragraph alone"] = {"P": precision, "R": recall, "F1": score}
    gold = list(read_records(news))
    found = predict(nlp, gold)
    for kind, one in mention_scores(gold, found).items():
        rows[f"news dev, {kind}"] = {"P": one.precision, "R": one.recall, "F1": one.f1}
    scores = {"news dev, coreference": coreference_scores(gold, found)}
    if (ontogum := ontogum_scores(nlp, corpus_root / "corpora")) is not None:
        scores["OntoGUM dev, coreference"] = ontogum
    for name, each in scores.items():
        rows[name] = each.row()
    return rows


def statement_scores(corpus_root: Path, *, model: Path) -> Rows:
    """Statements between the mentions that the annotator gives, by who finds them: the lexicon alone, or with the
    learned scorer; a model without one has only the first row."""
    gold = list(read_records(corpus_root / NEWS))
    vocabulary = load_vocabulary()
    rows: Rows = {}
    for name, learned in (("the lexicon alone", False), ("lexicon and scorer", True)):
        if learned and not (model / "relations.onnx").is_file():
            continue
        reader = load_reader(replace(vocabulary, learned=learned), model=model)
        found = [record for record, _ in read_given(reader, gold)]
        one = score(gold, found, symmetric=vocabulary.ontology.symmetric)
        every, named = one.statements, one.named
        rows[f"news dev, statements, {name}"] = {
            "P": every.precision,
            "R": every.recall,
            "F1": every.f1,
            "macro F1": one.macro,
            "named F1": named.f1,
        }
    return rows


def tagged(nlp: Language, docs: Iterable[Sequence[Example]], layer: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of a mention layer on the annotated articles: exact words and type.

    ``names`` is read from ``doc.ents``, other layers from ``doc.spans``.
    """
    right = predicted = gold = 0
    parts = [example for doc in docs for example in doc]
    for example, doc in zip(parts, nlp.pipe(given(nlp, e) for e in parts), strict=True):
        spans = doc.ents if layer == "names" else doc.spans[layer]
        found = {(span.start, span.end, span.label_) for span in spans}
        wanted = set(_spans(example.tags[layer]))
        right += len(found & wanted)
        predicted += len(found)
        gold += len(wanted)
    return right / max(predicted, 1), right / max(gold, 1), f1(right, predicted, gold)


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((i, i + 1, tag[2:]))
        elif tag.startswith("I-"):
            spans[-1] = (spans[-1][0], i + 1, spans[-1][2])
    return spans


def news_texts(corpus_root: Path) -> list[str]:
    """The texts of the annotated articles held out for development."""
    return [record["text"] for record in read_records(corpus_root / NEWS)]
