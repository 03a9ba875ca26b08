"""Registers of known entities: the user's own people and organizations, whose names win over guesses.

A register is a CSV file (columns ``id``, ``type``, ``name``, and, where known, ``aliases`` parted by ``|`` and
``links`` parted by spaces), or Turtle in which each entity has an ``rdf:type``, an ``rdfs:label`` or
``skos:prefLabel``, and, where known, ``skos:altLabel`` and ``owl:sameAs`` or ``skos:exactMatch``; its IRI is one of its
links.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.gazetteer import SKOS, TYPE, local_name, read_facts
from kg.naming import name_words, person_words
from kg.resolve.words import Words

RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_COLUMNS = ("id", "type", "name")


@dataclass(frozen=True, slots=True)
class Entry:
    """One known entity. ``type`` is the local name of a class, ``links`` are IRIs that denote it."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """Known entities by id, and the ids by type and folded name. ``answers`` are links by type and name as written."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    by_name: Mapping[tuple[str, Words], frozenset[str]] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def find(self, type_: str, names: Iterable[str]) -> str:
        """The one entry of that type that one of the names, the fullest first, is a name of; or nothing."""
        for name in names if self.by_name else ():
            found = self.by_name.get((type_, _words(name, type_)), frozenset())
            if len(found) == 1:
                return next(iter(found))
        return ""


def register_of(
    entries: Iterable[Entry], *, answers: Mapping[tuple[str, str], tuple[str, ...]] | None = None
) -> Register:
    """A register of entries; of two with one id, the later counts."""
    by_id = {entry.id: entry for entry in entries}
    by_name: dict[tuple[str, Words], set[str]] = {}
    for entry in by_id.values():
        for name in (entry.name, *entry.aliases):
            by_name.setdefault((entry.type, _words(name, entry.type)), set()).add(entry.id)
    return Register(by_id, {key: frozenset(ids) for key, ids in by_name.items()}, answers or {})


def read_register(
    paths: Sequence[Path], *, answers: Mapping[tuple[str, str], tuple[str, ...]] | None = None
) -> Register:
    """The entries of register files.

    :raises InputError: at the first line that cannot be read.
    :raises VocabularyError: with the faults of Turtle files.
    """
    entries = [entry for path in paths if path.suffix == ".csv" for entry in _csv_entries(path)]
    return register_of([*entries, *_rdf_entries([p for p in paths if p.suffix != ".csv"])], answers=answers)


def _csv_entries(path: Path) -> Iterator[Entry]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), fix="make it UTF-8 text") from error
    rows = csv.DictReader(io.StringIO(text))
    if missing := set(_COLUMNS) - set(rows.fieldnames or ()):
        raise InputError(f"has no column {min(missing)}", where=str(path), fix="begin with: id,type,name,aliases,links")
    for row in rows:
        values = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        where = f"{path}:{rows.line_num}"
        if empty := [name for name in _COLUMNS if not values.get(name)]:
            raise InputError(f"has no {empty[0]}", where=where, fix="fill it in")
        links = values.get("links", "").split()
        if wrong := [link for link in links if not _IRI.fullmatch(link)]:
            raise InputError(f"{wrong[0]!r} is no IRI", where=where, fix="write links in full, parted by spaces")
        aliases = [alias.strip() for alias in values.get("aliases", "").split("|")]
        yield Entry(values["id"], values["type"], values["name"], tuple(filter(None, aliases)), tuple(links))


def _rdf_entries(paths: Sequence[Path]) -> Iterator[Entry]:
    facts = read_facts(paths)
    for iri, type_ in facts.having(TYPE):
        names = facts.values(iri, SKOS + "prefLabel") or facts.values(iri, RDFS_LABEL)
        if names:
            links = (iri, *facts.values(iri, SAME_AS), *facts.values(iri, SKOS + "exactMatch"))
            aliases = (*names[1:], *facts.values(iri, SKOS + "altLabel"))
            yield Entry(iri, local_name(type_), names[0], aliases, tuple(filter(_IRI.fullmatch, links)))


def _words(name: str, type_: str) -> Words:
    return person_words(name) if type_ == "Person" else name_words(name)
