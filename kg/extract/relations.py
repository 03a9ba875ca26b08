"""From matches to statements: evidence, who says so, how surely, and what narrows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from kg import ids
from kg.extract.arguments import Arguments
from kg.extract.attribution import Reports, attribute, is_description, read_reports
from kg.extract.bearers import HARMS, of_mishap
from kg.extract.candidates import Dropped, words
from kg.extract.carried import carried
from kg.extract.comparison import Candidate, Compare, compared
from kg.extract.constructions import constructions
from kg.extract.ends import Bounds, likelihoods
from kg.extract.learned import LEARNED, Proposals, key
from kg.extract.learned import match as as_match
from kg.extract.mentions import MentionIndex
from kg.extract.modality import modality_of
from kg.extract.patterns import Match, matches
from kg.extract.qualifiers import qualify
from kg.extract.roles import PAST, ROLES
from kg.extract.stance import Cue, StanceIndex, find_cues, index_stance
from kg.extract.triggers import says, wards_off
from kg.extract.verdict import BAR, FLOOR, LEAST, Witnesses, confidence, is_weighed
from kg.lexicon import Lexicon
from kg.ontology import Ontology
from kg.records import MODALITIES, Article, Attribution, Evidence, Mention, MentionKind, Modality, Span, Statement

#: What nobody does who wards off an attack, whatever the scorer makes of the words.
_STAGED = frozenset({"attacked", "organized"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """The statements of one article, the candidates refused, and by statement id the candidate that it was."""

    statements: tuple[Statement, ...]
    refused: tuple[Dropped, ...] = ()
    candidates: Mapping[str, Candidate] = field(default_factory=dict, compare=False, repr=False)

    @property
    def dropped(self) -> dict[str, int]:
        """How many candidates were refused, by reason."""
        return dict(Counter(one.reason for one in self.refused))


def extract(
    doc: Doc,
    article: Article,
    mentions: Sequence[Mention],
    ontology: Ontology,
    lexicon: Lexicon,
    *,
    bar: float = BAR,
    least: float = LEAST,
    floor: float = FLOOR,
    compare: Compare = compared,
) -> Extraction:
    """All statements that the lexicon, or the learned scorer where one has read the text, finds in a parsed article, in
    the order of the text.

    :param doc: the parse of ``article.text``, with ``doc.spans["mentions"]``.
    :param mentions: the records of those spans, found by their offsets.
    :param bar: confidence from which the scorer alone makes a statement.
    :param least: confidence from which one of the lexicon stands that the scorer has its doubts about.
    :param floor: verdict from which one of the scorer alone is compared with the others at all.
    :param compare: how likely each of these is right; without a scorer it is not asked.
    """
    dropped: list[Dropped] = []
    context = Context.of(doc, article, mentions, lexicon)
    said = _lexicon_matches(doc, ontology, lexicon, context.cues, dropped)
    proposals = Proposals.of(doc, ontology)
    likely = likelihoods(doc, mentions, ontology) if proposals.read else {}
    candidates = list(_weighed(said, proposals, ontology, lexicon, context, likely, floor))
    confidences = compare(candidates, doc) if proposals.read else [candidate.verdict for candidate in candidates]
    best: dict[tuple[object, ...], tuple[Statement, Candidate]] = {}
    for candidate, sure in zip(candidates, confidences, strict=True):
        match, witnesses, _ = candidate
        if match.entry.id == LEARNED and sure < bar:
            continue
        if match.sense.relation in HARMS and _harms_nobody(match.object, ontology):
            dropped.append(_dropped("it harms nobody", match))
            continue
        made = context.statement(match)
        if isinstance(made, str):
            dropped.append(_dropped(made, match))
            continue
        if proposals.read and len(made.evidence.sentences) == 1 and is_weighed(made.relation):
            made = _sealed(made, witnesses, sure)
            if match.entry.id != LEARNED and sure < least:
                dropped.append(_dropped("the learned scorer finds it unlikely", match))
                continue
        source = made.attribution.source if made.attribution else None
        same = (*key(made.relation, made.subject.chain, made.object.chain, ontology), made.modality, source)
        held = best.get(same)
        if held is None or made.confidence > held[0].confidence:
            best[same] = made, candidate
        if held is not None:
            dropped.append(_dropped("said before", match if best[same] is held else held[1].match))
    statements = sorted(
        (statement for statement, *_ in best.values()),
        key=lambda s: (s.evidence.trigger.start, s.subject.start, s.object.start, s.relation),
    )
    return Extraction(
        tuple(statements),
        tuple(dropped),
        {statement.id: candidate for statement, candidate in best.values()},
    )


def _lexicon_matches(
    doc: Doc, ontology: Ontology, lexicon: Lexicon, cues: Mapping[int, Cue], dropped: list[Dropped]
) -> list[Match]:
    index = MentionIndex(doc, ontology)
    arguments = Arguments(index, lexicon, cues)
    found, related = [], set()
    for match in sorted(matches(doc, arguments, dropped), key=lambda m: m.entry.pos == "adposition"):
        pair = frozenset((match.subject.id_, match.object.id_))
        if match.entry.pos == "adposition" and pair in related:
            dropped.append(_dropped("other words say it", match))
            continue
        if match.entry.pos == "adposition" and not _is_definite(match, ontology):
            dropped.append(_dropped("nothing definite after the preposition", match))
            continue
        found.append(match)
        related.add(pair)
    found.extend(constructions(index, lexicon, related))
    found.extend(carried(doc, arguments.clauses, found))
    return found


def _weighed(
    said: Sequence[Match],
    proposals: Proposals,
    ontology: Ontology,
    lexicon: Lexicon,
    context: Context,
    likely: Mapping[Bounds, float],
    floor: float,
) -> Iterator[Candidate]:
    """What the lexicon says, then what the scorer alone is not all too unsure of.

    :param likely: how likely each mention is one; those that are not there are.
    """

    def surely(*spans: DocSpan) -> float:
        return min(likely.get((span.start_char, span.end_char), 1.0) for span in spans)

    pairs: set[frozenset[str]] = set()
    over: set[tuple[str, str]] = set()
    keys = []
    for match in said:
        subject, obj, sense = match.subject, match.object, match.sense
        keys.append(key(sense.relation, subject.id_, obj.id_, ontology))
        pairs.add(frozenset((subject.id_, obj.id_)))
        if sense.relation == PAST:
            over.add((subject.id_, obj.id_))
        seen = proposals.best.get(keys[-1])
        learned = seen.score if seen else None
        kinds, sure = context.kinds(subject, obj), surely(subject, obj)
        witnesses = Witnesses(sense.relation, sense.confidence, learned, kinds, ends=sure)
        yield Candidate(match, witnesses, confidence(witnesses) if proposals.read else sense.confidence)
    for one in proposals.beside(keys):
        if (one.subject.id_, one.object.id_) in over and ontology.properties[one.relation].group == ROLES:
            continue
        rival = frozenset((one.subject.id_, one.object.id_)) in pairs
        if one.relation in _STAGED and wards_off(one.subject.root, lexicon):
            continue
        kinds, sure = context.kinds(one.subject, one.object), surely(one.subject, one.object)
        witnesses = Witnesses(one.relation, None, one.score, kinds, rival, worded=True, ends=sure)
        if confidence(witnesses) < floor:
            continue  # not even if there is a word for it, which takes longer to know
        witnesses = replace(witnesses, worded=says(one.trigger, one.relation, lexicon))
        if (verdict := confidence(witnesses)) >= floor:
            yield Candidate(as_match(one, verdict), witnesses, verdict)


def _sealed(statement: Statement, witnesses: Witnesses, confidence: float) -> Statement:
    """A statement with the confidence that both witnesses give it, and both in its origin if they say the same."""
    agreed = witnesses.lexicon is not None and witnesses.learned is not None
    origin = f"{statement.origin} + {LEARNED}" if agreed else statement.origin
    return replace(statement, confidence=confidence, origin=origin)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the article when a match becomes a statement."""

    article: Article
    mentions: Mapping[tuple[int, int], Mention]
    cues: Mapping[int, Cue]
    reports: Reports
    #: The sentence of each token.
    sentences: Sequence[Span]

    @classmethod
    def of(cls, doc: Doc, article: Article, mentions: Sequence[Mention], lexicon: Lexicon) -> Context:
        """Read once what all statements of an article are asked about."""
        cues = find_cues(doc, _stance_index(lexicon))
        sentences = [record for sentence in doc.sents for record in [_span(sentence)] * len(sentence)]
        by_offsets = {(mention.start, mention.end): mention for mention in mentions}
        return cls(article, by_offsets, cues, read_reports(doc, cues, mentions), sentences)

    def kinds(self, *spans: DocSpan) -> tuple[MentionKind, ...]:
        """How each span speaks of its entity; one that is no mention is taken for a noun phrase."""
        found = (self.mentions.get((span.start_char, span.end_char)) for span in spans)
        return tuple(mention.kind if mention else "nominal" for mention in found)

    def described(self, match: Match) -> bool:
        """Whether the words only describe an end, as a title does."""
        return is_description(match.trigger, match.subject.root, self.reports)

    def modality(self, match: Match, *, described: bool) -> Modality:
        """How surely the text says what was matched; ``described`` as by :meth:`described`."""
        roots = (match.subject.root, match.object.root)
        claimed = modality_of(match.trigger, self.cues, arguments=roots, described=described)
        return _weaker(match.sense.modality, claimed)

    def statement(self, match: Match) -> Statement | str:
        """The statement, or the reason why there is none."""
        subject, obj = (self.mentions.get((span.start_char, span.end_char)) for span in (match.subject, match.object))
        if subject is None or obj is None:
            return "argument is no mention"
        evidence = self._evidence(match, subject, obj)
        if evidence is None:
            return "not within one or two sentences"
        described = self.described(match)
        modality = self.modality(match, described=described)
        attribution = attribute(match.trigger, self.reports, subject=match.subject.root) or _vouched(
            match, subject, obj
        )
        relation = match.sense.relation
        return Statement(
            id=ids.statement_id(subject, relation, obj, attribution, modality),
            subject=subject,
            relation=relation,
            object=obj,
            evidence=evidence,
            modality=modality,
            attribution=attribution,
            qualifiers=qualify(match, self.article.date, modality=modality, cues=self.cues, described=described),
            origin=match.entry.id,
            confidence=match.sense.confidence,
        )

    def _evidence(self, match: Match, subject: Mention, obj: Mention) -> Evidence | None:
        sentences = sorted({self.sentences[i] for i in (match.trigger.i, match.subject.start, match.object.start)})
        trigger = words(match.trigger)
        spans = (subject.span, obj.span, trigger)
        if len(sentences) > 2 or not all(any(s.covers(span) for s in sentences) for span in spans):
            return None
        return Evidence(self.article.id, tuple(sentences), *spans)


@lru_cache(maxsize=4)
def _stance_index(lexicon: Lexicon) -> StanceIndex:
    """Indexed once for all articles that are read with one lexicon."""
    return index_stance(lexicon.stance)


def _weaker(one: Modality, other: Modality) -> Modality:
    return max(one, other, key=MODALITIES.index)


def _is_definite(match: Match, ontology: Ontology) -> bool:
    """Whether the phrase after a preposition is a name, a pronoun or a place: a preposition alone says little."""
    end = match.object if any(a.role == "complement" for a in match.sense.object) else match.subject
    return end.root.pos_ in {"PROPN", "ADJ", "PRON"} or ontology.base_type(end.label_) == "Place"


def _harms_nobody(span: DocSpan, ontology: Ontology) -> bool:
    """Whether a cause of harm is none: where it happened, or whose vehicle met with an accident."""
    return ontology.base_type(span.label_) == "Place" or of_mishap(span.root)


def _dropped(reason: str, match: Match) -> Dropped:
    return Dropped(reason, match.trigger, match.entry, match.sense.relation, match.subject, match.object)


def _vouched(match: Match, subject: Mention, obj: Mention) -> Attribution | None:
    """The source that the word itself names: who claims responsibility is the only one to say so."""
    source = match.sense.attributed_to
    if source is None:
        return None
    mention = subject if any(argument.id == source for argument in match.sense.subject) else obj
    return Attribution(source=mention.span, kind="said", cue=words(match.trigger), mention=mention)


def _span(span: DocSpan) -> Span:
    """A sentence without the white space around it."""
    text = span.text.rstrip()
    lead = len(text) - len(text.lstrip())
    return Span(span.start_char + lead, span.start_char + len(text), text[lead:])
