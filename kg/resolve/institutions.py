"""Institutions that every country has: which words name them, and which country a name gives."""

from __future__ import annotations

import re

from kg.gazetteer import Country, Gazetteer
from kg.naming import organization_words
from kg.resolve.words import Words

#: Words of institutions that every country has: a name of nothing else tells no institution apart.
COMMON_WORDS = frozenset(
    "supreme high constitutional federal national district court courts appeal appeals ministry minister department "
    "office of the and for foreign affairs health defense defence interior justice finance education agriculture "
    "transport energy culture parliament senate house representatives commons assembly congress legislature "
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
    parts = _parts(name, gazetteer)
    codes = {part.code for part in parts if isinstance(part, Country)}
    rest = [part for part in parts if isinstance(part, str)]
    if codes and rest and rest[-1] == "of" and isinstance(parts[-1], Country):  # "Green Party of Kenya"
        rest.pop()
    if codes and rest and is_party_of_many(party := organization_words(" ".join(rest))):
        return frozenset(codes), party
    words = [_SAME.get(word, word) for word in organization_words(" ".join(rest)) if word not in _SMALL] if rest else []
    if not words or not set(words) <= COMMON_WORDS or (codes and words == ["bank"]):
        return frozenset(codes), organization_words(name)
    if "foreign" in words and "affairs" in words:
        words.remove("affairs")
    return frozenset(codes), tuple(sorted(words))


def by_country(name: str, gazetteer: Gazetteer) -> frozenset[Words]:
    """Other ways to write a name that begins or ends with a country: "Peru Red Cross" and "Peruvian Red Cross" for "Red
    Cross of Peru".
    """
    parts = _parts(name, gazetteer)
    if len(parts) > 3 and isinstance(parts[-1], Country) and parts[-2] == "of":
        parts = [parts[-1], *parts[:-2]]
    country, rest = parts[0], [part for part in parts[1:] if isinstance(part, str)]
    if not isinstance(country, Country) or len(rest) < max(1, len(parts) - 1):
        return frozenset()
    written = (country.name, *country.adjectives)
    return frozenset(organization_words(" ".join([first, *rest])) for first in written)


def _parts(name: str, gazetteer: Gazetteer) -> list[str | Country]:
    """The words of a name, the countries among them as such."""
    words, parts = re.sub(r"['’]s?(?=\s|$)", "", name).split(), list[str | Country]()
    while words:
        for size in (3, 2, 1):
            country = gazetteer.meant(" ".join(words[:size])) if size <= len(words) else None
            if country:
                break
        parts.append(country or words[0])
        del words[: size if country else 1]
    return parts
