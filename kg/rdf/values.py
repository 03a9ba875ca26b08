"""Properties of things in the terms of their readers, whatever keeps them: what look-ups have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod

import pyoxigraph as ox

from kg.rdf.terms import Plain, Term, plain


class Values(ABC):
    """``base`` is what the graph's own IRIs start with."""

    __slots__ = ()
    base: str

    @abstractmethod
    def all(self, it: Term, name: ox.NamedNode) -> list[Term]:
        """The values of a property."""

    def one(self, it: Term | None, name: ox.NamedNode) -> Term | None:
        """The value of a property that has at most one."""
        values = self.all(it, name) if it is not None else []
        return values[0] if values else None

    def value(self, it: Term | None, name: ox.NamedNode) -> Plain:
        """The value as plain Python."""
        return plain(self.one(it, name))

    def text(self, it: Term | None, name: ox.NamedNode) -> str | None:
        """The value as text."""
        value = self.one(it, name)
        return None if value is None else str(plain(value))

    def id(self, it: Term, kind: str) -> str:
        """What an ``entity`` or a ``statement`` is called within the graph."""
        return it.value.removeprefix(f"{self.base}{kind}/") if isinstance(it, ox.NamedNode) else str(it)
