"""What resolving keeps from one time to the next, in memory or in a file: the result by blocks, and where blocks lie.

It holds nothing that could not be worked out again. A file that is damaged, or of another state of the archive, is no
loss: everything is resolved again.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import numpy as np

from kg.codec import from_json, pack, to_json, unpack
from kg.records import Candidate
from kg.resolve.draft import Draft
from kg.resolve.index import Numbers, Rows


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Articles by number; the rows of their chains; which articles name what, by the marks of full names; the tokens
    that are crowded; the drafts of entities and the open pairs, by the first mentions of two drafts. ``decided`` are
    the countries that decisions or the register speak of; ``kept`` is what articles told, by id.
    """

    articles: Mapping[str, int] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)
    named: Rows = field(default_factory=Rows)
    crowded: Numbers = field(default_factory=lambda: np.zeros(0, np.uint64))
    drafts: tuple[Draft, ...] = ()
    open: tuple[Candidate, ...] = ()
    decided: tuple[str, ...] = ()
    kept: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Told:
    """What of a state is no column. ``of`` is what the state was worked out from; ``kept`` are but the sizes."""

    of: str
    articles: Mapping[str, int]
    drafts: tuple[Draft, ...]
    open: tuple[Candidate, ...]
    decided: tuple[str, ...]
    kept: Mapping[str, int]


_COLUMNS = tuple(column.name for column in fields(Rows))


def save_state(path: Path, state: State, *, of: str) -> None:
    """Keep a state; the old file stays until the new one is complete.

    :param of: what it was worked out from.
    :raises OSError: if it cannot be written.
    """
    sizes = {id: len(kept) for id, kept in sorted(state.kept.items())}
    told = _Told(of, state.articles, state.drafts, state.open, state.decided, sizes)
    try:
        rest = {"packed": pack(told)}
    except UnicodeEncodeError:  # half a surrogate pair, which only JSON can hold
        rest = {"json": to_json(told).encode()}
    rest["kept"] = b"".join(state.kept[id] for id in sizes)
    columns = {
        f"{name}_{column}": getattr(rows, column)
        for name, rows in (("rows", state.rows), ("named", state.named))
        for column in _COLUMNS
    }
    columns |= {name: np.frombuffer(part, np.uint8) for name, part in rest.items()}
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        np.savez(file, crowded=state.crowded, **columns)
    fresh.replace(path)


def load_state(path: Path, *, of: str) -> State | None:
    """The state that is kept, if it is whole and was worked out from the same."""
    try:
        with path.open("rb") as stored, np.load(stored, allow_pickle=False) as file:
            told = (
                unpack(_Told, file["packed"].tobytes())
                if "packed" in file
                else from_json(_Told, file["json"].tobytes().decode())
            )
            if told.of != of:
                return None
            rows, named = (Rows(*(file[f"{name}_{column}"] for column in _COLUMNS)) for name in ("rows", "named"))
            kept, end = file["kept"].tobytes(), 0
            parts = {id: kept[end : (end := end + size)] for id, size in told.kept.items()}
            return State(told.articles, rows, named, file["crowded"], told.drafts, told.open, told.decided, parts)
    except (OSError, ValueError, LookupError, TypeError, EOFError, zipfile.BadZipFile):
        return None
