"""Pairs of mentions in one sentence as the scorer of relations sees them; training and run time share this module.

Beside the encoder's vectors the scorer is told the types of the mentions, how they stand to each other in the sentence
and the way between their heads in the dependency tree, along which a relation is mostly expressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.language.mentions import mention_kind
from kg.language.pairs import log_bucket

#: The eight types of entity, in the order of their numbers.
TYPES = ("Country", "Event", "Group", "Organization", "Person", "Place", "Product", "Work")
_KINDS = ("name", "nominal", "pronoun")
#: Words between two mentions at the most.
GAP = 60
#: Tokens of a block of sentences, unless one sentence is longer.
BLOCK = 150
#: Tokens of a sentence at the most: what is longer is a list or no text.
LONGEST_SENTENCE = 400
#: Mentions of one sentence at the most; a list of names longer than that says little of its pairs.
MOST = 40
_FAR = 6
_STEPS = 4
#: What a word is to a pair: before both, in the subject, between, in the object, behind both, in another sentence.
PLACES = 6
SUBJECT, OBJECT = 1, 3
#: The feature that tells whether the subject lies within the object or the other way round.
NESTED, HELD, HOLDS = 3, 1, 2

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def feature_sizes(deps: int) -> tuple[int, ...]:
    """Number of values of each feature of a pair, where the parser knows so many relations: type and kind of subject
    and object, distance with its sign, nesting, mentions between, steps to the lowest common ancestor from either end,
    and the relations of the first two words on the way from either end."""
    kinds = len(TYPES) * len(_KINDS)
    return (kinds, kinds, 2 * (_FAR + 1), 3, 4, (_STEPS + 1) ** 2, *[deps + 1] * 4)


@dataclass(frozen=True, slots=True)
class Block:
    """Whole sentences, the tokens ``start``..``end`` of a text, with the pairs of their mentions.

    ``mentions`` are their numbers, ``spans`` ``[mentions, 2]`` first token and end, counted from ``start``. ``left``
    (subject) and ``right`` (object) of a pair count ``mentions``. ``features`` ``[pairs, n]``. Of each token in the
    block, ``path`` ``[pairs, tokens]`` tells whether it is on the way between the heads, ``place`` what it is to them.
    """

    start: int
    end: int
    mentions: Ints
    spans: Ints
    left: Ints
    right: Ints
    features: Ints
    path: Flags
    place: Ints


def blocks(
    doc: Doc, mentions: Sequence[Span], deps: Mapping[str, int], possible: Flags, types: Mapping[str, str]
) -> Iterator[Block]:
    """The blocks of a parsed text that have pairs.

    :param mentions: in the order of the text, with the chain as ``id_``.
    :param types: for each ``label_`` of a mention which of :data:`TYPES` it is; others are left out.
    :param deps: the numbers of the parser's relations, from 1.
    :param possible: ``[types, types]``: whether any relation leads from the one type to the other.
    """
    sentences = [(sentence.start, sentence.end) for sentence in doc.sents]
    if not sentences or len(mentions) < 2:
        return
    heads = doc.to_array("HEAD").astype(np.int64) + np.arange(len(doc))
    number = {doc.vocab.strings.as_int(dep): n for dep, n in deps.items()}
    labels = np.asarray([number.get(dep, 0) for dep in doc.to_array("DEP").tolist()], dtype=np.int64)
    table = _Mentions.of(mentions, types)
    first, following = 0, 0
    for n, (_, end) in enumerate(sentences):
        last = n + 1 == len(sentences)
        if last or sentences[n + 1][1] - sentences[first][0] > BLOCK:
            begin = following
            while following < len(mentions) and mentions[following].start < end:
                following += 1
            inside = np.arange(begin, following)
            if end - sentences[first][0] <= LONGEST_SENTENCE:
                made = _block(sentences[first : n + 1], inside, table, heads, labels, possible)
                if made is not None:
                    yield made
            first = n + 1


@dataclass(frozen=True, slots=True)
class _Mentions:
    starts: Ints
    ends: Ints
    types: Ints
    kinds: Ints
    chains: Ints

    @classmethod
    def of(cls, mentions: Sequence[Span], types: Mapping[str, str]) -> _Mentions:
        numbers = {label: TYPES.index(base) for label, base in types.items()}
        chains: dict[str, int] = {}
        rows = [
            (
                span.start,
                span.end,
                numbers.get(span.label_, -1),
                _KINDS.index(mention_kind(span)),
                chains.setdefault(span.id_ or f"-{i}", len(chains)),
            )
            for i, span in enumerate(mentions)
        ]
        return cls(*np.asarray(rows, dtype=np.int64).T)


def _block(
    sentences: Sequence[tuple[int, int]], inside: Ints, table: _Mentions, heads: Ints, labels: Ints, possible: Flags
) -> Block | None:
    start, end = sentences[0][0], sentences[-1][1]
    bounds = np.asarray(sentences, dtype=np.int64) - start
    starts, ends = table.starts[inside] - start, table.ends[inside] - start
    types, kinds, chains = table.types[inside], table.kinds[inside], table.chains[inside]
    sentence = np.searchsorted(bounds[:, 1], starts, side="right")
    whole = (ends <= bounds[sentence, 1]) & (types >= 0)
    ends = ends.clip(max=end - start)
    left, right = _grid(sentence, whole)
    apart = np.maximum(starts[left] - ends[right], starts[right] - ends[left])
    same = (starts[left] == starts[right]) & (ends[left] == ends[right])
    keep = (chains[left] != chains[right]) & (apart <= GAP) & ~same & possible[types[left], types[right]]
    left, right, apart = left[keep], right[keep], apart[keep]
    if not len(left):
        return None
    tree = _Tree.of(heads[start:end] - start)
    tops = np.asarray([a + int(tree.depth[a:b].argmin()) for a, b in zip(starts, ends, strict=True)], dtype=np.int64)
    a, b = tops[left], tops[right]
    path, up, down = tree.between(a, b)
    here = labels[start:end]
    held = (starts[right] <= starts[left]) & (ends[left] <= ends[right])
    holds = (starts[left] <= starts[right]) & (ends[right] <= ends[left])
    nested = np.where(held, HELD, np.where(holds, HOLDS, 0))
    distance = np.where(nested > 0, 0, log_bucket(apart.clip(min=0), _FAR))
    before = starts[left] < starts[right]
    low, high = np.minimum(ends[left], ends[right]), np.maximum(starts[left], starts[right])
    between = np.searchsorted(starts, high, side="left") - np.searchsorted(starts, low, side="left")
    features = np.stack(
        [
            types[left] * len(_KINDS) + kinds[left],
            types[right] * len(_KINDS) + kinds[right],
            distance + np.where(before, 0, _FAR + 1),
            nested,
            log_bucket(between.clip(min=0), 3),
            up.clip(max=_STEPS) * (_STEPS + 1) + down.clip(max=_STEPS),
            here[a],
            here[b],
            np.where(up > 1, here[tree.heads[a]], 0),
            np.where(down > 1, here[tree.heads[b]], 0),
        ],
        axis=1,
    )
    place = _places(bounds[sentence[left]], starts[left], ends[left], starts[right], ends[right], end - start)
    return Block(start, end, inside, np.stack([starts, ends], axis=1), left, right, features, path, place)


def _grid(sentence: Ints, whole: Flags) -> tuple[Ints, Ints]:
    """All ordered pairs of whole mentions in one sentence."""
    lefts, rights = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for number in np.unique(sentence):
        numbers = np.flatnonzero((sentence == number) & whole)[:MOST]
        lefts.append(np.repeat(numbers, len(numbers)))
        rights.append(np.tile(numbers, len(numbers)))
    return np.concatenate(lefts), np.concatenate(rights)


@dataclass(frozen=True, slots=True)
class _Tree:
    """Dependency trees: ``above[i, j]`` tells that token ``j`` is ``i`` or one of those that it hangs on."""

    heads: Ints
    above: Flags
    depth: Ints

    @classmethod
    def of(cls, heads: Ints) -> _Tree:
        tokens = np.arange(len(heads))
        above = np.zeros((len(heads), len(heads)), dtype=np.bool_)
        current = tokens
        while not above[tokens, current].all():
            above[tokens, current] = True
            current = heads[current]
        return cls(heads, above, above.sum(axis=1) - 1)

    def between(self, a: Ints, b: Ints) -> tuple[Flags, Ints, Ints]:
        """The tokens on the way from each of ``a`` to each of ``b``, and the steps from either to where they meet."""
        common = self.above[a] & self.above[b]
        meeting = (common * (self.depth + 1)).argmax(axis=1)
        path = (self.above[a] | self.above[b]) & ~common
        path[np.arange(len(a)), meeting] = True
        return path, self.depth[a] - self.depth[meeting], self.depth[b] - self.depth[meeting]


def _places(bounds: Ints, start: Ints, end: Ints, other_start: Ints, other_end: Ints, n: int) -> Ints:
    """``[pairs, n]``: what each token of a block is to each pair; within both mentions it is the inner one's."""
    tokens = np.arange(n, dtype=np.int16)  # small numbers: the tables are large
    first, last, start, end, other_start, other_end = (
        each.astype(np.int16)[:, None] for each in (*bounds.T, start, end, other_start, other_end)
    )
    subject_first = start < other_start
    behind_first = tokens >= np.where(subject_first, start, other_start)
    behind_both = tokens >= np.where(subject_first, other_end, end)
    places = 2 * (behind_first.view(np.int8) + behind_both.view(np.int8))
    in_subject = (tokens >= start) & (tokens < end)
    in_object = (tokens >= other_start) & (tokens < other_end)
    inner_subject = end - start <= other_end - other_start
    places[in_subject] = SUBJECT
    places[in_object & ~(in_subject & inner_subject)] = OBJECT
    places[(tokens < first) | (tokens >= last)] = PLACES - 1
    return places.astype(np.int64)
