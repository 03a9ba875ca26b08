"""Mentions with what agreement asks of them, and the chains they are joined to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from spacy.tokens import Span

from kg.gazetteer import ClassNouns, Gazetteer
from kg.language.mentions import mention_kind
from kg.language.syntax import Syntax
from kg.naming import name_words, organization_words, person_words
from kg.records import MentionKind

Gender = Literal["m", "f", ""]
Number = Literal["s", "p", ""]

_MALE_TITLES = frozenset(
    ["mr", "sir", "lord", "king", "prince", "emperor", "pope", "imam", "ayatollah", "father", "sultan", "emir"]
)
_FEMALE_TITLES = frozenset(["mrs", "ms", "miss", "dame", "lady", "queen", "princess", "empress", "sister"])
_GENDER_PRONOUNS: Mapping[str, Gender] = {
    **dict.fromkeys(["he", "him", "his", "himself"], "m"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "f"),
}  # type: ignore[dict-item]
_PLURAL_PRONOUNS = frozenset(["they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"])
_DETERMINERS = {"the": "the", "a": "a", "an": "a", "this": "this", "that": "this", "these": "this", "those": "this"}

#: Types that noise or point of view may give to one and the same thing.
_NEAR = frozenset(
    frozenset(pair)
    for pair in [
        ("Organization", "Group"), ("Organization", "Place"), ("Place", "Country"), ("Work", "Event"), ("Work", "Product"),
        ("Organization", "Work"), ("Event", "Organization"), ("Product", "Organization"), ("Organization", "Country"),
    ]
)  # fmt: skip


def near_types(left: str, right: str) -> bool:
    """Whether two types may be two views of one thing (a museum is a Place and an Organization)."""
    return left == right or frozenset((left, right)) in _NEAR


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, Gender]:
    """Given names that tell a gender, folded as :func:`kg.naming.fold` does."""
    names: dict[str, Gender] = {}
    for line in files("kg.language").joinpath("given-names.tsv").read_text(encoding="utf-8").splitlines():
        name, _, gender = line.partition("\t")
        if gender == "m" or gender == "f":
            names["".join(name_words(name))] = gender
    return names


@dataclass(slots=True, eq=False)
class Node:
    """One mention as coreference sees it. ``words`` are its folded name words, ``titles`` the nouns that stand before a name."""

    index: int
    start: int
    end: int
    head: int
    sentence: int
    paragraph: int
    kind: MentionKind
    type: str
    text: str
    lemma: str
    role: str
    governor: int
    number: Number = ""
    gender: Gender = ""
    determiner: str = ""
    words: tuple[str, ...] = ()
    titles: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    country: str = ""
    #: Whether a country is meant by its adjective.
    adjective: bool = False


@dataclass(slots=True, eq=False)
class Chain:
    """Mentions of one entity and what is known of it so far."""

    nodes: list[Node]
    gender: Gender = ""
    names: set[tuple[str, ...]] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    country: str = ""

    @property
    def type(self) -> str:
        """The type most mentions have, names counting more than phrases and pronouns not at all where there are others."""
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

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self._of = [_single(node) for node in nodes]
        #: Whether the paragraphs are items of their own, so that no phrase reaches back over one; set once names are joined.
        self.digest = False

    def of(self, node: Node) -> Chain:
        """The chain that a mention is in."""
        return self._of[node.index]

    def join(self, left: Node, right: Node) -> None:
        """Make the chains of two mentions one, unless what is known of them contradicts it."""
        a, b = self.of(left), self.of(right)
        if a is b or (a.gender and b.gender and a.gender != b.gender):
            return
        a.nodes += b.nodes
        a.nodes.sort(key=lambda node: node.index)
        a.gender = a.gender or b.gender
        a.country = a.country or b.country
        a.names |= b.names
        a.heads |= b.heads
        for node in b.nodes:
            self._of[node.index] = a

    def all(self) -> list[Chain]:
        """The chains in the order of their first mentions."""
        return list(dict.fromkeys(self._of))


def _single(node: Node) -> Chain:
    heads = set(node.titles) | ({node.lemma} if node.kind == "nominal" else set())
    names = {node.words} if node.kind == "name" and node.words else set()
    return Chain([node], gender=node.gender, names=names, heads=heads, country=node.country)


def read_nodes(spans: list[Span], syntax: Syntax, *, nouns: ClassNouns, gazetteer: Gazetteer) -> list[Node]:
    """The mentions of a ``Doc`` with the features that agreement needs."""
    nodes: list[Node] = []
    for index, span in enumerate(spans):
        start, end = span.start, span.end
        head = _head(syntax, start, end)
        kind = mention_kind(span)
        node = Node(
            index=index,
            start=start,
            end=end,
            head=head,
            sentence=syntax.sentence[start],
            paragraph=syntax.paragraph[start],
            kind=kind,
            type=span.label_,
            text=span.text,
            lemma=syntax.lemma[head],
            role=syntax.dep[head],
            governor=syntax.head[head],
        )
        if kind == "name":
            _read_name(node, syntax, nouns, gazetteer)
        elif kind == "pronoun":
            node.gender = _GENDER_PRONOUNS.get(syntax.lower[start], "")
            node.number = "p" if syntax.lower[start] in _PLURAL_PRONOUNS else "s"
        else:
            _read_nominal(node, syntax, nouns, gazetteer)
        nodes.append(node)
    return nodes


def _head(syntax: Syntax, start: int, end: int) -> int:
    for i in range(start, end):
        if not start <= syntax.head[i] < end or syntax.head[i] == i:
            return i
    return end - 1


def _read_name(node: Node, syntax: Syntax, nouns: ClassNouns, gazetteer: Gazetteer) -> None:
    node.number = "p" if node.type == "Group" else "s"
    if node.type == "Country":
        country = gazetteer.meant(node.text)
        node.country = country.code if country else ""
        node.adjective = gazetteer.named(node.text) is None
    if node.type == "Person":
        node.words = person_words(node.text)
        titles = {syntax.lower[i].rstrip(".") for i in _titles(node, syntax)}
        node.titles = frozenset(
            syntax.lemma[i] for i in _titles(node, syntax) if nouns.types.get(syntax.lemma[i]) == "Person"
        )
        told = "m" if titles & _MALE_TITLES else "f" if titles & _FEMALE_TITLES else ""
        node.gender = told or next((nouns.genders[t] for t in node.titles if t in nouns.genders), "")  # type: ignore[assignment]
        if not node.gender and len(node.words) > 1:
            node.gender = given_names().get(node.words[0], "")
    else:
        node.words = organization_words(node.text) if node.type == "Organization" else name_words(node.text)


def _titles(node: Node, syntax: Syntax) -> list[int]:
    """The words that stand before a name as titles."""
    described = [
        c for c in syntax.children[node.head] if c < node.start and syntax.dep[c] in {"nmod:desc", "compound", "nmod"}
    ]
    if (
        not described
        and node.start
        and syntax.pos[node.start - 1] in {"NOUN", "PROPN"}
        and syntax.sentence[node.start - 1] == node.sentence
    ):
        described = [node.start - 1]
    return [i for c in described for i in range(syntax.left_edge[c], c + 1)]


def _read_nominal(node: Node, syntax: Syntax, nouns: ClassNouns, gazetteer: Gazetteer) -> None:
    first = syntax.lower[node.start]
    node.determiner = _DETERMINERS.get(first, "")
    inside = range(node.start, node.end)
    if not node.determiner and any(syntax.dep[i] == "nmod:poss" and syntax.head[i] == node.head for i in inside):
        node.determiner = "owner"
    node.modifiers = frozenset(
        syntax.lemma[i]
        for i in inside
        if i != node.head
        and syntax.pos[i] in {"NOUN", "PROPN", "ADJ", "NUM", "VERB", "ADV"}
        and syntax.lower[i] not in {"same", "former"}
    )
    if node.type == "Person":
        told = "f" if node.modifiers & {"female", "pregnant"} else "m" if "male" in node.modifiers else ""
        node.gender = told or nouns.genders.get(node.lemma, "")  # type: ignore[assignment]
    node.number = "p" if node.type == "Group" else "s"
    if node.type == "Group" and nouns.types.get(node.lemma) == "Group" and re.search(r"[^s]$", syntax.lower[node.head]):
        node.number = ""
