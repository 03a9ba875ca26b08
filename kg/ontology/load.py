"""The front door: files to :class:`Ontology`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from rdflib import RDF, RDFS, SKOS, URIRef

from kg import ids
from kg.errors import KGError, VocabularyError
from kg.integrity import check_file
from kg.ontology.classes import read_classes
from kg.ontology.model import Ontology, Term, local_name
from kg.ontology.relations import read_relations
from kg.ontology.source import Source, read_source
from kg.ontology.terms import KG, Terms
from kg.records import MODALITIES

#: The shipped files: the classes and relations, and the terms in which statements are recorded.
SHIPPED = ("news.ttl", "records.ttl")


def vocabulary_path(name: str) -> Path:
    """Where a shipped vocabulary file is: inside the installed package or, in a checkout, beside it.

    :raises MissingError: if it is not the one that was released.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "ontologies" / name
    check_file(installed)
    return installed if installed.exists() else package.parent / "ontologies" / name


def load_ontology(*paths: Path) -> Ontology:
    """The shipped ontology, extended by the files at ``paths``. The same files, unchanged, are read once a process.

    :raises VocabularyError: with every fault of every file: the file, the line, the term and the fix.
    """
    return _load(tuple((path, _stamp(path)) for path in [*map(vocabulary_path, SHIPPED), *map(Path, paths)]))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


#: Parsing is most of the time; the shipped files are the same for every user's file beside them.
@lru_cache(maxsize=16)
def _read(path: Path, stamp: tuple[int, int]) -> Source:
    return read_source(path)


@lru_cache(maxsize=16)
def _load(stamped: tuple[tuple[Path, tuple[int, int]], ...]) -> Ontology:
    sources: list[Source] = []
    faults: list[KGError] = []
    for path, stamp in stamped:
        try:
            sources.append(_read(path, stamp))
        except KGError as fault:
            faults.append(fault)
    if faults:  # what the other files refer to may stand in the one that could not be read
        raise VocabularyError(faults)
    return _assemble(sources)


def _assemble(sources: Sequence[Source]) -> Ontology:
    terms = Terms(sources, record=sources[SHIPPED.index("records.ttl")])
    tree = read_classes(terms)
    properties = read_relations(terms, tree)
    kinds = _attribution_kinds(terms)
    known = {*terms.classes, *terms.relations, *terms.graph.subjects(RDF.type, KG.AttributionKind)}
    faults = [*terms.faults, *(_empty(source) for source in sources if not known & source.declared)]
    if faults:
        raise VocabularyError(faults)
    return Ontology(
        classes=tree.classes,
        properties={found.name: found for found in properties if not found.abstract},
        families={found.name: found for found in properties if found.abstract},
        attribution_kinds=kinds,
        digest=ids.digest(*(source.text for source in sources)),
        paths=tuple(source.path for source in sources),
    )


def _attribution_kinds(terms: Terms) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for kind in sorted(terms.graph.subjects(RDF.type, KG.AttributionKind), key=local_name):
        if isinstance(kind, URIRef):
            implied = next((local_name(value) for value in terms.graph.objects(kind, KG.impliesModality)), None)
            if implied not in {*MODALITIES, None}:
                terms.fault(kind, f"implies the unknown modality {implied}", f"use one of {', '.join(MODALITIES)}")
            definition = terms.text(kind, SKOS.definition, RDFS.comment)
            found[local_name(kind)] = Term(local_name(kind), str(kind), terms.label(kind), definition, implied)
    return found


def _empty(source: Source) -> KGError:
    fix = "declare some, for example `ex:praised a owl:ObjectProperty`"
    return KGError("describes no class and no relation", where=str(source.path), fix=fix)
