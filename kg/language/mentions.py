"""Where an article speaks of entities: names, noun phrases and pronouns. The spaCy component ``kg_mentions``.

Names come from ``doc.ents`` and, where the model sees names inside names and noun phrases itself, from
``doc.spans["names"]`` and ``doc.spans["nominals"]``; further noun phrases are typed by their head noun
(``ontologies/nouns-en.ttl``). The spans follow the annotation guidelines: a name without title and leading "the", a
noun phrase with its modifiers up to a comma or a relative clause. All that may be a mention is kept: a phrase that no
statement uses costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.gazetteer import ClassNouns, Gazetteer, load_gazetteer, load_nouns
from kg.language.namesakes import settled
from kg.language.phrase_types import is_predicate, phrase_type
from kg.language.syntax import Syntax
from kg.naming import TITLES
from kg.occupations import load_fields
from kg.records import Mention, MentionKind

#: The key under which ``doc.spans`` holds all mentions.
MENTIONS = "mentions"

#: Pronouns that may stand for an entity and the type they have as long as nothing else tells it.
PRONOUNS = {
    **dict.fromkeys(["i", "me", "my", "mine", "myself", "you", "your", "he", "him", "his", "himself"], "Person"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "Person"),
    **dict.fromkeys(["it", "its", "itself"], "Organization"),
    **dict.fromkeys(["they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"], "Group"),
}
#: Parts of speech that head a phrase.
_HEADS = frozenset(["NOUN", "PROPN", "NUM", "ADJ", "PRON", "DET"])
#: Parts of speech that no name ends with.
_EDGES = frozenset(["PUNCT", "SPACE", "ADP", "CCONJ", "DET"])
#: Parts of speech that no phrase ends with.
_LOOSE = frozenset(["ADP", "CCONJ", "DET", "PART", "SCONJ", "SPACE"])
_POSSESSIVES = frozenset(["'s", "’s", "'", "’"])
#: Titles that people are named with.
_NAMED_WITH = frozenset("king queen prince princess pope emperor empress sheikh sultan lord lady saint".split())
#: Countries' names that name something else as often.
_AMBIGUOUS = frozenset(["Georgia", "Georgian", "Jordan", "Chad", "Guinea", "Dominican", "Congo"])


def mention_kind(span: Span) -> MentionKind:
    """Whether a mention is a name, a noun phrase or a pronoun.

    A phrase with a common noun at its head is a name only where the model took it for one and it begins with a proper
    word ("Syrian civil war"), and never for people ("Israeli hostages", "Former minister").
    """
    first, root = span[0], span.root
    if len(span) == 1 and first.pos_ in {"PRON", "DET"} and first.text.lower() in PRONOUNS:
        return "pronoun"
    if span.label_ == "Event" and len(first.text) == 4 and first.text.isdigit():
        return "name" if any(word.text[:1].isupper() for word in span) else "nominal"  # "2020 Lisbon marathon"
    if first.pos_ in {"DET", "PRON", "NUM"} and len(span) > 1 and not (first.ent_type_ and root.ent_type_):
        return "nominal"
    if root.pos_ == "NOUN":
        proper = bool(root.ent_type_) and span.label_ not in {"Person", "Group"} and first.i != root.i
        return "name" if proper and first.text[:1].isupper() else "nominal"
    return "name" if root.ent_type_ or root.text[:1].isupper() else "nominal"


def mentions(doc: Doc, article_id: str) -> tuple[Mention, ...]:
    """The mentions of a ``Doc`` as records, in the order of the text."""
    return tuple(
        Mention(
            start=span.start_char,
            end=span.end_char,
            text=span.text,
            article=article_id,
            kind=mention_kind(span),
            type=span.label_,
            chain=span.id_,
        )
        for span in doc.spans[MENTIONS]
    )


@Language.factory(
    "kg_mentions",
    default_config={"nouns": []},
    requires=["token.pos", "token.dep", "token.lemma", "doc.ents"],
    assigns=["doc.spans"],
)
def make_mentions(nlp: Language, name: str, nouns: list[str]) -> MentionFinder:
    """The component; ``nouns`` are paths of lexicon files with more class nouns."""
    return MentionFinder(nouns=load_nouns(*map(Path, nouns)), gazetteer=load_gazetteer())


class MentionFinder:
    """Sets ``doc.spans["mentions"]``: spans labelled with their type, in the order of the text, outer before inner."""

    def __init__(self, *, nouns: ClassNouns, gazetteer: Gazetteer) -> None:
        self.nouns, self.gazetteer = nouns, gazetteer
        words = [word for c in gazetteer.countries for word in (c.name, *c.aliases, *c.adjectives)]
        #: First words of the countries' words that have several.
        self.starts = {word.split()[0] for word in words if " " in word or "-" in word}

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of ``doc``."""
        syntax = Syntax.of(doc)
        found: dict[tuple[int, int], str] = {}
        names = settled({(start, end): label for start, end, label in self._names(doc, syntax)}, syntax)
        found.update(names)
        named = [False] * len(doc)
        for start, end in names:
            named[start:end] = [True] * (end - start)
        for start, end, label in self._phrases(doc, syntax, named):
            found.setdefault((start, end), label)
        kept = _nested(sorted(found, key=lambda span: (span[0], -span[1])), names)
        doc.spans[MENTIONS] = [Span(doc, start, end, label=found[start, end]) for start, end in kept]
        return doc

    def _names(self, doc: Doc, syntax: Syntax) -> Iterator[tuple[int, int, str]]:
        """Proper names, and the countries in them and before nouns."""
        countries = dict(self._long_countries(syntax))
        inside = {i for start, end in countries.items() for i in range(start, end)}
        for start, end in countries.items():
            yield start, end, "Country"
        covered = [False] * len(doc)
        for span in (*doc.ents, *doc.spans.get("names", ())):
            start, end = _trim(syntax, span.start, span.end, span.label_)
            if not any(c.isalnum() for word in syntax.text[start:end] for c in word):
                continue  # a lone sign
            inner = covered[start] and end - start == 1
            covered[start:end] = [True] * (end - start)
            if start in inside and end - 1 in inside and countries.get(start) != end:
                continue  # a piece of a country's name
            label = self._checked(syntax, start, end, span.label_)
            if inner and label != "Country" and syntax.dep[start] == "amod" and syntax.pos[start] != "PROPN":
                continue  # a piece of a name that names nothing alone: "*Middle* East"
            if is_predicate(span.root.i, syntax, self.nouns):
                continue
            yield start, end, label
            yield from self._inner(syntax, start, end, label)
        for i, pos in enumerate(syntax.pos):
            alone = pos in {"ADJ", "PROPN"} and syntax.text[i][:1].isupper() and i not in inside and not covered[i]
            if alone and self._country(syntax, i, i + 1):
                yield i, i + 1, "Country"

    def _phrases(self, doc: Doc, syntax: Syntax, named: list[bool]) -> Iterator[tuple[int, int, str]]:
        """Noun phrases and pronouns."""
        heads = set[int]()
        for span in doc.spans.get("nominals", ()):
            head = span.root.i
            whole = len(span) > 1 or syntax.pos[head] != "DET"
            if is_predicate(head, syntax, self.nouns):
                continue
            if whole and syntax.pos[head] in _HEADS and not all(named[span.start : span.end]):
                heads.add(head)
                end = _finished(syntax, span.end, head)
                yield (*_without_article(syntax, span.start, end, span.label_), span.label_)
        for i, pos in enumerate(syntax.pos):
            if pos == "PRON" and syntax.lower[i] in PRONOUNS and syntax.dep[i] != "expl":
                yield i, i + 1, PRONOUNS[syntax.lower[i]]
            elif not named[i] and i not in heads and pos in _HEADS and not is_predicate(i, syntax, self.nouns):
                label = phrase_type(i, syntax, named, nouns=self.nouns, gazetteer=self.gazetteer)
                if label:
                    yield (*_without_article(syntax, *syntax.noun_phrase(i), label), label)

    def _long_countries(self, syntax: Syntax) -> Iterator[tuple[int, int]]:
        """Where names and adjectives of countries of several words stand, the longest first."""
        i, size = 0, len(syntax.text)
        while i < size:
            end = i + 1
            if syntax.text[i][:1].isupper() and syntax.text[i] in self.starts:
                for stop in range(min(i + 6, size), i + 1, -1):
                    if syntax.pos[stop - 1] not in _EDGES and self.gazetteer.meant(syntax.phrase(i, stop)):
                        yield i, stop
                        end = stop
                        break
            i = end

    def _checked(self, syntax: Syntax, start: int, end: int, label: str) -> str:
        """The type of a name, set right where the gazetteer knows better than the model."""
        text = syntax.phrase(start, end)
        country = self.gazetteer.meant(text)
        if country is None:
            if label != "Country":
                return label
            if self.gazetteer.people(text):
                return "Group"
            return "Place" if any(syntax.dep[c] == "case" for c in syntax.children[end - 1]) else "Organization"
        if text in _AMBIGUOUS or not country.links or (label == "Person" and self.gazetteer.named(text)):
            return label
        return "Country"

    def _country(self, syntax: Syntax, start: int, limit: int) -> int | None:
        """Where the country's name or adjective that begins at ``start`` ends."""
        for end in range(min(start + 6, limit), start, -1):
            if self.gazetteer.meant(syntax.phrase(start, end)):
                return end
        return None

    def _inner(self, syntax: Syntax, start: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
        """The country within a longer name: "*Israeli* Defense Forces", "Bank of *England*"."""
        if label == "Country":
            return
        for first in range(start, end):
            if first > start and syntax.lower[first - 1] not in {"of", "the"}:
                continue
            stop = self._country(syntax, first, end)
            if stop is None or stop - first == end - start:
                continue
            after = syntax.text[stop] if stop < end else ""
            described = after[:1].islower() or after in _POSSESSIVES
            if label == "Person" and not described:  # not in "Jordan Blake", but in "Peruvian minister"
                continue
            if label == "Place" and self.gazetteer.named(syntax.phrase(first, stop)):  # not in "Mexico City"
                continue
            yield first, stop, "Country"


def _trim(syntax: Syntax, start: int, end: int, label: str) -> tuple[int, int]:
    """A name without article, title and possessive ending, without what the model left hanging at its edges."""
    for i in range(start + 1, end):
        if syntax.pos[i] == "SPACE" or (syntax.text[i] == ")" and "(" not in syntax.text[start:i]):
            end = i
            break
    while end - start > 1 and (syntax.pos[end - 1] in _EDGES or syntax.lower[end - 1] in _POSSESSIVES):
        if syntax.text[end - 1] in {")", "!"}:
            break
        end -= 1
    while end - start > 1 and (syntax.lower[start] == "the" or (label == "Person" and _is_title(syntax, start, end))):
        start += 1
    return start, end


def _is_title(syntax: Syntax, start: int, end: int) -> bool:
    """Whether a name begins with a title; before a single word only where the parse says so ("Major Lund").

    An occupation is one at the beginning of a sentence, from which it has its capital: "*Hurdler* Ada Lund fell".
    """
    title = syntax.lower[start].rstrip(".")
    if title in _NAMED_WITH:
        return False
    if title in TITLES:
        return syntax.dep[start] in {"nmod:desc", "compound"} or end - start > 2
    return syntax.begins_sentence(start) and end - start > 2 and load_fields().is_title(title)


def _finished(syntax: Syntax, end: int, head: int) -> int:
    """Where a phrase ends that the model may have broken off: after a preposition or within a date."""
    open_ = syntax.pos[end - 1] in _LOOSE and end - 1 > head
    date = syntax.pos[end - 1] == "NUM" and syntax.pos[end : end + 1] in (["PROPN"], ["NUM"])
    if open_ or date:
        whole = syntax.noun_phrase(head)[1]
        if whole > end:
            return whole
    while end - 1 > head and syntax.pos[end - 1] in _LOOSE:
        end -= 1
    return end


def _without_article(syntax: Syntax, start: int, end: int, label: str) -> tuple[int, int]:
    """Leave "the" out before a capital, as before a name: "the *Israeli military*"; people keep it."""
    capital = end - start > 1 and syntax.lower[start] == "the" and syntax.text[start + 1][:1].isupper()
    return (start + 1 if capital and label not in {"Person", "Group"} else start), end


def _nested(spans: list[tuple[int, int]], names: Mapping[tuple[int, int], str]) -> list[tuple[int, int]]:
    """Drop what crosses another span: phrases before names, the later before the earlier."""
    open_: list[tuple[int, int]] = []
    dropped: set[tuple[int, int]] = set()
    for span in spans:
        while open_ and open_[-1][1] <= span[0]:
            open_.pop()
        for other in reversed(open_):
            if other[1] < span[1]:
                dropped.add(other if span in names and other not in names else span)
        if span not in dropped:
            open_ = [other for other in open_ if other not in dropped] + [span]
    return [span for span in spans if span not in dropped]


def spans(doc: Doc) -> list[Span]:
    """The mentions of a ``Doc`` that ``kg_mentions`` has seen."""
    return list(cast(Iterable[Span], doc.spans.get(MENTIONS, ())))
