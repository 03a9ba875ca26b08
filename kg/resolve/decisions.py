"""What people decided about identity: rows of ``decisions.csv`` in a graph folder, applied whenever it is derived.

A row names two mentions by their ids (article and offsets) and says that they are the ``same``, ``not-same``, or that
it is ``unsure``; ``left_name`` and ``right_name`` are for readers. The later of two rows that contradict each other
counts, also where they do so by way of others. A row about an article that is gone waits until it comes back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from kg.errors import InputError, OutputError
from kg.inputs import DECISIONS

Judgement = Literal["same", "not-same", "unsure"]
#: A chain of an article: what decisions are about.
Atom = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """One row. ``left`` and ``right`` are mention ids, ``when`` an ISO 8601 time."""

    judgement: Judgement
    left: str
    right: str
    left_name: str = ""
    right_name: str = ""
    who: str = ""
    when: str = ""
    why: str = ""


_COLUMNS = [field.name for field in fields(Decision)]


@dataclass(frozen=True, slots=True)
class Constraints:
    """Decisions as they bear on chains: pairs to join, pairs to keep apart, and of these the ones that stay open."""

    same: tuple[tuple[Atom, Atom], ...] = ()
    apart: frozenset[frozenset[Atom]] = frozenset()
    unsure: frozenset[frozenset[Atom]] = frozenset()
    overruled: tuple[Decision, ...] = ()

    @property
    def atoms(self) -> frozenset[Atom]:
        """All chains that a decision is about."""
        return frozenset(atom for pair in (*self.same, *self.apart, *self.unsure) for atom in pair)


def read_decisions(folder: Path) -> tuple[Decision, ...]:
    """The decisions of a graph folder, in the order of the file; none where there is no file.

    :raises InputError: at the first row that cannot be read.
    """
    path = folder / DECISIONS
    if not path.is_file():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), fix="make it UTF-8 text") from error
    found = []
    rows = csv.DictReader(io.StringIO(text))
    if missing := {"judgement", "left", "right"} - set(rows.fieldnames or ()):
        raise InputError(f"has no column {min(missing)}", where=str(path), fix=f"begin with: {','.join(_COLUMNS)}")
    for row in rows:
        values = {name: (row.get(name) or "").strip() for name in _COLUMNS}
        if values["judgement"] not in get_args(Judgement):
            raise InputError(
                f"unknown judgement {values['judgement']!r}",
                where=f"{path}:{rows.line_num}",
                fix=f"write one of {', '.join(get_args(Judgement))}",
            )
        if any(not re.fullmatch(r".+#\d+-\d+", values[side]) for side in ("left", "right")):
            raise InputError(
                f"{values['left']!r} or {values['right']!r} is no mention",
                where=f"{path}:{rows.line_num}",
                fix="write ARTICLE#START-END, as `kg review` and `kg merge` do",
            )
        found.append(Decision(**values))  # type: ignore[arg-type]  # the judgement was checked above
    return tuple(found)


def write_decisions(folder: Path, decisions: Iterable[Decision]) -> None:
    """Replace the decisions of a graph folder; the old file stays until the new one is complete.

    :raises OutputError: if it cannot be written.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(astuple(decision) for decision in decisions)
    path = folder / DECISIONS
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(out.getvalue(), encoding="utf-8", newline="")
        fresh.replace(path)
    except OSError as error:
        raise OutputError(
            f"cannot be written: {error.strerror}", where=str(path), fix="check its permissions"
        ) from error


def constraints(decisions: Sequence[Decision], atoms: Mapping[str, Atom]) -> Constraints:
    """What decisions mean for chains, the newest first: one that contradicts newer ones is overruled.

    :param atoms: the chain of each mention that a decision names and that there is.
    """
    parent: dict[Atom, Atom] = {}
    apart: set[frozenset[Atom]] = set()
    open_: set[frozenset[Atom]] = set()
    same: list[tuple[Atom, Atom]] = []
    overruled: list[Decision] = []

    def root(atom: Atom) -> Atom:
        while (above := parent.setdefault(atom, atom)) != atom:
            atom = above
        return atom

    def kept_apart(left: Atom, right: Atom) -> bool:
        return any({root(atom) for atom in pair} == {left, right} for pair in apart)

    for decision in sorted(decisions, key=_order, reverse=True):
        left, right = atoms.get(decision.left), atoms.get(decision.right)
        if left is None or right is None or left == right:
            continue
        a, b = root(left), root(right)
        if decision.judgement == "same":
            if kept_apart(a, b):
                overruled.append(decision)
            elif a != b:
                parent[max(a, b)] = min(a, b)
                same.append((left, right))
        elif a == b:
            overruled.append(decision)
        elif not kept_apart(a, b):
            apart.add(frozenset((left, right)))
            if decision.judgement == "unsure":
                open_.add(frozenset((left, right)))
    return Constraints(tuple(sorted(same)), frozenset(apart), frozenset(open_), tuple(overruled))


def _order(decision: Decision) -> tuple[str, ...]:
    """By time; of the same time by content, so that the order of the rows does not matter."""
    return (decision.when, *astuple(decision))
