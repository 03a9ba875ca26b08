"""A graph folder, opened for reading: questions, statements, entities, networks, pages and files.

::

    GRAPH/articles.db   the archive: what was read of each article (the truth)
    GRAPH/store/        RDF, derived from the archive
    GRAPH/vocabulary/   the user's own ontology and lexicon files

A method loads the libraries it needs when it is first called: asking a question does not wait for the others.
"""

from __future__ import annotations

import html
import logging
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.archive import Archive
from kg.derive import STORE_FOLDER, derive, has_store, is_complete, ontology_of
from kg.errors import GraphError, OutputError
from kg.records import ArticleRecord, Coverage, Entity, Resolution, Statement, Violation

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.explore import Dossier, Said
    from kg.ontology import Ontology
    from kg.query import Table, Triples
    from kg.rdf import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Summary:
    """A graph in numbers. ``coverage`` adds up that of the articles."""

    articles: int
    entities: Mapping[str, int]
    relations: Mapping[str, int]
    modalities: Mapping[str, int]
    attributed: int
    coverage: Coverage


#: What the page may do in a notebook: run its scripts, open an article's link, save a picture or a table.
_FRAME = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"


class Graph:
    """The graph in ``folder``.

    :raises GraphError: if there is none.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        with Archive(self.folder) as archive:
            complete = is_complete(archive)
            shown = bool(archive.changes())
        there = has_store(self.folder)
        if not (complete and there):
            self._derive(shown=shown and there)

    def __repr__(self) -> str:
        return f"kg.open({str(self.folder)!r})"

    def _repr_html_(self) -> str:
        """The explorer in a frame, as notebooks show it."""
        page = html.escape(self.html(), quote=True)
        return (
            f'<iframe title="{html.escape(self.title, quote=True)}" sandbox="{_FRAME}" srcdoc="{page}" '
            'style="width: 100%; height: 640px; border: 1px solid #ccc"></iframe>'
        )

    @property
    def title(self) -> str:
        """The name of the graph's folder."""
        return self.folder.resolve().name

    # Questions -------------------------------------------------------------------------------------------------------

    def query(
        self,
        query: str | Path,
        *,
        facts: bool = False,
        parameters: Mapping[str, str | int | float] | None = None,
        limit: int | None = None,
    ) -> Table | Triples:
        """The answer to SPARQL 1.1 text, a ``.rq`` file or a stock query.

        :param facts: leave out what is only claimed or possible.
        :param parameters: values for variables of the query.
        :param limit: rows that are wanted, the first.
        :raises QueryError: if the query is malformed or unknown.
        """
        from kg.query import query as ask

        return ask(self.store, query, facts=facts, parameters=parameters, limit=limit)

    def show(self, name: str) -> Dossier:
        """What the graph has on one entity.

        :raises NotFoundError: if nothing is called so.
        """
        from kg.explore import dossier

        return dossier(self.networkx(), name)

    def path(self, start: str, end: str) -> tuple[Said, ...]:
        """How two entities are connected, step by step.

        :raises NotFoundError: if they are not.
        """
        from kg.explore import connection

        return connection(self.networkx(), start, end)

    def validate(self) -> list[Violation]:
        """Where it breaks the shapes (SHACL) or its articles do not say its words; ``GraphError`` for damaged files."""
        from kg.rdf.validate import conformance
        from kg.rereading import reread

        self.store.check()
        said = reread(self.folder, until=self._derived[0])
        return conformance(self.dataset, self.ontology()) + said

    # Contents --------------------------------------------------------------------------------------------------------

    def records(self) -> Iterator[ArticleRecord]:
        """All that was read, article by article, as far as it is in the graph."""
        until, resolution = self._derived
        known = resolution.entity_of
        with Archive(self.folder) as archive:
            for record in archive.records(until=until):
                if all(mention.id in known for mention in record.mentions):
                    yield record

    def statements(self) -> list[Statement]:
        """All statements, by article."""
        return [statement for record in self.records() for statement in record.statements]

    def entities(self) -> list[Entity]:
        """All entities, by id. :meth:`entity_of` says which one a mention stands for."""
        entities = self.resolution.entities
        return [entities[id] for id in sorted(entities)]

    def entity_of(self, mention: str) -> Entity:
        """The entity that the mention with this id stands for."""
        return self.resolution.entities[self.resolution.entity_of[mention]]

    def summary(self) -> Summary:
        """The graph in numbers: entities that take part in statements, by type; statements by relation and modality."""
        resolution, parts = self.resolution, list[Coverage]()
        taking_part, attributed = set[str](), 0
        relations, modalities = Counter[str](), Counter[str]()
        for record in self.records():  # one by one: all of them are many objects, which take time to keep
            parts.append(record.coverage)
            for it in record.statements:
                taking_part.update(resolution.entity_of[end.id] for end in (it.subject, it.object))
                relations[it.relation] += 1
                modalities[it.modality] += 1
                attributed += it.attribution is not None
        return Summary(
            articles=len(parts),
            entities=_ranked(Counter(resolution.entities[id].type for id in taking_part)),
            relations=_ranked(relations),
            modalities=_ranked(modalities),
            attributed=attributed,
            coverage=_total(parts),
        )

    # Other forms -----------------------------------------------------------------------------------------------------

    @cached_property
    def store(self) -> Store:
        """The RDF of the graph."""
        from kg.rdf import Store

        return Store(self.folder / STORE_FOLDER)

    @property
    def dataset(self) -> rdflib.Dataset:
        """The RDF as an rdflib dataset in memory: a copy, so changes to it stay there."""
        from kg.rdf.view import dataset

        return dataset(self.store)

    def networkx(self) -> nx.MultiDiGraph[str]:
        """The entities as nodes and the statements as edges, with plain attributes."""
        from kg.network import network

        return network(self.store)

    def html(
        self,
        *,
        title: str | None = None,
        focus: str | None = None,
        depth: int = 1,
        query: str | Path | None = None,
        parameters: Mapping[str, str | int | float] | None = None,
    ) -> str:
        """The explorer: a page that needs nothing else.

        :param focus: an entity's name: show it and what lies within ``depth`` steps.
        :param query: show what this SPARQL text, ``.rq`` file or stock query finds.
        :param parameters: as in :meth:`query`.
        :raises NotFoundError: if nothing is called so.
        :raises QueryError: if the query is malformed, or its answer names nothing of the graph.
        """
        from kg.view import render
        from kg.view.answer import answered

        network, note = self.networkx(), None
        if query is not None:
            whole, network = len(network), answered(network, self.query(query, parameters=parameters))
            note = f"What a query found: {len(network):,} of {whole:,} entities"
        return render(network, title=title or self.title, focus=focus, depth=depth, note=note)

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write the graph to a file, in the format of its suffix: ttl trig nq jsonld rdf graphml gexf csv jsonl.

        :raises OutputError: if the suffix is none of these or the file cannot be written.
        """
        from kg.export import export

        export(Path(path), self.store, self.records(), self.resolution)

    # Behind it -------------------------------------------------------------------------------------------------------

    def ontology(self) -> Ontology:
        """The ontology of the graph: the shipped one with the user's own files."""
        with Archive(self.folder) as archive:
            return ontology_of(archive)

    @property
    def resolution(self) -> Resolution:
        """Which entity each mention stands for, why, and which entities may be one."""
        return self._derived[1]

    @cached_property
    def _derived(self) -> tuple[int | None, Resolution]:
        """The event up to which the graph is derived, and what the mentions stand for."""
        with Archive(self.folder) as archive, archive.snapshot():
            known = archive.changes()
            return known[-1].until if known else None, archive.resolution or Resolution({}, {})

    def _derive(self, *, shown: bool) -> None:
        """Bring the store up to date after a build that was cut off, or make it again where it was lost.

        :param shown: there is what was derived last: while a writer is at work, readers go on with that.
        """
        try:
            with Archive(self.folder, write=True) as archive:
                derive(archive)
        except (GraphError, OutputError) as error:
            if shown:
                log.info("shown as it was", extra={"graph": str(self.folder), "why": error.message})
                return
            raise GraphError(
                f"the graph is not finished, and cannot be finished now: {error.message}",
                where=str(self.folder),
                fix=error.fix or "build it again; what was read before is kept",
            ) from error


def open_graph(folder: str | os.PathLike[str]) -> Graph:
    """The graph in a folder that :func:`kg.build` or ``kg build`` made.

    :raises GraphError: if there is none.
    """
    return Graph(folder)


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent names first."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _total(parts: Sequence[Coverage]) -> Coverage:
    dropped: Counter[str] = Counter()
    for part in parts:
        dropped.update(part.dropped)
    return Coverage(
        sum(part.words for part in parts),
        sum(part.sentences for part in parts),
        sum(part.sentences_with_statements for part in parts),
        sum(part.statements for part in parts),
        dict(sorted(dropped.items())),
    )
