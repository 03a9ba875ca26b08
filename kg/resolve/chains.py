"""What one article tells of an entity: the mentions of a chain, its full name, and whether that tells it apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.gazetteer import Gazetteer
from kg.naming import is_person_name, name_words, organization_words, person_words
from kg.records import ArticleRecord, Mention

#: Words of institutions that every country has: a name of nothing else tells no institution apart.
_INSTITUTION = frozenset(
    "supreme high constitutional federal national district court courts appeal appeals ministry minister department "
    "office of the and for foreign affairs health defense defence interior justice finance education agriculture "
    "transport energy culture parliament senate house representatives commons lords assembly congress legislature "
    "government cabinet council state police army navy air force armed forces military security intelligence service "
    "agency central bank election electoral commission public prosecutor prosecutors attorney general opposition "
    "administration authority coast guard fire".split()
)
#: Last words of names in lower case that are names all the same; with others it takes a year to tell the thing apart.
_LASTING = frozenset("war conflict crisis pandemic genocide revolution famine uprising".split())
_NUMBER = re.compile(
    r"^(\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)$"
)

Key = tuple[str, ...]


@dataclass(slots=True)
class Chain:
    """The mentions of one chain of one article, and what they tell."""

    article: str
    chain: str
    mentions: list[Mention] = field(default_factory=list)
    type: str = ""
    names: Counter[str] = field(default_factory=Counter)
    words: Key = ()
    country: str = ""
    key: Key = ()
    context: set[Key] = field(default_factory=set)

    @property
    def own(self) -> bool:
        """Whether its name does not tell it apart from others."""
        return self.key[0] == "own"


def describe(chain: Chain, gazetteer: Gazetteer) -> None:
    """Fill in type, names, words and key of a chain."""
    votes = Counter(m.type for m in chain.mentions)
    chain.type = min(votes, key=lambda name: (-votes[name], name))
    chain.names = Counter(m.text for m in chain.mentions if m.kind == "name" and _proper(m.text, chain.type))
    own = ("own", chain.article, chain.chain)
    if not chain.names:
        chain.key = own
        return
    if chain.type == "Country":
        codes = Counter(c.code for name in chain.names.elements() if (c := gazetteer.meant(name)))
        chain.country = min(codes, key=lambda code: (-codes[code], code)) if codes else ""
    split = (
        person_words if chain.type == "Person" else organization_words if chain.type == "Organization" else name_words
    )
    chain.words = split(fullest(chain.names, chain.type))
    if chain.country:
        chain.key = ("country", chain.country)
    elif not chain.words or not _tells_apart(chain, gazetteer):
        chain.key = own
    else:
        chain.key = (chain.type, *chain.words)


def _proper(name: str, type_: str) -> bool:
    """Whether what stands as a name is one: "Two Russians" and "Prime Minister" are not."""
    return is_person_name(name) if type_ == "Person" else not _NUMBER.match(name.split()[0].lower())


def _tells_apart(chain: Chain, gazetteer: Gazetteer) -> bool:
    """Whether a chain's full name is enough to know what it names in another article.

    One that ends in a common noun is so only where a proper word stands before it ("Trump administration") or the noun
    is of a kind that each country has one of ("Peruvian army", but no "Peruvian company").
    """
    if chain.type == "Person":
        return len(chain.words) > 1
    if chain.type == "Organization" and set(chain.words) <= _INSTITUTION:
        return False
    words = fullest(chain.names, chain.type).split()
    if not words[-1].islower() or chain.words[-1] in _LASTING or any(w.isdigit() and len(w) == 4 for w in words):
        return True
    if chain.type in {"Event", "Work", "Group"}:
        return False
    proper = [word for word in words if not word[:1].islower() and not gazetteer.meant(word)]
    return bool(proper) or (chain.type == "Organization" and chain.words[-1] in _INSTITUTION)


def fullest(names: Mapping[str, int], type_: str) -> str:
    """The name that says most: of most words, and of these the most frequent, the longest, the first by spelling."""
    words = person_words if type_ == "Person" else name_words
    return min(names, key=lambda name: (-len(words(name)), -names[name], -len(name), name))


def add_context(records: Sequence[ArticleRecord], chains: Mapping[tuple[str, str], Chain]) -> None:
    """Note for chains that need it what the statements relate them to: named things that are known across articles."""
    for record in records:
        for statement in record.statements:
            ends = [chains.get((record.article.id, m.chain)) for m in (statement.subject, statement.object)]
            for side, (chain, other) in enumerate([ends, ends[::-1]]):
                if chain and other and not other.own:
                    chain.context.add((statement.relation, str(side), *other.key))
