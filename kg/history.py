"""What is new, changed and withdrawn: between two graphs, or between the changes of one.

Statements are compared by what they say, not by where it stands: the id of a statement counts characters, and a
correction at the start of an article moves them all. A statement is *changed* where an article says the same of the
same two entities in both graphs, but otherwise: by another speaker, with other doubt, at another time, in other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.archive import Archive, Change, EventKind
from kg.derive import STORE_FOLDER, patch_iri, patch_path
from kg.errors import GraphError, NotFoundError
from kg.rdf import Store
from kg.rdf.dataset import quote
from kg.rdf.patch import Row, differences, lines_of, load_patch, undone
from kg.records import Article, ArticleRecord, Mention, Statement

Name = Callable[[Statement], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, as far as a comparison tells of it."""

    article: str
    subject: str
    relation: str
    object: str
    modality: str
    speaker: str | None
    qualifiers: tuple[tuple[str, str], ...]
    quote: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is the same statement by."""
        return (self.article, self.subject, self.relation, self.object)


@dataclass(frozen=True, slots=True)
class Difference:
    """What one graph says and another does not. ``changed`` holds pairs: what was said, and what is said now."""

    added: tuple[Article, ...] = ()
    removed: tuple[Article, ...] = ()
    corrected: tuple[tuple[Article, Article], ...] = ()
    new: tuple[Said, ...] = ()
    withdrawn: tuple[Said, ...] = ()
    changed: tuple[tuple[Said, Said], ...] = ()

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.corrected, self.new, self.withdrawn, self.changed))


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a graph: when, with which version of kg, what it did to the articles and what they say.

    ``reread`` are articles that stayed as they were and were read with another vocabulary or model.
    """

    change: Change
    difference: Difference
    reread: tuple[str, ...] = field(default=())


def diff(old: Iterable[ArticleRecord], new: Iterable[ArticleRecord], *, old_name: Name, new_name: Name) -> Difference:
    """What is new, changed and withdrawn from one set of readings to another.

    :param old_name: what the ends of a statement are called in the old graph; ``new_name``: in the new one.
    """
    befores = {record.article.id: record for record in old}
    afters = {record.article.id: record for record in new}
    parts = [
        _compared(_told(befores.get(id), old_name), _told(afters.get(id), new_name))
        for id in sorted(befores.keys() | afters.keys())
    ]
    both = [(befores[id].article, afters[id].article) for id in sorted(befores.keys() & afters.keys())]
    return Difference(
        added=tuple(afters[id].article for id in sorted(afters.keys() - befores.keys())),
        removed=tuple(befores[id].article for id in sorted(befores.keys() - afters.keys())),
        corrected=tuple((before, after) for before, after in both if before != after),
        new=tuple(said for part in parts for said in part[0]),
        withdrawn=tuple(said for part in parts for said in part[1]),
        changed=tuple(pair for part in parts for pair in part[2]),
    )


def _told(record: ArticleRecord | None, name: Name) -> list[Said]:
    return [_said(record.article.id, statement, name) for statement in record.statements] if record else []


def _said(article: str, statement: Statement, name: Name) -> Said:
    subject, object = name(statement)
    said = statement.attribution
    return Said(
        article,
        subject,
        statement.relation,
        object,
        statement.modality,
        said.source.text if said else None,
        tuple(statement.qualifiers.words.items()),
        " ".join(quote(statement).split()),
    )


def _compared(
    befores: Sequence[Said], afters: Sequence[Said]
) -> tuple[list[Said], list[Said], list[tuple[Said, Said]]]:
    """What is new, withdrawn and changed in one article. What is the same in all respects is paired off first."""
    old, new = _by_key(befores), _by_key(afters)
    came: list[Said] = []
    went: list[Said] = []
    changed: list[tuple[Said, Said]] = []
    for key in dict.fromkeys([*old, *new]):
        before, after = list(old.get(key, ())), list(new.get(key, ()))
        for said in list(before):
            if said in after:
                before.remove(said)
                after.remove(said)
        pairs = min(len(before), len(after))
        changed += zip(before[:pairs], after[:pairs], strict=True)
        went += before[pairs:]
        came += after[pairs:]
    return came, went, changed


def _by_key(statements: Iterable[Said]) -> Mapping[tuple[str, ...], Sequence[Said]]:
    found: defaultdict[tuple[str, ...], list[Said]] = defaultdict(list)
    for said in statements:
        found[said.key].append(said)
    return found


def in_words(statement: Statement) -> tuple[str, str]:
    """The ends of a statement as the article calls them there: what they stood for at the time is not kept."""
    return statement.subject.text, statement.object.text


def changes(folder: Path, *, number: int | None = None) -> list[Change]:
    """The changes of the graph in ``folder``, oldest first; or the one with that number.

    :raises GraphError: if there is no graph.
    :raises NotFoundError: if there is no such change.
    """
    with Archive(folder) as archive:
        if number is not None:
            _until(archive, number)
        return [change for change in archive.changes() if number in (None, change.number)]


def entries(folder: Path, wanted: Sequence[Change]) -> Iterator[Entry]:
    """What changes did to the articles and to what they say, the newest first."""
    with Archive(folder) as archive:
        before = {change.number + 1: change.until for change in archive.changes()}
        for change in reversed(wanted):
            yield _entry(archive, change, before.get(change.number, 0))


def _entry(archive: Archive, change: Change, after: int) -> Entry:
    """What happened to articles after one event and up to another, taken together."""
    firsts: dict[str, ArticleRecord | None] = {}
    kinds: defaultdict[str, set[EventKind]] = defaultdict(set)
    for event in archive.events(after=after, until=change.until):
        firsts.setdefault(event.id, event.before)
        kinds[event.id].add(event.kind)
    lasts = {id: archive.record(id, until=change.until) for id in firsts}
    found = diff(
        [record for record in firsts.values() if record],
        [record for record in lasts.values() if record],
        old_name=in_words,
        new_name=in_words,
    )
    return Entry(change, found, tuple(sorted(id for id in kinds if kinds[id] == {"reread"})))


def patch_rows(folder: Path, number: int) -> Iterator[Row]:
    """What a change did to the quads of the graph in ``folder``, in canonical order.

    :raises NotFoundError: if there is no such change.
    :raises GraphError: if what it did was lost.
    """
    with Archive(folder) as archive:
        known = archive.changes()
        _until(archive, number)
    if number == 1:
        yield from differences([], lines_at(folder, 1))
    elif known[number - 1].came is None:
        raise _lost(folder, number)
    elif known[number - 1].came or known[number - 1].went:
        yield from load_patch(patch_path(folder, number))


def patch_headers(folder: Path, number: int) -> dict[str, str]:
    """The ids of a change's patch and of the one before it."""
    found = {change.number: patch_iri(change.generation) for change in changes(folder)}
    return {"id": found[number]} | ({"previous": found[number - 1]} if number > 1 else {})


def lines_at(folder: Path, number: int | None = None) -> Iterator[bytes]:
    """The canonical lines of the graph in ``folder`` as they were after a change; ``None``: as they are.

    :raises GraphError: if the changes since were lost.
    """
    store = Store(folder / STORE_FOLDER)
    lines = lines_of(store.blocks())
    with Archive(folder) as archive:
        known = archive.changes()
    for change in reversed(known[number:] if number is not None else ()):
        if change.came is None:
            raise _lost(folder, change.number)
        if change.came or change.went:
            lines = undone(lines, load_patch(patch_path(folder, change.number)))
    return lines


def _lost(folder: Path, number: int) -> GraphError:
    return GraphError(
        f"what change {number} did is not known: the files of the one before it were lost",
        where=str(folder),
        fix="ask for later changes",
    )


def compare(old: Path, new: Path, *, old_change: int | None = None, new_change: int | None = None) -> Difference:
    """What is new, changed and withdrawn from one graph to another.

    :param old_change: take the first graph as it was after that change; ``new_change``: so with the second.
    :raises GraphError: if one of them is no graph.
    :raises NotFoundError: if it has no such change.
    """
    with Archive(old) as before, Archive(new) as after, before.snapshot(), after.snapshot():
        # What mentions stood for in earlier changes is not kept.
        now = old_change is new_change is None
        names = (_in_graph(before), _in_graph(after)) if now else (in_words, in_words)
        return diff(
            before.records(until=_until(before, old_change)),
            after.records(until=_until(after, new_change)),
            old_name=names[0],
            new_name=names[1],
        )


def _in_graph(archive: Archive) -> Name:
    found = archive.resolution
    entities, entity_of = (found.entities, found.entity_of) if found else ({}, {})

    def name(mention: Mention) -> str:
        entity = entities.get(entity_of.get(mention.id, ""))
        return entity.name if entity and entity.name else mention.text

    return lambda statement: (name(statement.subject), name(statement.object))


def _until(archive: Archive, number: int | None) -> int | None:
    known = archive.changes()
    if number is None:
        return known[-1].until if known else None
    if not 1 <= number <= len(known):
        raise NotFoundError(
            f"there is no change {number}", where=str(archive.folder), fix=f"there are 1 to {len(known)}: see `kg log`"
        )
    return known[number - 1].until
