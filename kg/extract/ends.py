"""How likely what is taken for a mention is one: "a gunman" is, "fire" in "open fire" is not.

A statement is right only if its ends are mentions, with the right bounds. The language model's nominals are often not;
here a logistic model looks at each once more: at the vector of its head in its context, its type, how it speaks of its
entity, who found it, its length and its place in the sentence. ``kg train verdict`` fits it on the articles that taught
the scorer of relations, so that the verdict, which is fitted on others, sees it as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.integrity import check_file
from kg.ontology import ENTITY_TYPES, Ontology
from kg.records import Mention

#: Whether a ``Doc`` has its mentions from an annotator, in its ``user_data``: these are sure.
GIVEN = "mentions given"
#: What is known of a mention beside the vector of its head.
KNOWN = (
    *map(" ".join, product(ENTITY_TYPES, ("name", "nominal", "pronoun"))),
    "found as a nominal",
    "found as a name",
    "one word",
    "two words",
    "length",
    "begins with a determiner",
    "proper noun",
    "common noun",
    "compound",
    "subject",
    "object",
    "oblique or modifier",
)
_NUMBER = {name: number for number, name in enumerate(KNOWN)}
#: Words of a mention that count as long.
_LONG = 10
#: The weights that ship.
FILE = Path(__file__).with_name("ends.json")

Rows = NDArray[np.float32]
#: First character and end of a mention.
Bounds = tuple[int, int]


def likelihoods(doc: Doc, mentions: Sequence[Mention], ontology: Ontology) -> Mapping[Bounds, float]:
    """The probability of each mention of ``doc.spans["mentions"]`` that it is one, by its characters. Nothing, where an
    annotator gives them or the parser left no vectors.

    :param mentions: the records of those spans.
    :raises MissingError: if the file is not the one that was released.
    """
    if not mentions or not doc.tensor.size or doc.user_data.get(GIVEN):
        return {}
    likely = 1 / (1 + np.exp(-(rows(doc, mentions, ontology) @ fitted())))
    return {(mention.start, mention.end): one for mention, one in zip(mentions, likely.tolist(), strict=True)}


def rows(doc: Doc, mentions: Sequence[Mention], ontology: Ontology) -> Rows:
    """``[mentions, n]``: the vector of the head of each in its context, values of :data:`KNOWN`, and 1.

    :param mentions: the records of spans of ``doc.spans["mentions"]``.
    """
    at = {(span.start_char, span.end_char): span for span in doc.spans["mentions"]}
    spans = [at[mention.start, mention.end] for mention in mentions]
    heads = [span.root.i for span in spans]
    vectors = doc.tensor[heads, : doc.tensor.shape[1] // 2]
    found = {name: {(span.start, span.end) for span in doc.spans[name]} for name in ("nominals", "names")}
    known = np.zeros((len(spans), len(KNOWN) + 1), dtype=np.float32)
    known[:, -1] = 1.0
    for row, span, mention in zip(known, spans, mentions, strict=True):
        row[_NUMBER[f"{ontology.base_type(span.label_)} {mention.kind}"]] = 1.0
        for name, value in _known(span, found):
            row[_NUMBER[name]] = value
    return np.concatenate([vectors.astype(np.float32), known], axis=1)


def _known(span: Span, found: Mapping[str, set[Bounds]]) -> Iterator[tuple[str, float]]:
    root, bounds = span.root, (span.start, span.end)
    yield "found as a nominal", bounds in found["nominals"]
    yield "found as a name", bounds in found["names"]
    yield "one word", len(span) == 1
    yield "two words", len(span) == 2
    yield "length", min(len(span), _LONG) / _LONG
    yield "begins with a determiner", span[0].pos_ == "DET"
    yield "proper noun", root.pos_ == "PROPN"
    yield "common noun", root.pos_ == "NOUN"
    yield "compound", root.dep_ == "compound"
    yield "subject", root.dep_.startswith("nsubj")
    yield "object", root.dep_ == "obj"
    yield "oblique or modifier", root.dep_.startswith(("obl", "nmod"))


@lru_cache(maxsize=1)
def fitted() -> NDArray[np.float32]:
    """The weights that ship, in the order of :func:`rows`.

    :raises MissingError: if the file is not the one that was released.
    """
    check_file(FILE)
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return np.asarray([*read["vector"], *(read["known"][name] for name in KNOWN), read["bias"]], dtype=np.float32)
