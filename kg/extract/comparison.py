"""The last word on what the witnesses say: each candidate beside the others of its article.

A forest of boosted trees (Friedman 2001) over the verdict on a candidate alone, where its ends and its word stand, and
the best verdicts on others of the same two, the same end or the same relation: two people do not lead one company, and
an article that speaks of a relation often speaks of it again. ``kg train verdict`` grows it after the verdict, on the
same articles.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract import ends
from kg.extract.patterns import Match
from kg.extract.verdict import Witnesses, fitted, logit, probability
from kg.sessions import session

#: The forest that ships.
FILE = Path(__file__).with_name("comparison.onnx")
#: What the forest is told of a candidate, in this order. Behind it stands, for each relation, whether it is that.
FEATURES = (
    "lexicon",
    "learned",
    "verdict",
    "the lexicon says something else",
    "the lexicon has the word for it",
    "nominal ends",
    "pronominal ends",
    "surely mentions",
    "sentences",
    "words from subject to object",
    "words from word to end",
    "words of the sentence",
    "place in the text",
    "mentions of the subject",
    "mentions of the object",
    "words of the subject",
    "words of the object",
    "best of the same two",
    "best of the same two the other way round",
    "best of subject and relation",
    "best of object and relation",
    "best of the relation",
)
#: What goes into the forest's file, and what comes out.
INPUT, OUTPUT = "rows", "logits"
#: The logit of what the scorer has not read at all.
UNREAD = -9.0

Rows = NDArray[np.float32]


class Candidate(NamedTuple):
    """A statement that might be made, what speaks for it, and the verdict on it alone; without a scorer, the lexicon's
    own confidence."""

    match: Match
    witnesses: Witnesses
    verdict: float


#: Tells how likely each of the candidates of a document is right.
Compare = Callable[[Sequence[Candidate], Doc], Sequence[float]]


def compared(candidates: Sequence[Candidate], doc: Doc) -> list[float]:
    """How likely each candidate of a document is right.

    The verdict on a candidate alone counts as much as the forest: together they are better on news than either.

    :raises MissingError: if the forest is not there.
    """
    if not candidates:
        return []
    seen = _forest().run([OUTPUT], {INPUT: features(candidates, doc)})[0][:, 0].tolist()
    return [probability((one + logit(it.verdict)) / 2) for one, it in zip(seen, candidates, strict=True)]


def load_weights() -> None:
    """Load what ends, verdict and comparison go by, rather than with the first article.

    :raises MissingError: if a file is not there, or is not the one that was released.
    """
    fitted()
    ends.fitted()
    _forest()


def features(candidates: Sequence[Candidate], doc: Doc) -> Rows:
    """``[candidates, features]``: values of :data:`FEATURES`, and the relation."""
    starts = [sentence.start for sentence in doc.sents]
    size = Counter(span.id_ for span in doc.spans["mentions"])
    relations = list(fitted().relations)
    rows = np.zeros((len(candidates), len(FEATURES) + len(relations)), dtype=np.float32)
    number = {relation: len(FEATURES) + n for n, relation in enumerate(relations)}
    for row, (match, told, verdict), others in zip(rows, candidates, _beside(candidates), strict=True):
        subject, obj, trigger = match.subject, match.object, match.trigger
        sentences = [bisect_right(starts, i) - 1 for i in (trigger.i, subject.start, obj.start)]
        here = sentences[0]
        row[: len(FEATURES)] = (
            told.lexicon or 0.0,
            UNREAD if told.learned is None else told.learned,
            verdict,
            told.rival,
            told.worded,
            told.kinds.count("nominal"),
            told.kinds.count("pronoun"),
            told.ends,
            len(set(sentences)),
            obj.start - subject.start,
            min(abs(trigger.i - subject.start), abs(trigger.i - obj.start)),
            (starts[here + 1] if here + 1 < len(starts) else len(doc)) - starts[here],
            here / len(starts),
            size[subject.id_],
            size[obj.id_],
            subject.end - subject.start,
            obj.end - obj.start,
            *others,
        )
        if told.relation in number:
            row[number[told.relation]] = 1.0
    return rows


def _beside(candidates: Sequence[Candidate]) -> Iterator[tuple[float, ...]]:
    """The best verdict on another candidate of the same two, of the same two the other way round, of the subject and
    the relation, of the object and the relation, and of the relation; 0 where there is none."""
    keys = []
    found: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for match, told, verdict in candidates:
        subject, obj, relation = match.subject.id_, match.object.id_, told.relation
        of_subject, of_object = ("subject", subject, relation), ("object", obj, relation)
        keys.append((("pair", subject, obj), ("pair", obj, subject), of_subject, of_object, ("relation", relation)))
        for key in (keys[-1][0], *keys[-1][2:]):
            found[key].append(verdict)
    best = {key: sorted(values, reverse=True)[:2] for key, values in found.items()}
    for (same, turned, *others), (_, _, verdict) in zip(keys, candidates, strict=True):
        yield (
            _best_other(best[same], verdict),
            best[turned][0] if turned in best else 0.0,
            *(_best_other(best[key], verdict) for key in others),
        )


def _best_other(best: Sequence[float], own: float) -> float:
    """The best of all but one's own, given the two best of all."""
    return best[0] if best[0] != own else best[1] if len(best) > 1 else 0.0


@lru_cache(maxsize=1)
def _forest() -> Any:
    return session(FILE)
