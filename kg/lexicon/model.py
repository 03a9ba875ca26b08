"""The loaded lexicon as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.records import Modality


@dataclass(frozen=True, slots=True)
class Argument:
    """One way to fill a place in a frame.

    ``role`` is the LexInfo name (``directObject``), ``markers`` the prepositions that lead to it. Arguments of one
    frame with the same ``id`` are ways to express the same thing ("X's visit", "a visit by X"). ``fillers`` are the
    lemmas one of which its phrase must hold, where the sense needs that ("as a *terrorist* group").
    """

    id: str
    role: str
    markers: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()


# Without slots, so that what is asked of them for each word of a text is worked out once.
@dataclass(frozen=True)
class Frame:
    """One syntactic behaviour: the LexInfo class (``TransitiveFrame``) and its arguments."""

    kind: str
    arguments: tuple[Argument, ...] = ()

    def ways(self, role: str) -> tuple[Argument, ...]:
        """The arguments with a role."""
        return tuple(argument for argument in self.arguments if argument.role == role)

    @cached_property
    def of_object(self) -> tuple[Argument, ...]:
        """What the word says of its object."""
        return self.ways("objectComplement")

    @cached_property
    def asks_for_words(self) -> bool:
        """Whether an argument must hold certain words, which makes a frame surer than those of its entry without."""
        return any(argument.fillers for argument in self.arguments)


@dataclass(frozen=True)
class Sense:
    """What a frame says: the places that become subject and object of ``relation``, with the ways to express each.

    ``domain`` and ``range`` narrow the ontology's own where they are not empty. ``modality`` is the strongest claim
    that the word itself allows. ``attributed_to`` is the id of the argument that vouches for it.
    """

    relation: str
    frame: Frame
    subject: tuple[Argument, ...]
    object: tuple[Argument, ...]
    domain: frozenset[str] = frozenset()
    range: frozenset[str] = frozenset()
    modality: Modality = "actual"
    confidence: float = 0.8
    attributed_to: str | None = None

    @cached_property
    def needed_object(self) -> tuple[Argument, ...]:
        """The direct object where the frame has one and the sense says nothing of it."""
        mapped = any(argument.role == "directObject" for argument in (*self.subject, *self.object))
        return () if mapped else self.frame.ways("directObject")

    @cached_property
    def needed_phrases(self) -> tuple[Argument, ...]:
        """Prepositional arguments that the sense says nothing of: "listed X *as* terrorist"."""
        mapped = {argument.id for argument in (*self.subject, *self.object)}
        return tuple(way for way in self.frame.ways("prepositionalAdjunct") if way.id not in mapped)


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase.

    ``words`` are the tokens of its canonical form, lower-cased (a hyphen is one); ``forms`` its other written forms.
    """

    id: str
    lemma: str
    words: tuple[str, ...]
    pos: str
    forms: frozenset[str] = frozenset()
    senses: tuple[Sense, ...] = ()


@dataclass(frozen=True, slots=True)
class StanceEntry:
    """A cue of attribution or modality. ``kind`` is the local name of a record term: ``possible``, ``said``, …

    ``lemma`` is the canonical form as written and may be several words. ``frames`` tell which argument is its content.
    """

    entry: str
    lemma: str
    pos: str
    kind: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All entries of the loaded files. ``digest`` names exactly this content, whatever the files are called.

    One is equal to itself alone, so that it is quick to look up what was made of it.
    """

    entries: tuple[Entry, ...]
    stance: tuple[StanceEntry, ...] = ()
    digest: str = ""
    #: Verbs that carry a noun whose agent is their subject ("held talks").
    light_verbs: frozenset[str] = frozenset()
    #: Adjectives that turn one role into another: "former" president, "deputy" head.
    modifiers: Mapping[str, Entry] = field(default_factory=dict, repr=False)
    #: Entries by part of speech and the lemma of the word that the others hang on.
    index: Mapping[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict, repr=False)

    def find(self, pos: str, lemma: str) -> tuple[Entry, ...]:
        """Entries that may be triggered by a word, longest phrase first."""
        return self.index.get((pos, lemma), ())


def head_word(words: tuple[str, ...], pos: str) -> int:
    """Which word of a phrase the others depend on: "*carry* out", "prime *minister*", "*head* of state"."""
    if pos != "noun":
        return 0
    return next((i - 1 for i, word in enumerate(words) if i and word in {"of", "for", "to", "in"}), len(words) - 1)
