"""Articles as chains, read when they are asked for; and which of the chains decisions speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from kg.gazetteer import load_gazetteer
from kg.records import ArticleRecord
from kg.resolve.chain import Chain
from kg.resolve.chains import chains_of
from kg.resolve.decisions import Atom, Constraints, Decision, constraints
from kg.resolve.kept import Kept, keep
from kg.resolve.parting import part, parted_articles
from kg.resolve.register import Register
from kg.resolve.tokens import Token


class Readings:
    """The chains of articles, and what decisions mean for them.

    :param records: all articles, by id.
    :param kept: what some of them told, as it was when they were last read.
    :param made: the chains of some that no decision parts, as :func:`~kg.resolve.chains.chains_of` makes them.
    """

    def __init__(
        self,
        records: Mapping[str, ArticleRecord],
        decisions: Sequence[Decision],
        register: Register,
        kept: Mapping[str, bytes],
        made: Mapping[str, Sequence[Chain]] = MappingProxyType({}),
    ) -> None:
        self._records, self._register, self._kept = records, register, kept
        self._parted = parted_articles(decisions)
        self._chains: dict[str, Sequence[Chain] | Kept] = dict(made)
        atoms = self._atoms(decisions)
        self.constraints = constraints(decisions, atoms)
        self._decided = frozenset(atoms.values())
        self._together = _together(decisions, atoms)
        chains = [chain for id in {atom[0] for atom in atoms.values()} for chain in self.chains(id)]
        #: The countries that decisions or the register speak of, by code.
        self.countries = tuple(
            sorted(
                {*(chain.profile.country for chain in chains if self.is_decided(chain)), *_registered(register)} - {""}
            )
        )

    def chains(self, id: str) -> list[Chain]:
        """The chains of an article; none where there is no such article."""
        found = self._of(id)
        return [found[place] for place in range(len(found))]

    def chain(self, id: str, place: int) -> Chain:
        """One of the chains of an article."""
        return self._of(id)[place]

    def kept(self, id: str) -> bytes:
        """The chains of an article, to be kept; nothing where there is no such article."""
        record = self._record(id)
        return (self._kept.get(id) or keep(self.chains(id), record)) if record else b""

    def _of(self, id: str) -> Sequence[Chain] | Kept:
        if id not in self._chains:
            self._chains[id] = self._read(id)
        return self._chains[id]

    def _read(self, id: str) -> Sequence[Chain] | Kept:
        if (record := self._record(id)) is None:
            return []
        kept = self._kept.get(id)
        return Kept(kept, record) if kept else chains_of(record, load_gazetteer(), self._register)

    def _record(self, id: str) -> ArticleRecord | None:
        record = self._records.get(id)
        return part(record, self._parted[id]) if record and id in self._parted else record

    def is_decided(self, chain: Chain) -> bool:
        """Whether a decision speaks of a chain."""
        return (chain.article, chain.chain) in self._decided

    def is_sure(self, chain: Chain) -> bool:
        """Whether it is a country, and which, by its name alone."""
        return chain.key[0] == "country" and chain.key[1] not in self.countries

    def shared(self, chain: Chain) -> Sequence[Token]:
        """What decisions that hang together have a chain share with others."""
        return self._together.get((chain.article, chain.chain), ())

    def constraints_on(self, chains: Sequence[Chain]) -> Constraints:
        """Those of the decisions that speak of some chains, and of no others."""
        there = {(chain.article, chain.chain) for chain in chains if self.is_decided(chain)}
        found = self.constraints
        return Constraints(
            tuple(pair for pair in found.same if pair[0] in there),
            frozenset(pair for pair in found.apart if pair <= there),
            frozenset(pair for pair in found.unsure if pair <= there),
            found.overruled,
        )

    def _atoms(self, decisions: Sequence[Decision]) -> dict[str, Atom]:
        """The chain of each mention that a decision names; where its edges have moved, of what overlaps most."""
        found: dict[str, Atom] = {}
        for id in sorted({id for decision in decisions for id in (decision.left, decision.right)}):
            article, _, span = id.rpartition("#")
            first, last = map(int, span.split("-"))
            record = self._record(article)
            moved = [
                (abs(m.start - first) + abs(m.end - last), m)
                for m in (record.mentions if record else ())
                if min(last, m.end) > max(first, m.start)
            ]
            if moved:
                found[id] = (article, min(moved)[1].chain)
        return found


def _registered(register: Register) -> Iterator[str]:
    for entry in register.entries.values():
        if entry.type == "Country":
            yield from (it.code for name in (entry.name, *entry.aliases) if (it := load_gazetteer().meant(name)))


def _together(decisions: Sequence[Decision], atoms: Mapping[str, Atom]) -> Mapping[Atom, list[Token]]:
    """A token for the chains of each decision: what one means may hang on others of the same chains."""
    found: defaultdict[Atom, list[Token]] = defaultdict(list)
    for it in decisions:
        for id in (it.left, it.right):
            if id in atoms:
                found[atoms[id]].append(("decided", *sorted((it.left, it.right))))
    return found
