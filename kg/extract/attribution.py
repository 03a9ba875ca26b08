"""Who says so: the nearest source to which the text gives a statement.

:func:`read_reports` goes through a parsed text once and notes what only needs finding once: phrases like "according to
police", clauses like "..., officials said", and who speaks in each quotation, over sentence borders. :func:`attribute`
then climbs the tree from the word that expresses a statement and meets the sources from the nearest outwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.extract.headlines import headline_speakers
from kg.extract.quotations import speakers
from kg.extract.sources import Report, according, source_of, subject_of
from kg.extract.stance import Cue, base, is_content, marker
from kg.records import Attribution, Mention, Span

#: Steps from a title or a description to whom it describes: the article's own words, whoever is quoted around them.
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_DESCRIBES = frozenset({"appos", "nmod:desc", "flat"})


@dataclass(frozen=True, slots=True)
class Reports:
    """What a text says about who says things. ``attached`` and ``quoted`` go by the position of a token."""

    cues: Mapping[int, Cue]
    attached: Mapping[int, tuple[Report, ...]]
    quoted: Mapping[int, Report]
    mentions: Mapping[int, tuple[Mention, TokenSpan]]
    #: The head of the longest mention that ends with a token, by that token.
    ends: Mapping[int, int]


def read_reports(doc: Doc, cues: Mapping[int, Cue], mentions: Sequence[Mention] = ()) -> Reports:
    """Find the sources of a text. ``mentions`` are the records of ``doc.spans["mentions"]``."""
    heads = _by_head(doc, mentions)
    ends = _ends(heads)
    attached: dict[int, list[Report]] = defaultdict(list)
    for i, cue in cues.items():
        if cue.attribution == "accordingTo":
            for head, report in according(doc[i]):
                attached[head.i].append(report)
        elif cue.attribution is not None and cue.pos == "verb" and _is_comment_clause(doc[i], cue):
            source = subject_of(doc[i], ends)
            if source is not None:
                attached[doc[i].head.i].append(Report(source, doc[i], cue.attribution))
    by_token = {i: tuple(found) for i, found in attached.items()}
    told = {i: report for stretch, report in headline_speakers(doc, heads, ends) for i in stretch}
    return Reports(cues, by_token, told | speakers(doc, cues, ends), heads, ends)


def attribute(trigger: Token, reports: Reports, *, subject: Token | None = None) -> Attribution | None:
    """The nearest source of what ``trigger`` expresses, with the ones further out; none in the article's own voice.

    :param subject: head of the statement's subject: who announces an act of their own is no source of it.
    """
    if is_description(trigger, subject, reports):
        return None
    found = [report for report in _outwards(trigger, reports) if not _is_own_act(report, subject, reports)]
    quote = reports.quoted.get(trigger.i)
    if quote is not None and all(report.source.i != quote.source.i for report in found):
        found.append(quote)
    if not found:
        return None
    nearest, *further = found
    mention = reports.mentions.get(nearest.source.i)
    return Attribution(
        source=mention[0].span if mention else _span(_phrase(nearest.source)),
        kind=nearest.kind,
        cue=_span(nearest.cue.doc[nearest.cue.i : nearest.cue.i + 1]),
        mention=mention[0] if mention else None,
        chain=tuple(_span(_phrase(report.source)) for report in further),
    )


def _outwards(trigger: Token, reports: Reports) -> Iterator[Report]:
    token = trigger
    while True:
        for report in reports.attached.get(token.i, ()):
            if report.cue.i != trigger.i and not _within(trigger, report.cue):
                yield report
        head = token.head
        if head.i == token.i:
            return
        cue = reports.cues.get(head.i)
        if cue is not None and cue.attribution is not None and _reports(token, head, cue):
            source = source_of(head, cue, reports.cues, reports.ends)
            if source is not None:
                yield Report(source, head, cue.attribution, token)
        if _is_background(token, reports.cues) or _is_aside(token):
            return
        token = head


def _is_background(token: Token, cues: Mapping[int, Cue]) -> bool:
    """Whether a phrase only sets the scene for what is said: "... *after* the attack", "*amid* a war"."""
    for child in token.lefts:
        cue = cues.get(child.i)
        if child.dep_ in {"case", "mark"} and cue is not None and cue.modality == "actual":
            return True
    return False


def _is_aside(verb: Token) -> bool:
    """Whether a relative clause tells by the way of somebody known: "Ito, *who led* the party"."""
    if verb.dep_ != "acl:relcl":
        return False
    before = verb.doc[verb.left_edge.i - 1].text if verb.left_edge.i else ""
    return verb.head.pos_ == "PROPN" or before == ","


def _reports(child: Token, head: Token, cue: Cue) -> bool:
    """Whether this dependent of a word of saying is what is said."""
    if cue.pos == "verb" and base(child) == "parataxis":
        return child.i < head.i or head.doc[child.left_edge.i - 1].text in {":", '"', "“", ","}
    if base(child) == "conj" and marker(child) == "that":  # "confirms the strike, and that two *died*"
        return True
    return is_content(child, cue)


def _is_comment_clause(verb: Token, cue: Cue) -> bool:
    """A clause that only tells who speaks: "..., officials said", "as the ministry confirmed"."""
    if base(verb) == "parataxis" or (base(verb) == "advcl" and marker(verb) == "as"):
        return not any(base(child) in {"ccomp", "xcomp"} for child in verb.children)
    return False


def is_description(trigger: Token, subject: Token | None, reports: Reports) -> bool:
    """Whether the trigger only describes somebody or something: a title, an apposition, a possessive, "the attack on".

    Such descriptions are the article's own words, whoever is quoted around them. What a clause or an indefinite noun
    phrase tells ("an attack by rebels") is part of what is said.
    """
    described = reports.mentions.get(subject.i) if subject is not None else None
    kind = described[0].type if described else None
    token = trigger
    if trigger.dep_ in {"case", "mark"}:
        within = subject is not None and (subject.i == trigger.head.i or trigger.head.is_ancestor(subject))
        if kind is not None and kind != "Event" and not within:
            return True
        token = trigger.head.head if within or trigger.head.dep_ == "nmod" or subject is None else subject
    if any(child.dep_ == "cop" for child in token.children):
        return False
    if token.pos_ in {"VERB", "AUX"}:
        return token.dep_ == "amod" or (_is_reduced(token) and token.head.i not in reports.cues)
    if token.pos_ in {"PROPN", "ADJ", "PRON", "DET"}:
        return True
    if token.dep_ in _DESCRIBES or (token.dep_ == "compound" and token.head.pos_ == "PROPN"):
        return True
    if kind == "Person" and subject is not None and marker(subject) is None and trigger.pos_ == "NOUN":
        return True
    mention = reports.mentions.get(token.i)
    if mention is not None and mention[0].type != "Event":
        return True
    cue = reports.cues.get(token.head.i)
    if cue is not None and (cue.attribution or cue.modality not in {None, "actual"}) and is_content(token, cue):
        return False
    return _is_definite(token)


def _is_reduced(verb: Token) -> bool:
    """ "the hostages *held* by": a passive participle after its noun."""
    return verb.dep_ == "acl" and not verb.lower_.endswith("ing") and marker(verb) is None


def _is_definite(noun: Token) -> bool:
    return any(child.dep_ == "nmod:poss" or child.lower_ in _DEFINITE for child in noun.children)


def _is_own_act(report: Report, subject: Token | None, reports: Reports) -> bool:
    """Whether the source does by saying so what is said: "Oria announced *sanctions* against ...".

    What they announce in a clause, or to have plans for, is a report or a promise, and they are its source.
    """
    if subject is None or report.kind != "announced" or report.content is None or base(report.content) != "obj":
        return False
    noun = reports.cues.get(report.content.i)
    if noun is not None and noun.modality not in {None, "actual"}:
        return False
    mine, theirs = (reports.mentions.get(token.i) for token in (subject, report.source))
    same_chain = mine is not None and theirs is not None and mine[0].chain == theirs[0].chain
    return subject.i == report.source.i or same_chain


def _within(token: Token, ancestor: Token) -> bool:
    return token.i == ancestor.i or ancestor.is_ancestor(token)


def _by_head(doc: Doc, mentions: Sequence[Mention]) -> dict[int, tuple[Mention, TokenSpan]]:
    """The longest mention for each head."""
    found: dict[int, tuple[Mention, TokenSpan]] = {}
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None:
            head = span.root.i
            if head not in found or len(found[head][1]) < len(span):
                found[head] = (mention, span)
    return found


def _ends(heads: Mapping[int, tuple[Mention, TokenSpan]]) -> dict[int, int]:
    """The head of the longest mention that ends with a token, unless a preposition or an "and" leads to it."""
    found: dict[int, int] = {}
    for head, (_, span) in sorted(heads.items(), key=lambda item: len(item[1][1])):
        before = span.doc[span.start - 1].pos_ if span.start else ""
        if before not in {"ADP", "CCONJ", "PART"}:
            found[span.end - 1] = head
        else:
            found.pop(span.end - 1, None)
    return found


def _phrase(head: Token) -> TokenSpan:
    """The noun phrase of a source, without what is told of it on the side."""
    left, right = head.i, head.i
    for child in head.children:
        if base(child) in {"det", "amod", "nummod", "compound", "nmod", "flat", "advmod"}:
            left, right = min(left, child.left_edge.i), max(right, child.right_edge.i)
    return head.doc[left : right + 1]


def _span(span: TokenSpan) -> Span:
    return Span(span.start_char, span.end_char, span.text)
