"""A parsed ``Doc`` as plain lists, read once, and the noun phrases in it.

Rules over every word of an article ask for heads and children many times; lists answer some ten times faster than
``Token`` objects.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

#: Dependents that belong to a noun phrase to the left of its head. Others (case, cop, nsubj, cc) end it.
_LEFT = frozenset(
    "det det:predet amod nummod nummod:gov compound nmod nmod:poss nmod:desc nmod:unmarked nmod:npmod flat goeswith "
    "acl obl:unmarked obl:npmod advcl".split()
)
#: Dependents that belong to it to the right. Appositions, coordination and relative clauses do not.
_RIGHT = frozenset(
    "nmod nmod:unmarked nmod:npmod nmod:desc nmod:tmod acl flat fixed compound compound:prt nummod amod goeswith obl "
    "obl:unmarked advmod dep det list".split()
)
_STOPS = frozenset([",", ";", ":", "(", ")", "[", "]", "—", "--", "–", "-", "/", ".", "?", "!"])
_RELATIVES = frozenset(["who", "whom", "whose", "which", "that"])
_QUOTES = frozenset(['"', "“", "”", "''", "``", "‘"])


@dataclass(frozen=True, slots=True)
class Syntax:
    """The words of a ``Doc`` as lists by token; ``sentence`` and ``paragraph`` number what a token lies in."""

    text: list[str]
    lower: list[str]
    pos: list[str]
    dep: list[str]
    lemma: list[str]
    head: list[int]
    children: list[list[int]]
    left_edge: list[int]
    right_edge: list[int]
    sentence: list[int]
    paragraph: list[int]
    #: Whether a space follows.
    space: list[bool]

    @classmethod
    def of(cls, doc: Doc) -> Syntax:
        """Read the annotation of ``doc``."""
        tokens = list(doc)
        head = [token.head.i for token in tokens]
        children: list[list[int]] = [[] for _ in tokens]
        for i, h in enumerate(head):
            if i != h:
                children[h].append(i)
        sentence, paragraph, number, block = [], [], -1, 0
        for token in tokens:
            number += bool(token.is_sent_start) or number < 0
            sentence.append(number)
            paragraph.append(block)
            block += token.is_space and "\n\n" in token.text
        return cls(
            text=[token.text for token in tokens],
            lower=[token.text.lower() for token in tokens],
            pos=[token.pos_ for token in tokens],
            dep=[token.dep_ for token in tokens],
            lemma=[(token.lemma_ or token.text).lower() for token in tokens],
            head=head,
            children=children,
            left_edge=[token.left_edge.i for token in tokens],
            right_edge=[token.right_edge.i for token in tokens],
            sentence=sentence,
            paragraph=paragraph,
            space=[bool(token.whitespace_) or token.is_space for token in tokens],
        )

    def begins_sentence(self, i: int) -> bool:
        """Whether a sentence begins with a token."""
        return i == 0 or self.sentence[i - 1] != self.sentence[i]

    def phrase(self, start: int, end: int) -> str:
        """The text of some words, with single spaces."""
        return "".join(self.text[i] + " " * (self.space[i] and i + 1 < end) for i in range(start, end))

    def noun_phrase(self, head: int) -> tuple[int, int]:
        """Where the phrase of a noun begins and ends: with its modifiers, up to a comma or a relative clause."""
        start = head
        for child in reversed([c for c in self.children[head] if c < head]):
            if self.dep[child] == "punct":
                continue
            if self.dep[child] not in _LEFT and not (
                self.dep[child] == "advmod" and self.pos[child] == "ADV" and start != head
            ):
                break
            start = min(start, self.left_edge[child])
        while start < head and (
            self.pos[start] in {"PUNCT", "SPACE", "CCONJ", "ADP"} and self.text[start] not in _QUOTES
        ):
            start += 1
        end = head + 1
        for child in self.children[head]:
            if child < head:
                continue
            if self.dep[child] not in _RIGHT:
                if self.dep[child] == "punct" and self.text[child] in {"-", "–"}:
                    continue
                break
            cut = self._cut(end, self.right_edge[child] + 1)
            end = max(end, cut)
            if cut <= self.right_edge[child]:
                break
        while (
            end > head + 1
            and self.pos[end - 1] in {"PUNCT", "SPACE", "ADP", "CCONJ"}
            and self.text[end - 1] not in _QUOTES
        ):
            end -= 1
        if self.lower[start] in {"least", "most"} and self.lower[start - 1 : start] == ["at"]:
            start -= 1
        if sum(self.text[i] in _QUOTES for i in range(start, end)) % 2:
            if self.text[end : end + 1] and self.text[end] in _QUOTES:
                return start, end + 1
            start, end = self._balance(start, head, end)
        return start, end

    def _cut(self, start: int, end: int) -> int:
        """The first place from ``start`` on where a phrase stops: a comma, a bracket, a dash or a relative clause."""
        for i in range(start, end):
            if self.text[i] in _STOPS and not self.inside_word(i):
                return i
            if self.dep[i] == "acl:relcl":
                return max(start, self.left_edge[i])
            if self.pos[i] == "PRON" and self.lower[i] in _RELATIVES:
                return i
            if self.pos[i] == "SPACE":
                return i
        return end

    def inside_word(self, i: int) -> bool:
        """Whether no space parts a token from its neighbours, as the hyphen of "U.S.-led"."""
        return i > 0 and not self.space[i - 1] and not self.space[i]

    def _balance(self, start: int, head: int, end: int) -> tuple[int, int]:
        """Leave a lone quotation mark outside the phrase."""
        for i in range(head - 1, start - 1, -1):
            if self.text[i] in _QUOTES:
                return i + 1, end
        return start, next(i for i in range(head, end) if self.text[i] in _QUOTES)
