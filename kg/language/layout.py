"""Where paragraphs begin that no empty line sets apart: texts of the web often have one to a line."""

from __future__ import annotations

from itertools import pairwise

#: The share of lines that begin in lower case above which lines end anywhere, as in verse or in letters.
RAGGED = 0.1
#: The share of the lines that end with room to spare from which on no line is wrapped, the longest neither.
UNWRAPPED = 2 / 3


def paragraph_lines(text: str) -> frozenset[int]:
    """The offsets at which lines begin that are paragraphs of their own, by how the text is set.

    A line that had room for the first word of the next, as the longest line tells, ends a paragraph: where lines are
    wrapped at some width only the last of a paragraph has, and where each is a paragraph nearly all have.

    >>> sorted(paragraph_lines("Storm hits Oria\\nTwelve people died when a storm hit the coast of Oria."))
    [16]
    >>> paragraph_lines("Twelve people died when\\na storm hit the coast.")
    frozenset()
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    possible, roomy, low, start = list[int](), list[int](), 0, 0
    for line, following in pairwise(lines):
        start += len(line) + 1
        first = following.strip()[:1]
        if not line.strip() or not first:
            continue  # an empty line sets paragraphs apart anyway
        if first.islower():
            low += 1
            continue
        possible.append(start)
        if len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) <= width:
            roomy.append(start)
    if low > RAGGED * len(lines):
        return frozenset()
    return frozenset(possible if len(roomy) >= UNWRAPPED * len(possible) else roomy)
