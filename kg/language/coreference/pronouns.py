"""The antecedent of a pronoun: agreement and grammar decide who may be it, salience who is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.language.coreference.chains import UNLIKELY, Chains
from kg.language.coreference.nodes import Node
from kg.language.syntax import Syntax

_SUBJECT = frozenset(["nsubj", "nsubj:pass", "nsubj:outer"])
_SAYING = frozenset(
    "say tell add state claim announce note explain write argue declare insist reply comment warn stress remark report "
    "confirm tweet recall continue conclude assert ask think believe admit".split()
)
_FIRST = frozenset(["i", "me", "my", "mine", "myself"])
_UNCLEAR = frozenset(["we", "us", "our", "ours", "ourselves", "you", "your"])
_REFLEXIVE = frozenset(["himself", "herself", "itself", "themselves"])
#: What makes a mention the likelier antecedent, and by how much; found by trial on annotated news.
WEIGHTS: Mapping[str, float] = {
    "sentence": -3.0,  # for each sentence between
    "paragraph": -3.0,
    "step": -0.02,  # for each mention between
    "size": 0.3,  # for each mention of its chain so far
    "pronoun": 1.5,
    "name": 0.5,
    "after": -2.5,  # it follows the pronoun
    "subject": 2.0,
    "object": 2.0,
    "owner": 1.0,
    "modifier": -1.0,
    "gender": 2.0,
    "likely": 0.7,  # times what the learned scorer says
    "group": 3.0,  # a Group for "they"
    "state": -3.0,  # a Country for "they"
}
#: Types that each pronoun may stand for.
_TAKES = {
    "s": frozenset(["Organization", "Country", "Place", "Event", "Work", "Product"]),
    "p": frozenset(["Group", "Organization", "Country"]),
}


def resolve_pronoun(node: Node, chains: Chains, syntax: Syntax) -> None:
    """Join a pronoun to its antecedent; "we" and "you" are left alone."""
    word = syntax.lower[node.start]
    if word in _UNCLEAR:
        return
    if word in _FIRST:
        speaker = _speaker(node, chains, syntax)
        if speaker:
            chains.join(speaker, node)
        return
    best: tuple[float, Node] | None = None
    said, likely = _what_is_said(node, syntax), chains.likely(node)
    for other in _candidates(node, chains):
        if not _agrees(node, other, chains) or _bound(node, other, word, syntax):
            continue
        if any(n.kind != "pronoun" and n.head in said for n in chains.of(other).nodes):
            continue
        score = _salience(node, other, chains) + WEIGHTS["likely"] * min(max(likely(other), UNLIKELY), -UNLIKELY)
        if best is None or score > best[0]:
            best = (score, other)
    if best:
        chains.join(best[1], node)


def _candidates(node: Node, chains: Chains) -> Iterator[Node]:
    yield from chains.before(node, sentences=3)
    for i in range(node.index + 1, len(chains.nodes)):  # "In his speech, the president …"
        other = chains.nodes[i]
        if other.sentence != node.sentence:
            return
        if other.role in _SUBJECT and other.kind == "name" and node.role == "nmod:poss":
            yield other


def _agrees(node: Node, other: Node, chains: Chains) -> bool:
    chain = chains.of(other)
    if other.kind == "pronoun" and len(chain.nodes) == 1:
        return False
    type_ = chain.type
    if node.gender:
        return type_ == "Person" and other.number != "p" and chain.gender in {"", node.gender}
    if node.number == "s":
        return type_ in _TAKES["s"] and not other.adjective
    return type_ in _TAKES["p"] and not other.adjective


def _bound(node: Node, other: Node, word: str, syntax: Syntax) -> bool:
    """Whether grammar forbids it: a phrase around the pronoun, or a fellow argument of the same verb."""
    if other.start <= node.start and node.end <= other.end:
        return True
    if word in _REFLEXIVE:
        return other.governor != node.governor and other.sentence == node.sentence
    if node.role == "nmod:poss":
        return False
    return other.governor == node.governor and other.sentence == node.sentence


def _what_is_said(node: Node, syntax: Syntax) -> frozenset[int]:
    """The words of the clause that the pronoun, its verb's subject, says. Who speaks is no one who is named there
    ("Bo is ill, *he* said"; Principle C of binding, Chomsky 1981)."""
    if node.role not in _SUBJECT:
        return frozenset()
    verb = node.governor
    if syntax.dep[verb] == "parataxis" and syntax.lemma[verb] in _SAYING:
        tops, apart = [syntax.head[verb]], verb
    else:
        tops, apart = [c for c in syntax.children[verb] if syntax.dep[c] == "ccomp"], -1
    words: set[int] = set()
    while tops:
        word = tops.pop()
        if word != apart and word not in words:
            words.add(word)
            tops.extend(syntax.children[word])
    return frozenset(words)


def _salience(node: Node, other: Node, chains: Chains) -> float:
    """How much a mention stands out as the antecedent of a pronoun: the sum of the weights of what holds of it."""
    chain, weigh = chains.of(other), WEIGHTS
    score = weigh["sentence"] * (node.sentence - other.sentence) + weigh["paragraph"] * (
        node.paragraph - other.paragraph
    )
    score += weigh["step"] * abs(node.index - other.index) + weigh["size"] * min(len(chain.nodes), 5)
    score += weigh.get(other.kind, 0.0)
    if other.index > node.index:
        score += weigh["after"]
    if other.role in _SUBJECT:
        score += weigh["subject"]
    elif other.role in {"obj", "obl:agent"}:
        score += weigh["object"]
    elif other.role == "nmod:poss":
        score += weigh["owner"]
    elif other.role in {"nmod", "amod", "compound"}:
        score += weigh["modifier"]
    if node.gender and chain.gender == node.gender:
        score += weigh["gender"]
    if node.number == "p":
        score += weigh["group"] if chain.type == "Group" else weigh["state"] if chain.type == "Country" else 0.0
    return score


def _speaker(node: Node, chains: Chains, syntax: Syntax) -> Node | None:
    """Who says the words in which "I" stands: the subject of the verb of saying above or beside the quotation."""
    seen, here = set[int](), node.head
    verbs: list[int] = []
    while here not in seen:
        seen.add(here)
        verbs += [c for c in syntax.children[here] if syntax.dep[c] == "parataxis"]
        here = syntax.head[here]
        verbs.append(here)
    subjects = {c for v in verbs if syntax.lemma[v] in _SAYING for c in syntax.children[v] if syntax.dep[c] in _SUBJECT}
    found = [
        n for n in chains.beside(node) if n.head in subjects and n.start != node.start and chains.of(n).type == "Person"
    ]
    if found:
        return found[0]
    for other in chains.before(node, sentences=2):
        if syntax.lower[other.start] in _FIRST and len(chains.of(other).nodes) > 1:
            return other
        if other.role in _SUBJECT and syntax.lemma[other.governor] in _SAYING and chains.of(other).type == "Person":
            return other
    return None
