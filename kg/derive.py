"""Entities and RDF from an archive: everything in a graph folder that can be made again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kg.archive import Archive
from kg.errors import GraphError
from kg.version import __version__

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.rdf import Store

STORE_FOLDER = "store"


def derive(archive: Archive, ontology: Ontology | None = None) -> None:
    """Entities and RDF from all that an archive holds. The same archive gives the same graph.

    :param ontology: the graph's ontology, where it is loaded already.
    """
    from kg.rdf import Run, quads
    from kg.resolve import resolve

    if archive.derived_with == __version__ and has_store(archive.folder):
        return
    manifest = archive.manifest
    records = list(archive.records())
    resolution = resolve(records)
    run = Run(manifest.model, manifest.ontology, manifest.lexicon, __version__)
    store = _writable_store(archive.folder / STORE_FOLDER)
    store.replace(quads(records, resolution, ontology or ontology_of(archive), base=manifest.base, run=run))
    archive.set_derived(resolution, software=__version__)


def _writable_store(path: Path) -> Store:
    """The store to write to; a damaged one is no loss, for it is about to be derived again."""
    from kg.rdf import Store

    try:
        return Store(path, create=True)
    except GraphError:
        shutil.rmtree(path)
        return Store(path, create=True)


def has_store(folder: Path) -> bool:
    """Whether the store is there and can be opened."""
    from kg.rdf import Store

    try:
        Store(folder / STORE_FOLDER)
    except GraphError:
        return False
    return True


def ontology_of(archive: Archive) -> Ontology:
    """The shipped ontology with the user's own files that were copied into the graph."""
    from kg.ontology import load_ontology

    return load_ontology(*(archive.folder / name for name in archive.manifest.ontologies))
