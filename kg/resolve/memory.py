"""Results of pure functions, kept from one resolving to the next: what no article touches is not worked out again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


class Memory:
    """Calls by the identity of what they were given. Of a round only what the next one asks for again is kept.

    :param lasting: whether there is a next round; if not, nothing is kept.
    """

    def __init__(self, *, lasting: bool) -> None:
        self._lasting = lasting
        self._last: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = {}
        self._now: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = {}
        self._values: tuple[dict[Any, Any], dict[Any, Any]] = ({}, {})

    def next_round(self) -> None:
        """Forget what the last round did not ask for."""
        self._last, self._now = self._now, {}
        self._values = (self._values[1], {})

    def same(self, value: H) -> H:
        """The very object that stood for an equal value before, so that :meth:`call` knows it again."""
        if not self._lasting:
            return value
        last, now = self._values
        found: H = now.setdefault(value, last.get(value, value))
        return found

    def call(self, function: Callable[..., T], *parts: object) -> T:
        """``function(*parts)``, from memory where the very same objects were given before."""
        if not self._lasting:
            return function(*parts)
        key = (function, *map(id, parts))
        found = self._now.get(key) or self._last.get(key)
        if found is None:
            found = (parts, function(*parts))  # the parts too, so that no other object gets the same identity
        self._now[key] = found
        value: T = found[1]
        return value
