"""The records that cross the borders between stages: frozen, slotted, plain data.

A :class:`Statement` is the spine. It holds what is said (subject, relation, object), the sentence that says it, who
says so and how surely. Mentions stay as they stand in the text; :class:`Resolution` maps them to entities beside the
statements, so that resolving never rewrites evidence.

All offsets count Unicode code points of ``Article.text``; ends are exclusive.
Types and relations are the local names of ontology classes and properties (``Person``, ``heldBy``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.errors import EvidenceError

MentionKind = Literal["name", "nominal", "pronoun"]
Modality = Literal["actual", "possible", "planned", "wanted", "negated"]
Granularity = Literal["minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century", "interval"]

#: From the strongest claim to the weakest; where two apply, the later one wins (annotation guidelines).
MODALITIES: tuple[Modality, ...] = ("actual", "possible", "planned", "wanted", "negated")


@dataclass(frozen=True, slots=True)
class Article:
    """One text with where it comes from. ``text`` is what all offsets count in; the title is not prepended to it."""

    id: str
    title: str
    text: str
    date: dt.date | None = None
    source: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text: ``article.text[start:end] == text``."""

    start: int
    end: int
    text: str

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies within this span and its words are the ones that stand there."""
        start = self.start
        inside = start <= other.start < other.end <= self.end
        return inside and self.text[other.start - start : other.end - start] == other.text


@dataclass(frozen=True, slots=True, order=True)
class Mention(Span):
    """A place where an article speaks of an entity. Mentions of one article with the same ``chain`` corefer."""

    article: str
    kind: MentionKind
    type: str
    chain: str

    @property
    def id(self) -> str:
        """Unique within a graph: the article and the offsets."""
        return f"{self.article}#{self.start}-{self.end}"

    @property
    def span(self) -> Span:
        """The words alone."""
        return Span(self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says it, or two where a pronoun, an ellipsis or a name carries an end over.

    :raises EvidenceError: if subject, object and trigger do not each lie in one of the sentences, word for word.
    """

    article: str
    sentences: tuple[Span, ...]
    subject: Span
    object: Span
    trigger: Span

    def __post_init__(self) -> None:
        if not 1 <= len(self.sentences) <= 2:
            raise EvidenceError(f"evidence needs one or two sentences, not {len(self.sentences)}", where=self.article)
        for role, span in (("subject", self.subject), ("object", self.object), ("trigger", self.trigger)):
            # Mostly the first has it; a generator for `any` takes longer than the look itself.
            if not self.sentences[0].covers(span) and not self.sentences[-1].covers(span):
                raise EvidenceError(
                    f"the {role} {span.text!r} at {span.start}-{span.end} is not in the cited sentence",
                    where=self.article,
                )


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who the article says a statement comes from. Absent (``None``) where the article speaks in its own voice.

    ``source`` is the nearest source as it is written; ``mention`` is set where that is a mention of an entity.
    ``chain`` holds the sources further out, nearest first ("A said that B claimed": source B, chain (A,)).
    """

    source: Span
    kind: str
    cue: Span | None = None
    mention: Mention | None = None
    chain: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """A time as it is written and, where the words allow, the interval it stands for.

    ``start`` and ``end`` are ISO 8601 (inclusive days, or date-times if finer); ``None`` leaves that end open.
    ``anchor`` says what a relative time was resolved against, ``None`` for an absolute one.
    """

    text: str
    start: str | None = None
    end: str | None = None
    granularity: Granularity | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What narrows a statement, in the words of the text."""

    time: Time | None = None
    place: str | None = None
    position: str | None = None
    status: str | None = None
    number: str | None = None

    @property
    def words(self) -> dict[str, str]:
        """Those that are given, by name, as they are written."""
        time = self.time.text if self.time else None
        found = {"time": time, "place": self.place, "position": self.position, "status": self.status}
        return {name: words for name, words in (found | {"number": self.number}).items() if words}


@dataclass(frozen=True, slots=True)
class Statement:
    """Something an article says of two entities. No statement without a sentence."""

    id: str
    subject: Mention
    relation: str
    object: Mention
    evidence: Evidence
    modality: Modality = "actual"
    attribution: Attribution | None = None
    qualifiers: Qualifiers = field(default_factory=Qualifiers)
    origin: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read of an article and what became of it. ``dropped`` counts candidates by why they were refused."""

    words: int
    sentences: int
    sentences_with_statements: int
    statements: int
    dropped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """All that was read from one article, unresolved: what a graph stores and everything else is derived from."""

    article: Article
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world. ``mentions`` are mention ids; ``links`` are IRIs known to denote the same thing, and
    ``identifiers`` codes of it, each behind the name of its scheme ("ISO 3166-1 PE")."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Two entities that may be one: ids, how likely it is from 0 to 1, and why."""

    left: str
    right: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Why two groups of mentions are one ``entity``: a mention id of each, how likely it was from 0 to 1, and why."""

    entity: str
    left: str
    right: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity each mention stands for: ``entity_of[mention.id]`` is an entity id.

    ``possible`` are pairs left for people to decide, ``joins`` tell why what was named in different ways is one.
    """

    entities: Mapping[str, Entity]
    entity_of: Mapping[str, str]
    possible: tuple[Candidate, ...] = ()
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True)
class Corroboration:
    """How well statements are borne out. ``sources`` counts the independent sources of each statement, by its id;
    ``contradicts`` names the statements that speak against it; ``copies`` the article that another is a copy of.
    """

    sources: Mapping[str, int] = field(default_factory=dict)
    contradicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which a graph does not conform: to the shapes (SHACL) or to its evidence."""

    severity: Literal["violation", "warning"]
    message: str
    focus: str
    article: str | None = None
    sentence: str | None = None
