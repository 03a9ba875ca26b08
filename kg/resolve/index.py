"""Which chains have which tokens, in columns of numbers: where a block is found without reading all articles again.

A row says that a chain has a token. Rows lie sorted by token, so that those of one lie together; a token is there as a
hash, so that a row takes the same few bytes whatever its words are. Two tokens of one hash make a block larger, and
change nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from kg.resolve import tokens
from kg.resolve.blocks import MOST
from kg.resolve.chain import Chain
from kg.resolve.tokens import Token

Numbers = NDArray[np.uint64]
#: How a chain has a token: the lowest two bits of a row's mark. What is shared binds all who have it, a variant all
#: unless it is crowded, a handle those who have it and those who seek it unless it is crowded.
SHARED, VARIANT, HANDLE, SOUGHT = range(4)
_BITS = np.uint64(2)
_KINDS = np.uint64(3)


@lru_cache(maxsize=1 << 18)
def mark(token: Token) -> int:
    """A token as a number of 62 bits, the same in every process."""
    return int.from_bytes(blake2b(repr(token).encode(), digest_size=8).digest()) >> 2


def marks(found: Iterable[Token]) -> Numbers:
    """Tokens as numbers, sorted, each once."""
    return np.array(sorted(set(map(mark, found))), np.uint64)


def _none() -> Numbers:
    return np.zeros(0, np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Columns: a token's mark with the kind, the chain that has it, and the mark of the chain's name; 0 if not full.

    ``holders`` and ``held`` are the owners and marks once more, sorted by owner: what is looked for lies together both
    ways, so that a change looks at few rows, and all others are only moved.
    """

    marks: Numbers = field(default_factory=_none)
    owners: Numbers = field(default_factory=_none)
    names: Numbers = field(default_factory=_none)
    holders: Numbers = field(default_factory=_none)
    held: Numbers = field(default_factory=_none)

    @classmethod
    def sorted(cls, marks: Numbers, owners: Numbers, names: Numbers) -> Rows:
        """Rows from columns in any order."""
        by_mark, by_owner = np.argsort(marks, kind="stable"), np.argsort(owners, kind="stable")
        return cls(marks[by_mark], owners[by_mark], names[by_mark], owners[by_owner], marks[by_owner])

    def changed(self, gone: Numbers, fresh: Rows) -> Rows:
        """The rows without those of some chains, and with others."""
        held = _places(self.holders, gone, gone)
        wanted = np.unique(self.held[held])
        rows = _places(self.marks, wanted, wanted)
        rows = rows[np.isin(self.owners[rows], gone)]
        marks, holders = np.delete(self.marks, rows), np.delete(self.holders, held)
        place, holder = np.searchsorted(marks, fresh.marks, "right"), np.searchsorted(holders, fresh.holders, "right")
        return Rows(
            np.insert(marks, place, fresh.marks),
            np.insert(np.delete(self.owners, rows), place, fresh.owners),
            np.insert(np.delete(self.names, rows), place, fresh.names),
            np.insert(holders, holder, fresh.holders),
            np.insert(np.delete(self.held, held), holder, fresh.held),
        )

    def owned(self, first: Numbers, last: Numbers) -> Numbers:
        """The chains with numbers from some on, up to others."""
        return np.unique(self.holders[_places(self.holders, first, last - np.uint64(1))])

    def of(self, owners: Numbers) -> Numbers:
        """The marks of some chains."""
        owners = np.unique(owners)
        return np.unique(self.held[_places(self.holders, owners, owners)])

    def _owners(self, found: Numbers, kind: int) -> Numbers:
        wanted = found << _BITS | np.uint64(kind)
        return self.owners[_places(self.marks, wanted, wanted)]

    def sharing(self, found: Numbers) -> Numbers:
        """The chains that share some tokens."""
        return np.unique(self._owners(found, SHARED))

    def count(self, found: Numbers) -> NDArray[np.int64]:
        """How many share each of some tokens."""
        wanted = found << _BITS
        count: NDArray[np.int64] = np.searchsorted(self.marks, wanted, "right")
        return count - np.searchsorted(self.marks, wanted, "left")

    def crowded(self, found: Numbers) -> Numbers:
        """Those of some tokens that more than :data:`MOST` full names have, themselves or as handles."""
        found = np.unique(found)
        places = _places(self.marks, found << _BITS, found << _BITS | np.uint64(HANDLE))
        places = places[self.names[places] != 0]
        of, names = self.marks[places] >> _BITS, self.names[places]
        order = np.lexsort((names, of))
        of, names = of[order], names[order]
        other = np.concatenate([[True], (of[1:] != of[:-1]) | (names[1:] != names[:-1])]) if len(of) else of == of
        which, count = np.unique(of[other], return_counts=True)
        return which[count > MOST]

    def block(self, owners: Numbers, start: Numbers, crowded: Numbers) -> Numbers:
        """All chains that some chains, and marks, are connected with: what they are, no chain outside bears upon.

        :param crowded: tokens that connect nothing.
        """
        inside, seen, fresh = _none(), _none(), np.union1d(start, self.of(owners))
        while len(fresh):
            seen = np.union1d(seen, fresh)
            found, kinds = fresh >> _BITS, fresh & _KINDS
            apart = np.isin(found, crowded)
            met = [self._owners(found[kinds == SHARED], SHARED)]
            for kind, other in ((VARIANT, VARIANT), (HANDLE, SOUGHT), (SOUGHT, HANDLE)):
                met.append(self._owners(found[(kinds == kind) & ~apart], other))
            new = np.setdiff1d(np.concatenate([owners, *met]), inside)
            inside = np.union1d(inside, new)
            fresh = np.setdiff1d(self.of(new), seen)
        return np.union1d(inside, owners)


def rows_of(chains: Iterable[tuple[int, Chain, Iterable[Token]]]) -> Rows:
    """The rows of chains, by number; with further tokens that they share."""
    found, owners, names = array("Q"), array("Q"), array("Q")
    for owner, chain, shared in chains:
        name, profile = 0 if chain.own else mark(("key", *chain.key)), chain.profile
        kinds = (
            (SHARED, (*tokens.forms(profile), *shared, *(() if chain.own else [("key", *chain.key)]))),
            (VARIANT, tokens.variants(profile) if name else ()),
            (HANDLE, tokens.handles(profile) if name else ()),
            (SOUGHT, tokens.sought(profile)),
        )
        for kind, having in kinds:
            for token in dict.fromkeys(having):
                found.append(mark(token) << 2 | kind)
                owners.append(owner)
                names.append(name)
    return Rows.sorted(*(np.frombuffer(column, np.uint64) if column else _none() for column in (found, owners, names)))


def _places(column: Numbers, first: Numbers, last: Numbers) -> NDArray[np.int64]:
    """Where in a sorted column the values lie between two bounds, with both; for many bounds."""
    begin = np.searchsorted(column, first, "left")
    sizes = np.searchsorted(column, last, "right") - begin
    ends = np.cumsum(sizes)
    places: NDArray[np.int64] = np.repeat(begin - ends + sizes, sizes)
    places += np.arange(len(places))
    return places
