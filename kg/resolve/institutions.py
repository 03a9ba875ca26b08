"""Institutions that every country has: which words name them, and which country a name gives."""

from __future__ import annotations

import re

from kg.gazetteer import Gazetteer
from kg.naming import organization_words
from kg.resolve.words import Words

#: Words of institutions that every country has: a name of nothing else tells no institution apart.
COMMON_WORDS = frozenset(
    "supreme high constitutional federal national district court courts appeal appeals ministry minister department "
    "office of the and for foreign affairs health defense defence interior justice finance education agriculture "
    "transport energy culture parliament senate house representatives commons lords assembly congress legislature "
    "government cabinet council state police army navy air force armed forces military security intelligence service "
    "agency central bank election electoral commission public prosecutor prosecutors attorney general opposition "
    "administration authority coast guard fire".split()
)
#: Words of parties' names: of nothing else there are parties in several countries.
_PARTY_WORDS = frozenset(
    "party alliance front movement coalition league union democrats greens liberal conservative labour labor social "
    "socialist communist democratic republican christian green people's popular national nationalist workers' workers "
    "progressive radical freedom justice reform unity united new left centre center right".split()
)
_PARTIES = frozenset("party alliance front movement coalition league union democrats greens".split())
_SMALL = frozenset("of the and for".split())
_SAME = {"defence": "defense", "prosecutors": "prosecutor", "courts": "court", "appeals": "appeal"}


def is_party_of_many(words: Words) -> bool:
    """Whether a name is one that parties of several countries have: "Green Party", "Liberal Alliance"."""
    return _PARTY_WORDS.issuperset(words) and not _PARTIES.isdisjoint(words)


def national(name: str, gazetteer: Gazetteer) -> tuple[frozenset[str], Words]:
    """The countries that an institution's name gives, and its other words: the same for "Ministry of Foreign Affairs of
    Peru", "Peruvian Foreign Ministry" and "Foreign Ministry" (with no country).

    Names of parties ("Irish Green Party") keep the order of their words, other names all their words.
    """
    parts, codes, rest = re.sub(r"['’]s?(?=\s|$)", "", name).split(), set[str](), list[str]()
    i = 0
    while i < len(parts):
        for size in (3, 2, 1):
            country = gazetteer.meant(" ".join(parts[i : i + size])) if i + size <= len(parts) else None
            if country:
                codes.add(country.code)
                i += size
                break
        else:
            rest.append(parts[i])
            i += 1
    if codes and rest and is_party_of_many(party := organization_words(" ".join(rest))):
        return frozenset(codes), party
    words = [_SAME.get(word, word) for word in organization_words(" ".join(rest)) if word not in _SMALL] if rest else []
    if not words or not set(words) <= COMMON_WORDS or (codes and words == ["bank"]):
        return frozenset(codes), organization_words(name)
    if "foreign" in words and "affairs" in words:
        words.remove("affairs")
    return frozenset(codes), tuple(sorted(words))
