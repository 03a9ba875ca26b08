"""Registers of known entities: the user's own people and organizations, whose names win over guesses.

A register is a CSV file (columns ``id``, ``type``, ``name``, and, where known, ``aliases`` parted by ``|`` and
``links`` parted by spaces), or RDF in which each entity has an ``rdf:type``, an ``rdfs:label`` or ``skos:prefLabel``,
and, where known, ``skos:altLabel`` and ``owl:sameAs`` or ``skos:exactMatch``; its IRI is one of its links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.naming import name_words, person_words
from kg.resolve.profile import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """One known entity."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """Known entities by id, and the ids by type and folded name."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    by_name: Mapping[tuple[str, Words], frozenset[str]] = field(default_factory=dict)

    def find(self, type_: str, names: Iterable[str]) -> str:
        """The one entry of that type that one of the names, the fullest first, is a name of; or nothing."""
        for name in names if self.by_name else ():
            found = self.by_name.get((type_, _words(name, type_)), frozenset())
            if len(found) == 1:
                return next(iter(found))
        return ""


def register_of(entries: Iterable[Entry]) -> Register:
    """A register of entries; of two with one id, the later counts."""
    by_id = {entry.id: entry for entry in entries}
    by_name: dict[tuple[str, Words], set[str]] = {}
    for entry in by_id.values():
        for name in (entry.name, *entry.aliases):
            by_name.setdefault((entry.type, _words(name, entry.type)), set()).add(entry.id)
    return Register(by_id, {key: frozenset(ids) for key, ids in by_name.items()})


def _words(name: str, type_: str) -> Words:
    return person_words(name) if type_ == "Person" else name_words(name)
