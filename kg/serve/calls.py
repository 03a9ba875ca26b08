"""The addresses of the REST API, what they take and the tasks behind them, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from kg.records import MODALITIES


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of an address. ``most`` is the longest text or the largest number, ``least`` the smallest."""

    name: str
    type: type
    default: Any
    meaning: str = ""
    least: int = 0
    most: int = 1_000
    choice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """An address of the API and the task behind it. ``schema`` names what it answers with."""

    path: str
    task: str
    summary: str
    schema: str
    fields: tuple[Field, ...] = ()
    pool: str = "page"
    ids: tuple[tuple[str, str], ...] = ()


LIMIT: Final = Field("limit", int, 50, "how many to give", least=1, most=1_000)
OFFSET: Final = Field("offset", int, 0, "how many to leave out before them", most=10_000_000)
PAGED: Final = (LIMIT, OFFSET)
ID: Final = "as it stands in lists and at the end of its IRI"

CALLS: Final = (
    Call("/api/summary", "summary", "The graph in numbers", "Summary"),
    Call(
        "/api/entities",
        "entities",
        "Entities by a part of a name, the best matches first",
        "Entities",
        (
            Field("name", str, "", "a part of a name or alias", most=200),
            Field("type", str, "", "a class, such as Person", most=200),
            *PAGED,
        ),
    ),
    Call(
        "/api/entities/{id}",
        "entity",
        "An entity and what is said of it, the newest first",
        "Entity",
        PAGED,
        ids=(("id", ID),),
    ),
    Call(
        "/api/statements",
        "statements",
        "Statements that fit",
        "Statements",
        (
            Field("entity", str, "", "the id of an entity that takes part", most=300),
            Field("relation", str, "", "a relation, such as metWith", most=200),
            Field("modality", str, "", "how it is said", choice=MODALITIES),
            Field("article", str, "", "the id of an article", most=1_000),
            Field("speaker", str, "", "the id of the entity that says so", most=300),
            *PAGED,
        ),
        pool="query",
    ),
    Call("/api/statements/{id}", "statement", "A statement with its sentence", "Statement", ids=(("id", ID),)),
    Call("/api/articles", "articles", "The articles, the newest first", "Articles", PAGED),
    Call(
        "/api/articles/{id:path}", "article", "An article and all that it says", "Article", ids=(("id", "its own id"),)
    ),
    Call("/api/queries", "queries", "The stock queries", "Queries"),
    Call(
        "/api/queries/{name}",
        "stock_query",
        "The answer to a stock query; its parameters go in by their names",
        "Rows",
        (Field("facts", bool, False, "leave out what is only claimed or possible"), *PAGED),
        pool="query",
        ids=(("name", "the name of the query"),),
    ),
)
