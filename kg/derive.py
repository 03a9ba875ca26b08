"""Entities and RDF from an archive: everything in a graph folder that can be made again, and what changed by it."""

from __future__ import annotations

import logging
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kg.archive import Archive, Change, Moment
from kg.arrivals import Arrivals
from kg.beside import made_beside
from kg.codec import to_json
from kg.errors import GraphError, OutputError
from kg.ids import digest
from kg.inputs import inputs_digest
from kg.memory import no_garbage
from kg.version import __version__

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.rdf import Store
    from kg.records import ArticleRecord, Resolution
    from kg.resolve import Chain, Identity

STORE_FOLDER = "store"
#: For each change but the first, the quads that came and went, as a compressed RDF Patch.
HISTORY_FOLDER = "history"
#: What resolving keeps for the next time, with where the blocks lie.
IDENTITY = "identity.npz"

#: Articles whose graphs are worth the start of a process that makes them while this one stores them.
MANY = 50

log = logging.getLogger(__name__)


@no_garbage()
def derive(
    archive: Archive,
    ontology: Ontology | None = None,
    *,
    processes: int | None = None,
    arrivals: Arrivals | None = None,
) -> None:
    """Entities and RDF from all that an archive holds, and from what people decided and know of who is who.

    The same archive with the same decisions and registers gives the same graph.

    :param ontology: the graph's ontology, where it is loaded already.
    :param processes: how many work at the most.
    :param arrivals: what was read since the last time.
    """
    from kg.resolve import read_identity

    arrivals = arrivals or Arrivals()
    told = inputs_digest(archive.folder)
    software = "+".join(filter(None, (__version__, told)))
    fresh = archive.derived_with == software
    if fresh and has_store(archive.folder, whole=True):
        return
    records = list(archive.records(known=arrivals.records))
    ontology = ontology or ontology_of(archive)
    identity = read_identity(archive.folder)
    identity.check(ontology.classes)
    resolution = _resolve(archive, records, identity, software, {} if told else arrivals.chains)
    found = _graphs(archive, records, resolution, ontology)
    with made_beside(found) if len(records) >= MANY and processes != 1 else nullcontext(found()) as made:
        written = to_json(resolution)  # while the other process makes the first graphs
        store = _writable_store(archive.folder / STORE_FOLDER)
        known = archive.changes()
        store.write(made, keep=known[-1].generation if known else "")
    came, went = _note_changes(archive.folder, store, known[-1] if known else None, lost=not fresh)
    change = archive.set_derived(written, software=software, generation=store.generation, came=came, went=went)
    log.info("derived", extra={"change": change.number, "came": came, "went": went, "articles": len(records)})


def _graphs(
    archive: Archive, records: Sequence[ArticleRecord], resolution: Resolution, ontology: Ontology
) -> Callable[[], Iterator[tuple[str, bytes]]]:
    """What makes the named graphs, as sorted triples."""
    from kg.rdf import Run, graphs, sorted_triples
    from kg.resolve import corroborate

    manifest, revisions = archive.manifest, archive.revisions()

    def made() -> Iterator[tuple[str, bytes]]:
        run = Run(manifest.model, manifest.ontology, manifest.lexicon, __version__)
        borne_out = corroborate(records, resolution, ontology)
        found = graphs(
            records,
            resolution,
            ontology,
            base=manifest.base,
            run=run,
            revisions=revisions,
            corroboration=borne_out,
        )
        return ((name, sorted_triples(triples)) for name, triples in found)

    return made


def _resolve(
    archive: Archive,
    records: Sequence[ArticleRecord],
    identity: Identity,
    software: str,
    chains: Mapping[str, Sequence[Chain]],
) -> Resolution:
    """Who is who; of what was worked out for the change before, only what has to do with the events since anew."""
    from kg.resolve import State, load_state, resolve_changes, save_state

    known = archive.changes()
    until = known[-1].until if known else 0
    events = archive.moments(after=max(until - 1, 0))
    by_id = {record.article.id: record for record in records}
    path = archive.folder / IDENTITY
    state = load_state(path, of=_moment(software, [it for it in events if it.number <= until]))
    changed = {it.id for it in events if it.number > until} if state else by_id.keys()
    resolution, state = resolve_changes(
        state or State(), by_id, changed, decisions=identity.decisions, register=identity.register, made=chains
    )
    try:
        save_state(path, state, of=_moment(software, events))
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error}", where=str(path), fix="check free space and permissions"
        ) from error
    return resolution


def _moment(software: str, events: Sequence[Moment]) -> str:
    """What a state of identity is of: the software and the last event."""
    return digest(software, *([str(events[-1].number), events[-1].at, events[-1].id] if events else []))


def is_complete(archive: Archive) -> bool:
    """Whether what was derived is of the articles that are stored, and of what people have put beside them since."""
    software = archive.derived_with
    return software is not None and software.partition("+")[2] == inputs_digest(archive.folder)


def _note_changes(folder: Path, store: Store, last: Change | None, *, lost: bool) -> tuple[int | None, int | None]:
    """Keep what changed since the last change as a patch. Returns how many quads came and how many went.

    :param lost: what it is if the files of that change are gone: unknown, or nothing.
    """
    from kg.rdf.generation import generation_lines
    from kg.rdf.lines import file_blocks
    from kg.rdf.patch import differences, lines_of, save_patch

    if last is None:
        return len(store), 0
    before = generation_lines(folder / STORE_FOLDER, last.generation)
    if before is None:
        return (None, None) if lost else (0, 0)
    rows = differences(lines_of(file_blocks(before)), lines_of(store.blocks()))
    try:
        return save_patch(
            rows,
            patch_path(folder, last.number + 1),
            id=patch_iri(store.generation),
            previous=patch_iri(last.generation),
        )
    except OSError as error:
        raise OutputError(
            f"the history cannot be written: {error}",
            where=str(folder / HISTORY_FOLDER),
            fix="check free space and permissions",
        ) from error


def patch_path(folder: Path, change: int) -> Path:
    """Where the patch of a change is kept."""
    return folder / HISTORY_FOLDER / f"{change:06}.rdfp.gz"


def patch_iri(generation: str) -> str:
    """What names a patch: the state of the graph that it leads to."""
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, generation)}"


def _writable_store(path: Path) -> Store:
    """The store to write to; a damaged one is no loss, for it is about to be derived again."""
    from kg.rdf import Store

    try:
        store = Store(path, create=True)
        store.check()
    except GraphError:
        shutil.rmtree(path)
        return Store(path, create=True)
    return store


def has_store(folder: Path, *, whole: bool = False) -> bool:
    """Whether the store is there and can be opened.

    :param whole: all its files are read, to see that they are as they were written.
    """
    from kg.rdf import Store

    try:
        store = Store(folder / STORE_FOLDER)
        if whole:
            store.check()
    except GraphError:
        return False
    return True


def ontology_of(archive: Archive) -> Ontology:
    """The shipped ontology with the user's own files that were copied into the graph."""
    from kg.ontology import load_ontology

    return load_ontology(*(archive.folder / name for name in archive.manifest.ontologies))
