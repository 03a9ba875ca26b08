"""Why a statement is in a graph: the words, the frame, the parse, the speaker, the doubt, and what was refused.

What can be told from the graph alone is told from it. The rest takes reading the article again, with the graph's own
vocabulary; where the language model or the vocabulary has changed since, that may no longer make the statement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.archive import Archive
from kg.errors import InputError, NotFoundError
from kg.graph import Graph
from kg.records import Article, ArticleRecord, Entity, Statement

if TYPE_CHECKING:
    from kg.extract.tracing import Trace

#: A statement's id or the beginning of one, alone, in its IRI or behind the prefix that ``kg query`` prints.
_ID = re.compile(r"<?(?:\S*/statement/|statement:)?([0-9a-f]{4,16})>?")
_LISTED = 5  # statements that an ambiguous name is told with


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statement, where it stands, and how it came about.

    ``relation`` is the label of the relation. ``trace`` is ``None`` where reading the article again does not make the
    statement any more.
    """

    statement: Statement
    article: Article
    subject: Entity
    relation: str
    object: Entity
    trace: Trace | None


def explain(graph: Graph, which: str) -> Explanation:
    """Why a statement is in the graph. Loads the language model.

    :param which: a statement's id, the beginning of one, its IRI, or the statement in the words of ``kg show``.
    :raises NotFoundError: if there is no such statement.
    :raises InputError: if there are several.
    """
    from kg.reading import load_reader
    from kg.vocabulary import load_vocabulary

    record, statement = find(graph, which)
    with Archive(graph.folder) as archive:
        manifest = archive.manifest
    vocabulary = load_vocabulary(
        [graph.folder / name for name in manifest.ontologies], [graph.folder / name for name in manifest.lexicons]
    )
    return Explanation(
        statement,
        record.article,
        graph.entity_of(statement.subject.id),
        vocabulary.ontology.properties[statement.relation].label,
        graph.entity_of(statement.object.id),
        load_reader(replace(vocabulary, learned=manifest.learned)).trace(record.article, statement.id),
    )


def find(graph: Graph, which: str) -> tuple[ArticleRecord, Statement]:
    """The statement that ``which`` means, as in :func:`explain`, and the record of its article."""
    wanted = _ID.fullmatch(which.strip())
    pairs = [(record, statement) for record in graph.records() for statement in record.statements]
    found = [pair for pair in pairs if wanted and pair[1].id.startswith(wanted[1])]
    if not found:
        labels = {name: relation.label for name, relation in graph.ontology().properties.items()}
        said = _folded(which.partition("  [")[0])
        found = [pair for pair in pairs if said in _sayings(graph, pair[1], labels[pair[1].relation])]
    if not found:
        raise NotFoundError(
            f"the graph has no statement {which!r}",
            where=str(graph.folder),
            fix="give its id, or its words as `kg show GRAPH NAME` prints them",
        )
    if len(found) > 1:
        ids = "".join(f"\n  {statement.id}  {_quote(statement)}" for _, statement in found[:_LISTED])
        more = f"\n  and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise InputError(f"{which!r} may mean {len(found)} statements:{ids}{more}", fix="give the id of one")
    return found[0]


def _sayings(graph: Graph, statement: Statement, label: str) -> set[str]:
    """The statement in words, with the relation's label and with its name."""
    ends = [graph.entity_of(mention.id).name for mention in (statement.subject, statement.object)]
    return {_folded(f"{ends[0]} {relation} {ends[1]}") for relation in (label, statement.relation)}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _quote(statement: Statement) -> str:
    text = " … ".join(" ".join(sentence.text.split()) for sentence in statement.evidence.sentences)
    return text if len(text) <= 90 else text[:89] + "…"
