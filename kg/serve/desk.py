"""A worker's desk: the store it answers from, in the state that is in force, and what it has already looked up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.ids import article_iri, entity_iri, statement_iri
from kg.rdf.names import Names
from kg.rdf.near import Near
from kg.rdf.publishing import CURRENT
from kg.rdf.store import Store

#: What makes the IRI of a thing from its id.
IRIS = {"entity": entity_iri, "statement": statement_iri, "article": article_iri}


def version(store: Path) -> str:
    """What is said once by each state of a store, and by no other.

    :raises GraphError: if there is none.
    """
    try:
        return (store / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise GraphError("the store is gone", where=str(store), fix="build the graph again") from error


class Desk:
    """Opens the store at the first question, and again once a writer has put another state in force.

    :param path: the store's folder.
    :param title: what the graph is called.
    :param answer: bytes that an answer may have.
    """

    def __init__(self, path: Path, title: str, *, answer: int) -> None:
        self.path, self.title, self.most = path, title, answer
        self._version = ""
        self._store: Store | None = None
        self.kept: dict[str, Any] = {}  # what was worked out of this state and will be asked for again

    @property
    def store(self) -> Store:
        """The store in its present state.

        :raises GraphError: if there is none.
        """
        now = version(self.path)
        if self._store is None or now != self._version:
            self._store, self._version = Store(self.path), now
            self.kept = {}
        return self._store

    @property
    def near(self) -> Near:
        """Look-ups for one answer."""
        return Near(self.store)

    @property
    def names(self) -> Names:
        """The names of this state."""
        store = self.store
        if "names" not in self.kept:
            self.kept["names"] = Names(store)
        names: Names = self.kept["names"]
        return names
