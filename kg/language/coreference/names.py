"""Names of one entity: alike, in another form or shorter. The surest of the rules."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from kg.language.coreference.chains import Chain, Chains, near_types
from kg.language.coreference.nodes import Node, given_names
from kg.language.namesakes import stands_for_team
from kg.language.syntax import Syntax
from kg.naming import abbreviations, initials_of, is_acronym, shortens_organization, shortens_person


def join_names(chains: Chains, syntax: Syntax) -> None:
    """Join names: alike, of the same country, acronyms with their long form, short forms with the one name they fit."""
    names = [node for node in chains.nodes if node.kind == "name"]
    organizations = (node for node in names if node.type == "Organization")
    teams = {node.words for node in organizations if stands_for_team(syntax, node.start, node.end)}
    first: dict[object, list[Node]] = defaultdict(list)
    for node in names:
        keys: list[object] = [node.words] if node.words else []
        if node.country:
            keys = [node.country]
        for key in keys:
            twin = next((other for other in first[key] if _alike(other, node, teams)), None)
            if twin:
                chains.join(twin, node)
            else:
                first[key].append(node)
    _join_acronyms(chains, names)
    _join_short(chains, names)


def _alike(left: Node, right: Node, teams: set[tuple[str, ...]]) -> bool:
    """Whether two names of the same words are one name, in spite of unlike types; a team is not its town."""
    pair = {left.type, right.type}
    if len(pair) == 1:
        return True
    if pair == {"Organization", "Place"} and left.words in teams:
        return False
    if len(left.words) > 1:
        return not (pair & {"Person", "Group"} and "Country" in pair)
    return near_types(left.type, right.type)


def _join_acronyms(chains: Chains, names: list[Node]) -> None:
    long: dict[str, list[Node]] = defaultdict(list)
    for node in names:
        for letters in abbreviations(node.text):
            long[letters].append(node)
    for node in names:
        if not is_acronym(node.text) or node.country:
            continue
        fitting = {
            id(chains.of(other)): other for other in long[initials_of(node.text)] if near_types(node.type, other.type)
        }
        if len(fitting) == 1:
            chains.join(*sorted([*fitting.values(), node], key=lambda n: n.index))


def _join_short(chains: Chains, names: list[Node]) -> None:
    """Join each short name to the one chain whose names it shortens; where several fit, to the last one before it."""
    by_word: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains.all():
        for word in {word for name in chain.names for word in name}:
            by_word[word].append(chain)
    for node in sorted(names, key=lambda n: -len(n.words)):
        if not node.words or node.country or node.type in {"Country", "Group"}:
            continue
        mine = chains.of(node)
        shortens = shortens_person if node.type == "Person" else shortens_organization
        fitting: dict[int, Chain] = {}
        for listed in by_word[node.words[0]]:
            chain = chains.of(listed.nodes[0])
            if (
                chain is mine
                or chain.type != node.type
                or (chain.gender and mine.gender and chain.gender != mine.gender)
            ):
                continue
            if any(shortens(node.words, name) or _is_first_surname(node, name) for name in chain.names):
                fitting[id(chain)] = chain
        if len(fitting) == 1:
            chains.join(next(iter(fitting.values())).nodes[0], node)
        elif len(fitting) > 1 and node.type == "Person":
            before = [chain for chain in fitting.values() if any(n.index < node.index for n in chain.nodes)]
            titled = [chain for chain in before if node.titles & chain.heads]
            choice = titled if len(titled) == 1 else before
            if len(choice) == 1:
                chains.join(choice[0].nodes[0], node)


def _is_first_surname(node: Node, name: tuple[str, ...]) -> bool:
    """Whether a word is the first of two surnames: "Roca" for "Ines Roca Prat"; a given name in the middle is none."""
    return (
        node.type == "Person"
        and len(node.words) == 1
        and len(name) in {3, 4}
        and node.words[0] == name[-2]
        and len(name[-2]) > 2
        and name[-2] not in given_names()
    )


def is_digest(chains: Chains) -> bool:
    """Whether the paragraphs tell of different things: few share a name, countries aside, with the one before."""
    named: dict[int, set[int]] = defaultdict(set)
    for node in chains.nodes:
        named[node.paragraph] |= {id(chains.of(node))} if node.kind == "name" and node.type != "Country" else set()
    blocks = [named[paragraph] for paragraph in sorted(named)]
    shared = sum(not left.isdisjoint(right) for left, right in pairwise(blocks))
    return len(blocks) > 3 and shared * 3 < len(blocks) - 1
