"""The spaCy pipeline: words, sentences, parts of speech, dependencies, lemmas, names, mentions and coreference.

It is an ordinary spaCy pipeline: ``load()`` gives a ``Language`` that takes text, or a ``Doc`` made of given words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from spacy.language import Language

from kg.language.coreference import make_coreference
from kg.language.encoder import MODEL, read_meta
from kg.language.lemmas import add_lemmatizer
from kg.language.mentions import make_mentions, mention_kind, mentions
from kg.language.parser import make_parser
from kg.language.relation_scorer import make_relations
from kg.language.tokenizer import blank

__all__ = [
    "load",
    "load_parser",
    "make_coreference",
    "make_mentions",
    "make_parser",
    "make_relations",
    "mention_kind",
    "mentions",
    "model_version",
]


def load(
    *,
    model: Path | None = None,
    threads: int | None = None,
    nouns: Iterable[Path] = (),
    clusters: bool = True,
    relations: bool = False,
    types: Mapping[str, str] | None = None,
) -> Language:
    """The English pipeline.

    :param model: a folder with a trained model; default: the one shipped with the package.
    :param threads: processors to use; default: all that this process may use.
    :param nouns: lexicon files whose nouns denote classes, to type noun phrases by beside the shipped ones.
    :param clusters: whether to set ``doc.spans["coref_clusters_…"]`` too, which extraction does not need.
    :param relations: whether to set ``doc.user_data["relations"]`` too, which extraction weighs.
    :param types: which of the eight types of entity each label of a mention is, for relations; default: itself.
    :raises MissingError: if there is no model.
    """
    folder = str(model) if model else None
    nlp = load_parser(model=model, threads=threads)
    add_lemmatizer(nlp)
    nlp.add_pipe("kg_mentions", config={"nouns": [str(path) for path in nouns]})
    nlp.add_pipe("kg_coreference", config={"model": folder, "clusters": clusters})
    if relations:
        nlp.add_pipe("kg_relations", config={"model": folder, "types": dict(types or {}) or None})
    return nlp


def load_parser(*, model: Path | None = None, threads: int | None = None) -> Language:
    """The pipeline's tokenizer and parser alone: all that needs no lemmas. Parameters as for :func:`load`."""
    nlp = blank()
    nlp.max_length = sys.maxsize  # spaCy's limit is for parsers whose memory it would fill; ours reads piece by piece
    nlp.add_pipe("kg_tagger_parser", config={"model": str(model) if model else None, "threads": threads})
    return nlp


def model_version(model: Path | None = None) -> str:
    """What names a model in the provenance of statements, without loading it. Parameter as for :func:`load`.

    :raises MissingError: if there is no model.
    """
    version: str = read_meta(model or MODEL)["version"]
    return version
