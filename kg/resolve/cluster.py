"""Constrained clustering: chains of many articles to clusters that are one entity each. Near-linear.

1. Chains with the same full name and the same traits are one node.
2. Nodes are joined by agglomeration, the surest pairs first, each time by all that is known of both clusters: a chain
   of likenesses leads nowhere that its ends contradict. A name that fits two which do not fit each other joins neither.
3. What is named too shortly to tell it apart is taken in by the one cluster that it fits, and tells nothing about it: a
   short name never brings two full ones together.
4. What is left is joined where its context agrees.

Decisions come before all of it: what people said is the same is joined first, and what they keep apart never is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from kg.naming import is_acronym
from kg.resolve.blocks import Crowded, Index, initials, leftovers, variants
from kg.resolve.chain import Chain
from kg.resolve.compare import POSSIBLE, THRESHOLD, compare
from kg.resolve.decisions import Atom, Constraints
from kg.resolve.evidence import MANY, has_common_name
from kg.resolve.forest import Forest
from kg.resolve.profile import Match, Profile, merge
from kg.resolve.words import Key

#: How much better than the next the one must be that takes a short name in.
MARGIN = 0.08
#: What is enough where something speaks for only one name of all articles, and nothing against it. Not for institutions
#: that every country has: whoever is named beside one parliament is named beside others.
SOLE = 0.6
#: Kinds of traits that namesakes are told apart by; the chains of rarer ones are looked at one by one.
MOST_KINDS = 40
DECIDED = Match(1.0, "decided")

Pair = tuple[int, int]


@dataclass(slots=True)
class Clusters:
    """Clusters of chains; why they were joined; and which pairs of clusters might be one, with how likely and why."""

    groups: list[list[Chain]] = field(default_factory=list)
    joins: list[tuple[Chain, Chain, Match]] = field(default_factory=list)
    open: list[tuple[int, int, Match]] = field(default_factory=list)


def cluster(chains: Sequence[Chain], constraints: Constraints, *, common: frozenset[Key], crowded: Crowded) -> Clusters:
    """Group chains. What has no name is by itself, unless people said otherwise.

    :param chains: in the order of articles, and of chains within an article.
    :param common: what is named everywhere, so that to be named beside it tells nothing.
    :param crowded: which tokens so many names have that they tell nothing.
    """
    decided = constraints.atoms
    named = [chain for chain in chains if chain.names or (chain.article, chain.chain) in decided]
    work = _Clustering(named, constraints, common, crowded)
    work.join_decided()
    work.join_full_names()
    work.take_in_short_names()
    work.join_leftovers()
    found = work.result()
    found.groups += [[chain] for chain in chains if not (chain.names or (chain.article, chain.chain) in decided)]
    return found


def kind_of(chain: Chain) -> tuple[object, ...]:
    """What chains of one full name have in common that are one node: the traits, unless the name tells too little."""
    return (chain.article, chain.chain) if has_common_name(chain.profile) else chain.profile.traits


class _Clustering:
    """Nodes by number: their chains, what is known of them, and the forest of clusters that grows over them."""

    def __init__(
        self, chains: Sequence[Chain], constraints: Constraints, common: frozenset[Key], crowded: Crowded
    ) -> None:
        self.constraints, self.common, self.crowded = constraints, common, crowded
        self.members: list[list[Chain]] = []
        self.namesakes: list[Pair] = []
        self.full: set[int] = set()
        self.waiting: set[int] = set()
        self.joins: list[tuple[int, int, Match]] = []
        self.missed: dict[Pair, Match] = {}
        self.inside: dict[int, list[int]] = {}
        decided = constraints.atoms
        self._make_nodes(chains, decided)
        self.nodes = {number: self._profile(members) for number, members in enumerate(self.members)}
        self.atoms: dict[Atom, int] = {
            atom: number
            for number, members in enumerate(self.members if decided else ())
            if (atom := (members[0].article, members[0].chain)) in decided
        }
        marks = {number: frozenset([atom]) for atom, number in self.atoms.items()}
        self.forest = Forest(self.nodes, marks, constraints, self._tell)

    def _make_nodes(self, chains: Sequence[Chain], decided: frozenset[Atom]) -> None:
        """Step 1."""
        groups: dict[Key, list[Chain]] = defaultdict(list)
        for chain in chains:
            groups[chain.key].append(chain)
        for key in sorted(groups):
            if key[0] == "own":
                self.members.append(groups[key])
                continue
            kinds: dict[tuple[object, ...], list[Chain]] = defaultdict(list)
            for chain in groups[key]:
                atom = (chain.article, chain.chain)
                kinds[atom if atom in decided else kind_of(chain)].append(chain)
            ranked = sorted(kinds.values(), key=lambda kind: (-len(kind), kind[0].article, kind[0].chain))
            first = len(self.members)
            self.members += ranked[:MOST_KINDS]
            self.full.update(range(first, len(self.members)))
            self.namesakes += combinations(range(first, len(self.members)), 2)
            for chain in (chain for kind in ranked[MOST_KINDS:] for chain in kind):
                self.waiting.add(len(self.members))
                self.members.append([chain])

    def _profile(self, chains: Sequence[Chain]) -> Profile:
        profile = merge(*(chain.profile for chain in chains))
        common = profile.companions & self.common
        return replace(profile, companions=profile.companions - common) if common else profile

    def join_decided(self) -> None:
        """Join what people said is the same."""
        for left, right in self.constraints.same:
            self.forest.join(self.atoms[left], self.atoms[right], DECIDED)

    def join_full_names(self) -> None:
        """Step 2. An acronym waits, though an article says what it stands for: it may stand for more elsewhere."""
        full = {number: self.nodes[number] for number in sorted(self.full)}
        short = {number for number, profile in full.items() if _is_acronym(profile)}
        pairs = sorted({*self.namesakes, *variants(full, self.crowded), *initials(full, self.crowded)})
        pairs = [(left, right) for left, right in pairs if (left in short) == (right in short)]
        matches = [(match, left, right) for left, right in pairs if (match := compare(full[left], full[right])).score]
        self.forest.agglomerate(self._unambiguous(matches))

    def _unambiguous(self, matches: Sequence[tuple[Match, int, int]]) -> list[tuple[Match, int, int]]:
        """The matches but for those of nodes that fit two others which do not fit each other: these nodes wait."""
        near: dict[int, dict[int, float]] = defaultdict(dict)
        for match, left, right in matches:
            if match.score >= THRESHOLD:
                near[left][right] = near[right][left] = match.score
        dropped: set[Pair] = set()
        for number, others in sorted(near.items()):
            ranked = sorted(others, key=lambda other: (-others[other], other))
            for a, b in combinations(ranked, 2):
                if b in near[a] or self._outweighs(number, a, b) or self._fit(number, a, b):
                    continue
                dropped.add(_pair(number, b))
                if round(others[a] - others[b], 3) < MARGIN or len(self.members[number]) > 1:
                    dropped.add(_pair(number, a))
                    self.waiting.add(number)
        for match, left, right in matches:
            if (left, right) in dropped:
                self._tell(left, right, match, False)
        return [match for match in matches if match[1:] not in dropped]

    def _outweighs(self, number: int, left: int, right: int) -> bool:
        """Whether a node stands for so many articles that what two others of a few tell is more likely noise."""
        sizes = [len(self.nodes[it].articles) for it in (number, left, right)]
        return sizes[0] >= MANY > max(sizes[1:])

    def _fit(self, number: int, left: int, right: int) -> bool:
        """Whether two that a node fits may be one: nothing speaks against it, but for their names where the node itself
        tells that they are of one.
        """
        node, one, other = self.nodes[number], self.nodes[left], self.nodes[right]
        if self.forest.forbidden(self.forest.root(left), self.forest.root(right)):
            return False
        if not node.given.isdisjoint({*one.forms, *other.forms}):
            one = merge(one, node)
        match = compare(one, other)
        return match.score >= THRESHOLD or not match.against

    def take_in_short_names(self) -> None:
        """Step 3."""
        profiles = self.forest.profiles
        short = [number for number in sorted(profiles) if profiles[number].names and self._is_short(number)]
        self.inside = defaultdict(list)
        for number in self.nodes:
            self.inside[self.forest.root(number)].append(number)
        index = Index(
            {number: self._told(number) for number in sorted(self.full & profiles.keys() - set(short))}, self.crowded
        )
        for number in short:
            parts = (
                [number] if self._take_in(number, index, last=len(self.members[number]) == 1) else self._part(number)
            )
            for part in parts if len(parts) > 1 else ():
                self._take_in(part, index, last=True)

    def _told(self, root: int) -> list[Profile]:
        """What each chain tells of a cluster, as it was before short names were taken in."""
        return [chain.profile for number in self.inside.get(root, [root]) for chain in self.members[number]]

    def _is_short(self, root: int) -> bool:
        profile = self.forest.profiles[root]
        if root not in self.full or root in self.waiting:
            return True
        return _is_acronym(profile)

    def _part(self, number: int) -> list[int]:
        """A node that could be several, as one node for each of its chains."""
        if number not in self.waiting or len(self.members[number]) == 1:
            return [number]
        rest = self.members[number][1:]
        del self.members[number][1:]
        parts = [number, *range(len(self.members), len(self.members) + len(rest))]
        self.members += [[chain] for chain in rest]
        for part in parts:
            self.forest.add(part, self._profile(self.members[part]))
        self.waiting.update(parts)
        return parts

    def _take_in(self, number: int, index: Index, *, last: bool) -> bool:
        """Join a short name to the one cluster that it fits, if there is one.

        :param last: if not, what it stands for may still be parted: join only what fits nothing else, and note nothing.
        """
        own, profile = self.forest.root(number), self.forest.profiles[self.forest.root(number)]
        roots = sorted({self.forest.root(candidate) for candidate in index.candidates(self._told(own))} - {own})
        matches = {root: compare(profile, self.forest.profiles[root]) for root in roots}
        backed = [root for root in roots if _speaks(matches[root]) and not profile.institution]
        ranked = sorted(backed or roots, key=lambda root: (-matches[root].score, root))
        lead = matches[ranked[0]].score - (matches[ranked[1]].score if len(ranked) > 1 else 0.0) if ranked else 0.0
        best = matches[ranked[0]] if ranked else Match(0.0, "")
        if not last and (best.score - lead >= THRESHOLD or len(backed) > 1):
            self.waiting.add(number)
            return False
        bar = SOLE if len(backed) == 1 and not best.against else THRESHOLD
        if best.score >= bar and round(lead, 3) >= MARGIN and not self.forest.forbidden(own, ranked[0]):
            self.forest.join(ranked[0], own, best, known=False)
            return True
        for root in roots if last else ():
            self._tell(number, root, matches[root], False)
        return False

    def join_leftovers(self) -> None:
        """Step 4."""
        left = {
            number: profile
            for number, profile in sorted(self.forest.profiles.items())
            if profile.names and (number not in self.full or number in self.waiting)
        }
        self.forest.agglomerate([(compare(left[one], left[other]), one, other) for one, other in leftovers(left)])

    def _tell(self, left: int, right: int, match: Match, joined: bool) -> None:
        if joined:
            self.joins.append((left, right, match))
        elif match.score >= POSSIBLE:
            self.missed[_pair(left, right)] = match

    def result(self) -> Clusters:
        """The clusters, in the order of their first nodes."""
        groups: dict[int, list[Chain]] = defaultdict(list)
        for number, members in enumerate(self.members):
            groups[self.forest.root(number)] += members
        place = {root: at for at, root in enumerate(groups)}
        found = Clusters(list(groups.values()))
        found.joins = [(self.members[left][0], self.members[right][0], match) for left, right, match in self.joins]
        best: dict[Pair, Match] = {}
        for atoms in sorted(map(sorted, self.constraints.unsure)):
            left, right = (self.atoms[atom] for atom in atoms)
            self.missed[_pair(left, right)] = Match(POSSIBLE, "unsure")
        for (left, right), match in self.missed.items():
            a, b = self.forest.root(left), self.forest.root(right)
            if a == b:
                continue
            if match.reason != "unsure":  # what has become of the two since may tell more, or nothing any longer
                match = compare(self.forest.profiles[a], self.forest.profiles[b])
                if match.score < POSSIBLE or self.forest.forbidden(a, b):
                    continue
            pair = _pair(place[a], place[b])
            best[pair] = max(best.get(pair, match), match, key=lambda it: (it.score, it.reason))
        found.open = [(left, right, match) for (left, right), match in sorted(best.items())]
        return found


def _is_acronym(profile: Profile) -> bool:
    """Whether what is known of something is its letters only, and not what they stand for."""
    return profile.type != "Person" and not profile.given and is_acronym(profile.names[0])


def _speaks(match: Match) -> bool:
    """Whether something beside the names speaks for it, so that other names need not be thought of."""
    return match.backed and match.score >= SOLE


def _pair(left: int, right: int) -> Pair:
    return (left, right) if left < right else (right, left)
