"""Evidence read again: whether the words that a statement cites stand where it says they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg import ids
from kg.records import Article, ArticleRecord, Mention, Span, Statement, Violation


def check_evidence(records: Iterable[ArticleRecord]) -> list[Violation]:
    """Read every cited span again: sentences, subject, object, trigger, speaker, cue and mentions.

    Also recomputes each statement's id from what it says, so that a statement that was changed by hand is found.
    """
    return [violation for record in records for violation in _check_record(record)]


def unsupported(record: ArticleRecord) -> tuple[Statement, ...]:
    """The statements of an article that their evidence does not hold: there should be none.

    Evidence holds a statement if its sentences, one or two, stand in the article, and its two ends and the trigger
    stand in them, each in one.
    """
    return tuple(statement for statement in record.statements if not _is_supported(record.article, statement))


def _is_supported(article: Article, statement: Statement) -> bool:
    evidence = statement.evidence
    spans = (statement.subject.span, statement.object.span, evidence.trigger)
    return (
        evidence.article == article.id
        and 1 <= len(evidence.sentences) <= 2
        and not any(_misread(article, "span", span) for span in (*evidence.sentences, *spans))
        and all(any(sentence.covers(span) for sentence in evidence.sentences) for span in spans)
    )


def _check_record(record: ArticleRecord) -> Iterator[Violation]:
    article = record.article
    for mention in record.mentions:
        if fault := _misread(article, "mention", mention):
            yield Violation("violation", fault, mention.id, article.id)
    known = frozenset(record.mentions)
    times = Counter(statement.id for statement in record.statements)
    for statement in record.statements:
        sentence = " … ".join(span.text for span in statement.evidence.sentences)
        for fault in _faults(article, statement, known):
            yield Violation("violation", fault, statement.id, article.id, sentence)
        if times[statement.id] > 1:
            times[statement.id] = 0
            yield Violation("violation", "the statement is there more than once", statement.id, article.id, sentence)


def _faults(article: Article, statement: Statement, known: frozenset[Mention]) -> Iterator[str]:
    for role, span in _cited(statement):
        if fault := _misread(article, role, span):
            yield fault
    if statement.evidence.article != article.id:
        yield f"the evidence is of the article {statement.evidence.article!r}"
    for role, mention in (("subject", statement.subject), ("object", statement.object)):
        if mention not in known:
            yield f"the {role} {mention.text!r} at {mention.start}-{mention.end} is no mention of the article"
    says = (statement.subject, statement.relation, statement.object, statement.attribution, statement.modality)
    if statement.id != ids.statement_id(*says):
        yield "the id does not fit what the statement says: it was changed"


def _cited(statement: Statement) -> Iterator[tuple[str, Span]]:
    evidence, attribution = statement.evidence, statement.attribution
    for sentence in evidence.sentences:
        yield "sentence", sentence
    yield "subject", evidence.subject
    yield "object", evidence.object
    yield "trigger", evidence.trigger
    if attribution:
        yield "speaker", attribution.source
        if attribution.cue:
            yield "cue", attribution.cue
        for span in attribution.chain:
            yield "speaker", span


def _misread(article: Article, role: str, span: Span) -> str | None:
    """What is wrong with a span: the article does not say these words there."""
    there = article.text[max(span.start, 0) : max(span.end, 0)]
    if there == span.text and span.text and span.start >= 0:
        return None
    return f"the {role} {span.text!r} does not stand at {span.start}-{span.end}: there is {there!r}"
