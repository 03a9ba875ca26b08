"""Two witnesses, one verdict: how sure a statement is by what the lexicon and the learned scorer say of it.

A logistic model over what both say, how the ends are mentioned, and how far either is to be believed about a relation,
fitted by ``kg train verdict`` on articles that the scorer has not learned from, read from their texts alone: its
confidence is the share of such statements that is right, mistakes in names and coreference included. What else its
article has is looked at afterwards (:mod:`kg.extract.comparison`). Without the scorer the lexicon's own confidence
stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from operator import mul
from pathlib import Path

from kg.integrity import check_file
from kg.records import MentionKind

#: What is known of a statement, in the order of the weights.
EVIDENCE = (
    "both",
    "both: lexicon",
    "both: learned",
    "lexicon only",
    "lexicon only: lexicon",
    "learned only",
    "learned only: learned",
    "learned only: the lexicon says something else",
    "learned only: the lexicon has the word for it",
    "nominal ends",
    "pronominal ends",
    "surely mentions",
)
#: A statement of the scorer alone is made from this confidence on.
BAR = 0.38
#: A statement of the lexicon that the scorer finds unlikely is dropped below this confidence. It is lower than the
#: other, as the words for it are there: plain sentences of no news have no more. With 0.25, eight more of our 917
#: single sentences would be read wrong, and statements of news have .0015 more F1.
LEAST = 0.2
#: A candidate of the scorer alone is compared with others (:mod:`kg.extract.comparison`) from this verdict on: of those
#: below it one in twenty-five is right.
FLOOR = 0.1
#: The weights that ship.
FILE = Path(__file__).with_name("verdict.json")


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What speaks for a statement: the confidence of the lexicon's sense, and the scorer's logit, where they say it.

    ``kinds`` are those of the two mentions, ``ends`` how likely the less likely one is a mention
    (:mod:`kg.extract.ends`). ``rival``: the lexicon has another relation between the same two.
    ``worded``: the word that the scorer takes to say it does so by the lexicon, between whom is what that does not see.
    """

    relation: str
    lexicon: float | None
    learned: float | None
    kinds: tuple[MentionKind, ...]
    rival: bool = False
    worded: bool = False
    ends: float = 1.0

    def evidence(self) -> tuple[float, ...]:
        """Values of :data:`EVIDENCE`."""
        said = logit(self.lexicon) if self.lexicon is not None else 0.0
        seen = self.learned or 0.0
        both = float(self.lexicon is not None and self.learned is not None)
        lexicon = float(self.lexicon is not None and self.learned is None)
        learned = float(self.lexicon is None)
        told = (both, both * said, both * seen, lexicon, lexicon * said)
        alone = (learned, learned * seen, learned * self.rival, learned * self.worded)
        mentioned = (float(self.kinds.count("nominal")), float(self.kinds.count("pronoun")), self.ends)
        return (*told, *alone, *mentioned)


@dataclass(frozen=True, slots=True)
class Weights:
    """``evidence`` has one weight for each of :data:`EVIDENCE`; ``relations`` two for a relation: what is added where
    the lexicon says it, and where the scorer alone does."""

    evidence: tuple[float, ...]
    relations: Mapping[str, tuple[float, float]]

    def logit(self, witnesses: Witnesses) -> float:
        """The logarithm of the odds that a statement is right."""
        told: float = sum(map(mul, self.evidence, witnesses.evidence()))
        by_relation = self.relations.get(witnesses.relation, (0.0, 0.0))
        return told + by_relation[witnesses.lexicon is None]


def confidence(witnesses: Witnesses, weights: Weights | None = None) -> float:
    """The probability that the statement is right.

    :param weights: default: the fitted ones.
    """
    return probability((weights or fitted()).logit(witnesses))


def is_weighed(relation: str) -> bool:
    """Whether the scorer knows a relation, so that its silence means something. Of a user's own it has not heard."""
    return relation in fitted().relations


def logit(probability: float) -> float:
    """The logarithm of the odds; of certainty, that of one in a hundred to be wrong."""
    bounded = min(max(probability, 0.01), 0.99)
    return log(bounded / (1 - bounded))


def probability(logit: float) -> float:
    """What the logarithm of the odds makes it, rounded so that it reads well."""
    return round(1 / (1 + exp(-logit)), 3)


@lru_cache(maxsize=1)
def fitted() -> Weights:
    """The weights that ship.

    :raises MissingError: if the file is not the one that was released.
    """
    check_file(FILE)
    read = json.loads(FILE.read_text(encoding="utf-8"))
    relations = {name: (both, alone) for name, (both, alone) in read["relations"].items()}
    return Weights(tuple(read["weights"][name] for name in EVIDENCE), relations)
