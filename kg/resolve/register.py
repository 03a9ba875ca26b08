"""Registers of known entities: the user's own people and organizations, whose names win over guesses.

A register is a CSV file (columns ``id``, ``type``, ``name``, and, where known, ``aliases`` parted by ``|``, ``links``
parted by spaces, and ``about``), or Turtle in which each entity has an ``rdf:type``, an ``rdfs:label`` or
``skos:prefLabel``, and, where known, ``skos:altLabel``, ``owl:sameAs`` or ``skos:exactMatch``, and ``skos:definition``
or ``schema:description``; its IRI is one of its links.

A name is no proof: what contradicts an entry is not it, and of several entries of one name it is the one that fits.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import InputError
from kg.gazetteer import SKOS, TYPE, load_gazetteer, local_name, read_facts
from kg.naming import name_words, person_words
from kg.resolve import traits
from kg.resolve.compare import THRESHOLD, conflict
from kg.resolve.evidence import evidence
from kg.resolve.profile import Profile
from kg.resolve.relations import NAMES
from kg.resolve.words import Words

RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_COLUMNS = ("id", "type", "name")
_ABOUT = (SKOS + "definition", "https://schema.org/description", "http://schema.org/description")
_BORN = re.compile(r"\bborn\D{0,20}(\d{4})\b")
#: How much better than the next the one entry of several must fit.
MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Entry:
    """One known entity. ``type`` is the local name of a class, ``links`` are IRIs that denote it; ``about`` says in a
    few words who it is, which tells it apart from others of its name: "Norwegian sculptor, born in 1970".
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Known entities by id, what is known of each, and the ids by type and folded name. ``answers`` are links by type
    and name as written.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    by_name: Mapping[tuple[str, Words], frozenset[str]] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def find(self, profile: Profile) -> str:
        """The one entry that a profile fits, by one of its names, the fullest first; or nothing.

        What contradicts the entry does not fit; of several entries of one name, one must fit better than the others.
        """
        for name in profile.names if self.by_name else ():
            ids = self.by_name.get((profile.type, _words(name, profile.type)), frozenset())
            fit = {id: self.fit(id, profile) for id in sorted(ids)}
            ranked = sorted((id for id in fit if fit[id] >= THRESHOLD), key=lambda id: -fit[id])
            if len(ranked) == 1 or (ranked and fit[ranked[0]] - fit[ranked[1]] >= MARGIN):
                return ranked[0]
        return ""

    def fit(self, id: str, profile: Profile) -> float:
        """How well a profile of an entry's name fits it; from :data:`THRESHOLD` on nothing much is against it."""
        entry = self.profiles[id]
        if conflict(entry, replace(profile, known=id)):
            return 0.0
        return round(NAMES["known"] + sum(evidence(entry, profile).values()), 3)


def register_of(
    entries: Iterable[Entry], *, answers: Mapping[tuple[str, str], tuple[str, ...]] | None = None
) -> Register:
    """A register of entries; of two with one id, the later counts."""
    by_id = {entry.id: entry for entry in entries}
    by_name: dict[tuple[str, Words], set[str]] = {}
    for entry in by_id.values():
        for name in (entry.name, *entry.aliases):
            by_name.setdefault((entry.type, _words(name, entry.type)), set()).add(entry.id)
    profiles = {id: _profile(entry) for id, entry in by_id.items()}
    return Register(by_id, profiles, {key: frozenset(ids) for key, ids in by_name.items()}, answers or {})


def _profile(entry: Entry) -> Profile:
    """What an entry tells."""
    names, phrase = (entry.name, *entry.aliases), entry.about.split()
    born = _BORN.search(entry.about)
    return Profile(
        entry.type,
        forms=tuple(dict.fromkeys(_words(name, entry.type) for name in names)),
        names=names,
        known=entry.id,
        fields=traits.fields([[word.strip(",.;").lower() for word in phrase]]),
        homes=traits.nationalities([[word.strip(",.;") for word in phrase]], load_gazetteer())
        if phrase
        else frozenset(),
        born=(int(born[1]), int(born[1])) if born else None,
    )


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
        raise InputError(
            f"has no column {min(missing)}", where=str(path), fix="begin with: id,type,name,aliases,links,about"
        )
    for row in rows:
        values = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        where = f"{path}:{rows.line_num}"
        if empty := [name for name in _COLUMNS if not values.get(name)]:
            raise InputError(f"has no {empty[0]}", where=where, fix="fill it in")
        links = values.get("links", "").split()
        if wrong := [link for link in links if not _IRI.fullmatch(link)]:
            raise InputError(f"{wrong[0]!r} is no IRI", where=where, fix="write links in full, parted by spaces")
        aliases = [alias.strip() for alias in values.get("aliases", "").split("|")]
        names = values["name"], tuple(filter(None, aliases))
        yield Entry(values["id"], values["type"], *names, tuple(links), values.get("about", ""))


def _rdf_entries(paths: Sequence[Path]) -> Iterator[Entry]:
    facts = read_facts(paths)
    for iri, type_ in facts.having(TYPE):
        names = facts.values(iri, SKOS + "prefLabel") or facts.values(iri, RDFS_LABEL)
        if names:
            links = (iri, *facts.values(iri, SAME_AS), *facts.values(iri, SKOS + "exactMatch"))
            aliases = (*names[1:], *facts.values(iri, SKOS + "altLabel"))
            about = "; ".join(text for predicate in _ABOUT for text in facts.values(iri, predicate))
            yield Entry(iri, local_name(type_), names[0], aliases, tuple(filter(_IRI.fullmatch, links)), about)


def _words(name: str, type_: str) -> Words:
    return person_words(name) if type_ == "Person" else name_words(name)
