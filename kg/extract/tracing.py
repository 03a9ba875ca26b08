"""How a statement came about: the frame, the parse around it, the words of doubt, and what was refused beside it.

For people, one statement at a time. What reading an article keeps of all statements is in
:class:`~kg.extract.relations.Extraction`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.candidates import Refused, refused, words
from kg.extract.patterns import Match
from kg.extract.relations import Context, extract
from kg.extract.stance import Cue
from kg.extract.verdict import Witnesses
from kg.lexicon import Entry, Lexicon, Sense
from kg.ontology import Ontology
from kg.records import Article, Mention, Modality, Span, Statement

#: Characters of a phrase that are shown.
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Node:
    """A word of a parse, ``depth`` steps below the first one.

    ``text`` is the whole phrase where nothing below the word matters; ``roles`` say what it is for the statement.
    """

    depth: int
    text: str
    pos: str
    relation: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """Why extraction makes a statement.

    ``parse`` is the part of the dependency tree that connects trigger, ends, speaker and doubt. ``doubts`` are the
    words without which the modality would be another one. ``refused`` are candidates of the same sentences.
    ``witnesses`` tell what the lexicon and the learned scorer say; what the scorer alone says has no frame.
    """

    statement: Statement
    entry: Entry
    sense: Sense
    construction: str
    parse: tuple[Node, ...]
    doubts: tuple[Span, ...]
    refused: tuple[Refused, ...]
    witnesses: Witnesses


def trace(
    doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology, lexicon: Lexicon, *, id: str
) -> Trace | None:
    """Why the statement ``id`` is made of a parsed article; ``None`` if it is not made."""
    extraction = extract(doc, article, mentions, ontology, lexicon)
    statement = next((one for one in extraction.statements if one.id == id), None)
    candidate = extraction.candidates.get(id)
    if statement is None or candidate is None:
        return None
    match, witnesses, _ = candidate
    context = Context.of(doc, article, mentions, lexicon)
    doubts = [] if statement.modality == match.sense.modality else _doubts(match, context)
    sentences = statement.evidence.sentences
    return Trace(
        statement,
        match.entry,
        match.sense,
        match.construction,
        tuple(_parse(doc, _roles(doc, statement, match, doubts))),
        tuple(words(token) for token in doubts),
        tuple(one for one in map(refused, extraction.refused) if any(s.covers(one.trigger) for s in sentences)),
        witnesses,
    )


def _doubts(match: Match, context: Context) -> list[Token]:
    """The cues without which the modality would be another; else those that would do alone."""
    doc, described = match.trigger.doc, context.described(match)
    modality = context.modality(match, described=described)
    near = [i for i in sorted(context.cues) if doc[i].sent == match.trigger.sent]

    def told(cues: Mapping[int, Cue]) -> Modality:
        return replace(context, cues=cues).modality(match, described=described)

    needed = [i for i in near if told({j: cue for j, cue in context.cues.items() if j != i}) != modality]
    return [doc[i] for i in needed or [i for i in near if told({i: context.cues[i]}) == modality]]


def _roles(doc: Doc, statement: Statement, match: Match, doubts: Sequence[Token]) -> dict[int, list[str]]:
    """What words are for the statement, by their position."""
    roles: dict[int, list[str]] = defaultdict(list)
    roles[match.trigger.i].append("trigger")
    roles[match.subject.root.i].append("subject")
    roles[match.object.root.i].append("object")
    for token in doubts:
        roles[token.i].append(statement.modality)
    if attribution := statement.attribution:
        for role, span in (("speaker", attribution.source), ("cue", attribution.cue)):
            found = doc.char_span(span.start, span.end, alignment_mode="expand") if span else None
            if found is not None and role not in roles[found.root.i]:
                roles[found.root.i].append(role)
    return roles


def _parse(doc: Doc, roles: Mapping[int, Sequence[str]]) -> Iterator[Node]:
    """The trees of the sentences with a role in them, from the lowest word that has all roles below it."""
    for sentence in doc.sents:
        here = [doc[i] for i in roles if roles[i] and sentence.start <= i < sentence.end]
        if here:
            ways = [[token, *token.ancestors] for token in here]
            top = next(token for token in ways[0] if all(token in way for way in ways))
            kept = {token.i for way in ways for token in way[: way.index(top)]} | {top.i}
            yield from _below(top, 0, kept, roles)


def _below(token: Token, depth: int, kept: Set[int], roles: Mapping[int, Sequence[str]]) -> Iterator[Node]:
    """A word and what hangs on it: words that lead to a role as words, all else as whole phrases."""
    mine = tuple(roles.get(token.i, ()))
    children = [child for child in token.children if not (child.is_punct or child.is_space)]
    if token.i not in kept or ("trigger" not in mine and kept.isdisjoint(child.i for child in children)):
        yield Node(depth, _phrase(token), token.pos_, token.dep_, mine)
        return
    yield Node(depth, token.text, token.pos_, token.dep_, mine)
    for child in children:
        yield from _below(child, depth + 1, kept, roles)


def _phrase(token: Token) -> str:
    text = " ".join(token.doc[token.left_edge.i : token.right_edge.i + 1].text.split()).strip(" ,;:")
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
