"""The REST API's answers: what the graph has, as plain JSON. Each function is a task of a worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from kg.errors import NotFoundError
from kg.network import edge_attributes, node_attributes
from kg.query import Table, query, stock
from kg.rdf.namespaces import DCTERMS, KG, PROV, RDF, RDFS, SCHEMA
from kg.rdf.near import Near
from kg.rdf.terms import Term, plain
from kg.serve.desk import IRIS, Desk

COUNTS = """
SELECT (COUNT(*) AS ?articles) (SUM(?n) AS ?statements) (MIN(?day) AS ?first) (MAX(?day) AS ?last) {
  ?it a schema:NewsArticle ; kg:statements ?n OPTIONAL { ?it schema:datePublished ?day }
}"""
ARTICLES = """
SELECT ?id ?title ?date ?source ?statements {
  ?it a schema:NewsArticle ; dcterms:identifier ?id ; rdfs:label ?title ; kg:statements ?statements
  OPTIONAL { ?it schema:datePublished ?date } OPTIONAL { ?it dcterms:source ?source }
} ORDER BY DESC(?date) ?id"""
SEARCHED = 10_000  # a name may be a part of no more names than this


def summary(desk: Desk) -> dict[str, Any]:
    """The graph in numbers."""
    store = desk.store
    if "summary" not in desk.kept:
        counted = query(store, COUNTS)
        assert isinstance(counted, Table)
        numbers = next(iter(counted))
        desk.kept["summary"] = {
            "title": desk.title,
            "base": store.base,
            "articles": numbers["articles"],
            "statements": numbers["statements"],
            "entities": len(desk.names),
            "first": numbers["first"],
            "last": numbers["last"],
        }
    found: dict[str, Any] = desk.kept["summary"]
    return found


def entities(desk: Desk, *, name: str = "", type: str = "", limit: int, offset: int) -> dict[str, Any]:
    """The entities with that part of a name, the best matches first."""
    found = [*islice(desk.names.find(name, type=_type_iri(desk, type)), SEARCHED)]
    page = found[offset : offset + limit]
    items = [
        {
            "id": it.entity.value.removeprefix(f"{desk.store.base}entity/"),
            "iri": it.entity.value,
            "label": it.label,
            "type": local(it.type.value),
            "name": it.name,
        }
        for it in page
    ]
    return _page(items, len(found), limit, offset)


def entity(desk: Desk, *, id: str, limit: int, offset: int) -> dict[str, Any]:
    """An entity with what is said of it, the newest first.

    :raises NotFoundError: if there is none with that id.
    """
    look = desk.near
    it = node(look, "entity", id)
    chosen = sorted(look.statements(it), key=lambda one: (day(look, one), str(one)), reverse=True)
    about = {"id": id, **node_attributes(look, it), "statements": len(chosen)}
    page = _page([said(look, one) for one in chosen[offset : offset + limit]], len(chosen), limit, offset)
    return {**about, "said": page}


def statement(desk: Desk, *, id: str) -> dict[str, Any]:
    """A statement with the sentence that says it.

    :raises NotFoundError: if there is none with that id.
    """
    look = desk.near
    return said(look, node(look, "statement", id))


def statements(
    desk: Desk,
    *,
    entity: str = "",
    relation: str = "",
    modality: str = "",
    article: str = "",
    speaker: str = "",
    limit: int,
    offset: int,
) -> dict[str, Any]:
    """The statements that fit, in the order of the index.

    :raises NotFoundError: if there is no such entity or article.
    """
    look = desk.near
    pattern = ["?it a rdf:Statement"]
    if article:
        pattern.insert(0, f"?it prov:wasDerivedFrom {node(look, 'article', article)}")
    if entity:
        pattern.insert(0, f"?it rdf:subject|rdf:object {node(look, 'entity', entity)}")
    if speaker:
        pattern.insert(0, f"?it kg:attributedTo {node(look, 'entity', speaker)}")
    if relation:
        pattern.append("?it rdf:predicate ?property FILTER(STRENDS(STR(?property), CONCAT('#', ?relation)))")
    if modality:
        pattern.append("?it kg:modality ?mode FILTER(STRENDS(STR(?mode), CONCAT('#', ?modality)))")
    values = {"relation": relation, "modality": modality}
    text = f"SELECT DISTINCT ?it {{ {' . '.join(pattern)} }} LIMIT {limit + 1} OFFSET {offset}"
    found = query(desk.store, text, parameters={name: value for name, value in values.items() if value})
    assert isinstance(found, Table)
    nodes = [row[0] for row in found.terms if row[0] is not None]
    return {
        "items": [said(look, it) for it in nodes[:limit]],
        "limit": limit,
        "offset": offset,
        "more": len(nodes) > limit,
    }


def articles(desk: Desk, *, limit: int, offset: int) -> dict[str, Any]:
    """The articles, the newest first."""
    store = desk.store
    if "articles" not in desk.kept:
        found = query(store, ARTICLES)
        assert isinstance(found, Table)
        desk.kept["articles"] = found
    table: Table = desk.kept["articles"]
    page = Table(table.columns, table.terms[offset : offset + limit], table.prefixes)
    return _page([*page], len(table), limit, offset)


def article(desk: Desk, *, id: str) -> dict[str, Any]:
    """An article with all that it says, in the order of its text.

    :raises NotFoundError: if there is none with that id.
    """
    look = desk.near
    it = node(look, "article", id)
    found = [said(look, one) for one in look.subjects(PROV.wasDerivedFrom, it)]
    found.sort(key=lambda one: (one["evidence"][0]["start"], one["id"]))
    return {
        "id": id,
        "iri": plain(it),
        "title": look.text(it, SCHEMA.headline) or look.text(it, RDFS.label),
        "date": look.text(it, SCHEMA.datePublished),
        "source": look.text(it, DCTERMS.source),
        "words": look.value(it, KG.words),
        "sentences": look.value(it, KG.sentences),
        "statements": found,
    }


def queries(desk: Desk) -> list[dict[str, Any]]:
    """The stock queries."""
    return [
        {
            "name": one.name,
            "description": one.description,
            "parameters": [
                {"name": name, "meaning": meaning, "required": name in one.required}
                for name, meaning in one.parameters.items()
            ],
            "sparql": one.text,
        }
        for one in stock().values()
    ]


def stock_query(
    desk: Desk, *, name: str, parameters: Mapping[str, str], facts: bool, limit: int, offset: int
) -> dict[str, Any]:
    """The answer to a stock query.

    :raises NotFoundError: if there is none of that name.
    :raises QueryError: if the parameters do not fit.
    """
    if name not in stock():
        raise NotFoundError(f"there is no stock query {name!r}", fix=f"the stock queries: {', '.join(stock())}")
    found = query(desk.store, name, facts=facts, parameters=parameters, limit=offset + limit)
    assert isinstance(found, Table)
    page = Table(found.columns, found.terms[offset:], found.prefixes)
    return {
        "columns": list(found.columns),
        "items": [list(row) for row in page.rows],
        "limit": limit,
        "offset": offset,
        "more": found.more,
    }


def said(look: Near, it: Term) -> dict[str, Any]:
    """A statement with its ends."""
    ends = {role: end(look, look.one(it, property)) for role, property in ENDS.items()}
    return {"id": look.id(it, "statement"), "iri": plain(it), **ends, **edge_attributes(look, it)}


ENDS = {"subject": RDF.subject, "object": RDF.object}


def end(look: Near, it: Term | None) -> dict[str, Any] | None:
    """An end of a statement, by what it is called."""
    if it is None:
        return None
    id = look.id(it, "entity")
    return {"id": id, "label": look.text(it, RDFS.label) or id, "type": local(look.text(it, RDF.type) or "")}


def day(look: Near, it: Term) -> str:
    """When the article of a statement came out."""
    article = look.first(it, PROV.wasDerivedFrom)
    date = None if article is None else look.first(article, SCHEMA.datePublished)
    return "" if date is None else str(plain(date))


def node(look: Near, kind: str, id: str) -> Term:
    """The node of a thing.

    :raises NotFoundError: if the graph has no such thing.
    """
    it = look.known(IRIS[kind](look.base, id))
    if it is None:
        raise NotFoundError(f"there is no {kind} {id!r}")
    return it


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.replace("#", "/").rpartition("/")[2]


def _type_iri(desk: Desk, name: str) -> str:
    """The class of that local name in the graph, or what no class is called."""
    return next((iri for iri in desk.names.classes if local(iri) == name), name)


def _page(items: Iterable[Any], total: int, limit: int, offset: int) -> dict[str, Any]:
    return {"items": [*items], "total": total, "limit": limit, "offset": offset, "more": offset + limit < total}
