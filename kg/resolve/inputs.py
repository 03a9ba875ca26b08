"""What people put into a graph folder about identity, read: decisions, known entities, answers of a service."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.inputs import KNOWN_FOLDER, registers
from kg.resolve.decisions import Decision, read_decisions
from kg.resolve.reconcile import read_answers
from kg.resolve.register import Register, read_register


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of who is who beside the articles."""

    decisions: tuple[Decision, ...] = ()
    register: Register = field(default_factory=Register)

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


def read_identity(folder: Path) -> Identity:
    """Decisions, registers and answers of a graph folder.

    :raises InputError: if one of them cannot be read.
    """
    return Identity(read_decisions(folder), read_register(registers(folder), answers=read_answers(folder)))
