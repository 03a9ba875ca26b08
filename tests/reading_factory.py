"""A reader that needs no language model: it understands ``Ann Lee met Bob Ray.`` and ``Eve Fox said that …``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kg.errors import EvidenceError, KGError
from kg.ids import statement_id
from kg.records import Article, ArticleRecord, Attribution, Coverage, Evidence, Mention, Span, Statement

SENTENCE = re.compile(r"[^.]+\.")
NAME = r"[A-Z]\w+ [A-Z]\w+"
MEETING = re.compile(
    rf"(?:(?P<speaker>{NAME}) (?P<cue>said) that )?(?P<subject>{NAME}) (?P<met>met) (?P<object>{NAME})"
)


class FakeReader:
    """For :class:`kg.reading.Reader`. An article that holds ``BREAK`` cannot be read; ``STOP`` is a Ctrl-C."""

    def __init__(self, model: str = "fake-1") -> None:
        self.model = model
        self.seen: list[str] = []

    def read(
        self, articles: Iterable[Article], *, on_error: Callable[[KGError], None] | None = None
    ) -> Iterator[ArticleRecord]:
        for article in articles:
            self.seen.append(article.id)
            if "STOP" in article.text:
                raise KeyboardInterrupt
            if "BREAK" in article.text:
                error = EvidenceError("broken", where=article.id)
                if on_error is None:
                    raise error
                on_error(error)
                continue
            yield read_meetings(article)

    def trace(self, article: Article, statement: str) -> None:
        """No parse, so nothing to tell."""


def read_meetings(article: Article) -> ArticleRecord:
    """The record of an article of such sentences. Everybody is a person, and has one name."""
    mentions: dict[str, Mention] = {}
    statements = []
    sentences = list(SENTENCE.finditer(article.text))
    for sentence in sentences:
        found = MEETING.search(article.text, sentence.start(), sentence.end())
        if not found:
            continue
        span = Span(sentence.start(), sentence.end(), sentence[0])
        parts = {role: Span(*found.span(role), found[role]) for role in found.groupdict() if found[role]}
        people = {
            role: Mention(part.start, part.end, part.text, article.id, "name", "Person", part.text.lower())
            for role, part in parts.items()
            if role in ("speaker", "subject", "object")
        }
        mentions |= {mention.id: mention for mention in people.values()}
        attribution = None
        if "speaker" in people:
            attribution = Attribution(parts["speaker"], "said", parts["cue"], people["speaker"])
        statements.append(
            Statement(
                id=statement_id(people["subject"], "metWith", people["object"], attribution, "actual"),
                subject=people["subject"],
                relation="metWith",
                object=people["object"],
                evidence=Evidence(article.id, (span,), parts["subject"], parts["object"], parts["met"]),
                attribution=attribution,
                origin="meet-v",
            )
        )
    counts = Coverage(
        len(article.text.split()), len(sentences), len(statements), len(statements), {"no frame": len(sentences)}
    )
    return ArticleRecord(article, tuple(mentions.values()), tuple(statements), counts)
