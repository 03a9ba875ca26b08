"""The exception tree. Every error that a user can cause or meet is one of these.

::

    KGError                 exit code 2 unless a subclass says otherwise
    ├── InputError          a source cannot be read: missing, empty, binary, wrong encoding, no text, broken line
    ├── OutputError         a result cannot be written
    ├── GraphError          a graph folder is missing, of another format, or in use by a writer
    ├── VocabularyError     an ontology or lexicon has faults; carries all of them
    ├── QueryError          a SPARQL query is malformed or names an unknown stock query
    ├── EvidenceError       a statement does not stand in the sentence it cites
    ├── NotFoundError       exit code 1: nothing in the graph answers to the name asked for
    └── MissingError        exit code 3: a package, model or program is not installed

Each message says what was wrong, where, and the fix. The tree is caught once, in :mod:`kg.cli`.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Characters of a message; what is quoted in it may be of any length.
MOST = 1_000


class KGError(Exception):
    """Base of all errors that kg raises on purpose.

    :param message: what was wrong; of a long one the two ends are kept.
    :param where: the file, line, entry or graph it was found in.
    :param fix: what the user can do about it.
    """

    exit_code = 2

    def __init__(self, message: str, *, where: str | None = None, fix: str | None = None) -> None:
        if len(message) > MOST:
            message = f"{message[: MOST // 2]} … {message[-MOST // 2 :]}"
        self.message, self.where, self.fix = message, where, fix
        super().__init__(message)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f"\n  fix: {self.fix}" if self.fix else ""
        return f"{place}{self.message}{remedy}"


class InputError(KGError):
    """A source cannot be read."""


class OutputError(KGError):
    """A result cannot be written."""


class GraphError(KGError):
    """A graph folder is missing, of another format, or in use by a writer."""


class QueryError(KGError):
    """A SPARQL query is malformed or names an unknown stock query."""


class EvidenceError(KGError):
    """A statement does not stand in the sentence it cites."""


class VocabularyError(KGError):
    """An ontology or lexicon has faults. All of them are reported at once."""

    def __init__(self, faults: Iterable[KGError]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        super().__init__(f"{count} fault{'s' if count != 1 else ''} in the vocabulary")

    def __str__(self) -> str:
        return "\n".join([f"{self.message}:", *(f"- {fault}" for fault in self.faults)])


class NotFoundError(KGError):
    """Nothing in the graph answers to the name asked for."""

    exit_code = 1


class MissingError(KGError):
    """A package, model or program is not installed."""

    exit_code = 3
