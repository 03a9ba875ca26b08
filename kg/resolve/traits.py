"""What an article tells of somebody or something beside the name: by the words around mentions, and by statements.

A trait tells namesakes apart, so each is read only where the words leave little doubt; what is not said stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.gazetteer import Gazetteer, load_nouns
from kg.naming import name_words
from kg.occupations import load_fields
from kg.records import Article, Mention, Statement
from kg.resolve.places import load_places
from kg.resolve.profile import THING

_NATIONS = frozenset("england scotland wales northern-ireland".split())
_WINDOW = 60  # characters of text looked at before and behind a mention
_BREAK = re.compile(r"[,;:.!?\n\"“”()]")
_WORD = re.compile(r"[\w'’-]+")
_OWNER = re.compile(r"['’]s?\b")
_POSSESSIVE = re.compile(r"['’]s?$")
_TAIL = re.compile(r"\b(?:of|for|in|at|from|to|with|by|on|who|whom|whose|that|which)\b|[,;]")
_APPOSED = re.compile(r"\s*,\s+(?:the|an?|their|its|his|her|our)\s+([^,.;:()\n\"“”]{3,60})(?=[,.;:)]|$)")
_AGE = re.compile(r"\s*[,(]\s*(?:aged\s+|who is\s+)?(\d{1,3})\s*[,.;)]|\s+is (\d{1,3}) years old\b")
_AT_AGE = re.compile(r"[^.;,\n]{0,40}\bat the age of (\d{1,3})\b")
_YEAR_OLD = re.compile(r"\b(\d{1,3})[-‐ ]years?[-‐ ]old\b")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_FROM = re.compile(r"\b(?:from|for|of) ([A-Z]\w+(?: [A-Z]\w+)?)$")
_OF = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?([A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)?)")
_INSIDE = re.compile(
    r"(?:,\s+|\s+\(?in\s+(?:the\s+)?)((?:[A-Z][\w.-]*)(?:\s+(?:of\s+)?[A-Z][\w.-]*){0,2}?)(?=[,;:)]|\.?$|\.\s|\s+(?:is|are|was|were|has|have)\b)"
)

_MEMBER = re.compile(
    r"\bmember of (?:the )?(?:[A-Z]\w+ )?(parliament|senate|congress|assembly|cabinet)\b", re.IGNORECASE
)

_PRONOUNS = {
    **dict.fromkeys(["he", "him", "his", "himself"], "m"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "f"),
}
_TITLES = {
    **dict.fromkeys("mr sir lord king prince emperor pope emir sultan sheikh".split(), "m"),
    **dict.fromkeys("mrs ms miss dame lady queen princess empress sheikha".split(), "f"),
}
#: Titles that stand for a name where one word follows them: "Pope Leo", "Queen Anne".
REIGNING = frozenset("king queen pope prince princess emperor empress emir sultan".split())
#: Relations that tell which country a person or an organization belongs to.
_BELONGING = frozenset("citizenOf officialOf leads bornIn locatedIn basedIn partOf".split())
#: What takes place again and again under one name.
_RECURRING = frozenset(
    "summit election elections cup championship championships games olympics festival forum conference congress final "
    "finals tournament awards referendum marathon prix open convention census debate race parade playoffs derby "
    "primary primaries rally biennale fair marathon tour storm hurricane cyclone typhoon".split()
)


def gender(mentions: Sequence[Mention], text: str) -> str:
    """``m`` or ``f`` where pronouns, titles and nouns say so twice, or a title once, and hardly anything against it."""
    votes = Counter[str]()
    nouns = load_nouns().genders
    for mention in mentions:
        if mention.kind == "pronoun":
            votes[_PRONOUNS.get(mention.text.lower(), "")] += 1
        elif mention.kind == "nominal":
            heads = head_words(mention.text)
            votes[nouns.get(heads[-1], "") if heads else ""] += 1
        else:
            before = words_before(text, mention.start)
            votes[_TITLES.get(before[-1].lower(), "") if before else ""] += 2
    male, female = votes["m"], votes["f"]
    most, least = max(male, female), min(male, female)
    return "" if most < 2 or least * 4 > most else "m" if male > female else "f"


def title_before(mentions: Sequence[Mention], text: str) -> str:
    """The reigning title that stands before a name, folded, or nothing."""
    for mention in mentions:
        if mention.kind == "name":
            before = words_before(text, mention.start)
            if before and before[-1].lower() in REIGNING:
                return before[-1].lower()
    return ""


def describing(mentions: Sequence[Mention], statements: Iterable[Statement], text: str) -> Iterator[list[str]]:
    """The words that say what somebody is: of noun phrases, of positions held, and right before the name."""
    for mention in mentions:
        if mention.kind == "nominal":
            yield _words(_TAIL.split(mention.text, maxsplit=1)[0])
            if _MEMBER.search(mention.text):
                yield ["lawmaker"]
        elif mention.kind == "name":
            before = words_before(text, mention.start)[-3:]
            if before and (before[-1][:1].isupper() or load_fields().titled([word.lower() for word in before])[1]):
                yield before
            if behind := _APPOSED.match(text, mention.end):
                yield _words(_TAIL.split(behind[1], maxsplit=1)[0])
    for statement in statements:
        if position := statement.qualifiers.position:
            yield _words(_TAIL.split(position, maxsplit=1)[0])


def told_type(mentions: Sequence[Mention], text: str) -> str:
    """The type that nouns tell: of a phrase for the same ("a ferry"), or right before the name ("the ferry Graz");
    :data:`THING` where "the" stands before a name of several words.
    """
    nouns, found = load_nouns().types, ""
    for mention in mentions:
        if mention.kind == "pronoun":
            continue
        words = head_words(mention.text) if mention.kind == "nominal" else words_before(text, mention.start)
        last = words[-1].lower() if words else ""
        if last in nouns:
            return nouns[last]
        if mention.kind == "name" and last == "the" and " " in mention.text:
            found = THING
    return found


def occupation(mentions: Sequence[Mention]) -> Mention | None:
    """The one phrase for somebody, if it begins a sentence and holds an occupation: "The Ukrainian reporter"."""
    phrases = [mention for mention in mentions if mention.kind == "nominal"]
    if len(phrases) != 1 or not phrases[0].text.startswith("The ") or _OWNER.search(phrases[0].text):
        return None
    words = [word.lower() for word in _words(_TAIL.split(phrases[0].text, maxsplit=1)[0])]
    return phrases[0] if 1 < len(words) < 5 and words[-1] in load_fields().by_word else None


def fields(phrases: Iterable[list[str]]) -> frozenset[str]:
    """The fields of work that phrases tell of."""
    known, found = load_fields(), set[str]()
    for phrase in phrases:
        words = [word.lower() for word in phrase]
        field, size = known.titled(words)
        found |= known.of(words[: len(words) - size]) | ({field} if field else set())
    return frozenset(found)


def origins(mentions: Iterable[Mention]) -> frozenset[str]:
    """The country of a state that a phrase ends with: "a senator from Ohio"."""
    places = load_places()
    return frozenset(
        "US"
        for mention in mentions
        if mention.kind == "nominal" and (found := _FROM.search(mention.text)) and places.state(name_words(found[1]))
    )


def nationalities(phrases: Iterable[list[str]], gazetteer: Gazetteer) -> frozenset[str]:
    """Codes of the countries whose adjectives or possessives stand in phrases."""
    found = set[str]()
    for words in phrases:
        for size in (1, 2):
            for i in range(len(words) - size + 1):
                if words[i][:1].isupper():
                    text = _POSSESSIVE.sub("", " ".join(words[i : i + size]))
                    if country := gazetteer.meant(text):
                        found |= whole(country.code)
    return frozenset(found)


def whole(code: str) -> frozenset[str]:
    """A country, and the one that it is a nation of."""
    return frozenset((code, "GB")) if code in _NATIONS else frozenset([code])


def born(mentions: Sequence[Mention], statements: Iterable[Statement], article: Article) -> tuple[int, int] | None:
    """The first and last year in which somebody may have been born, by an age or a statement, if told."""
    for statement in statements:
        time = statement.qualifiers.time
        told = _YEAR.search(time.start or time.text) if statement.relation == "bornIn" and time else None
        if told:
            return int(told[1]), int(told[1])
    if article.date is None:
        return None
    ages = Counter[int]()
    for mention in mentions:
        found = _AGE.match(article.text, mention.end) or _AT_AGE.match(article.text, mention.end)
        if found is None and mention.kind == "nominal":
            found = _YEAR_OLD.search(_TAIL.split(mention.text, maxsplit=1)[0])
        age = int(next(filter(None, found.groups()))) if found else 0
        if 0 < age < 120:
            ages[age] += 1
    if len(ages) != 1:
        return None
    year = article.date.year - next(iter(ages))
    return year - 1, year


def countries_behind(mentions: Sequence[Mention], text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The country that a name is said to be of: "the Green Party of Kenya"."""
    found = set[str]()
    for mention in mentions:
        if mention.kind == "name" and (behind := _OF.match(text, mention.end)):
            for name in (behind[1], behind[1].split()[0]):
                if country := gazetteer.named(name):
                    found |= whole(country.code)
                    break
    return frozenset(found)


def surroundings(mentions: Sequence[Mention], text: str, gazetteer: Gazetteer) -> tuple[set[str], set[str]]:
    """The countries and the states of the USA that are named right behind a place: "Springfield, Illinois"."""
    countries, states = set[str](), set[str]()
    places = load_places()
    for mention in mentions:
        if mention.kind != "name":
            continue
        found = _INSIDE.match(text, mention.end)
        if found is None:
            continue
        name = found[1]
        if (state := places.state(name_words(name))) and not places.state(name_words(mention.text)):
            states.add(state.state)
            countries.add("US")
        elif country := gazetteer.named(name.rstrip(".")):
            countries |= whole(country.code)
    return countries, states


def belongs_to(statement: Statement) -> bool:
    """Whether a statement says which country its subject belongs to."""
    return statement.relation in _BELONGING and statement.modality == "actual" and statement.object.type == "Country"


def years(words: Sequence[str], article: Article) -> frozenset[int]:
    """When something that recurs took place: by its name, else about when the article was written."""
    if given := [int(word) for word in words if _YEAR.fullmatch(word)]:
        return frozenset(given)
    if article.date is None or _RECURRING.isdisjoint(words):
        return frozenset()
    year = article.date.year
    return frozenset((year - 1, year) if article.date.month <= 6 else (year, year + 1))


def words_before(text: str, start: int) -> list[str]:
    """The words that stand right before a place in a text, no comma between."""
    return _words(_BREAK.split(text[max(0, start - _WINDOW) : start])[-1])


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def head_words(phrase: str) -> list[str]:
    """The words of a noun phrase up to its head, folded."""
    return [word.lower() for word in _words(_TAIL.split(phrase, maxsplit=1)[0])]
