"""What teachers tell the scorer of antecedents on texts that nobody annotated.

A teacher is a scorer on the vectors of a larger model (Hinton, Vinyals and Dean 2015).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import torch
from spacy.language import Language
from torch import Tensor

from kg.language.encoding import WordEncoder
from kg.training.antecedent_model import AntecedentModel
from kg.training.antecedent_sources import LITBANK, NEWS, TREES, Example, Texts, read_phrases
from kg.training.antecedents import train
from kg.training.corpora import check_files, join, lines, read_conllu
from kg.training.discourse import read_litbank
from kg.training.losses import antecedent_likelihoods
from kg.training.model import JointModel
from kg.training.runs import check_runs, load_run
from kg.training.treebank import given
from kg.training.vectors import word_vectors

SPEECHES = "corpora/raw/ungdc_sample.txt.gz"
#: So many paragraphs of speeches are read together, and so many texts of them.
PARAGRAPHS, SPOKEN = 8, 300
#: The documents of the treebank that have no coreference.
SILENT_TREES = "ewt-"
#: How often a teacher sees the annotated documents.
EPOCHS = 12

#: How likely each pair is, then of each phrase that it has no antecedent; how likely each phrase refers to what others
#: refer to as well.
Told = tuple[Tensor, Tensor]


def read_silent(nlp: Language, corpora: Path) -> Iterator[Example]:
    """Texts below a folder, read by the parser of ``nlp``: web pages and mails, fiction, news and speeches.

    :raises InputError: if a file is missing.
    """
    check_files(corpora, TREES, LITBANK, NEWS, SPEECHES)
    trees = (join(doc) for doc in read_conllu(corpora / TREES) if doc[0].doc.startswith(SILENT_TREES))
    fiction = (join(sentences) for sentences in read_litbank(corpora / LITBANK))
    paragraphs = [line.strip() for line in islice(lines(corpora / SPEECHES), SPOKEN * PARAGRAPHS)]
    for texts in (
        (given(nlp, example) for examples in (trees, fiction) for example in examples),
        (json.loads(line)["text"] for line in lines(corpora / NEWS)),
        (" ".join(paragraphs[i : i + PARAGRAPHS]) for i in range(0, len(paragraphs), PARAGRAPHS)),
    ):
        for doc in nlp.pipe(texts):
            if len(doc):
                yield read_phrases(doc, {})


def learn_from(
    teachers: Sequence[Path], nlp: Language, texts: Texts, corpora: Path, *, pieces: Path, seed: int
) -> Texts:
    """The same texts with such as nobody annotated, as teachers see them.

    :param teachers: the output folders of runs of :mod:`kg.training.train`; a scorer is trained on the vectors of each.
    :param nlp: what has read ``texts``, and reads those that nobody annotated below the folder ``corpora``.
    :param pieces: the tokenizer that cuts the words.
    :raises InputError: if a folder holds no run, or a corpus is missing.
    """
    check_runs(teachers)
    silent, encoder = list(read_silent(nlp, corpora)), WordEncoder(pieces)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    found = [told(load_run(folder).to(device), encoder, texts, silent, device, seed=seed) for folder in teachers]
    return taught(texts, silent, found)


def taught(texts: Texts, silent: Sequence[Example], found: Sequence[Sequence[Told]]) -> Texts:
    """The same texts with the silent ones; what is ``found`` in these by several teachers is believed by its mean."""
    by_text = zip(*found, strict=True)
    means = ([torch.stack(values).mean(0) for values in zip(*each, strict=True)] for each in by_text)
    seen = (replace(text, told=likely, refers=refers) for text, (likely, refers) in zip(silent, means, strict=True))
    return replace(texts, silent=tuple(seen))


def told(
    teacher: JointModel,
    encoder: WordEncoder,
    texts: Texts,
    silent: Sequence[Example],
    device: torch.device,
    *,
    seed: int,
    epochs: int = EPOCHS,
) -> list[Told]:
    """Train a scorer on the vectors of a teacher, which is on ``device``, and ask it of the silent texts."""

    def reread(examples: Sequence[Example]) -> tuple[Example, ...]:
        return tuple(_reread(teacher, encoder, example, device) for example in examples)

    read = Texts(tuple(map(reread, texts.variants)), reread(texts.others))
    scorer = train(read, epochs=epochs, seed=seed, device=device)
    return [_asked(scorer, _reread(teacher, encoder, example, device)) for example in silent]


def _asked(scorer: AntecedentModel, example: Example) -> Told:
    spans, heads, phrases, left, right, links = example.arguments
    with torch.no_grad():
        vectors = scorer.phrases(example.words.float(), spans, heads, phrases)
        scores = scorer.pairs(left, right, links, vectors)
        refers = scorer.refers(vectors[0]).squeeze(-1).sigmoid()
    return antecedent_likelihoods(scores, left, len(spans)).exp().cpu(), refers.cpu()


def _reread(teacher: JointModel, encoder: WordEncoder, example: Example, device: torch.device) -> Example:
    """A text with a teacher's vectors, on the teacher's device."""
    return replace(
        example,
        words=word_vectors(teacher, encoder, example.tokens, example.joined, device),
        arguments=tuple(values.to(device) for values in example.arguments),
        same=example.same.to(device),
        refers=example.refers.to(device),
    )
