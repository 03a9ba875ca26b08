"""The files about identity that people put into a graph folder, beside its articles.

::

    GRAPH/decisions.csv     who is one and who is not, as people decided
    GRAPH/known/            registers of known entities, CSV or Turtle
    GRAPH/reconciled.csv    what a reconciliation service answered
"""

from __future__ import annotations

from pathlib import Path

from kg.ids import digest

DECISIONS = "decisions.csv"
ANSWERS = "reconciled.csv"
KNOWN_FOLDER = "known"


def registers(folder: Path) -> list[Path]:
    """The register files of a graph folder."""
    known = folder / KNOWN_FOLDER
    return sorted(path for path in known.glob("*") if path.suffix in (".csv", ".ttl")) if known.is_dir() else []


def inputs_digest(folder: Path) -> str:
    """A digest of all that people put into a graph folder about identity; empty where there is nothing."""
    files = [path for path in (folder / DECISIONS, folder / ANSWERS, *registers(folder)) if path.is_file()]
    return digest(*(part for path in files for part in (path.name, path.read_bytes())), length=8) if files else ""
