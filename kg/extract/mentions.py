"""Which mention a word heads: the border between the parse and the entities."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract.syntax import child, markers
from kg.ontology import Ontology

#: Nouns that measure what follows them: "dozens *of hostages*", "one *of the men*".
_MEASURES = frozenset(
    "number dozen hundred thousand million majority most some one group series pair part rest lot couple handful all "
    "many each both several any none half score crowd total two three four five six seven eight nine ten "
    "percent cent % third quarter wave round spate string".split()
)
#: Nouns for a point in what follows them, and what leads there: "struck *targets* in Graz".
_SPOTS = frozenset({"target", "location", "site", "position", "outskirt", "outskirts"})
_WITHIN = frozenset({"in", "of", "at", "across", "inside", "near"})
#: Nouns with a name of their kind after "of": "the city *of Kazan*".
_KINDS = frozenset(
    "city town village province state region county district island port kingdom republic area oblast".split()
)
#: Nouns for what a name before them is the name of: "the *Hamas* movement".
_CLASSES = _KINDS | frozenset(
    "party group movement alliance cartel gang militia coalition network faction company newspaper agency airline club "
    "team neighborhood neighbourhood camp valley".split()
)
#: Nouns that stand for whose they are where somebody is harmed: "the *deaths* of six climbers", "the *lives* of two".
_LOSSES = frozenset({"death", "life"})
#: Relations of words that are no head of a phrase.
_MODIFYING = frozenset({"compound", "amod", "nmod:poss", "det", "case", "punct", "nummod", "flat", "cc", "advmod"})
#: Parts of speech that may stand between a noun and a name that modifies it.
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})


def head_of(span: Span) -> Token:
    """The word that a phrase hangs on. Where several hang outside, the first that is no mere modifier."""
    if len(span) == 1:
        return span[0]
    outside = [token for token in span if token.head.i == token.i or not span.start <= token.head.i < span.end]
    heads = [token for token in outside if token.dep_ not in _MODIFYING]
    return heads[0] if heads else outside[-1]


def mentions_from(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """The mentions that begin within some tokens, in the order of the text, found without a look at all the others."""
    spans = doc.spans.get("mentions", ())
    for number in range(bisect_left(spans, start, key=lambda span: span.start), len(spans)):
        if spans[number].start >= end:
            return
        yield spans[number]


class MentionIndex:
    """The mentions of a document by the word that heads them."""

    def __init__(self, doc: Doc, ontology: Ontology) -> None:
        self.ontology = ontology
        self.spans: list[Span] = list(doc.spans.get("mentions", ())) or list(doc.ents)
        self._types: dict[str, str] = {}
        self._by_root: dict[int, Span] = {}
        self._covering: dict[int, Span] = {}
        self._starting: dict[int, Span] = {}
        self._ending: dict[int, Span] = {}
        self._all_at: dict[int, list[Span]] = defaultdict(list)
        self._all_ending: dict[int, list[Span]] = defaultdict(list)
        for span in sorted(self.spans, key=lambda s: s.end - s.start):
            root = head_of(span).i
            self._starting.setdefault(span.start, span)  # the shortest wins
            self._ending.setdefault(span.end, span)
            self._all_ending[span.end].append(span)
            self._all_at[span.start].append(span)
            held = self._by_root.get(root)
            if held is None or held.label_ != "Country" or span.label_ != "Group":
                self._by_root[root] = span  # the longest wins
            for token in span:
                self._covering.setdefault(token.i, span)  # the shortest wins

    def base_type(self, span: Span) -> str:
        """Which of the eight types of entity a mention has."""
        label = span.label_
        if (known := self._types.get(label)) is None:
            known = self._types[label] = self.ontology.base_type(label)
        return known

    def kind(self, token: Token) -> str | None:
        """The base type of what a word in an argument position stands for."""
        span = self.find(token)
        return self.base_type(span) if span is not None else None

    def headed_by(self, token: Token) -> Span | None:
        """The mention whose head the token is."""
        return self._by_root.get(token.i)

    def covering(self, token: Token) -> Span | None:
        """The shortest mention that holds the token."""
        return self._covering.get(token.i)

    def starting_at(self, position: int) -> Span | None:
        """The shortest mention that begins at a token."""
        return self._starting.get(position)

    def longest_at(self, position: int, *, within: Span) -> Span | None:
        """The longest mention that begins at a token and lies inside a phrase."""
        found = [s for s in self._all_at.get(position, ()) if s.end <= within.end and s is not within]
        return max(found, key=len, default=None)

    def inside(self, span: Span) -> list[Span]:
        """The mentions within a phrase, in the order of the text, of two that begin at one word the shortest first."""
        found = (other for i in range(span.start, span.end) for other in self._all_at.get(i, ()))
        return [other for other in found if other.end <= span.end and other is not span]

    def longest_from(self, position: int) -> Span | None:
        """The longest mention that begins at a token."""
        return max(self._all_at.get(position, ()), key=len, default=None)

    def all_ending_at(self, position: int) -> list[Span]:
        """The mentions that end before a token, the shortest first."""
        return self._all_ending.get(position, [])

    def ending_at(self, position: int) -> Span | None:
        """The shortest mention that ends before a token."""
        return self._ending.get(position)

    def before(self, token: Token) -> Span | None:
        """The mention that stands before a noun as its modifier: "*Russian* Deputy Foreign", "*the EU* 's trade".

        Read from the order of words alone, which is fixed here, so that a slip of the parser does no harm.
        """
        doc, position = token.doc, token.i
        first = token.sent.start
        while position > first:
            found = self._ending.get(position)
            if found is not None:
                return found if found.start >= first else None
            word = doc[position - 1]
            if word.pos_ not in _MODIFIERS and word.lower_ not in {"'s", "’s", "-", "'"}:
                return None
            position -= 1
        return None

    def find(self, token: Token) -> Span | None:
        """The mention that a word in an argument position stands for: its own, or that of the name at its side."""
        found = self._by_root.get(token.i)
        if found is not None:
            return found
        for c in token.children:
            if c.dep_ in {"appos", "flat", "nmod:desc"} and c.i in self._by_root:
                return self._by_root[c.i]
        lemma = token.lemma_.lower()
        if lemma in _SPOTS:
            within = next((c for c in token.rights if c.dep_ == "nmod" and markers(c) & _WITHIN), None)
            return self.find(within) if within is not None else None
        if lemma in _MEASURES or lemma in _KINDS or token.pos_ == "NUM":
            of = next((c for c in token.rights if c.dep_ == "nmod" and "of" in markers(c)), None)
            if of is not None:
                return self.find(of)
            if (behind := self._behind_of(token)) is not None:
                return behind
        cover = self.covering(token)
        if cover is not None and token.dep_ in {"flat", "compound", "appos"}:
            return cover
        if token.pos_ == "NOUN" and self.is_class(token):
            return self._classified(token)
        if cover is None and token.pos_ == "NOUN":
            return self._titled(token)
        return None

    def is_class(self, noun: Token) -> bool:
        """Whether a noun only tells what kind of thing a name before it names: "the Hamas *movement*"."""
        return noun.lemma_.lower() in _CLASSES

    def whose_loss(self, noun: Token) -> Span | None:
        """Who died where a noun tells of their death: "the deaths of *six climbers*"."""
        if noun.lemma_.lower() not in _LOSSES:
            return None
        whose = next((c for c in noun.children if c.dep_ == "nmod" and "of" in markers(c)), child(noun, "nmod:poss"))
        return self.find(whose) if whose is not None else None

    def _classified(self, noun: Token) -> Span | None:
        """The name right before a noun for what it is: "the *Anti-balaka* militia", "the *Samaria* area"."""
        named = self._ending.get(noun.i)
        return named if named is not None and named.root.pos_ == "PROPN" and named.end - 1 > noun.sent.start else None

    def _titled(self, noun: Token) -> Span | None:
        """The name right behind a title that the parser took for something of its own: "president *Ito* appoints"."""
        named = self._starting.get(noun.i + 1)
        is_name = named is not None and named.root.pos_ == "PROPN" and self.base_type(named) == "Person"
        return named if is_name and noun.i + 1 < noun.sent.end else None

    def measured(self, token: Token) -> Token | None:
        """The head of a phrase that only counts what a word stands for: "a *series* of strikes"."""
        head = token.head
        counts = token.dep_ == "nmod" and head.lemma_.lower() in _MEASURES and "of" in markers(token)
        return head if counts and head.i in self._by_root else None

    def _behind_of(self, token: Token) -> Span | None:
        """The mention behind the "of" that follows a word, by the order of words alone."""
        doc, position = token.doc, token.i + 2
        if position >= len(doc) or doc[token.i + 1].lower_ != "of":
            return None
        return self._starting.get(position + (doc[position].pos_ == "DET"))

    def name_behind(self, noun: Token) -> Span | None:
        """The name of a person behind a noun and its complement: "the head of Acme, *Ito*", "mayor of Graz *Ito*"."""
        doc, position = noun.doc, noun.i + 2
        if position >= len(doc) or doc[noun.i + 1].lower_ not in {"of", "for", "to", "at"} or position >= noun.sent.end:
            return None
        position += doc[position].pos_ == "DET"
        inner = max(self._all_at.get(position, ()), key=len, default=None)
        if inner is not None and self.base_type(inner) == "Person":
            return None
        if inner is not None:
            position = inner.end + (inner.end < len(doc) and doc[inner.end].text == ",")
        elif self.kind(noun) in {None, "Person"} and position < len(doc) and doc[position].pos_ in {"NOUN", "PROPN"}:
            position += 1  # "the secretary of state Ito"
        named = self._starting.get(position)
        is_name = named is not None and named.root.pos_ == "PROPN" and self.base_type(named) == "Person"
        return named if is_name and position < noun.sent.end else None

    def complement(self, office: Token) -> Span | None:
        """What a common noun for an office is "of": "president of *Chile*", "*Porto* mayor"."""
        if office.pos_ != "NOUN" or self.kind(office) not in {None, "Person"}:
            return None
        of = next((c for c in office.rights if c.dep_ == "nmod" and "of" in markers(c)), None)
        return self.find(of) if of is not None else None

    def name_near(self, token: Token) -> Token | None:
        """The head of the name in apposition to a noun, on either side."""
        if token.dep_ == "appos":
            return token.head
        return child(token, "appos")
