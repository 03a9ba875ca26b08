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

from kg.extract.stance import Cue, base, is_content, marker
from kg.records import Attribution, Mention, Span

_OPENING, _CLOSING, _STRAIGHT = frozenset("“„«"), frozenset("”»"), '"'
#: A quotation shorter than this, in tokens, is a phrase in quotation marks and no speech.
_SPEECH = 5
_SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer"})
#: Steps from a title or a description to whom it describes: the article's own words, whoever is quoted around them.
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_DESCRIBES = frozenset({"appos", "nmod:desc", "flat"})


@dataclass(frozen=True, slots=True)
class Report:
    """A source as the text names it: the head of the phrase, the word that tells it is one, and the kind."""

    source: Token
    cue: Token
    kind: str


@dataclass(frozen=True, slots=True)
class Reports:
    """What a text says about who says things. ``attached`` and ``quoted`` go by the position of a token."""

    cues: Mapping[int, Cue]
    attached: Mapping[int, tuple[Report, ...]]
    quoted: Mapping[int, Report]
    mentions: Mapping[int, tuple[Mention, TokenSpan]]


def read_reports(doc: Doc, cues: Mapping[int, Cue], mentions: Sequence[Mention] = ()) -> Reports:
    """Find the sources of a text. ``mentions`` are the records of ``doc.spans["mentions"]``."""
    attached: dict[int, list[Report]] = defaultdict(list)
    for i, cue in cues.items():
        if cue.attribution == "accordingTo":
            for head, report in _according(doc[i]):
                attached[head.i].append(report)
        elif cue.attribution is not None and cue.pos == "verb" and _is_comment_clause(doc[i], cue):
            source = _subject(doc[i], cues)
            if source is not None:
                attached[doc[i].head.i].append(Report(source, doc[i], cue.attribution))
    return Reports(
        cues, {i: tuple(found) for i, found in attached.items()}, _speakers(doc, cues), _by_head(doc, mentions)
    )


def attribute(trigger: Token, reports: Reports, *, subject: Token | None = None) -> Attribution | None:
    """The nearest source of what ``trigger`` expresses, with the ones further out; none in the article's own voice.

    :param subject: head of the statement's subject. Who announces an act of their own is no source of it.
    """
    if _is_description(trigger, subject, reports):
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
            source = _source(head, cue, reports.cues)
            if source is not None:
                yield Report(source, head, cue.attribution)
        if _is_background(token, reports.cues):
            return
        token = head


def _is_background(token: Token, cues: Mapping[int, Cue]) -> bool:
    """Whether a phrase only sets the scene for what is said: "... *after* the attack", "*amid* a war"."""
    for child in token.lefts:
        cue = cues.get(child.i)
        if child.dep_ in {"case", "mark"} and cue is not None and cue.modality == "actual":
            return True
    return False


def _reports(child: Token, head: Token, cue: Cue) -> bool:
    """Whether this dependent of a word of saying is what is said."""
    if cue.pos == "verb" and base(child) == "parataxis":
        return child.i < head.i or head.doc[child.left_edge.i - 1].text in {":", _STRAIGHT, "“", ","}
    return is_content(child, cue)


def _is_comment_clause(verb: Token, cue: Cue) -> bool:
    """A clause that only tells who speaks: "..., officials said", "as the ministry confirmed"."""
    if base(verb) == "parataxis" or (base(verb) == "advcl" and marker(verb) == "as"):
        return not any(base(child) in {"ccomp", "xcomp"} for child in verb.children)
    return False


def _source(cue: Token, entry: Cue, cues: Mapping[int, Cue]) -> Token | None:
    if entry.pos != "noun":
        subject = _subject(cue, cues)
        return _author(subject, cues) or subject if subject is not None else None
    author = _author(cue, cues)
    if author is not None:
        return author
    governor = cues.get(cue.head.i)
    if base(cue) == "obj" and governor is not None and governor.modality == "actual":
        return _subject(cue.head, cues)
    return None


def _author(noun: Token, cues: Mapping[int, Cue]) -> Token | None:
    """Whose statement or report it is."""
    cue = cues.get(noun.i)
    if cue is None or cue.pos != "noun" or cue.attribution is None:
        return None
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (base(child) == "nmod" and marker(child) in {"by", "from"}):
            return child
    return None


def _subject(verb: Token, cues: Mapping[int, Cue]) -> Token | None:
    """Who does what the verb says, also where that stands elsewhere ("arrived and *said*", "..., *adding* that")."""
    for _ in range(8):
        children = list(verb.children)
        agent = next((child for child in children if child.dep_ == "obl:agent"), None)
        if any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in children):
            return agent
        subject = next((child for child in children if child.dep_ in _SUBJECTS), None)
        if subject is not None:
            return _antecedent(subject, verb)
        relation = base(verb)
        stranded = _stranded_subject(verb)
        if stranded is not None:
            return stranded
        if relation == "acl":
            return agent if agent is not None else verb.head
        if relation not in {"conj", "xcomp", "advcl", "parataxis"} or verb.head.i == verb.i:
            return None
        verb = verb.head
        if verb.pos_ not in {"VERB", "AUX"} and not any(child.dep_ == "cop" for child in verb.children):
            return None
    return None


def _stranded_subject(verb: Token) -> Token | None:
    """The subject that the parser hung on the clause that is said: "the *army* says it has taken the town"."""
    i = verb.i - 1
    while i >= verb.sent.start and verb.doc[i].pos_ in {"AUX", "ADV", "PART"}:
        i -= 1
    if i < verb.sent.start:
        return None
    token = verb.doc[i]
    while token.head.i < verb.i and token.head.i != token.i and token.head.i >= verb.sent.start:
        if token.pos_ in {"VERB", "AUX"}:
            return None
        token = token.head
    return token if base(token) == "nsubj" and verb.is_ancestor(token.head) else None


def _antecedent(subject: Token, verb: Token) -> Token | None:
    if subject.lower_ in {"who", "which", "that"} and verb.dep_ == "acl:relcl":
        return verb.head
    return None if subject.lower_ in {"it", "there"} and subject.dep_ == "expl" else subject


def _according(anchor: Token) -> Iterator[tuple[Token, Report]]:
    """Where an "according to" phrase belongs: to its head, or to the whole sentence where it opens or ends that."""
    source = _noun_after(anchor)
    if source is None:
        return
    sentence = anchor.sent
    rest = source.doc[max(source.right_edge.i, source.i) + 1 : sentence.end]
    is_outer = anchor.i <= sentence.start + 1 or all(token.is_punct or token.is_space for token in rest)
    head = sentence.root if is_outer else next((up for up in anchor.ancestors if up.i != source.i), sentence.root)
    yield head, Report(source, anchor, "accordingTo")


def _noun_after(anchor: Token) -> Token | None:
    """The head of the noun phrase that follows "according to", by the order of words: parsers often lose it."""
    doc = anchor.doc
    start = anchor.i + 2
    if start >= anchor.sent.end:
        return None
    token = doc[start]
    while (
        token.head.i > token.i
        and token.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
        and token.head.i < anchor.sent.end
    ):
        token = token.head
    return token if token.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"} else None


def _is_description(trigger: Token, subject: Token | None, reports: Reports) -> bool:
    """Whether the trigger only describes somebody or something: a title, an apposition, a possessive, "the attack on".

    Such descriptions are the article's own words, whoever is quoted around them. What a clause or an indefinite noun
    phrase tells ("an attack by rebels") is part of what is said.
    """
    token = subject if subject is not None and trigger.dep_ in {"case", "mark"} else trigger
    if any(child.dep_ == "cop" for child in token.children) or token.pos_ in {"VERB", "AUX"}:
        return False
    if token.pos_ in {"PROPN", "ADJ", "PRON", "DET"}:
        return True
    if token.dep_ in _DESCRIBES or (token.dep_ == "compound" and token.head.pos_ == "PROPN"):
        return True
    mention = reports.mentions.get(token.i)
    if mention is not None and mention[0].type != "Event":
        return True
    cue = reports.cues.get(token.head.i)
    if cue is not None and cue.attribution is not None and is_content(token, cue):
        return False
    return any(child.dep_ == "nmod:poss" or child.lower_ in _DEFINITE for child in token.children)


def _is_own_act(report: Report, subject: Token | None, reports: Reports) -> bool:
    if subject is None or report.kind != "announced":
        return False
    mine, theirs = (reports.mentions.get(token.i) for token in (subject, report.source))
    return subject.i == report.source.i or (
        mine is not None and theirs is not None and mine[0].chain == theirs[0].chain
    )


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


def _phrase(head: Token) -> TokenSpan:
    """The noun phrase of a source, without what is told of it on the side."""
    left, right = head.i, head.i
    for child in head.children:
        if base(child) in {"det", "amod", "nummod", "compound", "nmod", "flat", "advmod"}:
            left, right = min(left, child.left_edge.i), max(right, child.right_edge.i)
    return head.doc[left : right + 1]


def _span(span: TokenSpan) -> Span:
    return Span(span.start_char, span.end_char, span.text)


def _quotations(doc: Doc) -> Iterator[tuple[int, int, bool]]:
    """(first, after last, whether it was left open) of each quotation. A paragraph's end closes what is still open."""
    start: int | None = None
    for token in doc:
        if token.text in _CLOSING or (token.text == _STRAIGHT and start is not None):
            if start is not None:
                yield start, token.i, False
            start = None
        elif token.text in _OPENING or token.text == _STRAIGHT:
            start = token.i + 1
        elif start is not None and "\n\n" in token.text_with_ws:
            yield start, token.i, True
            start = None
    if start is not None:
        yield start, len(doc), True


def _speakers(doc: Doc, cues: Mapping[int, Cue]) -> dict[int, Report]:
    """Who speaks, for each token of each quotation that is speech."""
    quoted: dict[int, Report] = {}
    last: tuple[int, Report] | None = None
    for start, end, _ in _quotations(doc):
        if start >= end:
            continue
        report = _speaker(doc, start, end, cues)
        if report is None and last is not None and _continues(doc, last[0], start):
            report = last[1]
        if report is not None:
            last = (end, report)
            if end - start >= _SPEECH:
                quoted.update((i, report) for i in range(start, end))
    return quoted


def _continues(doc: Doc, end: int, start: int) -> bool:
    """Whether a quotation goes on with the one before it: it opens a sentence, in the same paragraph."""
    opens = any(doc[i].is_sent_start for i in (start - 1, start) if i >= 0)
    return opens and not any("\n\n" in token.text for token in doc[end:start])


def _speaker(doc: Doc, start: int, end: int, cues: Mapping[int, Cue]) -> Report | None:
    """The speaker named in a sentence that the quotation begins or ends in: the nearest word of saying outside it."""
    first, final = doc[start].sent, doc[end - 1].sent
    outside = [i for i in range(first.start, start) if i in cues] + [i for i in range(end, final.end) if i in cues]
    verbs = [i for i in outside if cues[i].attribution not in {None, "accordingTo"} and cues[i].pos == "verb"]
    for i in sorted(verbs, key=lambda i: min(abs(i - start), abs(i - end))):
        source = _subject(doc[i], cues)
        attribution = cues[i].attribution
        if source is not None and attribution is not None and not start <= source.i < end:
            return Report(source, doc[i], attribution)
    return None
