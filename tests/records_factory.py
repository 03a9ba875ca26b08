"""Makers of records for tests: a marked text and a few short lines give a whole :class:`ArticleRecord`.

    >>> record = reading("[[Ann Lee|ann:Person]] met [[Bo Ray|bo:Person]].", said("ann", "metWith", "bo", "met"))
    >>> record.statements[0].relation
    'metWith'

A mark is ``[[words|chain:Type]]`` (``[[words|chain]]`` once the chain's type is known); marks nest. Each line of the
text is one sentence. The kind of a mention is guessed from its words: a pronoun, a name (capital first letter), or a
nominal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kg import ids
from kg.records import (
    Article,
    ArticleRecord,
    Attribution,
    Coverage,
    Entity,
    Evidence,
    Mention,
    MentionKind,
    Modality,
    Qualifiers,
    Resolution,
    Span,
    Statement,
)

PRONOUNS = frozenset(("he", "she", "it", "they", "him", "her", "his", "hers", "its", "their", "them", "who", "which"))


@dataclass(frozen=True)
class Said:
    """One statement to be: chains of subject and object, the trigger word, and who says it (a chain, or words)."""

    subject: str
    relation: str
    object: str
    trigger: str
    modality: Modality = "actual"
    by: str | None = None
    kind: str = "said"
    cue: str | None = None
    qualifiers: Qualifiers = field(default_factory=Qualifiers)
    origin: str = "test"
    confidence: float = 1.0


def said(subject: str, relation: str, object: str, trigger: str, **rest: object) -> Said:
    """Short for :class:`Said`."""
    return Said(subject, relation, object, trigger, **rest)  # type: ignore[arg-type]


def reading(
    marked: str,
    *statements: Said,
    id: str = "a1",
    title: str = "A title",
    date: dt.date | None = dt.date(2024, 3, 5),
    source: str | None = "Daily Test",
    dropped: Mapping[str, int] | None = None,
) -> ArticleRecord:
    """The record of an article whose marked text and statements are given."""
    text, marks = unmark(marked)
    article = Article(id=id, title=title, text=text, date=date, source=source)
    types = {chain: type_ for _, _, chain, type_ in marks if type_}
    mentions = tuple(
        sorted(
            Mention(start, end, text[start:end], id, mention_kind(text[start:end]), types[chain], chain)
            for start, end, chain, _ in marks
        )
    )
    sentences = lines(text)
    made = tuple(statement(article, mentions, sentences, said_) for said_ in statements)
    stated = {sentence for one in made for sentence in one.evidence.sentences}
    coverage = Coverage(len(text.split()), len(sentences), len(stated), len(made), dropped or {})
    return ArticleRecord(article, mentions, made, coverage)


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The text without marks, and the marks as (start, end, chain, type)."""
    text, open_, marks, i = "", [], [], 0
    while i < len(marked):
        if marked.startswith("[[", i):
            open_.append(len(text))
            i += 2
        elif marked[i] == "|" and open_:
            close = marked.index("]]", i)
            chain, _, type_ = marked[i + 1 : close].partition(":")
            marks.append((open_.pop(), len(text), chain, type_))
            i = close + 2
        else:
            text += marked[i]
            i += 1
    return text, marks


def lines(text: str) -> list[Span]:
    """The sentences: the lines that are not blank."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(start, start + len(line), line))
        start += len(line) + 1
    return found


def mention_kind(words: str) -> MentionKind:
    if words.lower() in PRONOUNS:
        return "pronoun"
    phrase = words.startswith("The ") and words.split()[-1].islower()  # at the beginning of a sentence
    return "name" if words[:1].isupper() and not phrase else "nominal"


def statement(article: Article, mentions: tuple[Mention, ...], sentences: list[Span], said_: Said) -> Statement:
    def inside(chain: str, sentence: Span) -> Mention | None:
        return next((m for m in mentions if m.chain == chain and sentence.covers(m.span)), None)

    def anywhere(chain: str) -> Mention:
        return next(m for m in mentions if m.chain == chain)

    triggered = [sentence for sentence in sentences if said_.trigger in sentence.text]
    both = [s for s in triggered if inside(said_.subject, s) and inside(said_.object, s)]
    home = (both or triggered)[0]
    subject = inside(said_.subject, home) or anywhere(said_.subject)
    obj = inside(said_.object, home) or anywhere(said_.object)
    cited = {home} | {s for s in sentences for m in (subject, obj) if s.covers(m.span)}
    trigger = words(article, said_.trigger, home)
    evidence = Evidence(article.id, tuple(sorted(cited)), subject.span, obj.span, trigger)
    attribution = None
    if said_.by is not None:
        cue = words(article, said_.cue, home) if said_.cue else None
        mention = next((inside(said_.by, s) for s in (home, *sentences) if inside(said_.by, s)), None)
        source = mention.span if mention else words(article, said_.by, Span(0, len(article.text), article.text))
        attribution = Attribution(source, said_.kind, cue, mention)
    return Statement(
        id=ids.statement_id(subject, said_.relation, obj, attribution, said_.modality),
        subject=subject,
        relation=said_.relation,
        object=obj,
        evidence=evidence,
        modality=said_.modality,
        attribution=attribution,
        qualifiers=said_.qualifiers,
        origin=said_.origin,
        confidence=said_.confidence,
    )


def words(article: Article, wanted: str, within: Span) -> Span:
    start = article.text.index(wanted, within.start, within.end)
    return Span(start, start + len(wanted), wanted)


def resolution(records: Iterable[ArticleRecord], *, links: Mapping[str, tuple[str, ...]] | None = None) -> Resolution:
    """Entities by type and longest name: enough to test what comes after resolving. ``links`` by entity id."""
    entities: dict[str, Entity] = {}
    entity_of: dict[str, str] = {}
    for record in sorted(records, key=lambda r: r.article.id):
        for chain in dict.fromkeys(mention.chain for mention in record.mentions):
            group = [m for m in record.mentions if m.chain == chain]
            names = list(dict.fromkeys(m.text for m in group if m.kind == "name"))
            name = max(names or [m.text for m in group], key=len)
            key = ids.slug(name)
            if not names:
                key = f"{key}-{ids.digest(record.article.id, chain, length=6)}"
            elif key in entities and entities[key].type != group[0].type:
                key = f"{key}-{group[0].type}"
            known = entities.get(key) or Entity(key, group[0].type, name, links=(links or {}).get(key, ()))
            aliases = tuple(sorted({*known.aliases, *names} - {name}))
            entities[key] = replace(known, aliases=aliases, mentions=(*known.mentions, *(m.id for m in group)))
            entity_of.update({m.id: key for m in group})
    return Resolution(entities, entity_of)
