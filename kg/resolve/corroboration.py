"""How many independent sources carry a statement, and which statements speak against it.

Articles are no sources: several may print one report (:mod:`kg.resolve.copies`), come from one outlet, or quote one
person. What is said in somebody's name has that somebody as its source, whoever prints it; what an article says in its
own voice, or in the name of nobody in particular, has its outlet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.naming import fold
from kg.records import Article, ArticleRecord, Corroboration, Resolution, Statement
from kg.resolve.contradictions import ASSERTED, Told, Triple, contradictions
from kg.resolve.copies import copies

if TYPE_CHECKING:
    from kg.ontology import Ontology


def corroborate(records: Iterable[ArticleRecord], resolution: Resolution, ontology: Ontology) -> Corroboration:
    """Count sources and find contradictions among all statements."""
    records = list(records)
    copied = copies(record.article for record in records)
    symmetric = ontology.symmetric
    told = [
        Told(
            statement,
            _triple(statement, resolution, symmetric),
            record.article,
            _voice(statement, record.article, resolution, copied),
        )
        for record in records
        for statement in record.statements
    ]
    groups: dict[tuple[str, Triple], list[Told]] = defaultdict(list)
    for one in told:
        modality = "asserted" if one.statement.modality in ASSERTED else one.statement.modality
        groups[modality, one.triple].append(one)
    sources: dict[str, int] = {}
    for group in groups.values():
        count = _sources(group, copied)
        sources.update((one.statement.id, count) for one in group)
    named = frozenset(resolution.entity_of[m.id] for record in records for m in record.mentions if m.kind == "name")
    return Corroboration(
        sources=sources,
        contradicts=contradictions(told, resolution.entities, ontology, named),
        copies={id: original for id, original in sorted(copied.items()) if id != original},
    )


def _triple(statement: Statement, resolution: Resolution, symmetric: frozenset[str]) -> Triple:
    subject, obj = (resolution.entity_of[end.id] for end in (statement.subject, statement.object))
    if statement.relation in symmetric and obj < subject:
        subject, obj = obj, subject
    return subject, statement.relation, obj


def _voice(
    statement: Statement, article: Article, resolution: Resolution, copied: Mapping[str, str]
) -> tuple[str, str]:
    """Who says it: a speaker, somebody in words, or the text."""
    attribution = statement.attribution
    if attribution is None:
        return "text", copied.get(article.id, article.id)
    if attribution.mention:
        return "speaker", resolution.entity_of[attribution.mention.id]
    return "words", fold(attribution.source.text)


def _sources(group: Sequence[Told], copied: Mapping[str, str]) -> int:
    """How many sources the statements of one group have that do not hang together."""
    if len(group) == 1:
        return 1
    parent: dict[Hashable, Hashable] = {}

    def root(name: Hashable) -> Hashable:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for one in group:
        names: list[Hashable] = [one.voice]
        if one.voice[0] != "speaker":
            names = [("text", copied.get(one.article.id, one.article.id))]
            if where := outlet(one.article):
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
