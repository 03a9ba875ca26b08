"""The loaded vocabulary as plain data. Keys are local names, unique over all loaded files."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

#: The namespace of the shipped vocabulary: classes, relations and the terms of the record.
NAMESPACE = "https://w3id.org/newskg/ontology#"

#: How long a subject may have one object only.
ONE_OBJECT = ("ever", "at a time")
#: The types that names in a text are given. Every other class is one of these.
ENTITY_TYPES = ("Person", "Organization", "Country", "Place", "Group", "Event", "Work", "Product")


@dataclass(frozen=True, slots=True)
class Class:
    """A kind of entity. ``parents`` are loaded classes; ``matches`` IRIs of other vocabularies it is aligned to."""

    name: str
    iri: str
    label: str
    definition: str = ""
    parents: tuple[str, ...] = ()
    example: str = ""
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A relation. ``domain`` and ``range`` hold every class that may stand there: unions and subclasses are spelt out.

    ``inverse`` is a loaded property; ``inverse_label`` reads the relation from its object ("killed" of ``killedBy``).
    ``one_object`` tells how long a subject has one object only (of :data:`ONE_OBJECT`, or nothing of the kind),
    ``one_way`` that it does not hold both ways at a time. An ``abstract`` one gathers others for queries and is never
    stated itself.
    """

    name: str
    iri: str
    label: str
    definition: str
    domain: frozenset[str]
    range: frozenset[str]
    symmetric: bool = False
    inverse: str | None = None
    parents: tuple[str, ...] = ()
    group: str = "other"
    inverse_label: str = ""
    example: str = ""
    matches: tuple[str, ...] = ()
    one_object: str = ""
    one_way: bool = False
    abstract: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A way of saying something (``said``, ``denied``). ``implies`` is the modality of what is said so, if any."""

    name: str
    iri: str
    label: str
    definition: str = ""
    implies: str | None = None


@dataclass(frozen=True, slots=True)
class Ontology:
    """Classes and relations of the shipped vocabulary and of a user's files.

    ``families`` are abstract super-properties (``hasRoleIn``): queries may ask by them, statements never use them.
    ``digest`` names exactly this content, whatever the files are called.
    """

    classes: Mapping[str, Class]
    properties: Mapping[str, Property]
    families: Mapping[str, Property]
    attribution_kinds: Mapping[str, Term]
    digest: str
    paths: tuple[Path, ...]

    @property
    def symmetric(self) -> frozenset[str]:
        """The relations that hold either way round."""
        return frozenset(name for name, relation in self.properties.items() if relation.symmetric)

    def ancestors(self, cls: str) -> Iterator[str]:
        """The class itself and all classes above it, nearest first. ``KeyError`` if it is not in the ontology."""
        seen = [cls]
        for name in seen:
            yield name
            seen.extend(parent for parent in self.classes[name].parents if parent not in seen)

    def is_a(self, cls: str, ancestor: str) -> bool:
        """Whether all of ``cls`` are ``ancestor``."""
        return ancestor in self.ancestors(cls)

    def base_type(self, cls: str) -> str:
        """Which of the eight entity types a class is. ``ValueError`` for those above them (``Agent``, ``Entity``)."""
        for name in self.ancestors(cls):
            if name in ENTITY_TYPES:
                return name
        raise ValueError(f"{cls} is above the entity types")

    def expand(self, cls: str) -> frozenset[str]:
        """The classes that an entity of ``cls`` can have: itself and those below, as far as they are concrete."""
        self.classes[cls]
        return frozenset(name for name in self.classes if self.is_concrete(name) and self.is_a(name, cls))

    def is_concrete(self, cls: str) -> bool:
        """Whether an entity can have this class: one of the eight or below them (``Agent`` is above)."""
        return any(name in ENTITY_TYPES for name in self.ancestors(cls))

    def allows(self, relation: str, subject_type: str, object_type: str) -> bool:
        """Whether domain and range admit the two types. ``KeyError`` for an unknown relation."""
        found = self.properties[relation]
        return subject_type in found.domain and object_type in found.range


@lru_cache(maxsize=1 << 12)  # a lexicon says the same few hundred names twenty thousand times
def local_name(iri: Hashable) -> str:
    """What follows the last ``#`` or ``/`` of an IRI."""
    text = str(iri)
    return text[_border(text) :]


def namespace_of(iri: object) -> str:
    """An IRI without its local name."""
    text = str(iri)
    return text[: _border(text)]


def _border(iri: str) -> int:
    return max(iri.rfind("#"), iri.rfind("/")) + 1
