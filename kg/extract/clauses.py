"""The words that fill an argument of a verb: its own, and those that it shares with the verbs beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.bearers import DEEDS
from kg.extract.mentions import MentionIndex, head_of
from kg.extract.objects import direct_objects
from kg.extract.subjects import surface_subject
from kg.extract.support import behind_row, last_of_row, responsible
from kg.extract.syntax import agents, antecedent, is_passive, obliques
from kg.extract.triggers import entries_of
from kg.lexicon import Argument, Lexicon

#: Types of entity that events happen in, and how the parser hangs their names on what happened there.
_WHERE = frozenset({"Place", "Country"})
_OF_RELATIVES = frozenset({"relative", "coordination"})
_IN_PHRASE = frozenset({"nmod", "nmod:unmarked", "appos", "compound", "obl"})


class Filler(NamedTuple):
    """A word in an argument position and the construction that put it there."""

    token: Token
    construction: str


class Clauses:
    """Finds fillers for the arguments of one verb after the other in a document."""

    def __init__(self, mentions: MentionIndex, lexicon: Lexicon) -> None:
        self.mentions = mentions
        self.lexicon = lexicon
        #: By the position of a verb: whether it tells of force or law, of harm, and of what its subject does.
        self._deeds: dict[int, tuple[bool, bool, bool]] = {}

    def fillers(self, verb: Token, argument: Argument) -> Iterator[Filler]:
        """The words in the place of an argument."""
        passive = is_passive(verb)
        if argument.role == "subject":
            yield from self.agents(verb) if passive else self.actor(verb)
        elif argument.role == "directObject":
            yield from self._sufferer(verb) if passive else (Filler(c, "active") for c in direct_objects(verb))
        elif argument.role == "indirectObject":
            yield from (Filler(antecedent(c), "active") for c in verb.children if c.dep_ == "iobj")
        elif argument.role == "prepositionalAdjunct":
            own = obliques(verb, argument.markers)
            yield from (Filler(token, "oblique") for token in own)
            is_told = any(self.mentions.kind(token) == "Event" for token in own)
            if passive and not is_told and self.is_harm(verb) and not agents(verb):
                happened = self._happening(verb, argument.markers)
                if happened is not None and happened not in own:
                    yield Filler(happened, "oblique")

    def actor(self, verb: Token) -> Iterator[Filler]:
        """Who acts in an active clause."""
        if (subject := surface_subject(verb)) is not None:
            yield Filler(self._what_did_it(verb, *subject), subject[1])

    def agents(self, passive: Token) -> list[Filler]:
        """Who acts in a passive: its own agent, else that of the last in a row of harms."""
        for verb in (passive, last_of_row(passive, self.is_harm)):
            if verb is None:
                break
            found = [Filler(token, "passive" if verb == passive else "coordination") for token in agents(verb)]
            if found := found or [Filler(token, "adjunct") for token in responsible(verb, self.is_deed)]:
                return found
        return []

    def _sufferer(self, passive: Token) -> Iterator[Filler]:
        if (subject := surface_subject(passive)) is not None:
            token, how = subject
            if how == "coordination" and (beside := self._right_before(passive)) is not None:
                token, how = beside, "active"
            yield Filler(token, "passive" if how == "active" else how)

    def _right_before(self, verb: Token) -> Token | None:
        """Who is named right before a participle in a row: "two were killed and *five more* injured"."""
        doc, position = verb.doc, verb.i
        while (span := self.mentions.ending_at(position)) is None:
            position -= 1
            if position <= verb.sent.start or doc[position].pos_ not in {"AUX", "ADV"}:
                return None
        return head_of(span) if self.mentions.base_type(span) in {"Group", "Person"} else None

    def _happening(self, passive: Token, wanted: frozenset[str]) -> Token | None:
        """The event behind a deed by the order of words: "two were killed and five of them hurt in the *raid*"."""
        for adposition in behind_row(passive, self.is_harm):
            if adposition.lower_ in wanted:
                position = adposition.i + 1
                position += position < len(passive.doc) and passive.doc[position].pos_ in {"DET", "PRON"}
                named = self.mentions.longest_from(position) or self.mentions.longest_from(adposition.i + 1)
                if named is not None and self.mentions.base_type(named) == "Event":
                    return head_of(named)
        return None

    def _what_did_it(self, verb: Token, subject: Token, construction: str) -> Token:
        """The event in a place that a relative clause hangs on: "the *attack* in Graz, which killed two"."""
        if construction not in _OF_RELATIVES or self.mentions.kind(subject) not in _WHERE or not self.is_deed(verb):
            return subject
        token = subject
        while token.dep_ in _IN_PHRASE:
            token = token.head
            if self.mentions.kind(token) == "Event":
                return token
        return self._happened_at(subject) or subject

    def _happened_at(self, place: Token) -> Token | None:
        """The event before a place by the order of words: "of a *fire* at a hotel in *Graz*"."""
        span = self.mentions.headed_by(place)
        while span is not None:
            phrase = self.mentions.all_ending_at(span.end)[-1]
            before = phrase.start - 1
            if before <= place.sent.start or place.doc[before].pos_ != "ADP":
                break
            span = self.mentions.ending_at(before)
            if span is not None and self.mentions.base_type(span) == "Event":
                return head_of(span)
        return None

    def is_deed(self, verb: Token) -> bool:
        """Whether a verb tells of force or law."""
        return self._kind_of_deed(verb)[0]

    def is_harm(self, verb: Token) -> bool:
        """Whether a verb tells what somebody suffers from another or from a happening."""
        return self._kind_of_deed(verb)[1]

    def is_done_by_subject(self, verb: Token) -> bool:
        """Whether the subject of an active verb does the deed: "kill", and not "die"."""
        return self._kind_of_deed(verb)[2]

    def _kind_of_deed(self, verb: Token) -> tuple[bool, bool, bool]:
        if (known := self._deeds.get(verb.i)) is None:
            properties = self.mentions.ontology.properties
            senses = [sense for entry in entries_of(verb, self.lexicon) for sense in entry.senses]
            deeds = [sense for sense in senses if properties[sense.relation].group == DEEDS]
            harms = [sense for sense in deeds if "Event" in properties[sense.relation].range]
            ends = (way for sense in deeds for way in (*sense.object, *(() if sense in harms else sense.subject)))
            known = self._deeds[verb.i] = bool(deeds), bool(harms), any(way.role == "subject" for way in ends)
        return known
