"""The phrases of a parsed text that may refer: what coreference as annotated in OntoNotes chooses its mentions from.

Unlike a mention of an entity (``kg_mentions``), such a phrase may speak of anything and reaches as far as its head's
dependents do: with relative clauses, appositions and the ending ``'s``. The rules were measured on the trees of GUM
against the mentions of OntoGUM.
"""

from __future__ import annotations

from collections.abc import Sequence

_NOUNS = frozenset(["NOUN", "PROPN"])
#: What may stand for a noun: "all of them", "each other", "killed 107", "the latter".
_NOUN_LIKE = frozenset(["DET", "NUM", "ADJ", "X", "SYM"])
_ARGUMENTS = frozenset("nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss".split())
_DEICTIC = frozenset(["here", "there"])
#: Pronouns that stand in no cluster: relative and interrogative ones.
_NEVER = frozenset("who whom whose which what whatever whoever".split())
#: Dependents on the left that belong to the phrase; the nearest other one ends it.
_LEFT = frozenset(
    "det det:predet amod nummod compound nmod nmod:poss nmod:desc nmod:unmarked flat goeswith acl dep".split()
)
#: Dependents on the right that do not belong to the phrase and end it.
_RIGHT_ENDS = frozenset(
    "cc conj parataxis list nsubj obj iobj ccomp xcomp advcl advcl:relcl obl obl:unmarked advmod cop aux discourse "
    "reparandum vocative orphan".split()
)
#: Relations in which a word is part of another's name or description..
_INSIDE = frozenset("flat fixed goeswith nmod:desc".split())
_OPEN, _CLOSE = frozenset("([{“‘"), frozenset(")]}”’")


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
        if not _may_refer(upos[i], deps[i], words[i].lower(), deps[heads[i]]):
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
                if deps[child] in _RIGHT_ENDS and words[child].lower() not in _DEICTIC:
                    break
                end = last[child] + 1
        phrases.append((*_trimmed(start, end, i, upos, words), i))
        if conjuncts:
            phrases.append((*_trimmed(start, conjuncts, i, upos, words), i))
    return phrases


def _may_refer(upos: str, dep: str, word: str, above: str) -> bool:
    """Whether a word heads a phrase that may refer; ``above`` is the relation of its head."""
    if upos == "PRON":
        relative = word == "that" and above == "acl:relcl"
        return dep != "expl" and word not in _NEVER and not relative
    if upos in _NOUNS:
        return dep not in _INSIDE and (dep != "compound" or upos == "PROPN")
    return dep in _ARGUMENTS if upos in _NOUN_LIKE else word in _DEICTIC


def _trimmed(start: int, end: int, head: int, upos: Sequence[str], words: Sequence[str]) -> tuple[int, int]:
    """Without the punctuation at the edges, save brackets and quotation marks that open and close inside."""
    while start < head and upos[start] == "PUNCT":
        start += 1
    while end > head + 1 and upos[end - 1] == "PUNCT":
        mark, inside = words[end - 1], words[start : end - 1]
        if any(word in _OPEN for word in inside) if mark in _CLOSE else mark == '"' and inside.count(mark) % 2:
            break
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
