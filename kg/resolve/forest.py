"""Disjoint sets that know what may not come together: clusters of profiles, joined only where nothing forbids it.

A forest of disjoint sets (Galler and Fischer 1964). networkx has it, but takes longer to load than this to run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.resolve.compare import THRESHOLD, compare
from kg.resolve.decisions import Atom, Constraints
from kg.resolve.profile import Match, Profile, merge


class Forest:
    """Clusters of numbered profiles. ``profiles`` holds what is known of each cluster, by its root.

    :param atoms: the chains that decisions speak of, by profile.
    :param told: called with each pair, how near it came and why, and whether it was joined.
    """

    def __init__(
        self,
        profiles: Mapping[int, Profile],
        atoms: Mapping[int, frozenset[Atom]],
        constraints: Constraints,
        told: Callable[[int, int, Match, bool], None],
    ) -> None:
        self.profiles = dict(profiles)
        self._parent = {number: number for number in profiles}
        self._atoms = dict(atoms)
        self._foes: dict[Atom, set[Atom]] = {}
        for pair in constraints.apart:
            left, right = sorted(pair)
            self._foes.setdefault(left, set()).add(right)
            self._foes.setdefault(right, set()).add(left)
        self._told = told

    def add(self, number: int, profile: Profile) -> None:
        """A new cluster of one, or what is known of one that is there."""
        self._parent.setdefault(number, number)
        self.profiles[number] = profile

    def root(self, number: int) -> int:
        """The root of a profile's cluster."""
        while self._parent[number] != number:
            self._parent[number] = number = self._parent[self._parent[number]]
        return number

    def forbidden(self, left: int, right: int) -> bool:
        """Whether a decision keeps the two clusters apart."""
        ours, theirs = self._atoms.get(left, frozenset()), self._atoms.get(right, frozenset())
        return any(not theirs.isdisjoint(self._foes.get(atom, ())) for atom in ours)

    def join(self, left: int, right: int, match: Match, *, known: bool = True) -> None:
        """Make two clusters one.

        :param known: whether what is known of the first becomes known of the whole; if not, it was only taken in.
        """
        a, b = sorted((self.root(left), self.root(right)))
        if a == b:
            return
        if known:
            first, second = (a, b) if _fuller(self.profiles[a], self.profiles[b]) else (b, a)
            self.profiles[a] = merge(self.profiles[first], self.profiles[second])
        else:
            self.profiles[a] = self.profiles[self.root(left)]
        self._parent[b] = a
        self.profiles.pop(b)
        if atoms := self._atoms.pop(b, frozenset()):
            self._atoms[a] = self._atoms.get(a, frozenset()) | atoms
        self._told(left, right, match, True)

    def agglomerate(self, pairs: Iterable[tuple[Match, int, int]]) -> None:
        """Join pairs, the surest first, each only if all that is known of both clusters by then speaks for it."""
        for match, left, right in sorted(pairs, key=lambda pair: (-pair[0].score, pair[1], pair[2])):
            a, b = self.root(left), self.root(right)
            if a == b:
                continue
            forbidden = self.forbidden(a, b)
            if not forbidden and (a, b) not in ((left, right), (right, left)):
                match = compare(self.profiles[a], self.profiles[b])
            if forbidden or match.score < THRESHOLD:
                self._told(left, right, match, False)
            else:
                self.join(left, right, match)


def _fuller(left: Profile, right: Profile) -> bool:
    """Whether the first of two profiles has the fuller name."""
    return (len(left.forms[0]) if left.forms else 0) >= (len(right.forms[0]) if right.forms else 0)
