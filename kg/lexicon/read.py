"""Reads lexicon files and indexes their entries. :mod:`kg.lexicon.entries` knows what an entry must look like."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import InputError, KGError, VocabularyError
from kg.lexicon.entries import EntryReader, Text, Triples
from kg.lexicon.model import Entry, Lexicon, StanceEntry, head_word
from kg.lexicon.terms import ONTOLEX, TYPE
from kg.ontology import Ontology, vocabulary_path

#: The shipped files, in the order they are read.
SHIPPED = ("lexicon-en.ttl", "lexicon-en-stance.ttl")


def load_lexicon(ontology: Ontology, *paths: Path) -> Lexicon:
    """Read the shipped lexicon and the files at ``paths``, checked against ``ontology``.

    :raises VocabularyError: with every fault of every file.
    """
    return read_lexicon(ontology, [*map(vocabulary_path, SHIPPED), *paths])


def read_lexicon(ontology: Ontology, paths: Iterable[Path]) -> Lexicon:
    """Read exactly the files at ``paths``. They may refer to each other's markers and arguments.

    :raises VocabularyError: with every fault of every file.
    """
    faults: list[KGError] = []
    triples: Triples = {}
    files: dict[str, str] = {}
    state = hashlib.sha256()
    for path in paths:
        _add(path, triples, files, faults, state)
    reader = EntryReader(triples, ontology, faults)
    entries: list[Entry] = []
    stance: list[StanceEntry] = []
    for iri in sorted(files):
        read = reader.read(iri, files[iri])
        if read is not None:
            entries.append(read[0])
            stance.extend(read[1])
    if faults:
        raise VocabularyError(faults)
    return Lexicon(
        entries=tuple(entries),
        stance=tuple(stance),
        digest=state.hexdigest()[:16],
        light_verbs=frozenset(e.lemma for e in entries if e.pos == "lightVerb"),
        modifiers=_modifiers(entries),
        index=_index(entries),
    )


def _add(path: Path, triples: Triples, files: dict[str, str], faults: list[KGError], state: hashlib._Hash) -> None:
    """Add the triples of a file to the others and note the entries it holds."""
    try:
        data = path.read_bytes()
        # Oxigraph's parser: rdflib needs seconds for a lexicon of this size, and a command should start in one.
        added = list(parse(data, RdfFormat.TURTLE, base_iri=path.absolute().as_uri()))
    except OSError as error:
        faults.append(InputError(f"cannot be read ({error.strerror})", where=str(path), fix="check the path"))
        return
    except SyntaxError as error:
        faults.append(KGError(f"is not Turtle: {error}", where=str(path), fix="correct the syntax"))
        return
    state.update(data)
    for triple in added:
        subject, predicate, value = _term(triple.subject), triple.predicate.value, _term(triple.object)
        triples.setdefault(subject, {}).setdefault(predicate, []).append(value)
        if predicate == TYPE and value.startswith(ONTOLEX) and isinstance(triple.subject, NamedNode):
            files[subject] = str(path)


def _term(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """A term as it is looked up: strings are compared many times faster than the parser's own objects."""
    if isinstance(term, NamedNode):
        return term.value
    return Text(term.value) if isinstance(term, Literal) else str(term)


def _modifiers(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    return {
        form: entry
        for entry in entries
        if entry.pos == "adjective" and any(sense.frame.ways("attributiveArg") for sense in entry.senses)
        for form in (entry.lemma, *entry.forms)
    }


def _index(entries: Iterable[Entry]) -> Mapping[tuple[str, str], tuple[Entry, ...]]:
    index: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (-len(e.words), e.id)):
        if entry.senses:
            single = entry.forms if len(entry.words) == 1 else ()
            for word in {entry.words[head_word(entry.words, entry.pos)], *single}:
                index[entry.pos, word].append(entry)
    return {key: tuple(found) for key, found in index.items()}
