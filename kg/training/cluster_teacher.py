"""Larger models that learn what refers to what together with their encoder, to say it of texts that nobody annotated.

Too slow to ship. The scorer of clusters learns from their answers as :mod:`kg.training.cluster_answers` tells.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor
from transformers import PreTrainedModel

from kg.language import load_parser
from kg.language.coreference.candidates import Candidates, Text
from kg.language.coreference.links import CANDIDATE_FEATURES, PAIR_FEATURES
from kg.language.pairs import SCHEMES
from kg.language.syntax import Syntax
from kg.training.antecedent_model import AntecedentModel
from kg.training.antecedent_sources import (
    LITBANK,
    NEWS,
    SUBSTITUTED,
    open_documents,
    read_fiction,
    read_news,
    read_variant,
)
from kg.training.cluster_answers import texts, write_answers
from kg.training.cluster_examples import Asked, Example, marked
from kg.training.clusters import mean_lost
from kg.training.corpora import check_files
from kg.training.fitting import in_steps
from kg.training.losses import antecedent_likelihoods
from kg.training.model import pretrained_encoder
from kg.training.ontogum import Document
from kg.training.teacher import Reader, teach
from kg.training.teacher import Text as Reading

#: Words that an encoder reads at once at the most, and words of a step at the least.
CHUNK, WORDS = 380, 2500
#: What a phrase of LitBank or of the news counts beside one of OntoGUM.
OTHERS = 0.5
#: Of what the shipped encoder says teachers take no notice.
_NO_VECTORS = torch.empty(0)


def answer(
    corpora: Path, folder: Path, output: Path, *, encoder: Path, teachers: int = 6, epochs: int = 16, seed: int = 1
) -> None:
    """Train teachers on the corpora below a folder, on a GPU where there is one, and write what they say of texts.

    :param folder: the model whose scorer is to learn from them; its parses and names are what is asked about.
    :param encoder: a folder with an encoder in the Hugging Face format.
    :raises InputError: if a file is missing.
    """
    nlp = load_parser(model=folder)
    check_files(corpora, LITBANK, NEWS)
    documents, rng = open_documents(corpora), random.Random(seed)
    ontogum = [list(_ontogum(nlp, documents, rng, share)) for share in SUBSTITUTED]
    others = [
        [reading_of(doc, nlp, _of_mentions(doc, entities), scheme) for doc, entities in read]
        for read, scheme in (
            (read_fiction(nlp, corpora / LITBANK), "litbank"),
            (read_news(nlp, corpora / NEWS), "news"),
        )
    ]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    trained = []
    for number in range(seed, seed + teachers):
        torch.manual_seed(number)
        teacher = Teacher(pretrained_encoder(encoder, folder)).to(device)
        trained.append(train(teacher, ontogum, others, epochs=epochs, seed=number))
    write_answers(_told(trained, nlp, corpora), output)


class Teacher(Reader):
    """An encoder, and a scorer of clusters on its vectors of words, which is told whose rules to follow."""

    def __init__(self, encoder: PreTrainedModel) -> None:
        super().__init__(encoder, dropout=0.1)
        features = (*CANDIDATE_FEATURES, len(SCHEMES))
        self.scorer = AntecedentModel(self.width, size=192, phrases=features, links=PAIR_FEATURES)

    def loss(self, reading: Sequence[Reading[Example]]) -> Tensor:
        """What is lost by a candidate."""
        pairs = zip(reading, self.vectors(reading), strict=True)
        return mean_lost(self.scorer, [(text.example, vectors) for text, vectors in pairs])

    def probabilities(self, text: Reading[Example]) -> NDArray[np.float32]:
        """``[pairs]``: how likely the earlier of each is what the later takes up."""
        arguments = [each.to(self.ending.device).long() for each in text.example.arguments]
        with torch.no_grad(), self.in_16_bits():
            scores = self.scorer(self.vectors([text])[0], *arguments)
        likely = antecedent_likelihoods(scores.float(), arguments[3], len(arguments[0]))[: len(scores)]
        probabilities: NDArray[np.float32] = likely.exp().cpu().numpy()
        return probabilities


def train(
    teacher: Teacher,
    variants: Sequence[Sequence[Reading[Example]]],
    others: Sequence[Sequence[Reading[Example]]],
    *,
    epochs: int,
    rate: float = 5e-5,
    seed: int,
) -> Teacher:
    """Train on one of the ``variants`` of OntoGUM and one of ``others`` in each epoch, by turns. What is returned is
    the moving average of the weights.

    :param rate: the highest of the encoder; the scorer learns with ``1e-3`` at the most.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    turns = zip(cycle(variants), cycle(others), strict=False)

    def steps() -> list[list[Reading[Example]]]:
        seen = [text for part in next(turns) for text in part]
        return list(in_steps(seen, lambda text: text.tokens, WORDS, rng))

    return teach(teacher, [steps] * epochs, teacher.loss, rate=rate, scorer_rate=1e-3)


def _ontogum(
    nlp: Language, documents: Sequence[Document], rng: random.Random, share: float
) -> Iterator[Reading[Example]]:
    for doc, document in read_variant(nlp, documents, rng, share):
        yield reading_of(doc, nlp, marked(_NO_VECTORS, Asked.of(doc), document.entities()), "ontonotes")


def _of_mentions(doc: Doc, entities: Mapping[tuple[int, int], str]) -> Example:
    """A text whose annotators marked all mentions; ``entities`` has them by first token and end."""
    text = Text.of(doc, Syntax.of(doc))
    number = {token: n for n, token in enumerate(text.index)}
    found = {(number[a], number[b - 1] + 1): entity for (a, b), entity in entities.items()}
    spans = sorted(found, key=lambda span: (span[0], -span[1]))
    asked = Asked.about(text, Candidates.phrases(spans, text.parsed))
    numbers = {entity: n for n, entity in enumerate(dict.fromkeys(found.values()))}
    example = marked(_NO_VECTORS, asked, {span: numbers[entity] for span, entity in found.items()})
    return replace(example, weight=OTHERS)


def _told(
    teachers: Sequence[Teacher], nlp: Language, corpora: Path
) -> Iterator[tuple[str, Doc, Asked, NDArray[np.float32]]]:
    for doc, id in nlp.pipe(((text, id) for id, text in texts(corpora, nlp)), as_tuples=True, batch_size=16):
        asked = Asked.of(doc)
        if len(asked.arguments[3]):
            text = reading_of(doc, nlp, Example(_NO_VECTORS, asked.arguments), "ontonotes")
            yield id, doc, asked, np.mean([teacher.probabilities(text) for teacher in teachers], axis=0)


def reading_of(doc: Doc, nlp: Language, example: Example, scheme: str) -> Reading[Example]:
    """A text as teachers read it, whose candidates are told by one more feature whose rules hold."""
    spans, heads, features, *pairs = example.arguments
    rules = torch.full((len(features), 1), SCHEMES.index(scheme))
    arguments = (spans, heads, torch.cat([features, rules], dim=1), *pairs)
    return Reading.of_words(doc, replace(example, arguments=arguments), nlp, size=CHUNK)
