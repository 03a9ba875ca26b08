"""All articles to entities: the one function that the rest of kg calls."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.gazetteer import load_gazetteer
from kg.records import ArticleRecord, Resolution
from kg.resolve.chain import Chain
from kg.resolve.chains import chains_of
from kg.resolve.cluster import cluster
from kg.resolve.decisions import Atom, Constraints, Decision, constraints
from kg.resolve.entities import entities
from kg.resolve.memory import Memory
from kg.resolve.parting import part, parted_articles
from kg.resolve.profile import Key
from kg.resolve.register import Register
from kg.resolve.retyping import retyped

#: Somebody named in more articles than this is named beside everybody: it tells nothing.
_MOST_ARTICLES = 20
_NO_REGISTER = Register()


def resolve(
    records: Iterable[ArticleRecord], *, decisions: Sequence[Decision] = (), register: Register = _NO_REGISTER
) -> Resolution:
    """Which entity each mention stands for. A pure function of the set of records, the decisions and the register.

    The same full name and a compatible type are one entity unless something contradicts it, so are a country's names,
    an acronym and its one long form. What has no name, and a person named by one word whose context says nothing, stays
    in its article.
    """
    resolver = Resolver(decisions=decisions, register=register, lasting=False)
    for record in records:
        resolver.add(record)
    return resolver.resolution()


class Resolver:
    """Articles that come and go, and who is who in those that are there.

    What an article tells is read once, when it comes; the result is that of :func:`resolve` for the articles there are,
    in whatever order they came.

    :param lasting: whether it will be asked again: then what an article does not touch is not worked out again.
    """

    def __init__(
        self, *, decisions: Sequence[Decision] = (), register: Register = _NO_REGISTER, lasting: bool = True
    ) -> None:
        self._memory = Memory(lasting=lasting)
        self._decisions, self._register = tuple(decisions), register
        self._parted = parted_articles(decisions)
        self._articles: dict[str, ArticleRecord] = {}
        self._chains: dict[str, list[Chain]] = {}

    def add(self, record: ArticleRecord) -> None:
        """Take an article in, in place of an earlier one of its id."""
        id = record.article.id
        if id in self._parted:
            record = part(record, self._parted[id])
        if self._decisions:
            self._articles[id] = record
        self._chains[id] = chains_of(record, load_gazetteer(), self._register)

    def remove(self, id: str) -> None:
        """Leave an article out.

        :raises KeyError: if it is not there.
        """
        del self._chains[id]
        self._articles.pop(id, None)

    def resolution(self) -> Resolution:
        """Who is who among the articles that are there."""
        chains = [chain for id in sorted(self._chains) for chain in self._chains[id]]
        common = ubiquitous(chains)
        chains = retyped(chains, common)
        found = Constraints()
        if self._decisions:
            found = constraints(self._decisions, _atoms(self._articles.values(), self._decisions))
        self._memory.next_round()
        clusters = cluster(chains, found, common=common, memory=self._memory)
        return entities(clusters, load_gazetteer(), self._register, self._memory)


def ubiquitous(chains: Sequence[Chain]) -> frozenset[Key]:
    """What is named in so many articles that to be named beside it tells nothing."""
    articles = Counter(key for key, _ in {(chain.key, chain.article) for chain in chains if not chain.own})
    return frozenset(key for key, count in articles.items() if count > _MOST_ARTICLES)


def _atoms(records: Iterable[ArticleRecord], decisions: Iterable[Decision]) -> dict[str, Atom]:
    """The chain of each mention that a decision names; where its edges have moved, of what overlaps most."""
    wanted: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for id in {id for decision in decisions for id in (decision.left, decision.right)}:
        article, _, span = id.rpartition("#")
        start, _, end = span.partition("-")
        wanted[article].append((int(start), int(end), id))
    found: dict[str, Atom] = {}
    for record in records:
        for first, last, id in wanted.get(record.article.id, ()):
            moved = [
                (abs(m.start - first) + abs(m.end - last), m)
                for m in record.mentions
                if min(last, m.end) > max(first, m.start)
            ]
            if moved:
                found[id] = (record.article.id, min(moved)[1].chain)
    return found
