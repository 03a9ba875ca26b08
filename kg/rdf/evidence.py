"""Evidence read again: whether the words that a statement cites stand where it says they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

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
        and all(_stands(article.text, span) for span in (*evidence.sentences, *spans))
        and all(any(sentence.covers(span) for sentence in evidence.sentences) for span in spans)
    )


def _check_record(record: ArticleRecord) -> Iterator[Violation]:
    article = record.article
    known: dict[tuple[int, int], Mention] = {}
    for mention in record.mentions:
        known[mention.start, mention.end] = mention
        if not _stands(article.text, mention):
            yield Violation("violation", _misread(article.text, "mention", mention), mention.id, article.id)
    seen: Counter[str] = Counter(statement.id for statement in record.statements)
    for statement in record.statements:
        faults = _faults(article, statement, known)
        if seen[statement.id] > 1:
            seen[statement.id] = 1  # told once
            faults.append("the statement is there more than once")
        for fault in faults:
            sentence = " … ".join(span.text for span in statement.evidence.sentences)
            yield Violation("violation", fault, statement.id, article.id, sentence)


def _faults(article: Article, statement: Statement, known: Mapping[tuple[int, int], Mention]) -> list[str]:
    text = article.text
    faults = [_misread(text, role, span) for role, span in _cited(statement) if not _stands(text, span)]
    if statement.evidence.article != article.id:
        faults.append(f"the evidence is of the article {statement.evidence.article!r}")
    for role, mention in (("subject", statement.subject), ("object", statement.object)):
        if known.get((mention.start, mention.end)) != mention:
            faults.append(f"the {role} {mention.text!r} at {mention.start}-{mention.end} is no mention of the article")
    says = (statement.subject, statement.relation, statement.object, statement.attribution, statement.modality)
    if statement.id != ids.statement_id(*says):
        faults.append("the id does not fit what the statement says: it was changed")
    return faults


def _cited(statement: Statement) -> list[tuple[str, Span]]:
    """What a statement cites, each with its part in it."""
    evidence, attribution = statement.evidence, statement.attribution
    cited = [("sentence", sentence) for sentence in evidence.sentences]
    cited += ("subject", evidence.subject), ("object", evidence.object), ("trigger", evidence.trigger)
    if attribution:
        cited.append(("speaker", attribution.source))
        if attribution.cue:
            cited.append(("cue", attribution.cue))
        cited += [("speaker", span) for span in attribution.chain]
    return cited


def _stands(text: str, span: Span) -> bool:
    """Whether the article says these words there."""
    return text[span.start : span.end] == span.text and span.start >= 0 and span.text != ""


def _misread(text: str, role: str, span: Span) -> str:
    """What is wrong with a span that does not stand in the text."""
    there = text[max(span.start, 0) : max(span.end, 0)]
    return f"the {role} {span.text!r} does not stand at {span.start}-{span.end}: there is {there!r}"
