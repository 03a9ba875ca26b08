"""Mentions with the features that agreement asks of: number, gender, determiner, modifiers, titles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Span

from kg.gazetteer import ClassNouns, Gazetteer
from kg.language.mentions import mention_kind
from kg.language.referring import Parsed
from kg.language.syntax import Syntax
from kg.naming import name_words, organization_words, person_words
from kg.records import MentionKind

_MALE_TITLES = frozenset(
    ["mr", "sir", "lord", "king", "prince", "emperor", "pope", "imam", "ayatollah", "father", "sultan", "emir"]
)
_FEMALE_TITLES = frozenset(["mrs", "ms", "miss", "dame", "lady", "queen", "princess", "empress", "sister"])
_GENDER_PRONOUNS: Mapping[str, str] = {
    **dict.fromkeys(["he", "him", "his", "himself"], "m"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "f"),
}
_PLURAL_PRONOUNS = frozenset(["they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"])
_DETERMINERS = {"the": "the", "a": "a", "an": "a", "this": "this", "that": "this", "these": "this", "those": "this"}


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, str]:
    """Given names that tell a gender, folded as :func:`kg.naming.fold` does."""
    names: dict[str, str] = {}
    for line in files("kg.language").joinpath("given-names.tsv").read_text(encoding="utf-8").splitlines():
        name, _, gender = line.partition("\t")
        if gender == "m" or gender == "f":
            names["".join(name_words(name))] = gender
    return names


@dataclass(slots=True, eq=False)
class Node:
    """One mention as coreference sees it.

    ``number`` is ``s`` or ``p``, ``gender`` ``m`` or ``f``, each empty where it is not known. ``role`` is the relation
    of the head word and ``governor`` the word it hangs on. ``words`` are the folded words of a name, ``titles`` the
    nouns before it; ``determiner`` of a phrase is "the", "this", "a", "owner" or nothing.
    """

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
    number: str = ""
    gender: str = ""
    determiner: str = ""
    words: tuple[str, ...] = ()
    titles: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    country: str = ""
    #: Whether a country is meant by its adjective.
    adjective: bool = False


def read_nodes(spans: list[Span], syntax: Syntax, *, nouns: ClassNouns, gazetteer: Gazetteer) -> list[Node]:
    """The mentions of a ``Doc`` with the features that agreement needs."""
    parsed = Parsed.of(syntax)
    nodes: list[Node] = []
    for index, span in enumerate(spans):
        start, end = span.start, span.end
        head = parsed.head(start, end)
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
            _read_nominal(node, syntax, nouns)
        nodes.append(node)
    return nodes


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
        node.gender = told or next((nouns.genders[t] for t in node.titles if t in nouns.genders), "")
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


def _read_nominal(node: Node, syntax: Syntax, nouns: ClassNouns) -> None:
    before = node.start - 1  # "the" is left outside before a capital
    outside = before >= 0 and syntax.lower[before] == "the" and syntax.head[before] == node.head
    node.determiner = "the" if outside else _DETERMINERS.get(syntax.lower[node.start], "")
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
        node.gender = told or nouns.genders.get(node.lemma, "")
    node.number = "p" if node.type == "Group" else "s"
    if node.type == "Group" and nouns.types.get(node.lemma) == "Group" and re.search(r"[^s]$", syntax.lower[node.head]):
        node.number = ""
