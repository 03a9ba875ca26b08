"""Where an article speaks of entities: names, noun phrases and pronouns. The spaCy component ``kg_mentions``.

Names come from ``doc.ents`` and, where the model sees names inside names and noun phrases itself, from ``doc.spans["names"]``
and ``doc.spans["nominals"]``; further noun phrases are typed by their head noun (``ontologies/nouns-en.ttl``). The spans
follow the annotation guidelines: a name without title and leading "the", a noun phrase with its modifiers up to a comma or
a relative clause. All that may be a mention is kept: a phrase that no statement uses costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.gazetteer import ClassNouns, Gazetteer, load_gazetteer, load_nouns
from kg.language.syntax import Syntax
from kg.naming import TITLES
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
#: Words that stand for persons without a noun: "several were injured", "the wounded", "others".
_COUNTS = frozenset(
    ["several", "some", "many", "all", "both", "those", "others", "dozens", "hundreds", "thousands", "scores"]
)
_ONE = frozenset(["one", "another"])
#: Relations in which a phrase takes part in what a sentence says.
_ARGUMENT = frozenset(
    [
        "nsubj",
        "nsubj:pass",
        "obj",
        "iobj",
        "obl",
        "obl:agent",
        "nmod",
        "nmod:poss",
        "conj",
        "appos",
        "root",
        "nsubj:outer",
    ]
)
#: Organizations that are named by a bare noun before another noun: "government officials", "police chief".
_BARE = frozenset(["government", "police", "opposition", "military", "army", "parliament"])
#: Types whose plural is a set of people rather than one of its kind.
_PLURAL_IS_GROUP = frozenset(["Person", "Organization", "Country"])


def mention_kind(span: Span) -> MentionKind:
    """Whether a mention is a name, a noun phrase or a pronoun."""
    if len(span) == 1 and span[0].text.lower() in PRONOUNS and span[0].pos_ in {"PRON", "DET"}:
        return "pronoun"
    root = span.root
    named = root.ent_type_ or (root.pos_ in {"PROPN", "ADJ"} and root.text[:1].isupper())
    return "name" if named and span[0].text.lower() not in {"a", "an", "his", "her", "its", "their"} else "nominal"


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

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of ``doc``."""
        found: dict[tuple[int, int], str] = {}
        syntax = Syntax.of(doc)
        for start, end, label in self._candidates(doc, syntax):
            found.setdefault((start, end), label)
        spans = [Span(doc, start, end, label=label) for (start, end), label in sorted(found.items(), key=_outer_first)]
        doc.spans[MENTIONS] = spans
        return doc

    def _candidates(self, doc: Doc, syntax: Syntax) -> Iterator[tuple[int, int, str]]:
        named = [False] * len(doc)
        for ent in doc.ents:
            start, end = self._trim(syntax, ent.start, ent.end, ent.label_)
            for i in range(ent.start, ent.end):
                named[i] = True
            yield start, end, ent.label_
            yield from self._inner(syntax, start, end, ent.label_)
        for span in doc.spans.get("names", ()):
            yield (*self._trim(syntax, span.start, span.end, span.label_), span.label_)
        phrases = set[int]()
        for span in doc.spans.get("nominals", ()):
            if not all(named[span.start : span.end]):
                phrases.add(span.root.i)
                yield span.start, span.end, span.label_
        for i, pos in enumerate(syntax.pos):
            if pos == "PRON" and syntax.lower[i] in PRONOUNS and syntax.dep[i] != "expl":
                yield i, i + 1, PRONOUNS[syntax.lower[i]]
            elif not named[i] and i not in phrases:
                yield from self._unnamed(syntax, i, pos, named)

    def _unnamed(self, syntax: Syntax, i: int, pos: str, named: list[bool]) -> Iterator[tuple[int, int, str]]:
        """What a word outside the names stands for: a country by its adjective, or the phrase that it heads."""
        word = syntax.text[i]
        if pos in {"ADJ", "PROPN"} and word[:1].isupper():
            if (country := self._country(syntax, i, len(named))) and not named[country - 1]:
                yield i, country, "Country"
                return
        if pos in {"NOUN", "PROPN"} or syntax.dep[i] in _ARGUMENT:
            label = self._type(syntax, i, pos, named)
            if label:
                yield (*syntax.noun_phrase(i), label)

    def _country(self, syntax: Syntax, start: int, limit: int) -> int | None:
        """Where the country's name or adjective that begins at ``start`` ends."""
        for end in range(min(start + 3, limit), start, -1):
            if self.gazetteer.meant(" ".join(syntax.text[start:end])):
                return end
        return None

    def _trim(self, syntax: Syntax, start: int, end: int, label: str) -> tuple[int, int]:
        """A name without leading article, title and possessive ending."""
        if syntax.lower[start] == "the" and end - start > 1:
            start += 1
        if syntax.lower[end - 1] in {"'s", "’s", "'", "’"} and end - start > 1:
            end -= 1
        if label == "Person":
            while (
                end - start > 1
                and syntax.lower[start].rstrip(".") in TITLES
                and syntax.dep[start] in {"nmod:desc", "compound"}
            ):
                start += 1
        return start, end

    def _inner(self, syntax: Syntax, start: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
        """The country within a longer name: "*Israeli* Defense Forces", "Bank of *England*"."""
        if label in {"Country", "Person", "Place"} and not (label == "Place" and end - start > 1):
            return
        for first in range(start, end - 1):
            if first == start or syntax.lower[first - 1] in {"of", "the"}:
                stop = self._country(syntax, first, end)
                adjective = stop and self.gazetteer.named(" ".join(syntax.text[first:stop])) is None
                if stop and (first, stop) != (start, end) and (label != "Place" or adjective):
                    yield first, stop, "Country"
        if syntax.lower[end - 2] in {"of", "the"} and self.gazetteer.named(syntax.text[end - 1]):
            yield end - 1, end, "Country"

    def _type(self, syntax: Syntax, i: int, pos: str, named: list[bool]) -> str | None:
        """The type of what a word heads a phrase for, or ``None`` where it heads no phrase that may be a mention."""
        dep, head, lemma = syntax.dep[i], syntax.head[i], syntax.lemma[i]
        if pos in {"NOUN", "PROPN"}:
            if dep in {"compound", "nmod:desc", "flat", "fixed", "goeswith"}:
                bare = dep == "compound" and lemma in _BARE and not syntax.children[i]
                return self.nouns.types.get(lemma) if bare and head != i else None
            if dep in {"nmod:unmarked", "obl:unmarked", "obl:tmod", "vocative"}:
                return None
            if i + 1 < len(named) and named[i + 1] and dep != "nmod:poss" and self._before_name(syntax, i):
                return None  # a title
            plural = lemma != syntax.lower[i] and syntax.lower[i].endswith(("s", "men", "people", "children"))
            if syntax.text[i][:1].isupper() and pos in {"PROPN", "NOUN"} and self.gazetteer.people(syntax.text[i]):
                return "Group" if syntax.lower[i].endswith(("s", "men")) or not _single(syntax, i) else "Person"
            label = self.nouns.types.get(lemma) or self.nouns.types.get(syntax.lower[i])
            if label is None:
                return self._borrowed(syntax, i, named)
            if plural and label in _PLURAL_IS_GROUP and lemma not in {"force", "authority"}:
                return "Group"
            return label
        if dep not in _ARGUMENT:
            return None
        lower = syntax.lower[i]
        if lower in _ONE and pos in {"NUM", "PRON", "DET"}:
            return "Person" if dep in {"nsubj", "nsubj:pass", "obj"} else None
        if lower in _COUNTS or (pos == "NUM" and dep in {"nsubj", "nsubj:pass", "obj"} and not _amount(syntax, i)):
            return "Group"
        if pos == "ADJ" and syntax.lower[syntax.noun_phrase(i)[0]] in {"the", "a"}:
            if lower == "old" or lower.endswith("-old"):
                return "Person"
            if lower in {
                "wounded",
                "dead",
                "injured",
                "accused",
                "deceased",
                "missing",
                "poor",
                "rich",
                "elderly",
                "sick",
            }:
                return "Group" if lower not in {"accused", "deceased"} else "Person"
        return None

    def _before_name(self, syntax: Syntax, i: int) -> bool:
        """Whether a noun right before a name is a title of it: it has no article and no owner."""
        start, _ = syntax.noun_phrase(i)
        return syntax.head[i + 1] == i or syntax.head[i] >= i + 1 if syntax.pos[start] not in {"DET", "PRON"} else False

    def _borrowed(self, syntax: Syntax, i: int, named: list[bool]) -> str | None:
        """A noun of no known class next to a name ("Ada, a *polymath* from …") speaks of what the name names; left untyped."""
        return None


def _single(syntax: Syntax, i: int) -> bool:
    return any(syntax.lower[c] in {"a", "an", "one", "another"} for c in syntax.children[i] if c < i)


def _amount(syntax: Syntax, i: int) -> bool:
    """Whether a number counts money, shares or years rather than people."""
    near = {syntax.lower[j] for j in range(max(0, i - 1), min(len(syntax.lower), i + 2))}
    return (
        bool(near & {"$", "€", "£", "%", "percent", "million", "billion"})
        or syntax.lower[i] in {"one", "1"}
        or (len(syntax.lower[i]) == 4 and syntax.lower[i].isdigit())
    )


def _outer_first(item: tuple[tuple[int, int], str]) -> tuple[int, int]:
    (start, end), _ = item
    return start, -end


def spans(doc: Doc) -> list[Span]:
    """The mentions of a ``Doc`` that ``kg_mentions`` has seen."""
    return list(cast(Iterable[Span], doc.spans.get(MENTIONS, ())))
