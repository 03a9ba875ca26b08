"""What the shell offers for an argument when Tab is pressed. Silent where there is nothing to offer."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from kg.errors import KGError

NAMES = "SELECT DISTINCT ?name { ?it kg:modality ?m ; rdf:subject|rdf:object ?entity . ?entity rdfs:label ?name }"


def stock_queries(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of stock queries, and files."""
    from kg.query import stock

    found = [one for one in stock().values() if one.name.startswith(incomplete)]
    return [CompletionItem(one.name, help=one.description) for one in found] or [
        CompletionItem(incomplete, type="file")
    ]


def entities(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of the entities of the graph that the command line names; capitals do not matter."""
    from kg.derive import STORE_FOLDER
    from kg.query import query
    from kg.rdf import Store

    try:
        # The store alone: opening the graph might finish a build that was cut off, which takes its time.
        answer = query(Store(Path(ctx.params["graph"]) / STORE_FOLDER), NAMES)
    except (KGError, KeyError):
        return []
    names = sorted(str(name) for (name,) in answer.rows) if hasattr(answer, "rows") else []
    return [CompletionItem(name) for name in names if name.casefold().startswith(incomplete.casefold())]
