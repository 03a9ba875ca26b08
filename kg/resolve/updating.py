"""From one state of all articles to the next: what an article that comes or goes bears upon, worked out again.

What is decided for a chain hangs on its block: the chains that it is connected with by tokens
(:mod:`kg.resolve.tokens`), as they were and as they are. A block is resolved as if there were nothing else, but for
two counts over all articles: which names are in so many that they tell nothing, and which tokens are of so many names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kg.records import ArticleRecord, Candidate, Join
from kg.resolve.chain import Chain
from kg.resolve.cluster import MOST_KINDS, cluster, kind_of
from kg.resolve.decisions import Decision
from kg.resolve.draft import Draft, claims, drafted, first_mention, of_country
from kg.resolve.index import SHARED, Numbers, Rows, mark, marks, rows_of
from kg.resolve.readings import Readings
from kg.resolve.register import Register
from kg.resolve.retyping import retyped, words_of
from kg.resolve.state import State
from kg.resolve.words import Key

#: Somebody named in more articles than this is named beside everybody: it tells nothing.
MOST_ARTICLES = 20
#: The lower bits of a chain's number say which of its article's it is, the others which article.
_BITS = 20
_NO_MARKS = np.zeros(0, np.uint64)


def updated(
    state: State,
    records: Mapping[str, ArticleRecord],
    changed: Iterable[str],
    decisions: Sequence[Decision],
    register: Register,
    made: Mapping[str, Sequence[Chain]],
) -> State:
    """The state with what came, went or was replaced; see :func:`kg.resolve.resolving.resolve_changes`."""
    changed = set(changed)
    kept = {id: kept for id, kept in state.kept.items() if id in records and id not in changed}
    readings = Readings(records, decisions, register, kept, made)
    if state.decided != readings.countries:  # what was one country by its name alone may now be several
        state, changed = State(decided=readings.countries), set(records)
    changed = sorted(id for id in changed if id in records or id in state.articles)
    kept |= {id: fresh for id in changed if (fresh := readings.kept(id))}
    return replace(_Update(state, readings, changed).result(register), kept=kept)


class _Update:
    """``again`` are the articles, by number, whose chains are not as they were; ``turned`` the names, by mark, that are
    named everywhere and were not, or the other way round.
    """

    def __init__(self, state: State, readings: Readings, changed: Sequence[str]) -> None:
        self.before, self.readings = state, readings
        self.articles = dict(state.articles)
        next_number = max(self.articles.values(), default=-1) + 1
        for number, id in enumerate((id for id in changed if id not in self.articles), start=next_number):
            self.articles[id] = number
        self.ids = {number: id for id, number in self.articles.items()}
        self.again = sorted(self.articles[id] for id in changed)
        self.named, self.turned = self._name()
        self.rows, self.crowded, self.block = self._connect()
        for id in changed:
            if not readings.chains(id):
                del self.articles[id]

    def _chains(self, article: int) -> list[tuple[int, Chain]]:
        found = self.readings.chains(self.ids[article])
        return [(article << _BITS | place, chain) for place, chain in enumerate(found)]

    def _is_apart(self, chain: Chain) -> bool:
        """Whether no other chain bears upon one: it has no name, or is a country without doubt."""
        return self.readings.is_sure(chain) or not (chain.names or self.readings.is_decided(chain))

    def _name(self) -> tuple[Rows, Numbers]:
        """Which articles name what; and the names that turned."""
        again = np.array(self.again, np.uint64)
        fresh = _named((article, chain) for article in self.again for _, chain in self._chains(article))
        named = self.before.named.changed(again, fresh)
        keys = np.union1d(self.before.named.of(again), fresh.marks) >> np.uint64(2)
        return named, keys[(self.before.named.count(keys) > MOST_ARTICLES) != (named.count(keys) > MOST_ARTICLES)]

    def _beside_turned(self) -> dict[int, list[int]]:
        """The chains of other articles that stand beside what turned, by its mark."""
        found: dict[int, list[int]] = {}
        for key in self.turned.tolist():
            articles = self.named.sharing(np.array([key], np.uint64)).tolist()
            found[key] = [
                number
                for article in articles
                if article not in self.again
                for number, chain in self._chains(article)
                if not self._is_apart(chain) and key in map(mark, chain.profile.companions)
            ]
        return found

    def _connect(self) -> tuple[Rows, Numbers, Numbers]:
        """The rows as they are now, which tokens are crowded, and the block."""
        rows = self.before.rows
        again = np.array(self.again, np.uint64)
        gone = rows.owned(again << np.uint64(_BITS), (again + np.uint64(1)) << np.uint64(_BITS))
        fresh = {number: chain for article in self.again for number, chain in self._chains(article)}
        fresh = {number: chain for number, chain in fresh.items() if not self._is_apart(chain)}
        touched = np.union1d(rows.of(gone) >> np.uint64(2), marks(_words(chain) for chain in fresh.values()))
        beside = self._beside_turned()
        touched = np.union1d(touched, self._of_two_types({number for it in beside.values() for number in it}, gone))
        names = set(touched.tolist())
        for number in np.setdiff1d(rows.sharing(touched), gone).tolist():
            chain = self._chain(number)
            if mark(_words(chain)) in names:  # its name may have another type from now on
                fresh[number] = chain
        gone = np.union1d(gone, np.array(list(fresh), np.uint64))
        chains = self._retyped(fresh)
        new = rows_of((number, chain, self.readings.shared(chain)) for number, chain in chains.items())
        start = np.union1d(rows.of(gone), new.marks)
        rows = rows.changed(gone, new)
        counted = np.unique(start >> np.uint64(2))
        crowded = np.union1d(np.setdiff1d(self.before.crowded, counted), rows.crowded(counted))
        if len(self.before.articles):
            apart = np.intersect1d(crowded, self.before.crowded)
            block = rows.block(np.array(list(fresh), np.uint64), start, apart)
            block = np.union1d(block, self._meeting(rows, beside.values(), block, apart))
        else:
            block = np.array(list(fresh), np.uint64)
        return rows, crowded, block

    def _meeting(self, rows: Rows, groups: Iterable[list[int]], seen: Numbers, crowded: Numbers) -> Numbers:
        """The blocks but for what was seen in which two nodes have chains of one group: whom both stand beside tells of
        the two.
        """
        block_of: dict[int, int] = dict.fromkeys(seen.tolist(), -1)
        blocks: list[Numbers] = []
        wanted = set[int]()
        for group in groups:
            met: dict[int, object] = {}
            for number in group:
                if number not in block_of:
                    blocks.append(rows.block(np.array([number], np.uint64), _NO_MARKS, crowded))
                    block_of.update(dict.fromkeys(blocks[-1].tolist(), len(blocks) - 1))
                node, block = self._node(rows, number), block_of[number]
                if met.setdefault(block, node) != node:
                    wanted.add(block)
        return np.concatenate([_NO_MARKS, *(blocks[place] for place in wanted if place >= 0)])

    def _node(self, rows: Rows, number: int) -> object:
        """What is the same only for chains that are one node in any case."""
        chain = self._chain(number)
        one = not (chain.own or self.readings.is_decided(chain))
        if not one or rows.count(np.array([mark(("key", *chain.key))], np.uint64))[0] > MOST_KINDS:
            return number
        return chain.key, kind_of(chain)

    def _of_two_types(self, numbers: Iterable[int], gone: Numbers) -> Numbers:
        """The marks of names of some chains that others have as names of another type, but for those that went."""
        words = marks(_words(self._chain(number)) for number in numbers)
        types: dict[int, set[str]] = {name: set() for name in words.tolist()}
        for number in np.setdiff1d(self.before.rows.sharing(words), gone).tolist():
            chain = self._chain(number)
            types.get(mark(_words(chain)), set()).add(chain.type)
        return np.array(sorted(name for name, found in types.items() if len(found) > 1), np.uint64)

    def _chain(self, number: int) -> Chain:
        return self.readings.chain(self.ids[number >> _BITS], number & (1 << _BITS) - 1)

    def _retyped(self, chains: Mapping[int, Chain]) -> dict[int, Chain]:
        """Chains, in the order of articles, with the type that each name has."""
        numbers = sorted(chains, key=lambda number: (self.ids[number >> _BITS], number))
        found = [chains[number] for number in numbers]
        return dict(zip(numbers, retyped(found, self._common(found)), strict=True))

    def _common(self, chains: Iterable[Chain]) -> frozenset[Key]:
        """What stands beside some chains and is named everywhere."""
        keys = sorted({key for chain in chains for key in chain.profile.companions})
        counts = self.named.count(np.array([mark(key) for key in keys], np.uint64))
        return frozenset(key for key, count in zip(keys, counts.tolist(), strict=True) if count > MOST_ARTICLES)

    def result(self, register: Register) -> State:
        """The state as it is now."""
        numbers = self.block.tolist()
        chains = self._retyped({number: self._chain(number) for number in numbers})
        crowded = frozenset(self.crowded.tolist())
        drafts, open_ = _clustered(
            chains,
            self.readings,
            common=self._common(chains.values()),
            crowded=crowded,
            register=register,
        )
        for article in self.again:
            for number, chain in self._chains(article):
                if self.readings.is_sure(chain):
                    drafts.append(of_country(chain, number))
                elif self._is_apart(chain):
                    drafts.append(drafted([chain], [number], (), None))
        gone, again = set(numbers), set(self.again)
        kept, lost = list[Draft](), set[str]()
        for draft in self.before.drafts:
            owner = draft.owners[0]
            if owner in gone or owner >> _BITS in again:
                lost.add(draft.entity.mentions[0])
            else:
                kept.append(draft)
        open_ += [pair for pair in self.before.open if pair.left not in lost and pair.right not in lost]
        return State(
            self.articles,
            self.rows,
            self.named,
            self.crowded,
            (*kept, *drafts),
            tuple(open_),
            self.readings.countries,
        )


def _words(chain: Chain) -> tuple[object, ...]:
    return "words", words_of(chain)


def _named(chains: Iterable[tuple[int, Chain]]) -> Rows:
    """Which articles name what in full, by the marks of names."""
    found = sorted({(mark(chain.key) << 2 | SHARED, article) for article, chain in chains if not chain.own})
    columns = np.array(found, np.uint64).reshape(-1, 2)
    return Rows.sorted(columns[:, 0], columns[:, 1], columns[:, 1])


def _clustered(
    chains: Mapping[int, Chain],
    readings: Readings,
    *,
    common: frozenset[Key],
    crowded: frozenset[int],
    register: Register,
) -> tuple[list[Draft], list[Candidate]]:
    """The entities of some chains, and pairs of them that may be one."""
    found = list(chains.values())
    clusters = cluster(
        found, readings.constraints_on(found), common=common, crowded=lambda token: mark(token) in crowded
    )
    number_of = {id(chain): number for number, chain in chains.items()}
    group_of = {id(chain): place for place, group in enumerate(clusters.groups) for chain in group}
    joins: list[list[Join]] = [[] for _ in clusters.groups]
    for left, right, match in clusters.joins:
        ends = first_mention(left).id, first_mention(right).id
        joins[group_of[id(left)]].append(Join("", *ends, match.score, match.reason))
    entries = claims(clusters.groups, register)
    drafts = [
        drafted(group, [number_of[id(chain)] for chain in group], joins[place], entries.get(place))
        for place, group in enumerate(clusters.groups)
    ]
    firsts = [draft.entity.mentions[0] for draft in drafts]
    pairs = []
    for one, other, match in clusters.open:
        low, high = sorted((firsts[one], firsts[other]))
        pairs.append(Candidate(low, high, match.score, match.reason))
    return drafts, pairs
