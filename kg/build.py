"""Sources to a graph folder, and changes to it: the one module that knows all stages.

What is read of each article goes to the archive, article by article. Entities and RDF are derived from the whole
archive afterwards, so that the graph is the same however it came about: built at once, added to, or taken up again.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kg.archive import Archive, Manifest, reading_key
from kg.arrivals import Arrivals
from kg.beside import made_beside
from kg.derive import derive
from kg.errors import InputError, KGError, NotFoundError, OutputError
from kg.graph import Graph
from kg.inputs import inputs_digest
from kg.records import Article
from kg.report import RunReport
from kg.revising import recognised
from kg.sources import Progress, Source, check_base, read_sources

if TYPE_CHECKING:
    from kg.vocabulary import Vocabulary

#: Where the user's own vocabulary files are kept inside a graph folder.
VOCABULARY_FOLDER = "vocabulary"


#: Temporary graph folders, kept until Python ends.
_temporary: list[tempfile.TemporaryDirectory[str]] = []


def build(
    sources: Iterable[Source],
    output: str | os.PathLike[str] | None = None,
    *,
    ontologies: Sequence[str | os.PathLike[str]] = (),
    lexicons: Sequence[str | os.PathLike[str]] = (),
    base_iri: str | None = None,
    learned: bool = True,
    processes: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    on_error: Callable[[KGError], None] | None = None,
) -> Graph:
    """A graph of the articles in ``sources``.

    Where ``output`` holds a graph already, what it holds stays, and articles that were read before with the same
    vocabulary and model are not read again: a build that was cut off goes on where it stopped.

    :param sources: files, folders, or articles.
    :param output: the graph folder; without it, a temporary one that goes when Python ends.
    :param ontologies: the user's own ontology files (Turtle), beside the shipped one. They are copied into the graph.
    :param lexicons: the user's own lexicon files.
    :param base_iri: what the graph's own IRIs start with; ends in ``/`` or ``#``.
    :param learned: whether the learned scorer of relations is asked beside the lexicon; the graph remembers it.
    :param processes: how many processes work at the most; default: one a processor (:mod:`kg.parallel`).
    :param progress: called after each step.
    :param on_error: called with the fault of a source, after which the others are built.
    :raises InputError: the first fault, where ``on_error`` is not given; or if there is nothing to build.
    :raises VocabularyError: if the ontology or the lexicon has faults.
    :raises GraphError: if another process is writing to the graph.
    """
    run = RunReport("build", progress, on_error)
    base = check_base(base_iri)
    own_ontologies, own_lexicons = [Path(path) for path in ontologies], [Path(path) for path in lexicons]
    if own_ontologies or own_lexicons:
        _load_vocabulary(own_ontologies, own_lexicons)  # before anything is read or written
    articles = read_sources(sources, run.tell, run.on_error)
    if not articles:
        raise InputError("no article could be read", fix="name files or folders with articles")
    folder = Path(output) if output is not None else _temporary_folder()
    with Archive(folder, write=True) as archive, run.written_to(archive):
        articles = recognised(articles, archive)
        manifest = archive.manifest
        if own_ontologies or own_lexicons:
            manifest = _keep_vocabulary(folder, manifest, own_ontologies, own_lexicons)
        archive.set_manifest(dataclasses.replace(manifest, base=base or manifest.base, learned=learned))
        _update(archive, articles, run, refresh=True, processes=processes)
    return Graph(folder)


def add(
    graph: Graph | str | os.PathLike[str],
    sources: Iterable[Source],
    *,
    update: bool = False,
    processes: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    on_error: Callable[[KGError], None] | None = None,
) -> Graph:
    """The graph with more articles, read with the graph's own vocabulary. An article with a known id replaces that one.

    :param update: an article of the same source, title and date as just one in the graph takes its place too, as its
        correction (:func:`replace`).
    :param processes: how many processes work at the most.
    :raises InputError: the first fault of a source, where ``on_error`` is not given.
    :raises GraphError: if there is no graph, or another process is writing to it.
    """
    run = RunReport("add", progress, on_error)
    folder = _folder(graph)
    articles = read_sources(sources, run.tell, run.on_error)
    with Archive(folder, write=True) as archive, run.written_to(archive):
        articles = recognised(articles, archive, update=update)
        _update(archive, articles, run, refresh=False, processes=processes)
    return Graph(folder)


def replace(
    graph: Graph | str | os.PathLike[str],
    article: str,
    source: Source,
    *,
    progress: Callable[[Progress], None] | None = None,
) -> Graph:
    """The graph with a corrected text in the place of an article, which keeps its id. What it was stays as a revision.

    :param article: the id of the article that is corrected.
    :param source: the file with the one article as it reads now, or that article.
    :raises NotFoundError: if the graph does not hold the article.
    :raises InputError: if ``source`` cannot be read or is not one article.
    """
    run = RunReport("replace", progress)
    folder = _folder(graph)
    found = read_sources([source], run.tell, None)
    if len(found) != 1:
        raise InputError(f"holds {len(found)} articles, not one", where=str(source), fix="name a file with one article")
    with Archive(folder, write=True) as archive, run.written_to(archive):
        _check_known(archive, [article])
        _update(archive, [dataclasses.replace(found[0], id=article)], run, refresh=False)
    return Graph(folder)


def remove(
    graph: Graph | str | os.PathLike[str],
    articles: Iterable[str],
    *,
    progress: Callable[[Progress], None] | None = None,
) -> Graph:
    """The graph without the articles: what no other article says goes with them.

    :param articles: ids.
    :raises NotFoundError: if the graph does not hold one of them; then nothing is removed.
    """
    run = RunReport("remove", progress)
    folder = _folder(graph)
    with Archive(folder, write=True) as archive, run.written_to(archive):
        ids = list(dict.fromkeys(articles))
        _check_known(archive, ids)
        for id in ids:
            archive.remove(id)
            run.removed.append(id)
        _derive(archive, run.tell)
    return Graph(folder)


def _check_known(archive: Archive, ids: Iterable[str]) -> None:
    known = archive.readings()
    for id in ids:
        if id not in known:
            near = difflib.get_close_matches(id, known, n=3)
            hint = f"did you mean {', '.join(near)}?" if near else "`kg query GRAPH articles` lists the ids"
            raise NotFoundError(f"the graph has no article {id!r}", where=str(archive.folder), fix=hint)


def _folder(graph: Graph | str | os.PathLike[str]) -> Path:
    """The folder of a graph that is there.

    :raises GraphError: if it is not.
    """
    folder = graph.folder if isinstance(graph, Graph) else Path(graph)
    Archive(folder).close()
    return folder


def _update(
    archive: Archive,
    articles: Sequence[Article],
    run: RunReport,
    *,
    refresh: bool,
    processes: int | None = None,
) -> None:
    """Read what the archive does not hold yet, then derive.

    :param refresh: read the other articles in the archive again where model or vocabulary have changed since.
    """
    manifest = archive.manifest
    vocabulary = dataclasses.replace(_vocabulary(archive, processes), learned=manifest.learned)
    manifest = dataclasses.replace(
        manifest, model=vocabulary.model, ontology=vocabulary.ontology.digest, lexicon=vocabulary.lexicon.digest
    )
    archive.set_manifest(manifest)
    known = archive.readings()
    wanted = {article.id: article for article in articles}
    if refresh:
        for id in known.keys() - wanted.keys():
            article = archive.article(id)
            if article is not None:
                wanted[id] = article
    fresh = [article for id, article in wanted.items() if known.get(id) != reading_key(article, manifest.reader)]
    arrivals = Arrivals(decided=bool(inputs_digest(archive.folder)))
    run.tell(Progress("articles", 0, len(fresh)))
    from kg.parallel import read_articles

    with closing(read_articles(vocabulary, fresh, processes=processes, on_error=run.on_error)) as records:
        for done, (record, line) in enumerate(records, start=1):
            archive.put(record, reader=manifest.reader, line=line)
            arrivals.take(record)
            run.tell(Progress("articles", done, len(fresh), record))
    _derive(archive, run.tell, vocabulary, processes, arrivals)


def _derive(
    archive: Archive,
    tell: Callable[[Progress], None],
    vocabulary: Vocabulary | None = None,
    processes: int | None = None,
    arrivals: Arrivals | None = None,
) -> None:
    total = len(archive)
    tell(Progress("entities", 0, total))
    derive(archive, vocabulary.ontology if vocabulary else None, processes=processes, arrivals=arrivals)
    tell(Progress("entities", total, total))


def _vocabulary(archive: Archive, processes: int | None) -> Vocabulary:
    """The graph's own vocabulary; another process loads it while this one imports the libraries of the model."""
    names, folder = archive.manifest, archive.folder

    def load() -> Iterator[Vocabulary]:
        yield _load_vocabulary([folder / name for name in names.ontologies], [folder / name for name in names.lexicons])

    first = processes != 1 and "kg.parallel" not in sys.modules
    with made_beside(load) if first else nullcontext(load()) as loaded:
        import kg.parallel  # noqa: F401

        return next(loaded)


def _load_vocabulary(ontologies: Sequence[Path], lexicons: Sequence[Path]) -> Vocabulary:
    from kg.vocabulary import load_vocabulary

    return load_vocabulary(ontologies, lexicons)


def _keep_vocabulary(
    folder: Path, manifest: Manifest, ontologies: Sequence[Path], lexicons: Sequence[Path]
) -> Manifest:
    """Copy the user's files into the graph, so that it can be added to wherever it is taken."""
    target = folder / VOCABULARY_FOLDER
    names: dict[str, list[str]] = {"ontology": [], "lexicon": []}
    try:
        target.mkdir(exist_ok=True)
        for kind, paths in (("ontology", ontologies), ("lexicon", lexicons)):
            for number, path in enumerate(paths, start=1):
                name = f"{VOCABULARY_FOLDER}/{kind}-{number}-{path.name}"
                shutil.copyfile(path, folder / name)
                names[kind].append(name)
    except OSError as error:
        raise OutputError(f"the vocabulary cannot be copied: {error}", where=str(target)) from error
    return dataclasses.replace(
        manifest,
        ontologies=tuple(names["ontology"]) or manifest.ontologies,
        lexicons=tuple(names["lexicon"]) or manifest.lexicons,
    )


def _temporary_folder() -> Path:
    """A new folder that goes when Python ends."""
    folder = tempfile.TemporaryDirectory(prefix="kg-")
    _temporary.append(folder)
    return Path(folder.name)
