"""The phrases of a parsed text that may refer: what coreference as annotated in OntoNotes chooses its mentions from.

Unlike a mention of an entity (``kg_mentions``), such a phrase may speak of anything and reaches as far as its head's
dependents do: with relative clauses, appositions and the ending ``'s``. The rules were measured on the trees of GUM
against the mentions of OntoGUM.
"""

from __future__ import annotations

from collections.abc import Sequence

_HEADS = frozenset(["NOUN", "PROPN", "PRON"])
#: Dependents on the left that belong to the phrase; the nearest other one ends it.
_LEFT = frozenset(
    "det det:predet amod nummod compound nmod nmod:poss nmod:desc nmod:unmarked flat goeswith acl dep".split()
)
#: Dependents on the right that do not belong to the phrase and end it.
_RIGHT_ENDS = frozenset(
    "cc conj parataxis list nsubj obj iobj ccomp xcomp advcl advcl:relcl obl obl:unmarked advmod cop aux discourse "
    "reparandum vocative orphan".split()
)
#: Relations in which a noun is part of another's name or description.
_INSIDE = frozenset("compound flat fixed goeswith nmod:desc".split())


def noun_phrases(
    upos: Sequence[str], deps: Sequence[str], heads: Sequence[int], words: Sequence[str]
) -> list[tuple[int, int, int]]:
    """Start, end and head of each phrase that may refer; a coordination is a second phrase of its first head.

    All arguments have one entry a word of the text, white space left out. ``heads`` are word numbers in the text; a
    root is its own head.
    """
    n = len(words)
    left: list[list[int]] = [[] for _ in range(n)]
    right: list[list[int]] = [[] for _ in range(n)]
    for i, head in enumerate(heads):
        if i != head:
            (left if i < head else right)[head].append(i)
    first, last = _edges(heads)
    phrases: list[tuple[int, int, int]] = []
    for i in range(n):
        if upos[i] not in _HEADS or (deps[i] in _INSIDE and upos[i] != "PROPN"):
            continue
        start = i
        for child in reversed(left[i]):
            if deps[child] == "punct":
                continue
            if deps[child] not in _LEFT:
                break
            start = first[child]
        end, conjuncts = i + 1, 0
        for child in right[i]:
            if deps[child] == "conj":
                conjuncts = last[child] + 1
            elif not conjuncts and deps[child] != "punct":
                if deps[child] in _RIGHT_ENDS:
                    break
                end = last[child] + 1
        phrases.append((*_trimmed(start, end, i, upos), i))
        if conjuncts:
            phrases.append((*_trimmed(start, conjuncts, i, upos), i))
    return phrases


def _trimmed(start: int, end: int, head: int, upos: Sequence[str]) -> tuple[int, int]:
    while start < head and upos[start] == "PUNCT":
        start += 1
    while end > head + 1 and upos[end - 1] == "PUNCT":
        end -= 1
    return start, end


def _edges(heads: Sequence[int]) -> tuple[list[int], list[int]]:
    """The first and the last word below each word."""
    first, last = list(range(len(heads))), list(range(len(heads)))
    for i in range(len(heads)):
        above = heads[i]
        while first[above] > i:
            first[above] = i
            above = heads[above]
    for i in reversed(range(len(heads))):
        above = heads[i]
        while last[above] < i:
            last[above] = i
            above = heads[above]
    return first, last
