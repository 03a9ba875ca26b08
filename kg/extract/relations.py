"""From matches to statements: evidence, who says so, how surely, and what narrows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from kg import ids
from kg.extract.constructions import constructions
from kg.extract.mentions import MentionIndex
from kg.extract.modality import modality_of
from kg.extract.patterns import Match, matches
from kg.extract.stance import find_cues, index_stance
from kg.lexicon import Lexicon
from kg.ontology import Ontology
from kg.records import MODALITIES, Article, Evidence, Mention, Modality, Qualifiers, Span, Statement


@dataclass(frozen=True, slots=True)
class Extraction:
    """The statements of one article. ``dropped`` counts the candidates refused, by reason."""

    statements: tuple[Statement, ...]
    dropped: Mapping[str, int]


def extract(
    doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology, lexicon: Lexicon
) -> Extraction:
    """All statements that the lexicon finds in a parsed article, in the order of the text.

    :param doc: the parse of ``article.text``, with ``doc.spans["mentions"]``.
    :param mentions: the records of those spans, found by their offsets.
    """
    dropped: Counter[str] = Counter()
    index = MentionIndex(doc)
    records = {(m.start, m.end): m for m in mentions}
    cues = find_cues(doc, index_stance(lexicon.stance))
    best: dict[tuple[object, ...], Statement] = {}
    found = list(matches(doc, index, ontology, lexicon, dropped))
    related = {(match.subject.id_, match.object.id_) for match in found}
    found.extend(constructions(index, ontology, related))
    for match in found:
        subject, obj = (records.get((span.start_char, span.end_char)) for span in (match.subject, match.object))
        if subject is None or obj is None:
            dropped["argument is no mention"] += 1
            continue
        evidence = _evidence(article, match, subject, obj)
        if evidence is None:
            dropped["more than two sentences"] += 1
            continue
        modality = _weaker(
            match.sense.modality, modality_of(match.trigger, cues, arguments=(match.subject.root, match.object.root))
        )
        attribution = None
        ends = (subject.chain, obj.chain)
        if ontology.properties[match.sense.relation].symmetric:
            ends = (min(ends), max(ends))
        key = (match.sense.relation, *ends, modality)
        made = Statement(
            id=ids.statement_id(subject, match.sense.relation, obj, attribution, modality),
            subject=subject,
            relation=match.sense.relation,
            object=obj,
            evidence=evidence,
            modality=modality,
            attribution=attribution,
            qualifiers=Qualifiers(position=match.title.text if match.title else None),
            origin=match.entry.id,
            confidence=match.sense.confidence,
        )
        held = best.get(key)
        if held is None or made.confidence > held.confidence:
            best[key] = made
        else:
            dropped["said before"] += 1
    statements = sorted(best.values(), key=lambda s: (s.evidence.trigger.start, s.subject.start, s.object.start, s.relation))
    return Extraction(tuple(statements), dict(dropped))


def _weaker(one: Modality, other: Modality) -> Modality:
    return max(one, other, key=MODALITIES.index)


def _evidence(article: Article, match: Match, subject: Mention, obj: Mention) -> Evidence | None:
    sentences = {match.trigger.sent, match.subject.sent, match.object.sent}
    spans = sorted(_span(sentence) for sentence in sentences)
    if len(spans) > 2:
        return None
    trigger = _span(match.trigger.doc[match.trigger.i : match.trigger.i + 1])
    return Evidence(article.id, tuple(spans), subject.span, obj.span, trigger)


def _span(span: DocSpan) -> Span:
    text = span.text.rstrip()
    lead = len(text) - len(text.lstrip())
    return Span(span.start_char + lead, span.start_char + len(text), text[lead:])
