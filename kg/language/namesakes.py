"""What is called after persons and towns: ships and storms ("the ferry *Ada Lund*"), teams ("*Graz* beat Linz 2-1").

A name of a place names a team where the words around it speak of a match, a player or a trophy. Read from the parse,
and from the order of words where that is fixed. A name has one meaning in an article, but for towns that are places
too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.language.syntax import Syntax

Place = tuple[int, int]
#: Nouns right before a person's name that make it that of something else.
_CALLED = {
    **dict.fromkeys(
        "barge boat corvette cruiser destroyer ferry freighter frigate icebreaker lifeboat schooner ship steamer "
        "submarine tanker trawler tugboat vessel warship yacht".split(),
        "Product",
    ),
    **dict.fromkeys(["storm", "hurricane", "cyclone", "typhoon"], "Event"),
}

#: What one team does to another.
_BEATS = frozenset("beat defeat thrash trounce outplay outscore relegate".split())
#: How the two sides of a match hang on the verb.
_SIDES = frozenset(["nsubj", "obj", "nsubj:pass", "obl:agent"])
#: What a team wins or loses.
_TROPHIES = frozenset(
    "cup title league championship final semifinal match game derby trophy shield pennant playoff playoffs tie".split()
)
#: Verbs whose "for" or "against" leads to a team.
_PLAYS = frozenset("sign play score debut appear start".split())
#: What somebody does with a team, or with a town.
_HANDLES = frozenset("join leave rejoin coach manage captain train face".split())
#: Nouns of what a team has.
_OWN = frozenset(
    "striker midfielder defender defence defense goalkeeper keeper winger fullback prop coach captain playmaker "
    "forward fan supporter squad bench midfield backline quarterback pitcher shortstop scrum lineout roster".split()
)
#: Who runs a team, and much else.
_RUN = frozenset(["coach", "manager", "captain", "owner"])
#: Nouns that tell that a sentence is about sport.
_SPORT = frozenset(
    {*_OWN, *_TROPHIES, "season", "goal", "player", "penalty", "referee", "transfer", "relegation", "stadium"}
)
#: What stands before a place where something is, or goes.
_CASES = frozenset(["in", "at", "near", "from", "to", "through", "around", "outside", "into", "over", "of"])


def settled(names: Mapping[Place, str], syntax: Syntax) -> dict[Place, str]:
    """Names with their types, those set right that name what is called after a person or a town; without what only
    tells the position of somebody: "*Centre* Ada Lund scored".

    :param names: types by the first word and the word behind the last.
    """
    things = {
        syntax.phrase(*span): it for span, type_ in names.items() if type_ == "Person" and (it := _called(syntax, span))
    }
    towns = _towns(names, syntax)
    teams = {town for span, town in towns.items() if stands_for_team(syntax, *span)}
    full = {start for (start, end), type_ in names.items() if type_ == "Person" and end - start > 1}
    found = {
        span: type_
        for span, type_ in names.items()
        if type_ in {"Country", "Group"} or not _is_position(syntax, span, full)
    }
    for span, type_ in list(found.items()):
        if type_ == "Person":
            found[span] = things.get(syntax.phrase(*span), type_)
        if span in towns:
            team = towns[span] in teams and (stands_for_team(syntax, *span) or not is_spot(syntax, *span))
            found[span] = "Organization" if team else "Place"
    return found


def _is_position(syntax: Syntax, span: Place, full: set[int]) -> bool:
    """Whether a word has its capital from the beginning of a sentence only, and stands before a person's full name.

    :param full: where those begin.
    """
    start, end = span
    alone = end - start == 1 and syntax.text.count(syntax.text[start]) == 1
    return alone and end in full and syntax.begins_sentence(start)


def _called(syntax: Syntax, span: Place) -> str:
    return _CALLED.get(syntax.lemma[span[0] - 1], "") if span[0] else ""


def _towns(names: Mapping[Place, str], syntax: Syntax) -> dict[Place, str]:
    """The names of places, with what was taken for a person: what is a place elsewhere, or plays against a team."""
    towns = {span: syntax.phrase(*span) for span, type_ in names.items() if type_ == "Place"}
    written = set(towns.values())
    persons = {span: syntax.phrase(*span) for span, type_ in names.items() if type_ == "Person"}
    parts = {word for name in persons.values() if " " in name for word in name.split()}
    organizations = [span for span, type_ in names.items() if type_ == "Organization"]
    for span, name in persons.items():
        if name not in parts and (name in written or _is_rival(syntax, span, organizations)):
            towns[span] = name
    return towns


def _is_rival(syntax: Syntax, span: Place, organizations: Iterable[Place]) -> bool:
    """Whether a name of one word beats an organization, or is beaten by one: "Graz Rovers beat *Linz*"."""
    start, end = span
    head = _head(syntax, start, end)
    verb = syntax.head[head]
    if end - start > 1 or syntax.lemma[verb] not in _BEATS or syntax.dep[head] not in _SIDES:
        return False
    others = [c for c in syntax.children[verb] if c != head and syntax.dep[c] in _SIDES]
    return any(first <= other < last for other in others for first, last in organizations)


def stands_for_team(syntax: Syntax, start: int, end: int) -> bool:
    """Whether the name from word ``start`` to ``end`` is that of a team."""
    return _owns(syntax, end) or _takes_part(syntax, _head(syntax, start, end))


def is_spot(syntax: Syntax, start: int, end: int) -> bool:
    """Whether something is, or goes, somewhere: "in *Graz*", "the people of *Graz*"."""
    head = _head(syntax, start, end)
    return any(syntax.dep[c] == "case" and syntax.lower[c] in _CASES for c in syntax.children[head])


def _head(syntax: Syntax, start: int, end: int) -> int:
    return next((i for i in range(start, end) if not start <= syntax.head[i] < end), end - 1)


def _owns(syntax: Syntax, end: int) -> bool:
    """Whether a noun of sport follows: "*Graz* defence", "*Graz*'s coach"; not "Graz defence ministry"."""
    size = len(syntax.lower)
    behind = end + (end < size and syntax.lower[end] in {"'s", "’s"})
    if behind >= size or syntax.lemma[behind] not in _OWN or syntax.pos[behind] not in {"NOUN", "PROPN", "ADJ"}:
        return False
    return behind + 1 >= size or syntax.pos[behind + 1] != "NOUN"


def _takes_part(syntax: Syntax, head: int) -> bool:
    verb, dep = syntax.head[head], syntax.dep[head]
    lemma, cases = syntax.lemma[verb], {syntax.lower[c] for c in syntax.children[head] if syntax.dep[c] == "case"}
    if dep == "conj" and syntax.pos[head] == "PROPN" and syntax.pos[verb] == "PROPN":
        return _takes_part(syntax, verb)
    if lemma in _BEATS:
        return dep in _SIDES
    if lemma in {"win", "lose", "draw"}:
        others = [syntax.lemma[c] for c in syntax.children[verb] if syntax.dep[c] == "obj"]
        result = not _TROPHIES.isdisjoint(others) or _has_score(syntax, verb)
        return (dep == "nsubj" and result) or (bool(cases & {"to", "with", "against"}) and result)
    if "of" in cases and lemma in _RUN:
        return _is_of_sport(syntax, head)
    if cases & {"for", "against"}:
        return lemma in _PLAYS and (lemma != "start" or _is_of_sport(syntax, head))
    if cases & {"to", "from", "at"} and lemma == "loan":
        return True
    return lemma in _HANDLES and dep == "obj" and _is_of_sport(syntax, head)


def _has_score(syntax: Syntax, verb: int) -> bool:
    """Whether a result is told after a verb: "won 3-1", "drew 81-66"."""
    found = syntax.lower[verb + 1 : verb + 12]
    return any(
        left.isdigit() and dash in {"-", "–"} and right.isdigit()
        for left, dash, right in zip(found, found[1:], found[2:], strict=False)
    )


def _is_of_sport(syntax: Syntax, place: int) -> bool:
    sentence = syntax.sentence[place]
    first = last = place
    while first and syntax.sentence[first - 1] == sentence:
        first -= 1
    while last + 1 < len(syntax.lemma) and syntax.sentence[last + 1] == sentence:
        last += 1
    return not _SPORT.isdisjoint(syntax.lemma[first : last + 1])
