"""What one article tells of one chain: its type, its names, a key for its full name, and its profile."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.gazetteer import Gazetteer, load_gazetteer, load_nouns
from kg.naming import PARTICLES, TITLES, is_person_name, name_words, organization_words, person_words
from kg.records import ArticleRecord, Statement
from kg.resolve import traits
from kg.resolve.chain import Chain
from kg.resolve.institutions import COMMON_WORDS, by_country, is_party_of_many, national
from kg.resolve.persons import GENERATIONS, core
from kg.resolve.places import load_places
from kg.resolve.profile import Profile
from kg.resolve.register import Register
from kg.resolve.wellknown import other_names
from kg.resolve.words import Key, Words

#: Last words of names in lower case that are names all the same; with others it takes a year to tell the thing apart.
_LASTING = frozenset("war conflict crisis pandemic genocide revolution famine uprising".split())
_DETERMINERS = frozenset("a an the my your his her its our their".split())
_NUMBER = re.compile(
    r"^(\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)$"
)


def describe(
    chain: Chain, said: Sequence[Statement], record: ArticleRecord, gazetteer: Gazetteer, register: Register
) -> None:
    """Fill in type, names, key and profile of a chain."""
    text = record.article.text
    chain.type = most([m.type for m in chain.mentions])
    chain.key = ("own", chain.article, chain.chain)
    said_names = [
        m.text
        for m in chain.mentions
        if (m.kind == "name" or (m.kind == "nominal" and m.type == "Person" and _is_name(m.text)))
        and _proper(m.text, chain.type)
    ]
    if not said_names:
        chain.profile = Profile(chain.type, articles=frozenset([chain.article]))
        return
    chain.names = Counter(said_names)
    heads = (traits.head_words(m.text) for m in chain.mentions if m.kind == "nominal")
    descriptions = frozenset(head[-1] for head in heads if 0 < len(head) < 5)
    best = fullest(chain.names, chain.type)
    words = split_name(best, chain.type)
    names = (best, *sorted(name for name in chain.names if name != best))
    profile = Profile(
        chain.type,
        forms=(words,) if words else (),
        names=names,
        descriptions=descriptions,
        articles=frozenset([chain.article]),
    )
    if chain.type == "Country":
        country = most([c.code for name in said_names if (c := gazetteer.meant(name))])
        profile.country = country
        _know(profile, register)
        chain.profile = profile
        if country:
            chain.key = ("country", country)
        elif words:
            chain.key = (chain.type, *words)
        return
    phrases = list(traits.describing(chain.mentions, said, text))
    homes = traits.nationalities(phrases, gazetteer) | traits.origins(chain.mentions) | _homes(said, gazetteer)
    if chain.type == "Person":
        _person(profile, chain, phrases, homes, said, record)
    elif chain.type == "Organization":
        _organization(profile, best, homes | traits.countries_behind(chain.mentions, text, gazetteer), gazetteer)
    elif chain.type == "Place":
        _place(profile, chain, homes, text, gazetteer)
    elif chain.type == "Event":
        profile.years = traits.years(words, record.article)
    profile.told = traits.told_type(chain.mentions, text)
    _know(profile, register)
    if profile.known:
        chain.key = ("known", profile.known)
    elif profile.forms and _tells_apart(chain, profile, best, gazetteer):
        chain.key = (chain.type, *profile.forms[0])
        if profile.institution:
            chain.key = institution_key(profile)
    profile.vague = chain.own
    chain.profile = profile


def _know(profile: Profile, register: Register) -> None:
    """Note which entry of a register it is, and what that tells of it."""
    if id := register.find(profile):
        entry = register.profiles[id]
        profile.known = id
        profile.born = profile.born or entry.born
        profile.fields |= entry.fields
        profile.homes |= entry.homes


def institution_key(profile: Profile) -> Key:
    """What stands for an institution of a country across articles."""
    return (profile.type, *sorted(f"@{home}" for home in profile.homes), *profile.forms[0])


def _person(
    profile: Profile,
    chain: Chain,
    phrases: Sequence[list[str]],
    homes: frozenset[str],
    said: Sequence[Statement],
    record: ArticleRecord,
) -> None:
    text = record.article.text
    title = traits.title_before(chain.mentions, text)
    words = profile.forms[0] if profile.forms else ()
    if title and len(words) == 1:
        profile.forms = ((title, *words),)
    elif title and len(words) == 2 and words[1] in GENERATIONS:
        profile.given = frozenset([(title, words[0])])
    profile.gender = traits.gender(chain.mentions, text)
    profile.born = traits.born(chain.mentions, said, record.article)
    profile.fields = traits.fields(phrases)
    profile.homes = homes


def _organization(profile: Profile, best: str, homes: frozenset[str], gazetteer: Gazetteer) -> None:
    codes, words = national(best, gazetteer)
    profile.given = other_names().get(profile.forms[0] if profile.forms else (), frozenset())
    profile.homes = homes | codes
    if words and set(words) <= COMMON_WORDS:
        profile.forms, profile.homes, profile.institution = (words,), codes or homes, True
    elif codes and is_party_of_many(words):
        profile.forms, profile.homes = (words,), codes
    elif codes:
        profile.given |= by_country(best, gazetteer).difference(profile.forms)


def _place(profile: Profile, chain: Chain, homes: frozenset[str], text: str, gazetteer: Gazetteer) -> None:
    countries, states = traits.surroundings(chain.mentions, text, gazetteer)
    profile.homes, profile.regions = homes | countries, frozenset(states)
    words = () if profile.known or not profile.forms else profile.forms[0]
    if spot := load_places().within(words, frozenset(countries), profile.regions):
        profile.known, profile.homes = spot.link, frozenset([spot.country])
        profile.regions = frozenset([spot.state] if spot.state else [])


def _homes(said: Sequence[Statement], gazetteer: Gazetteer) -> frozenset[str]:
    found = frozenset[str]()
    for statement in said:
        if traits.belongs_to(statement) and (country := gazetteer.meant(statement.object.text)):
            found |= traits.whole(country.code)
    return found


def _is_name(phrase: str) -> bool:
    """Whether what the parser took for a person's phrase is a name: no word of it is a noun, or in lower case."""
    words = phrase.split()
    if len(words) == 1 or words[0].lower() in _DETERMINERS or not words[-1][:1].isupper():
        return False
    return all(word.lower() in PARTICLES or (word.isalpha() and _is_proper(word)) for word in words)


def _is_proper(word: str) -> bool:
    """Whether a word with a capital is neither a noun nor a title nor of a country."""
    folded = word.lower()
    known = folded in load_nouns().types or folded in TITLES or load_gazetteer().meant(word) is not None
    return word[:1].isupper() and not known


def _proper(name: str, type_: str) -> bool:
    """Whether what stands as a name is one: "Two Russians" and "Prime Minister" are not."""
    return is_person_name(name) if type_ == "Person" else not _NUMBER.match(name.split()[0].lower())


def _tells_apart(chain: Chain, profile: Profile, best: str, gazetteer: Gazetteer) -> bool:
    """Whether a chain's full name is enough to know what it names in another article.

    One that ends in a common noun is so only where a proper word stands before it ("Trump administration") or the noun
    is of a kind that each country has one of ("Peruvian army", but no "Peruvian company").
    """
    if chain.type == "Person":
        return len(core(profile.forms[0])) > 1
    if profile.institution:
        return len(profile.homes) == 1
    words = best.split()
    if not words[-1].islower() or profile.forms[0][-1] in _LASTING or any(w.isdigit() and len(w) == 4 for w in words):
        return True
    if chain.type in {"Event", "Work", "Group"}:
        return False
    return any(not word[:1].islower() and not gazetteer.meant(word) for word in words)


def most(values: Sequence[str]) -> str:
    """The most frequent, the first by spelling of several; nothing of nothing."""
    if len(values) == 1:
        return values[0]
    kinds = set(values)
    if len(kinds) < 2:
        return values[0] if values else ""
    return min(kinds, key=lambda value: (-values.count(value), value))


def split_name(name: str, type_: str) -> Words:
    """The folded words that tell a name of that type apart."""
    split = person_words if type_ == "Person" else organization_words if type_ == "Organization" else name_words
    return split(name)


def fullest(names: Mapping[str, int], type_: str) -> str:
    """The name that says most: of most words, and of these the most frequent, the longest, the first by spelling."""
    if len(names) == 1:
        return next(iter(names))
    words = person_words if type_ == "Person" else name_words
    return min(names, key=lambda name: (-len(words(name)), -names[name], -len(name), name))
