"""What one article tells of its entities: each chain by itself, and then what they tell of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.gazetteer import Gazetteer
from kg.naming import is_acronym
from kg.records import ArticleRecord, Mention, Statement
from kg.resolve import traits
from kg.resolve.aliases import said_to_be_one
from kg.resolve.chain import Chain
from kg.resolve.describing import describe, institution_key, split_name
from kg.resolve.institutions import is_party_of_many
from kg.resolve.offices import Office, at_once, office
from kg.resolve.register import Register
from kg.resolve.untangle import untangle
from kg.resolve.words import Key

#: Where a mention stands in its article: start and end.
Place = tuple[int, int]
#: Keys of countries and well-known places: that two are related to one of them tells little, but for an office in it.
_EVERYBODYS = frozenset(["country", "known"])
_OFFICES = frozenset("leads officialOf spokespersonFor represents formerlyOf candidateFor succeeded".split())
#: Types whose names, beside another name, tell whom an article is about.
_COMPANIONS = frozenset(["Person", "Organization", "Place", "Event", "Work", "Product"])


def chains_of(record: ArticleRecord, gazetteer: Gazetteer, register: Register) -> list[Chain]:
    """The chains of one article, described. A pure function of the record."""
    said_one = tuple(said_to_be_one(record.mentions, record.article.text))
    chains = [
        Chain(record.article.id, name if number == 0 else f"{name}+{number}", part)
        for name, mentions in _by_chain(record).items()
        for number, part in enumerate(untangle(mentions, record.article.text, said_one))
    ]
    of = {(m.start, m.end): chain for chain in chains for m in chain.mentions}
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in record.statements:
        said[_chain(of, statement.subject).chain].append(statement)
    for chain in chains:
        describe(chain, said[chain.chain], record, gazetteer, register)
    _add_homes(chains)
    _add_unclaimed(chains, record, gazetteer)
    _add_given(of, chains, said_one)
    _add_neighbours(of, chains, record)
    _add_offices(of, record)
    return chains


def _chain(of: Mapping[Place, Chain], mention: Mention) -> Chain:
    return of[mention.start, mention.end]


def _by_chain(record: ArticleRecord) -> Mapping[str, list[Mention]]:
    found: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in record.mentions:
        found[mention.chain].append(mention)
    return found


def _add_homes(chains: Sequence[Chain]) -> None:
    """Note the only country that an article names, with institutions and parties of which others have the name."""
    named = {chain.profile.country for chain in chains if chain.profile.country}
    places = [chain.profile for chain in chains if chain.type == "Place" and chain.profile.known]
    named |= {home for place in places for home in place.homes}
    if len(named) != 1:
        return
    home = traits.whole(named.pop())
    for chain in chains:
        profile = chain.profile
        if chain.type != "Organization" or profile.homes or not profile.forms:
            continue
        if profile.institution and not profile.known:
            profile.homes, profile.vague = home, False
            chain.key = institution_key(profile)
        elif is_party_of_many(profile.forms[0]):
            profile.homes = home


def _add_unclaimed(chains: Sequence[Chain], record: ArticleRecord, gazetteer: Gazetteer) -> None:
    """What phrases tell that coreference left alone ("The reporter ..."): of the only person named in full so far."""
    text = record.article.text
    persons = [chain for chain in chains if chain.type == "Person"]
    first = {chain.key: min(m.start for m in chain.mentions) for chain in persons if not chain.own}
    for chain in persons:
        alone = None if chain.names else traits.occupation(chain.mentions)
        before = {key for key, start in first.items() if alone and start < alone.start}
        if alone is None or len(before) != 1:
            continue
        phrases = list(traits.describing([alone], (), text))
        for named in (it for it in persons if it.key in before):
            near = max(m.end for m in named.mentions if m.start < alone.start)
            if "\n" not in text[near : alone.start]:
                named.profile.fields = named.profile.fields or traits.fields(phrases)
                named.profile.homes = named.profile.homes or traits.nationalities(phrases, gazetteer)


def _add_given(of: Mapping[Place, Chain], chains: Sequence[Chain], said_one: Sequence[tuple[Mention, Mention]]) -> None:
    """Note for each chain the other names that the article says it has, and the acronyms among its own."""
    for left, right in said_one:
        for one, other in ((left, right), (right, left)):
            named, also = _chain(of, one), _chain(of, other)
            name = other.text if other.kind == "name" else next(iter(also.profile.names), "")
            words = split_name(name, named.type)
            if named.type == also.type and words and words not in named.profile.forms:
                named.profile.given |= {words}
    for chain in chains:
        if chain.type != "Person" and len(chain.profile.names) > 1 and not is_acronym(chain.profile.names[0]):
            short = frozenset(split_name(name, chain.type) for name in chain.profile.names[1:] if is_acronym(name))
            chain.profile.given |= short
            if short and chain.own and chain.profile.forms:  # "Security Service (FSB)": many have the name, one both
                chain.key = (chain.type, *chain.profile.forms[0], *sorted(word for words in short for word in words))
                chain.profile.vague = False


def _add_neighbours(of: Mapping[Place, Chain], chains: Sequence[Chain], record: ArticleRecord) -> None:
    """Note what the statements relate each chain to, and which named others stand in the article."""
    context: defaultdict[str, set[Key]] = defaultdict(set)
    for statement in record.statements:
        ends = (_chain(of, statement.subject), _chain(of, statement.object))
        for side, (end, other) in enumerate([ends, ends[::-1]]):
            if not other.own and (other.key[0] not in _EVERYBODYS or statement.relation in _OFFICES):
                context[end.chain].add((statement.relation, str(side), *other.key))
    companions = [chain for chain in chains if chain.type in _COMPANIONS and not chain.own]
    named = frozenset(key for it in companions for key in (it.key, *_other_keys(it)))
    for chain in chains:
        if chain.names and chain.type != "Country":
            chain.profile.context = frozenset(context[chain.chain]) if chain.chain in context else frozenset()
            own = {chain.key, *((chain.type, *form) for form in chain.profile.given)}
            chain.profile.companions = named if own.isdisjoint(named) else named - own


def _other_keys(chain: Chain) -> Iterator[Key]:
    """The keys of other names that an article gives; not of acronyms, for they are others' too."""
    written = {split_name(name, chain.type) for name in chain.names if not is_acronym(name)}
    yield from ((chain.type, *form) for form in chain.profile.given if len(form) > 1 or form in written)


def _add_offices(of: Mapping[Place, Chain], record: ArticleRecord) -> None:
    """Note which posts persons hold."""
    found: defaultdict[str, list[Office]] = defaultdict(list)
    persons = {}
    for statement in record.statements:
        holder, place = _chain(of, statement.subject), _chain(of, statement.object)
        if holder.type == "Person" and holder.names and not place.own:
            sport = "sport" in holder.profile.fields
            if held := office(statement, place.key, place.profile.homes, record.article, sport=sport):
                found[holder.chain].append(held)
                persons[holder.chain] = holder
    for chain, offices in found.items():
        persons[chain].profile.offices = at_once(offices)
