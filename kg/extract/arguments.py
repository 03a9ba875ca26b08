"""The words that fill an argument of a frame, for verbs, nouns, adjectives and prepositions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.tokens import Span, Token

from kg.extract.bearers import DEEDS
from kg.extract.clauses import Clauses, Filler
from kg.extract.complements import WITHIN, complements, holds
from kg.extract.denoted import denoted
from kg.extract.mentions import MentionIndex, head_of, mentions_from
from kg.extract.predications import predications
from kg.extract.prepositions import acting, bearers_of_phrase, governed
from kg.extract.roles import OFFICES
from kg.extract.sentences import before
from kg.extract.stance import Cue
from kg.extract.subjects import surface_subject
from kg.extract.support import brought, purposeful
from kg.extract.syntax import agents, antecedent, child, conjuncts, is_passive, markers
from kg.extract.titles import TITLE
from kg.extract.triggers import entries_of
from kg.lexicon import Argument, Lexicon, Sense

_PREMODIFIERS = frozenset({"compound", "amod", "nmod:desc", "nmod", "nmod:unmarked", "det"})
#: Nouns for who holds or seeks an office that only states have as a rule, so that the country goes without saying.
_OF_STATES = frozenset(
    "president premier minister chancellor king queen emir sultan monarch senator lawmaker legislator mp congressman "
    "congresswoman secretary general candidate".split()
)
_DASHES = frozenset({"-", "–", "—"})
#: Prepositions of a happening that whoever acts in its clause brings about.
_BY_MEANS = frozenset({"in", "with"})


#: Types of entity whose names are made of a noun and another name.
_NAMED_AFTER = frozenset({"Place", "Organization", "Work", "Product", "Event"})
#: Which way to express an argument of a noun is taken where there are several.
_ORDER = {"prepositionalAdjunct": 0, "subject": 1, "possessiveAdjunct": 2, "attributiveArg": 3}


def _order(way: Argument) -> int:
    return _ORDER.get(way.role, 9)


@lru_cache(maxsize=1024)
def _begun(markers: frozenset[str]) -> frozenset[str]:
    """The first word of each preposition."""
    return frozenset(marker.partition(" ")[0] for marker in markers)


class Arguments:
    """Finds fillers for the arguments of one trigger after the other in a document."""

    def __init__(self, mentions: MentionIndex, lexicon: Lexicon, cues: Mapping[int, Cue]) -> None:
        self.mentions = mentions
        #: The words of stance by their position.
        self.cues = cues
        self.lexicon = lexicon
        self.light_verbs = lexicon.light_verbs
        self.clauses = Clauses(mentions, lexicon)
        self._find = {"verb": self.clauses.fillers, "noun": self._of_noun, "adjective": self._of_adjective}
        #: By the position of a word: the words of its sentence.
        self._words: dict[int, frozenset[str]] = {}
        #: What was found by one way of expression: the senses of a word differ less in their ways than in the rest.
        self._found: dict[tuple[int, str, str, frozenset[str], frozenset[str]], list[Filler]] = {}

    def fill(self, trigger: Token, pos: str, ways: tuple[Argument, ...]) -> list[Filler]:
        """The fillers of an argument, by the first of its ways of expression that has any."""
        for way in sorted(ways, key=_order) if len(ways) > 1 else ways:
            key = (trigger.i, pos, way.role, way.markers, way.fillers)
            if (found := self._found.get(key)) is None:
                found = self._found[key] = self._by(trigger, pos, way)
            if found:
                return found
        if pos == "noun" and any(way.role == "subject" for way in ways):
            is_thing = self.mentions.kind(trigger) in {"Work", "Product"}  # "voted for the *article*"
            return [] if is_thing else [Filler(token, "purpose") for token in purposeful(trigger)]
        return []

    def predicated(self, verb: Token, sense: Sense) -> Iterator[tuple[Filler, Filler]]:
        """Both ends of a sense that asks for certain words as what the verb says of its object."""
        for spoken_of, predicate in predications(verb, self.cues):
            if all(holds(predicate, way.fillers) for way in sense.frame.of_object):
                for speaker in self.fill(verb, "verb", sense.subject):
                    for token in conjuncts(spoken_of):
                        yield speaker, Filler(token, "predicative")

    def own_complements(self, name: Token, ways: tuple[Argument, ...]) -> list[Token]:
        """The phrases of a name with a preposition of its title: "senators Ito *of Graz* and Dahl *of Linz*"."""
        if name.pos_ != "PROPN":
            return []
        wanted = frozenset(marker for way in ways if way.role == "prepositionalAdjunct" for marker in way.markers)
        return [c for c in name.rights if c.dep_ == "nmod" and markers(c) & wanted]

    def _by(self, trigger: Token, pos: str, way: Argument) -> list[Filler]:
        find = self._find.get(pos, self._of_adposition)
        firsts = [filler for filler in find(trigger, way) if holds(filler.token, way.fillers)]
        return [Filler(token, how) for first, how in firsts for token in self._all_of(first, pos, way.role)]

    def _all_of(self, first: Token, pos: str, role: str) -> Iterator[Token]:
        """A word, what is coordinated with it, and what is named as included: "three people, *including a child*"."""
        for token in conjuncts(first):
            if role == "copulativeArg" and token.i != first.i and self._has_own_title(token):
                continue  # "Oria's minister Ito and Gral's *minister Dahl*"
            yield token
            span = self.mentions.headed_by(token) if pos == "verb" else None
            if span is not None and (named := self._included(span)) is not None:
                yield from conjuncts(named)

    def _has_own_title(self, token: Token) -> bool:
        span = self.mentions.headed_by(token)
        if token.pos_ == "NOUN":
            return span is None or self.mentions.starting_at(span.end) is not None
        if span is None:
            return False
        before = span.doc[span.start - 1] if span.start > span.sent.start else None
        return token.pos_ == "PROPN" and before is not None and before.pos_ in {"NOUN", "PROPN"}

    def _included(self, span: Span) -> Token | None:
        """Who is named behind a phrase, or behind the verb of that, as one of them."""
        if "including" not in self._beside(span[0]):
            return None
        doc, last, head = span.doc, span.sent.end, head_of(span)
        behind = [span.end]
        if head.i < head.head.i < last and head.dep_ in {"nsubj", "nsubj:pass"}:
            behind.append(head.head.i + 1)  # "three people were killed, *including a child*"
        for position in behind:
            position += position < last and doc[position].text == ","
            if position < last - 1 and doc[position].lower_ == "including":
                position += 1 + (doc[position + 1].pos_ == "DET")
                named = self.mentions.longest_from(position) or self.mentions.longest_from(position - 1)
                if named is not None:
                    return head_of(named)
        return None

    # --- nouns

    def _of_noun(self, noun: Token, argument: Argument) -> Iterator[Filler]:
        if argument.role == "copulativeArg":
            yield from denoted(noun, self.mentions)
        elif argument.role == "possessiveAdjunct":
            yield from self._possessors(noun)
        elif argument.role == "attributiveArg":
            found = list(self._premodifiers(noun))
            yield from found or self._only_country(noun)
        elif argument.role == "subject":
            yield from self._supported(noun)
        elif argument.role == "prepositionalAdjunct":
            own = self._complements(noun, argument.markers)
            yield from (Filler(token, "nominal") for token in own)
            if not own and "between" in argument.markers:
                yield from (Filler(token, "joined") for token in self._joined_before(noun))

    def _complements(self, noun: Token, wanted: frozenset[str]) -> list[Token]:
        if self._beside(noun).isdisjoint(_begun(wanted)):
            return []  # most prepositions that a noun could take are not in its sentence
        return complements(noun, wanted, self.mentions, self.light_verbs)

    def _beside(self, token: Token) -> frozenset[str]:
        """The words of a token's sentence."""
        if (words := self._words.get(token.i)) is None:
            sentence = token.sent
            words = frozenset([word.lower_ for word in sentence])
            self._words.update(dict.fromkeys(range(sentence.start, sentence.end), words))
        return words

    def _possessors(self, noun: Token) -> Iterator[Filler]:
        """ "*Russia's* president", also where the name that follows holds the possessive."""
        heads = [noun]
        if noun.dep_ in TITLE or (noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}):
            heads.append(noun.head)
        for head in heads:
            for c in head.lefts:
                if c.dep_ == "nmod:poss" and c.i < noun.i and c.lower_ not in {"who", "which", "that", "whom"}:
                    yield Filler(antecedent(c), "possessive")
                    return

    def _premodifiers(self, noun: Token) -> Iterator[Filler]:
        """ "the *Russian* president", "*Apple* chief", also where these hang on the name that follows."""
        own = self.mentions.covering(noun)
        in_name = noun.pos_ == "PROPN" and own is not None and head_of(own).pos_ == "PROPN"
        is_part = self.mentions.headed_by(noun) == own or noun.dep_ in {"flat", "compound"}
        if own and in_name and is_part and self.mentions.base_type(own) in _NAMED_AFTER:
            return  # "Mexico City" is a name: what stands before the noun is part of it
        found = False
        for head in (noun, noun.head) if noun.dep_ in TITLE else (noun,):
            for c in head.lefts:
                if not found and c.i < noun.i and c.dep_ in _PREMODIFIERS and self.mentions.headed_by(c) is not None:
                    found = True
                    yield Filler(c, "premodifier")
        if not found and (before := self.mentions.before(noun)) is not None:
            yield Filler(head_of(before), "premodifier")

    def _joined_before(self, noun: Token) -> Iterator[Token]:
        """The names that a dash joins before a noun for what is between them: "*Oria*-*Gral* talks"."""
        last = self.mentions.before(noun)
        while last is not None and last.start >= 2 and noun.doc[last.start - 1].text in _DASHES:
            first = self.mentions.ending_at(last.start - 1)
            if first is None:
                return
            yield head_of(first)
            yield head_of(last)
            last = first

    def _only_country(self, noun: Token) -> Iterator[Filler]:
        """The country of a title that names none, where its sentence, or else the one before, speaks of one only."""
        named = self.mentions.starting_at(noun.i + 1) if noun.lemma_.lower() in _OF_STATES else None
        if named is None or self.mentions.base_type(named) != "Person" or child(noun.head, "nmod:poss"):
            return
        countries = self._countries(noun.sent) or self._countries(before(noun.sent))
        if len({s.id_ for s in countries}) == 1 and not any(self._describes_another(s.root) for s in countries):
            yield Filler(countries[0].root, "context")

    def _countries(self, sentence: Span | None) -> list[Span]:
        if sentence is None:
            return []
        spans = mentions_from(sentence.doc, sentence.start, sentence.end)
        return [span for span in spans if self.mentions.base_type(span) == "Country"]

    def _describes_another(self, country: Token) -> bool:
        """Whether a country tells who a person is: "*Orian* President Dahl", "the *Orian* actress"."""
        if country.dep_ not in WITHIN or self._is_office(country.head):
            return False
        described = self.mentions.headed_by(country.head)
        named = described is not None and self.mentions.base_type(described) == "Person"
        return country.head.dep_ == "nmod:desc" or named

    def _is_office(self, noun: Token) -> bool:
        """Whether a noun names a post of a state: "the Orian *president* thanked *minister* Ito"."""
        return any(sense.relation in OFFICES for entry in entries_of(noun, self.lexicon) for sense in entry.senses)

    def _supported(self, noun: Token) -> Iterator[Filler]:
        """Who acts where a light verb carries the noun: "*Israel* carried out an attack", "*he* is in talks"."""
        verb = noun.head
        if noun.dep_ in {"obj", "nsubj:pass", "obl"} and verb.lemma_ in self.light_verbs:
            if noun.dep_ == "nsubj:pass" or is_passive(verb):
                yield from (Filler(token, "light verb") for token in agents(verb))
            elif (subject := surface_subject(verb)) is not None and subject[0].i != noun.i:
                yield Filler(subject[0], "light verb")
            return
        if (light := brought(noun, self.light_verbs)) is not None:
            yield from (Filler(token, "light verb") for token in agents(light))
            return
        copular = child(noun, "cop") is not None and markers(noun) & {"in", "at", "on"}
        if copular and (subject := surface_subject(noun)) is not None:
            yield Filler(subject[0], "light verb")

    def doers(self, noun: Token) -> list[Filler]:
        """Who acts in a happening by which they do a deed: "*rebels* killed two *in* an attack"."""
        verb = noun.head
        by_means = noun.dep_ == "obl" and markers(noun) & _BY_MEANS and self.mentions.kind(noun) == "Event"
        if not by_means or not self.clauses.is_done_by_subject(verb):
            return []
        found = self.clauses.agents(verb) if is_passive(verb) else self.clauses.actor(verb)
        return [Filler(filler.token, "adjunct") for filler in found]

    def performers(self, noun: Token, sense: Sense) -> Iterator[Filler]:
        """Who stands behind a happening that is no mention: "killed in a *police* raid", "in a raid by *rebels*"."""
        relation = self.mentions.ontology.properties[sense.relation]
        if relation.group != DEEDS or "Event" not in relation.range or self.mentions.find(noun) is not None:
            return
        for entry in entries_of(noun, self.lexicon):
            for staged in entry.senses:
                if staged.relation == "organized" and any(way.role == "copulativeArg" for way in staged.object):
                    yield from self.fill(noun, "noun", staged.subject)
                    return

    # --- adjectives and prepositions

    def _of_adjective(self, adjective: Token, argument: Argument) -> Iterator[Filler]:
        if argument.role in {"copulativeSubject", "attributiveArg"}:
            if adjective.dep_ in {"amod", "acl", "nmod:desc", "compound"}:
                yield Filler(adjective.head, "attribute")
            elif (subject := surface_subject(adjective)) is not None:
                yield Filler(subject[0], "copula")
        elif argument.role == "prepositionalAdjunct":
            found = [
                c for c in adjective.children if c.dep_ in {"obl", "nmod", "advmod"} and markers(c) & argument.markers
            ]
            if not found:
                found = [c for c in adjective.lefts if c.dep_ in {"compound", "obl", "nmod"} and c.i == adjective.i - 2]
            yield from (Filler(antecedent(token), "oblique") for token in found)

    def _of_adposition(self, adposition: Token, argument: Argument) -> Iterator[Filler]:
        if adposition.dep_ != "case":
            return
        inner = governed(adposition, self.mentions)
        if argument.role == "complement":
            yield Filler(inner, "prepositional")
        elif argument.role == "subject":
            yield from (Filler(*found) for found in acting(inner))
        elif argument.role == "copulativeSubject":
            yield from (Filler(*found) for found in bearers_of_phrase(adposition, inner, self.mentions))
