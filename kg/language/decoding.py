"""From scores to structure: trees from arc scores, spans from tag scores. Plain numpy, no state."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32] | NDArray[np.float64]
Ints = NDArray[np.int64]


#: How much less an arc across the root scores. English has few; of those predicted on UD dev, 3 in 10 are right.
CROSSING = 3.0


def trees(scores: Floats, starts: Ints) -> Ints:
    """Heads of the words of some sentences, each as by :func:`tree`.

    :param scores: ``[n, n + 1]`` as there, of the words of all sentences; ``starts``: the first word of each.
    :returns: ``[n]``, each word's head as a word index.

    The best head of each word in its sentence mostly gives trees. That is seen of all sentences at once; of the others
    the best tree is sought one by one.
    """
    words = np.arange(len(scores))
    sentence = np.searchsorted(starts, words, side="right") - 1
    inside = sentence[:, None] == sentence
    np.fill_diagonal(inside, False)
    best = np.concatenate([scores[:, :1], np.where(inside, scores[:, 1:], -np.inf)], axis=1).argmax(axis=1)
    heads: Ints = np.where(best == 0, words, best - 1)
    is_root = heads == words
    above = heads
    for _ in range(len(words).bit_length()):
        above = above[above]
    root = np.zeros_like(starts)
    root[sentence[is_root]] = words[is_root]
    side = np.sign(words - root[sentence])
    wrong = ~is_root[above] | (side * side[heads] < 0)
    sought = (np.bincount(sentence[is_root], minlength=len(starts)) != 1) | (
        np.bincount(sentence[wrong], minlength=len(starts)) > 0
    )
    ends = np.append(starts[1:], len(words))
    for start, end in zip(starts[sought], ends[sought], strict=True):
        own = np.concatenate([scores[start:end, :1], scores[start:end, start + 1 : end + 1]], axis=1)
        heads[start:end] = tree(own) + start
    return heads


def tree(scores: Floats) -> Ints:
    """Heads of one sentence's words from arc scores: the best tree with one root.

    :param scores: ``[n, n + 1]``, the score of each word's head; column 0 is the root, column ``j + 1`` word ``j``.
    :returns: ``[n]``, each word's head as a word index; the root is its own head.

    Where an arc spans the root from a word before it to one behind, the best tree is sought again with such arcs
    scored lower.
    """
    heads = best_tree(scores)
    words = np.arange(len(heads))
    side = np.sign(words - np.flatnonzero(heads == words)[0])
    across = side[:, None] * side < 0
    if across[words, heads].any():
        heads = best_tree(scores - CROSSING * np.pad(across, ((0, 0), (1, 0))))
    return heads


def best_tree(scores: Floats) -> Ints:
    """The tree of the highest score among those with its root, whatever its arcs cross; parameters as for
    :func:`tree`.

    The best head of each word mostly gives a tree; where not, the Chu-Liu-Edmonds algorithm (Edmonds 1967) mends it.
    """
    n = len(scores)
    scores = scores.astype(np.float64)  # a copy, to be changed
    scores[np.arange(n), np.arange(n) + 1] = -np.inf
    best: Ints = scores.argmax(axis=1)
    roots = np.flatnonzero(best == 0)
    if len(roots) != 1 or not _is_tree(best):
        gain = scores[:, 0] - (scores[:, 1:].max(axis=1) if n > 1 else 0.0)
        root = int(gain.argmax())
        scores[np.arange(n) != root, 0] = -np.inf
        scores[root, 1:] = -np.inf
        best = _chu_liu_edmonds(scores)
    heads: Ints = best - 1
    root = int(np.flatnonzero(best == 0)[0])
    heads[root] = root
    return heads


def _is_tree(best: Ints) -> bool:
    """Whether each word reaches the root; ``best`` counts heads from 1, 0 is the root."""
    heads = [0, *best.tolist()]
    seen = [True] + [False] * len(best)
    for word in range(1, len(heads)):
        path = set()
        while not seen[word]:
            seen[word] = True
            path.add(word)
            word = heads[word]
        if word in path:
            return False
    return True


def _chu_liu_edmonds(scores: Floats) -> Ints:
    """Best heads, counted from 1 with 0 the root, given ``scores[word, head]`` that allow a tree."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:, :] = scores
    return _arborescence(full)[1:]


def _arborescence(scores: Floats) -> Ints:
    """Best head of each node of a graph whose node 0 is the root; contracts one cycle at a time."""
    n = len(scores)
    heads: Ints = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    in_cycle = np.asarray(cycle)
    kept = scores[in_cycle, heads[in_cycle]]
    into = scores[np.ix_(in_cycle, outside)] - kept[:, None]
    out_of = scores[np.ix_(outside, in_cycle)]
    entry, leave = into.argmax(axis=0), out_of.argmax(axis=1)
    m = len(outside)
    contracted = np.full((m + 1, m + 1), -np.inf)
    contracted[:m, :m] = scores[np.ix_(outside, outside)]
    contracted[m, :m] = into.max(axis=0)
    contracted[:m, m] = out_of.max(axis=1)
    contracted[0, :] = -np.inf
    smaller = _arborescence(contracted)
    result = heads.copy()
    for i, node in enumerate(outside):
        head = smaller[i]
        result[node] = in_cycle[leave[i]] if head == m else outside[head]
    source = smaller[m]
    result[in_cycle[entry[source]]] = outside[source]
    result[0] = 0
    return result


def _cycle(heads: Ints) -> list[int] | None:
    seen = np.full(len(heads), -1)
    seen[0] = 0
    for start in range(1, len(heads)):
        node, path = start, []
        while seen[node] == -1:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if seen[node] == start and node in path:
            return path[path.index(node) :]
    return None


def spans(scores: Floats, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans from IOB2 tag scores: those of the best sequence in which an inside tag follows only a tag of its own type.

    :param scores: ``[n, 1 + 2 * len(labels)]``: O, then B and I of each label in turn.
    :returns: ``(start, end, label)`` in word indices, in order.

    Each word has its best tag as long as that is allowed. Around words where it is not, the best sequence is searched,
    with whatever before it, in a window that grows until all fits: as nothing outside could score more, that is the
    best sequence of all.
    """
    if not len(scores):
        return []
    best: Ints = scores.argmax(axis=1)
    window = np.zeros(len(best), dtype=np.bool_)
    while len(wrong := np.flatnonzero(~_allowed(best))):
        near = np.concatenate([wrong - 1, wrong])
        window[near[near >= 0]] = True
        grown = window.copy()
        grown[:-1] |= window[1:]
        grown[1:] |= window[:-1]
        window = grown
        edges = np.flatnonzero(np.diff(window, prepend=False, append=False))
        for start, end in edges.reshape(-1, 2).tolist():
            best[start:end] = _viterbi(scores[start:end], first=start == 0)
    return _read(best.tolist(), labels)


def _viterbi(scores: Floats, *, first: bool) -> list[int]:
    """The best tags of some words; ``first``: a text begins with them, so that none is inside at once."""
    allowed = _transitions((scores.shape[1] - 1) // 2)
    total = scores[0].astype(np.float64)
    if first:
        total[2::2] = -np.inf
    back = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        paths = total[:, None] + allowed
        back[i] = paths.argmax(axis=0)
        total = paths.max(axis=0) + scores[i]
    tags = [int(total.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return tags[::-1]


def _allowed(tags: Ints) -> NDArray[np.bool_]:
    """Whether each tag may stand where it does: an inside tag, an even number, after one of its type."""
    before = np.concatenate([[0], tags[:-1]])
    inside = (tags > 0) & (tags % 2 == 0)
    result: NDArray[np.bool_] = ~inside | (before == tags) | (before == tags - 1)
    return result


@cache
def _transitions(n_labels: int) -> NDArray[np.float64]:
    n = 1 + 2 * n_labels
    allowed = np.zeros((n, n))
    for inside in range(2, n, 2):
        allowed[:, inside] = -np.inf
        allowed[[inside - 1, inside], inside] = 0.0
    return allowed


def _read(tags: Sequence[int], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag and tag % 2:
            found.append((i, i + 1, labels[tag // 2]))
        elif tag:
            start, _, label = found[-1]
            found[-1] = (start, i + 1, label)
    return found
