"""Offices that somebody holds, and which of them nobody holds at the same time.

One person may be president and prime minister of a country, or sit on many boards; but no one leads two countries at
once, is mayor of two cities, minister here and mayor abroad, or plays for two clubs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from itertools import combinations, product
from typing import NamedTuple

from kg.records import Article, Statement
from kg.resolve.words import Key

_ROLES = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), role)
    for words, role in [
        ("mayor", "mayor"),
        ("governor", "governor"),
        ("minister", "minister"),
        ("ambassador", "ambassador"),
        ("president|premier|chancellor|king|queen|emperor|emir|sultan", "leader"),
    ]
)
_LEADER = re.compile(r"\b(?:prime minister|premier)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:former|ex|late|then|deputy|vice|elect|candidate|acting)\b", re.IGNORECASE)
_PLAYS = frozenset(["memberOf", "worksFor"])
_HOLDS = frozenset(["leads", "officialOf", "represents"])
#: Offices of state: nobody holds them in two countries.
_OF_STATE = frozenset(["leader", "minister", "mayor", "governor"])
#: How far apart in days what is told of two days may still be of one time: terms last years, contracts of players less.
_APART = {"player": 14}
_APART_OTHERWISE = 120


class Office(NamedTuple):
    """What somebody is, of what and in which country (its code, or nothing), from which day to which, as ordinals."""

    role: str
    place: Key
    country: str
    first: int
    last: int


def office(statement: Statement, place: Key, homes: frozenset[str], article: Article, *, sport: bool) -> Office | None:
    """The office that a statement says its subject holds, or ``None``.

    :param place: the key of the statement's object; ``homes`` the countries that the object belongs to.
    :param sport: whether the subject is known for sport.
    """
    when = _days(statement, article)
    role = _role(statement, sport=sport)
    if not role or when is None or statement.modality != "actual":
        return None
    if place[0] == "country":
        homes = frozenset(place[1:])
    return Office(role, place, next(iter(homes)) if len(homes) == 1 else "", *when)


def _role(statement: Statement, *, sport: bool) -> str:
    position, of = statement.qualifiers.position or "", statement.object.type
    if _PAST.search(position):
        return ""
    if statement.relation in _PLAYS:
        return "player" if sport and of == "Organization" else ""
    if statement.relation not in _HOLDS or of not in {"Country", "Place"}:
        return ""
    if of == "Country" and (_LEADER.search(position) or (statement.relation == "leads" and not position)):
        return "leader"
    role = next((role for pattern, role in _ROLES if pattern.search(position)), "")
    return role if (of == "Place") == (role in {"mayor", "governor"}) else ""


def _days(statement: Statement, article: Article) -> tuple[int, int] | None:
    """The first and last day that a statement is told of, else that of the article."""
    time = statement.qualifiers.time
    told = [dt.date.fromisoformat(end[:10]).toordinal() for end in (time.start, time.end) if end] if time else []
    day = article.date.toordinal() if article.date else None
    if time and time.start and not time.end and day:
        told.append(max(day, *told))
    return (min(told), max(told)) if told else (day, day) if day else None


def at_once(offices: Iterable[Office]) -> frozenset[Office]:
    """The offices of one article's person, but for those that exclude each other: one is misread, or past."""
    found = set(offices)
    wrong = {it for pair in combinations(found, 2) if exclude(*pair) for it in pair}
    return frozenset(found - wrong)


def united(offices: Iterable[Office]) -> frozenset[Office]:
    """Offices told by several articles, each once, with all its time."""
    spans: dict[tuple[str, Key, str], tuple[int, int]] = {}
    for it in offices:
        first, last = spans.get(it[:3], (it.first, it.last))
        spans[it[:3]] = min(first, it.first), max(last, it.last)
    return frozenset(Office(*what, *span) for what, span in spans.items())


def any_exclude(left: frozenset[Office], right: frozenset[Office]) -> bool:
    """Whether nobody can hold offices of both."""
    return any(exclude(a, b) for a, b in product(left, right))


def exclude(left: Office, right: Office) -> bool:
    """Whether two offices are not held by one person: of one time, and of one kind elsewhere or in two countries."""
    if left.place == right.place:
        return False
    gap = max(left.first, right.first) - min(left.last, right.last)
    if gap > _APART.get(left.role, _APART_OTHERWISE):
        return False
    abroad = bool(left.country and right.country) and left.country != right.country
    return left.role == right.role or (abroad and {left.role, right.role} <= _OF_STATE)
