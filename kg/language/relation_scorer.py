"""The learned scorer of relations: what each pair of mentions in a sentence is said to have to do with each other.

It reads what the encoder left in ``doc.tensor`` in the one pass that serves parse, names and coreference as well. The
spaCy component ``kg_relations`` leaves what it finds likely in ``doc.user_data["relations"]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.encoder import MODEL, read_meta
from kg.language.mentions import MENTIONS
from kg.language.relation_pairs import HELD, HOLDS, NESTED, OBJECT, PLACES, SUBJECT, TYPES, Block, blocks
from kg.sessions import session

#: The least score (a logit) of what is kept: one in thirty.
LEAST = -3.4


#: The key of ``doc.user_data`` under which a list of :class:`ScoredRelation` lies, in the order of the text.
RELATIONS = "relations"


class ScoredRelation(NamedTuple):
    """A relation between two mentions, all plain data so that a ``Doc`` can be stored.

    ``subject`` and ``object`` count ``doc.spans["mentions"]``. ``score`` is the logit of the relation's probability.
    ``trigger`` is the token that it is read off: of those on the way between the two in the dependency tree the one
    that the scorer looks at most.
    """

    subject: int
    object: int
    relation: str
    score: float
    trigger: int


@Language.factory(
    "kg_relations",
    requires=["token.dep", "doc.spans", "doc.tensor"],
    assigns=["doc.user_data"],
    default_config={"model": None, "types": None},
)
def make_relations(nlp: Language, name: str, model: str | None, types: dict[str, str] | None) -> RelationScorer:
    """The component; ``model`` is a folder (default: the model shipped with the package), ``types`` tells of the
    labels of mentions which of the eight types they are (default: each is itself)."""
    return RelationScorer(Path(model) if model else MODEL, types)


class RelationScorer:
    """A loaded scorer; ``folder`` is the model's.

    :raises MissingError: if the folder holds no such model.
    """

    def __init__(self, folder: Path = MODEL, types: Mapping[str, str] | None = None) -> None:
        self._session: onnxruntime.InferenceSession = session(folder / "relations.onnx")
        self._width: int = self._session.get_inputs()[0].shape[1]
        meta = read_meta(folder)
        self.labels: tuple[str, ...] = tuple(meta["relations"]["labels"])
        self.types = types or {name: name for name in TYPES}
        self._deps = {dep: n for n, dep in enumerate(meta["deps"], start=1)}
        self._possible = np.zeros((len(TYPES), len(TYPES)), dtype=np.bool_)
        for subject, obj in meta["relations"]["types"]:
            self._possible[TYPES.index(subject), TYPES.index(obj)] = True

    def __call__(self, doc: Doc) -> Doc:
        """Score the pairs of ``doc.spans["mentions"]``."""
        spans = list(doc.spans.get(MENTIONS, ()))
        order = sorted(range(len(spans)), key=lambda i: (spans[i].start, -spans[i].end))
        found: list[ScoredRelation] = []
        if doc.tensor.size:
            for block in blocks(doc, [spans[i] for i in order], self._deps, self._possible, self.types):
                scores, attention = self.scores(block, doc)
                found.extend(self._likely(block, scores, attention, order))
            doc.user_data[RELATIONS] = found
        return doc

    def scores(self, block: Block, doc: Doc) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """``[pairs, labels]`` logits, and ``[pairs, tokens]`` how much each token of the block was looked at."""
        inputs = {
            "words": doc.tensor[block.start : block.end, : self._width].astype(np.float16, copy=False),
            "spans": block.spans,
            "left": block.left,
            "right": block.right,
            "features": block.features,
            "path": block.path,
            "place": block.place,
        }
        scores, attention = self._session.run(None, inputs)
        return scores, attention

    def _likely(
        self, block: Block, scores: NDArray[np.float32], attention: NDArray[np.float32], order: Sequence[int]
    ) -> Iterator[ScoredRelation]:
        likely = scores > LEAST
        pairs = np.flatnonzero(likely.any(axis=1))  # few
        place, path = block.place[pairs], block.path[pairs]
        # An end says nothing of what it has to do with the other, unless it holds the other.
        nested = block.features[pairs, NESTED][:, None]
        outside = ((place != SUBJECT) | (nested == HOLDS)) & ((place != OBJECT) | (nested == HELD))
        on_path = np.where(path & outside, 1.0, 0.0)
        near = np.where(outside & (place != PLACES - 1), 1e-3, 1e-6)
        triggers = (attention[pairs] * (on_path + near)).argmax(axis=1) + block.start
        for row, label in zip(*np.nonzero(likely[pairs]), strict=True):
            pair = pairs[row]
            subject, obj = (order[block.mentions[end[pair]]] for end in (block.left, block.right))
            score = float(scores[pair, label])
            yield ScoredRelation(subject, obj, self.labels[label], score, int(triggers[row]))
