"""What one article tells of its entities: the mentions of each chain, a key for its full name, and a profile."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.gazetteer import Gazetteer
from kg.naming import is_acronym, is_person_name, name_words, organization_words, person_words
from kg.records import ArticleRecord, Mention, Statement
from kg.resolve import traits
from kg.resolve.aliases import said_to_be_one
from kg.resolve.institutions import COMMON_WORDS, national
from kg.resolve.persons import GENERATIONS, core
from kg.resolve.places import load_places
from kg.resolve.profile import Key, Profile, Words
from kg.resolve.register import Register
from kg.resolve.untangle import untangle

#: Last words of names in lower case that are names all the same; with others it takes a year to tell the thing apart.
_LASTING = frozenset("war conflict crisis pandemic genocide revolution famine uprising".split())
_NUMBER = re.compile(
    r"^(\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)$"
)
#: Types whose names, beside another name, tell whom an article is about.
_COMPANIONS = frozenset(["Person", "Organization", "Place", "Event", "Work", "Product"])


@dataclass(slots=True)
class Chain:
    """The mentions of one chain of one article, and what they tell. ``key`` is the same for all of one full name."""

    article: str
    chain: str
    mentions: list[Mention] = field(default_factory=list)
    type: str = ""
    names: Counter[str] = field(default_factory=Counter)
    key: Key = ()
    profile: Profile = field(default_factory=lambda: Profile(""))

    @property
    def own(self) -> bool:
        """Whether its name does not tell it apart from others."""
        return self.key[0] == "own"


def chains_of(record: ArticleRecord, gazetteer: Gazetteer, register: Register) -> list[Chain]:
    """The chains of one article, described. A pure function of the record."""
    chains = [
        Chain(record.article.id, name if number == 0 else f"{name}+{number}", list(part))
        for name, mentions in _by_chain(record).items()
        for number, part in enumerate(untangle(mentions, record.article.text))
    ]
    of = {mention: chain for chain in chains for mention in chain.mentions}
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in record.statements:
        said[of[statement.subject].chain].append(statement)
    for chain in chains:
        _describe(chain, said[chain.chain], record, gazetteer, register)
    _add_unclaimed(chains, record, gazetteer)
    _add_given(of, chains, record)
    _add_neighbours(of, chains, record)
    return chains


def _by_chain(record: ArticleRecord) -> Mapping[str, list[Mention]]:
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in record.mentions:
        found[mention.chain].append(mention)
    return found


def _describe(
    chain: Chain, said: Sequence[Statement], record: ArticleRecord, gazetteer: Gazetteer, register: Register
) -> None:
    """Fill in type, names, key and profile of a chain."""
    text = record.article.text
    votes = Counter(m.type for m in chain.mentions)
    chain.type = min(votes, key=lambda name: (-votes[name], name))
    chain.names = Counter(m.text for m in chain.mentions if m.kind == "name" and _proper(m.text, chain.type))
    chain.key = ("own", chain.article, chain.chain)
    descriptions = frozenset(
        words[-1] for m in chain.mentions if m.kind == "nominal" and (words := name_words(m.text)) and len(words) < 5
    )
    if not chain.names:
        chain.profile = Profile(chain.type, descriptions=descriptions, articles=frozenset([chain.article]))
        return
    best = fullest(chain.names, chain.type)
    words = split_name(best, chain.type)
    names = (best, *sorted(name for name in chain.names if name != best))
    profile = Profile(
        chain.type,
        forms=(words,) if words else (),
        names=names,
        descriptions=descriptions,
        articles=frozenset([chain.article]),
        known=register.find(chain.type, names),
    )
    if chain.type == "Country":
        codes = Counter(c.code for name in chain.names.elements() if (c := gazetteer.meant(name)))
        country = min(codes, key=lambda code: (-codes[code], code)) if codes else ""
        chain.profile = replace(profile, country=country)
        if country:
            chain.key = ("country", country)
        elif words:
            chain.key = (chain.type, *words)
        return
    phrases = list(traits.describing(chain.mentions, said, text))
    homes = traits.nationalities(phrases, gazetteer) | traits.origins(chain.mentions) | _homes(said, gazetteer)
    if chain.type == "Person":
        profile = _person(profile, chain, phrases, homes, said, record)
    elif chain.type == "Organization":
        profile = _organization(profile, best, homes, gazetteer)
    elif chain.type == "Place":
        profile = _place(profile, chain, homes, text, gazetteer)
    elif chain.type == "Event":
        profile = replace(profile, years=traits.years(words, record.article))
    if profile.known:
        chain.key = ("known", profile.known)
    elif profile.forms and _tells_apart(chain, profile, best, gazetteer):
        chain.key = (chain.type, *profile.forms[0])
        if profile.institution:
            chain.key = (chain.type, *sorted(f"@{home}" for home in profile.homes), *profile.forms[0])
    chain.profile = replace(profile, vague=chain.own)


def _person(
    profile: Profile,
    chain: Chain,
    phrases: Sequence[list[str]],
    homes: frozenset[str],
    said: Sequence[Statement],
    record: ArticleRecord,
) -> Profile:
    text = record.article.text
    title = traits.title_before(chain.mentions, text)
    words, given = profile.forms[0] if profile.forms else (), frozenset[Words]()
    if title and len(words) == 1:
        words = (title, *words)
    elif title and len(words) == 2 and words[1] in GENERATIONS:
        given = frozenset([(title, words[0])])
    return replace(
        profile,
        forms=(words,) if words else (),
        given=given,
        gender=traits.gender(chain.mentions, text),
        born=traits.born(chain.mentions, said, record.article),
        fields=traits.fields(phrases),
        homes=homes,
    )


def _organization(profile: Profile, best: str, homes: frozenset[str], gazetteer: Gazetteer) -> Profile:
    codes, words = national(best, gazetteer)
    if words and set(words) <= COMMON_WORDS:
        return replace(profile, forms=(words,), homes=codes or homes, institution=True)
    return replace(profile, homes=homes | codes)


def _place(profile: Profile, chain: Chain, homes: frozenset[str], text: str, gazetteer: Gazetteer) -> Profile:
    countries, states = traits.surroundings(chain.mentions, text, gazetteer)
    homes, regions = homes | countries, frozenset(states)
    words = () if profile.known or not profile.forms else profile.forms[0]
    spot = load_places().within(words, frozenset(countries), regions)
    if spot:
        return replace(
            profile,
            known=spot.link,
            homes=frozenset([spot.country]),
            regions=frozenset([spot.state] if spot.state else []),
        )
    return replace(profile, homes=homes, regions=regions)


def _homes(said: Sequence[Statement], gazetteer: Gazetteer) -> frozenset[str]:
    found = frozenset[str]()
    for statement in said:
        if traits.belongs_to(statement) and (country := gazetteer.meant(statement.object.text)):
            found |= traits.whole(country.code)
    return found


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


def split_name(name: str, type_: str) -> Words:
    """The folded words that tell a name of that type apart."""
    split = person_words if type_ == "Person" else organization_words if type_ == "Organization" else name_words
    return split(name)


def fullest(names: Mapping[str, int], type_: str) -> str:
    """The name that says most: of most words, and of these the most frequent, the longest, the first by spelling."""
    words = person_words if type_ == "Person" else name_words
    return min(names, key=lambda name: (-len(words(name)), -names[name], -len(name), name))


def _add_unclaimed(chains: Sequence[Chain], record: ArticleRecord, gazetteer: Gazetteer) -> None:
    """What phrases tell that coreference left alone ("The reporter"), where an article names one person only."""
    persons = [chain for chain in chains if chain.type == "Person"]
    named = [chain for chain in persons if not chain.own]
    if len(named) != 1 or any(chain.names for chain in persons if chain.own):
        return
    first = min(named[0].mentions).start
    alone = [m for chain in persons if chain is not named[0] and (m := traits.occupation(chain.mentions, after=first))]
    phrases = list(traits.describing(alone, (), record.article.text))
    profile = named[0].profile
    named[0].profile = replace(
        profile,
        fields=profile.fields or traits.fields(phrases),
        homes=profile.homes or traits.nationalities(phrases, gazetteer),
    )


def _add_given(of: Mapping[Mention, Chain], chains: Sequence[Chain], record: ArticleRecord) -> None:
    """Note for each chain the other names that the article says it has, and the acronyms among its own."""
    for left, right in said_to_be_one(record.mentions, record.article.text):
        for one, other in ((left, right), (right, left)):
            named = of[one]
            words = split_name(other.text, named.type)
            if named.type == of[other].type and words and words not in named.profile.forms:
                named.profile = replace(named.profile, given=named.profile.given | {words})
    for chain in chains:
        if chain.type != "Person" and len(chain.profile.names) > 1 and not is_acronym(chain.profile.names[0]):
            short = frozenset(split_name(name, chain.type) for name in chain.profile.names[1:] if is_acronym(name))
            chain.profile = replace(chain.profile, given=chain.profile.given | short)


def _add_neighbours(of: Mapping[Mention, Chain], chains: Sequence[Chain], record: ArticleRecord) -> None:
    """Note what the statements relate each chain to, and which named others stand in the article."""
    context: defaultdict[str, set[Key]] = defaultdict(set)
    for statement in record.statements:
        ends = (of[statement.subject], of[statement.object])
        for side, (end, other) in enumerate([ends, ends[::-1]]):
            if not other.own:
                context[end.chain].add((statement.relation, str(side), *other.key))
    named = {chain.key for chain in chains if chain.type in _COMPANIONS and chain.key[0] not in ("own", "known")}
    for chain in chains:
        if chain.names and chain.type != "Country":
            chain.profile = replace(
                chain.profile, context=frozenset(context[chain.chain]), companions=frozenset(named - {chain.key})
            )
