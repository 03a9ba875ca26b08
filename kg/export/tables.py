"""CSV: a row for each statement, for spreadsheets and data frames."""

from __future__ import annotations

from typing import Final

import networkx as nx

from kg.query.table import write_csv

COLUMNS: Final = (
    "statement",
    "subject_id",
    "subject",
    "subject_type",
    "relation",
    "object_id",
    "object",
    "object_type",
    "modality",
    "speaker_id",
    "speaker",
    "attribution_kind",
    "time",
    "time_start",
    "time_end",
    "place",
    "position",
    "status",
    "number",
    "sentence",
    "article",
    "title",
    "date",
    "source",
    "confidence",
    "origin",
)


def statements_csv(graph: nx.MultiDiGraph[str]) -> bytes:
    """The statements, sorted by article and id, in UTF-8 with a header.

    Text that a spreadsheet would run as a formula gets an apostrophe before it (:func:`kg.query.table.guarded`).
    """
    rows = []
    for start, end, key, data in graph.edges(keys=True, data=True):
        subject, obj = graph.nodes[start], graph.nodes[end]
        row = {
            **data,
            "statement": key,
            "subject_id": start,
            "subject": subject["label"],
            "subject_type": subject["type"],
            "object_id": end,
            "object": obj["label"],
            "object_type": obj["type"],
            "sentence": " … ".join(part["text"] for part in data["evidence"]),
        }
        rows.append([row[column] for column in COLUMNS])
    rows.sort(key=lambda row: (row[COLUMNS.index("article")] or "", row[0]))
    return write_csv(COLUMNS, rows).encode("utf-8", "replace")
