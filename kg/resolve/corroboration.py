"""How many independent sources carry a statement, and which statements speak against it.

Articles are no sources: several may print one report (:mod:`kg.resolve.copies`), come from one outlet, or quote one
person. What is said in somebody's name has that somebody as its source, whoever prints it; what an article says in its
own voice, or in the name of nobody in particular, has its outlet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import product
from urllib.parse import urlsplit

from kg.naming import fold
from kg.records import Article, ArticleRecord, Corroboration, Resolution, Statement
from kg.resolve.copies import copies

#: Whoever says one of these of two denies the other way round: each cannot have beaten the other.
_ONE_WAY = frozenset(["defeated"])

Triple = tuple[str, str, str]


def corroborate(
    records: Iterable[ArticleRecord], resolution: Resolution, *, symmetric: frozenset[str] = frozenset()
) -> Corroboration:
    """Count sources and find contradictions among all statements.

    :param symmetric: the relations of which one direction is enough.
    """
    records = list(records)
    copied = copies(record.article for record in records)
    asserted: dict[Triple, list[tuple[Statement, Article]]] = defaultdict(list)
    others: dict[tuple[str, Triple], list[tuple[Statement, Article]]] = defaultdict(list)
    for record in records:
        for statement in record.statements:
            triple = _triple(statement, resolution, symmetric)
            if statement.modality in ("actual", "possible"):
                asserted[triple].append((statement, record.article))
            else:
                others[statement.modality, triple].append((statement, record.article))
    sources: dict[str, int] = {}
    for group in (*asserted.values(), *others.values()):
        count = _sources(group, resolution, copied)
        sources.update((statement.id, count) for statement, _ in group)
    against: dict[str, set[str]] = defaultdict(set)
    for triple, group in sorted(asserted.items()):
        denied = others.get(("negated", triple), [])
        reverse = asserted.get((triple[2], triple[1], triple[0]), []) if triple[1] in _ONE_WAY else []
        for (left, _), (right, _) in product(group, [*denied, *reverse]):
            against[left.id].add(right.id)
            against[right.id].add(left.id)
    return Corroboration(
        sources=sources,
        contradicts={id: tuple(sorted(ids)) for id, ids in sorted(against.items())},
        copies={id: original for id, original in sorted(copied.items()) if id != original},
    )


def _triple(statement: Statement, resolution: Resolution, symmetric: frozenset[str]) -> Triple:
    subject, obj = (resolution.entity_of[end.id] for end in (statement.subject, statement.object))
    if statement.relation in symmetric and obj < subject:
        subject, obj = obj, subject
    return subject, statement.relation, obj


def _sources(group: Sequence[tuple[Statement, Article]], resolution: Resolution, copied: Mapping[str, str]) -> int:
    """How many sources the statements of one group have that do not hang together."""
    if len(group) == 1:
        return 1
    parent: dict[Hashable, Hashable] = {}

    def root(name: Hashable) -> Hashable:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for statement, article in group:
        names: list[Hashable] = [("text", copied.get(article.id, article.id))]
        attribution = statement.attribution
        if attribution and attribution.mention:
            names = [("speaker", resolution.entity_of[attribution.mention.id])]
        elif where := outlet(article):
            names.append(("outlet", where))
        for name in names[1:]:
            parent[root(name)] = root(names[0])
        root(names[0])
    return len({root(name) for name in list(parent)})


def outlet(article: Article) -> str:
    """What published an article, as far as its source tells: a host without "www.", or a folded name."""
    source = (article.source or "").strip()
    host = urlsplit(source).hostname if re.match(r"https?://", source) else None
    return re.sub(r"^www\d?\.", "", host) if host else fold(source)
