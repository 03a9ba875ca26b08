"""What people put into a graph folder about identity: decisions, registers of known entities, answers of a service.

::

    GRAPH/decisions.csv     what people decided (kg.resolve.decisions)
    GRAPH/known/            registers, CSV or Turtle (kg.resolve.register)
    GRAPH/reconciled.csv    what a reconciliation service answered (kg.resolve.reconcile)
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.ids import digest
from kg.resolve import decisions, reconcile
from kg.resolve.decisions import Decision, read_decisions
from kg.resolve.register import Register, read_register

KNOWN_FOLDER = "known"


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of who is who beside the articles. ``digest`` is empty where there is nothing."""

    decisions: tuple[Decision, ...] = ()
    register: Register = field(default_factory=Register)
    digest: str = ""

    def check(self, classes: Container[str]) -> None:
        """Whether the types of registers are classes of an ontology.

        :raises InputError: at the first that is not.
        """
        for entry in self.register.entries.values():
            if entry.type not in classes:
                raise InputError(
                    f"{entry.type!r} is no class of the ontology",
                    where=f"{KNOWN_FOLDER}: {entry.id}",
                    fix="`kg ontology show` lists the classes",
                )


def registers(folder: Path) -> list[Path]:
    """The register files of a graph folder."""
    known = folder / KNOWN_FOLDER
    return sorted(path for path in known.glob("*") if path.suffix in (".csv", ".ttl")) if known.is_dir() else []


def read_identity(folder: Path) -> Identity:
    """Decisions, registers and answers of a graph folder.

    :raises InputError: if one of them cannot be read.
    """
    paths = registers(folder)
    files = [path for path in (folder / decisions.FILE_NAME, folder / reconcile.FILE_NAME, *paths) if path.is_file()]
    if not files:
        return Identity()
    answers = reconcile.read_answers(folder)
    register = read_register(paths, answers=answers)
    return Identity(read_decisions(folder), register, digest(*(path.read_bytes() for path in files), length=8))
