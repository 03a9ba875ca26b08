"""The chains of one article: mentions that are joined, and what is known of the entity they stand for."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.language.coreference.antecedents import Scored
from kg.language.coreference.nodes import Node

#: The score of a pair that the learned scorer did not look at.
UNLIKELY = -8.0
#: Types that noise or point of view may give to one and the same thing.
_NEAR = frozenset(
    frozenset(pair)
    for pair in [
        ("Organization", "Group"), ("Organization", "Place"), ("Organization", "Country"), ("Organization", "Work"),
        ("Organization", "Event"), ("Organization", "Product"), ("Place", "Country"), ("Work", "Event"),
        ("Work", "Product"),
    ]
)  # fmt: skip


def near_types(left: str, right: str) -> bool:
    """Whether two types may be two views of one thing (a museum is a Place and an Organization)."""
    return left == right or frozenset((left, right)) in _NEAR


@dataclass(slots=True, eq=False)
class Chain:
    """Mentions of one entity and what is known of it so far."""

    nodes: list[Node]
    gender: str = ""
    names: set[tuple[str, ...]] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    country: str = ""
    _type: str = ""

    @property
    def type(self) -> str:
        """The type most mentions have, names counting more than phrases, pronouns only where there is nothing else."""
        if not self._type:
            self._type = self._voted()
        return self._type

    def add(self, nodes: list[Node]) -> None:
        """Take in more mentions."""
        if len(nodes) < len(self.nodes):
            for node in nodes:
                insort(self.nodes, node, key=lambda n: n.index)
        else:
            self.nodes = sorted([*self.nodes, *nodes], key=lambda n: n.index)
        self._type = ""

    def _voted(self) -> str:
        weight = {"name": 3, "nominal": 2, "pronoun": 0}
        votes = Counter[str]()
        for node in self.nodes:
            votes[node.type] += weight[node.kind] or 0
        first = {node.type: -i for i, node in reversed(list(enumerate(self.nodes)))}
        return max(votes, key=lambda name: (votes[name], first[name]))

    @property
    def named(self) -> bool:
        """Whether one of its mentions is a name."""
        return bool(self.names) or bool(self.country)


class Chains:
    """The chains of one article: every mention is in exactly one, and joining two makes one of them."""

    def __init__(self, nodes: list[Node], scored: Scored | None = None) -> None:
        """``scored`` are the learned scores of the nodes' antecedents, if there are any."""
        self.nodes = nodes
        self._scored = scored
        self._of = [_single(node) for node in nodes]
        #: Whether the paragraphs are items of their own, so that no phrase reaches back over one.
        self.digest = False

    def of(self, node: Node) -> Chain:
        """The chain that a mention is in."""
        return self._of[node.index]

    def likely(self, node: Node) -> Callable[[Node], float]:
        """How likely, by the learned scorer, ``node`` refers to the same as another: the logarithm of how much likelier
        than to nothing said before; ``UNLIKELY`` where the scorer did not look, 0 where there is none. The answers hold
        until chains are joined."""
        scored = self._scored
        if scored is None:
            return lambda other: 0.0
        best: dict[int, float] = {}
        for index, score in scored.of(node.index).items():
            key = id(self._of[index])
            best[key] = max(score, best.get(key, score))

        def of(other: Node) -> float:
            return best.get(id(self.of(other)), UNLIKELY)

        return of

    def join(self, left: Node, right: Node) -> None:
        """Make the chains of two mentions one, unless what is known of them contradicts it."""
        a, b = self.of(left), self.of(right)
        if a is b or (a.gender and b.gender and a.gender != b.gender):
            return
        a.add(b.nodes)
        a.gender = a.gender or b.gender
        a.country = a.country or b.country
        a.names |= b.names
        a.heads |= b.heads
        for node in b.nodes:
            self._of[node.index] = a

    def beside(self, node: Node) -> list[Node]:
        """The mentions of a mention's sentence, in the order of the text."""
        start, end = node.index, node.index + 1
        while start and self.nodes[start - 1].sentence == node.sentence:
            start -= 1
        while end < len(self.nodes) and self.nodes[end].sentence == node.sentence:
            end += 1
        return self.nodes[start:end]

    def before(self, node: Node, *, sentences: int) -> Iterator[Node]:
        """The mentions before one, nearest first, back over some sentences or, in a digest, its paragraph."""
        for i in range(node.index - 1, -1, -1):
            other = self.nodes[i]
            if node.sentence - other.sentence > sentences or (self.digest and other.paragraph != node.paragraph):
                return
            yield other

    def all(self) -> list[Chain]:
        """The chains in the order of their first mentions."""
        return list(dict.fromkeys(self._of))


def _single(node: Node) -> Chain:
    heads = set(node.titles) | ({node.lemma} if node.kind == "nominal" else set())
    names = {node.words} if node.kind == "name" and node.words else set()
    return Chain([node], gender=node.gender, names=names, heads=heads, country=node.country)
