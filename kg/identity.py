"""Who is who, decided by people: open pairs to review, merges and splits, known entities, answers of a service.

What is decided goes to files in the graph folder (:mod:`kg.inputs`); deriving the graph again applies it, now
and on every rebuild. Taking a row out of ``decisions.csv`` takes the decision back.
"""

from __future__ import annotations

import datetime as dt
import getpass
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.archive import Archive
from kg.derive import derive
from kg.errors import InputError, NotFoundError, OutputError
from kg.graph import Graph
from kg.inputs import KNOWN_FOLDER
from kg.records import Article, Entity, Join, Mention
from kg.resolve import Decision, Identity, read_decisions, write_decisions
from kg.resolve.decisions import Judgement
from kg.resolve.reconcile import ask, read_cache, write_cache
from kg.resolve.register import read_register

_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z0-9])|\n+")
#: What a point behind it does not end: initials, and titles before a name.
_SHORT = re.compile(r"(?:^|[\s(.“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|St|No|vs)$")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A sentence that speaks of an entity, and where it stands."""

    article: Article
    sentence: str


@dataclass(frozen=True, slots=True)
class OpenPair:
    """Two entities that may be one. ``value`` grows with the likelihood and with what a merge would bring together."""

    left: Entity
    right: Entity
    score: float
    reason: str
    value: float


def open_pairs(graph: Graph) -> list[OpenPair]:
    """The pairs that nobody has decided yet, the most valuable first."""
    resolution = graph.resolution
    said = Counter(resolution.entity_of[end.id] for it in graph.statements() for end in (it.subject, it.object))
    pairs = [
        OpenPair(
            resolution.entities[pair.left],
            resolution.entities[pair.right],
            pair.score,
            pair.reason,
            pair.score * (1 + min(said[pair.left], said[pair.right])),
        )
        for pair in resolution.possible
        if pair.reason != "unsure"
    ]
    return sorted(pairs, key=lambda pair: (-pair.value, -pair.score, pair.left.id, pair.right.id))


def joins(graph: Graph, entity: Entity) -> list[Join]:
    """Why what is named in several ways is this one entity."""
    return [join for join in graph.resolution.joins if join.entity == entity.id]


class Mentions:
    """The mentions of a graph's entities in their articles, read once."""

    def __init__(self, graph: Graph, entities: Iterable[Entity]) -> None:
        wanted = {id: entity.id for entity in entities for id in entity.mentions}
        self._of: dict[str, list[tuple[Article, Mention]]] = defaultdict(list)
        for record in graph.records():
            for mention in record.mentions:
                if mention.id in wanted:
                    self._of[wanted[mention.id]].append((record.article, mention))

    def best(self, entity: Entity) -> Mention:
        """The mention to know an entity by: its name in full, where it first stands."""
        ranks = {"name": 1, "nominal": 2, "pronoun": 3}
        found = [mention for _, mention in self._of[entity.id]]
        return min(found, key=lambda m: (0 if m.text == entity.name else ranks[m.kind], m.article, m.start))

    def of(self, entity: Entity) -> list[Mention]:
        """All mentions of an entity, by article and place."""
        return sorted((mention for _, mention in self._of[entity.id]), key=lambda m: (m.article, m.start))

    def chains(self, entity: Entity) -> list[Mention]:
        """One mention of each chain of an entity."""
        first: dict[tuple[str, str], Mention] = {}
        for _, mention in self._of[entity.id]:
            first.setdefault((mention.article, mention.chain), mention)
        return list(first.values())

    def exhibits(self, entity: Entity, most: int = 3) -> list[Exhibit]:
        """Sentences that speak of an entity, from as many articles as may be, the newest first."""
        named = sorted(self._of[entity.id], key=lambda pair: (pair[1].kind != "name", pair[1].start))
        first: dict[str, Exhibit] = {}
        for article, mention in named:
            first.setdefault(article.id, Exhibit(article, _sentence(article.text, mention)))
        ordered = sorted(first.values(), key=lambda it: (str(it.article.date or ""), it.article.id), reverse=True)
        return ordered[:most]


def _sentence(text: str, mention: Mention) -> str:
    """The sentence around a mention, as far as punctuation tells."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end[0][0] == "." and _SHORT.search(text, max(start, end.start() - 6), end.start()):
            continue
        if end.start() > mention.start:
            return text[start : end.end()].strip()
        start = end.end()
    return text[start:].strip()


def find(graph: Graph, name: str) -> Entity:
    """The one entity of that id, name or alias; capitals do not matter.

    :raises NotFoundError: if there is none.
    :raises InputError: if there are several.
    """
    entities = graph.resolution.entities
    if name in entities:
        return entities[name]
    wanted = name.casefold().strip()
    for called in (lambda it: [it.name], lambda it: it.aliases):
        found = [it for it in entities.values() if wanted in (alias.casefold() for alias in called(it))]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(it.id for it in found[:8])
            raise InputError(f"{len(found)} entities are called {name!r}", fix=f"give an id: {ids}")
    raise NotFoundError(f"no entity is called {name!r}", fix="`kg query GRAPH entities` lists them")


def decision(judgement: Judgement, left: Mention, right: Mention, *, who: str = "", why: str = "") -> Decision:
    """A row for two mentions, by the user and of now unless told otherwise."""
    when = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    return Decision(judgement, left.id, right.id, left.text, right.text, who or _user(), when, why)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user id without a name, as in containers
        return ""


def record_decisions(folder: Path, rows: Sequence[Decision]) -> None:
    """Add rows to the decisions of a graph."""
    write_decisions(folder, [*read_decisions(folder), *rows])


def apply(folder: Path) -> None:
    """Derive a graph again from what was read and what was decided."""
    with Archive(folder, write=True) as archive:
        derive(archive)


def merge(graph: Graph, left: str, right: str, *, who: str = "", why: str = "") -> Graph:
    """Two entities are one.

    :raises InputError: if they are already, or a name means several.
    """
    one, other = find(graph, left), find(graph, right)
    if one == other:
        raise InputError(f"{left!r} and {right!r} are one entity already", fix="see `kg review GRAPH --why NAME`")
    mentions = Mentions(graph, [one, other])
    row = decision("same", mentions.best(one), mentions.best(other), who=who, why=why)
    record_decisions(graph.folder, [row])
    apply(graph.folder)
    return Graph(graph.folder)


def split(graph: Graph, entity: str, parts: Sequence[str], *, who: str = "", why: str = "") -> Graph:
    """What articles, or mentions, say of an entity is of another.

    :param parts: article ids, or mention ids (``ARTICLE#START-END``) where one article speaks of both.
    :raises InputError: if a part says nothing of the entity, or nothing would be left of it.
    """
    it = find(graph, entity)
    mentions = Mentions(graph, [it])
    chains = mentions.chains(it)
    single = [m for m in mentions.of(it) if m.id in parts]
    away = [m for m in chains if m.article in parts] + single
    known = {m.article for m in chains} | {m.id for m in single}
    if unknown := [part for part in parts if part not in known]:
        raise InputError(f"{unknown[0]!r} does not speak of {it.name}", fix="name articles or mentions that do")
    rest = [m for m in chains if m.article not in parts and m not in single]
    rest += _others(mentions.of(it), single)
    if not rest:
        raise InputError(f"nothing would be left of {it.name}", fix="name the articles of one of the two")
    rows = [decision("not-same", rest[0], away[0], who=who, why=why)]
    rows += [decision("not-same", m, away[0], who=who, why=why) for m in rest[1:] if m.article == away[0].article]
    rows += [decision("same", away[0], m, who=who, why=why) for m in away[1:]]
    rows += [decision("same", rest[0], m, who=who, why=why) for m in rest[1:]]
    record_decisions(graph.folder, rows)
    apply(graph.folder)
    return Graph(graph.folder)


def _others(mentions: Sequence[Mention], single: Sequence[Mention]) -> list[Mention]:
    """Where a mention leaves its chain and stood for it, another of that chain, in other words."""
    found = []
    for one in single:
        rest = [m for m in mentions if (m.article, m.chain) == (one.article, one.chain) and m.text != one.text]
        if rest:
            found.append(min(rest, key=lambda m: (m.kind != "name", m.start)))
    return found


def add_known(graph: Graph, files: Sequence[Path]) -> Graph:
    """Copy registers of known entities into a graph, and apply them.

    :raises InputError: at the first line that cannot be read.
    """
    for path in files:
        if path.suffix not in (".csv", ".ttl"):
            raise InputError("is neither CSV nor Turtle", where=str(path), fix="give it the suffix .csv or .ttl")
    Identity(register=read_register(files)).check(graph.ontology().classes)
    target = graph.folder / KNOWN_FOLDER
    try:
        target.mkdir(exist_ok=True)
        for path in files:
            shutil.copyfile(path, target / path.name)
    except OSError as error:
        raise OutputError(f"cannot be copied: {error}", where=str(target), fix="check its permissions") from error
    apply(graph.folder)
    return Graph(graph.folder)


def reconcile(
    graph: Graph,
    service: str,
    *,
    types: Mapping[str, str],
    progress: Callable[[int], None] | None = None,
) -> int:
    """Ask a reconciliation service for the graph's named entities of some types. Returns how many it knows.

    Of several entities with one name none is asked for: the service knows no more than the name.

    :param types: what the service calls each type; empty to ask for the name alone.
    :raises ServiceError: if it cannot be asked; what it answered before is kept.
    """
    answers = list(read_cache(graph.folder))
    bearers = Counter((it.type, it.name) for it in graph.entities())
    queries = sorted(key for it in _named(graph) if it.type in types and bearers[key := (it.type, it.name)] == 1)
    try:
        for answer in ask(service, queries, types={k: v for k, v in types.items() if v}, known=answers):
            answers.append(answer)
            if progress:
                progress(len(answers))
    finally:
        write_cache(graph.folder, answers)
    apply(graph.folder)
    return sum(bool(answer.iri) for answer in answers if answer.service == service)


def _named(graph: Graph) -> Iterator[Entity]:
    """The entities whose name may tell a service who is meant; a person's single word does not."""
    mentions = {m.id for record in graph.records() for m in record.mentions if m.kind == "name"}
    for entity in graph.entities():
        if not mentions.isdisjoint(entity.mentions) and (entity.type != "Person" or " " in entity.name):
            yield entity


def mention_lines(exhibits: Iterable[Exhibit]) -> Iterator[str]:
    """Exhibits to read: the sentence, and what it is from."""
    for it in exhibits:
        source = ", ".join(
            filter(None, (it.article.title or it.article.id, str(it.article.date or ""), it.article.source))
        )
        yield f"“{it.sentence}” — {source}"
