"""All articles to entities: the functions that the rest of kg calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg.records import ArticleRecord, Resolution
from kg.resolve.chain import Chain
from kg.resolve.decisions import Decision
from kg.resolve.entities import entities
from kg.resolve.register import Register
from kg.resolve.state import State
from kg.resolve.updating import MOST_ARTICLES, updated
from kg.resolve.words import Key

_NO_REGISTER = Register()


def resolve(
    records: Iterable[ArticleRecord], *, decisions: Sequence[Decision] = (), register: Register = _NO_REGISTER
) -> Resolution:
    """Which entity each mention stands for. A pure function of the set of records, the decisions and the register.

    The same full name and a compatible type are one entity unless something contradicts it, so are a country's names,
    an acronym and its one long form. What has no name, and a person named by one word whose context says nothing, stays
    in its article.
    """
    by_id = {record.article.id: record for record in records}
    return resolve_changes(State(), by_id, by_id, decisions=decisions, register=register)[0]


def resolve_changes(
    state: State,
    records: Mapping[str, ArticleRecord],
    changed: Iterable[str],
    *,
    decisions: Sequence[Decision] = (),
    register: Register = _NO_REGISTER,
    made: Mapping[str, Sequence[Chain]] = MappingProxyType({}),
) -> tuple[Resolution, State]:
    """The same as :func:`resolve` gives, where most is known from before; and what is known now.

    Only what is connected by names with an article that came, went or was replaced is read and compared again; what
    is left is put together as it was.

    :param state: what was worked out with the same decisions and register, for the records as they were.
    :param records: all there are now, by id.
    :param changed: the ids of what came, went or was replaced since.
    :param made: chains by article, where they were made already with that register and no decision parts them.
    """
    state = updated(state, records, changed, decisions, register, made)
    resolution, drafts = entities(state.drafts, state.open, register)
    return resolution, replace(state, drafts=tuple(drafts))


def ubiquitous(chains: Sequence[Chain]) -> frozenset[Key]:
    """What is named in so many articles that to be named beside it tells nothing."""
    articles = Counter(key for key, _ in {(chain.key, chain.article) for chain in chains if not chain.own})
    return frozenset(key for key, count in articles.items() if count > MOST_ARTICLES)
