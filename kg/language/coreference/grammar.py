"""What grammar sets equal: appositions, brackets and predicate nouns."""

from __future__ import annotations

from collections import defaultdict

from kg.language.coreference.chains import Chains, near_types
from kg.language.coreference.nodes import Node
from kg.language.syntax import Syntax
from kg.naming import abbreviates, is_acronym

#: Nouns that a place's name follows with "of".
_PLACE_NOUNS = frozenset("city town village state province region district island port municipality county".split())
#: Verbs of giving somebody an office: "elected Ada as the chair".
_CHOOSE = frozenset("appoint elect re-elect reelect choose install swear inaugurate select".split())


def join_neighbours(chains: Chains, syntax: Syntax) -> None:
    """Join what stands side by side: "World Seed Bank (WSB)", "Ada, the countess", "his wife Ada"."""
    by_head: dict[int, list[Node]] = defaultdict(list)
    by_start = {node.start: node for node in reversed(chains.nodes)}
    for node in chains.nodes:
        by_head[node.head].append(node)
    joined: set[int] = set()
    for node in chains.nodes:
        if node.kind == "name":
            _join_bracketed(node, chains, syntax)
        after = by_start.get(node.end)
        if after and node.kind == "nominal" and after.kind == "name" and _types_fit(node, after):
            chains.join(node, after)  # "his wife Ada"
            joined.add(node.index)
        between = by_start.get(node.end + 1) if syntax.lower[node.end : node.end + 1] == [","] else None
        if between and _in_commas(node, between, syntax):
            chains.join(node, between)  # "Ada, the countess of …, said"
            joined |= {n.index for n in (node, between) if n.kind == "nominal"}
    for node in chains.nodes:
        if node.role == "appos" and node.index not in joined and _is_bare(node, syntax):
            for other in by_head.get(node.governor, ()):
                if _equal(node, other) and other.index not in joined:
                    chains.join(other, node)
                    _join_second(other, node, chains, syntax)
        if node.kind == "nominal" and node.lemma in _PLACE_NOUNS:
            _join_of(node, chains, syntax)  # "the city of Utrecht"


def join_predicates(chains: Chains, syntax: Syntax) -> None:
    """Join subject and predicate noun: "Ada is the countess", "elected Ada as the chair", "her mother is Ada"."""
    by_head: dict[int, list[Node]] = defaultdict(list)
    for node in chains.nodes:
        by_head[node.head].append(node)
    for node in chains.nodes:
        said = _said_of(node, syntax) if node.kind in {"nominal", "name"} else None
        if said is None or _unsure(said[0], syntax):
            continue
        for child in said[1]:
            for subject in by_head.get(child, ()):
                named = node.kind == "name" and (subject.kind != "nominal" or subject.type != "Person")
                if subject is not node and not named and _types_fit(subject, node, type_=chains.of(subject).type):
                    chains.join(subject, node)


def _said_of(node: Node, syntax: Syntax) -> tuple[int, list[int]] | None:
    """The word that sets a noun equal to others, and these: with a copula, or by "become", "serve as", "elect as"."""
    children = syntax.children[node.head]
    if any(syntax.dep[c] == "cop" for c in children):
        placed = any(syntax.dep[c] == "case" for c in children)  # "is in exile"
        clause = node.kind == "nominal" or node.role in {"root", "ccomp", "parataxis", "conj"}
        return (node.head, _subjects(node.head, syntax)) if clause and not placed else None
    if node.kind == "name":
        return None
    verb = syntax.lemma[node.governor]
    if node.role == "xcomp" and verb in {"become", "remain"}:
        return node.governor, _subjects(node.governor, syntax)
    if not any(syntax.lower[c] == "as" and syntax.dep[c] == "case" for c in children):
        return None
    if node.role == "obl" and verb in {"serve", "act"}:
        return node.governor, _subjects(node.governor, syntax)
    if node.type != "Person":
        return None
    chosen, at = node.governor, [node.governor]
    if node.role == "nmod" and syntax.dep[chosen] == "obj":
        chosen = syntax.head[chosen]  # "elected Ada as the chair", read as one phrase
    elif node.role in {"obl", "xcomp"}:
        passive = [c for c in syntax.children[chosen] if syntax.dep[c] == "nsubj:pass"]
        at = passive or [c for c in syntax.children[chosen] if syntax.dep[c] == "obj"]
    return (chosen, at) if syntax.lemma[chosen] in _CHOOSE else None


def _subjects(verb: int, syntax: Syntax) -> list[int]:
    """The subjects of a verb; for "who" the word that its clause describes."""
    found: list[int] = []
    for child in syntax.children[verb]:
        if syntax.dep[child] in {"nsubj", "nsubj:pass"}:
            relative = syntax.lower[child] in {"who", "which", "that"} and syntax.dep[verb] == "acl:relcl"
            found.append(syntax.head[verb] if relative else child)
    return found


def _unsure(verb: int, syntax: Syntax) -> bool:
    """Whether what a verb says is denied, doubted or still to come."""
    return any(
        syntax.lower[c] in {"not", "n't", "never", "no"}
        or (syntax.dep[c] == "aux" and syntax.lower[c] in {"may", "might", "could", "would", "should", "will", "can"})
        for c in syntax.children[verb]
    )


def _in_commas(left: Node, right: Node, syntax: Syntax) -> bool:
    """Whether a name and a phrase of one thing stand side by side between commas; but for people it takes "the"."""
    phrase = left if left.kind == "nominal" else right
    if {left.kind, right.kind} != {"name", "nominal"} or left.type != right.type:
        return False
    if left.type not in {"Person", "Organization"} and phrase.determiner != "the":
        return False
    closed = syntax.lower[right.end : right.end + 1]
    return (
        _types_fit(left, right) and closed in ([","], ["."], [")"], [";"], []) and "conj" not in {left.role, right.role}
    )


def _join_bracketed(node: Node, chains: Chains, syntax: Syntax) -> None:
    """Join a name in brackets with the one before them that it abbreviates, or that abbreviates it."""
    opened = node.start - 1
    if opened < 1 or syntax.text[opened] != "(" or syntax.text[node.end : node.end + 1] != [")"]:
        return
    before = [n for n in chains.before(node, sentences=0) if n.kind == "name" and n.end <= opened]
    near = [n for n in before if n.end == opened and near_types(n.type, node.type)]
    if is_acronym(node.text):
        spelled = [n for n in before if abbreviates(node.text, syntax.phrase(n.start, opened))]
        long = max(spelled or near, key=lambda n: (n.end, n.end - n.start), default=None)
    else:
        long = next((n for n in near if is_acronym(n.text) and abbreviates(n.text, node.text)), None)
    if long and near_types(long.type, node.type):
        chains.join(long, node)


def _join_second(name: Node, first: Node, chains: Chains, syntax: Syntax) -> None:
    """Join what is coordinated with an apposition: "Ada, the countess of … and the head of …, said".

    Another comma before "and" would begin somebody else, and so would a verb in the plural.
    """
    if name.kind != "name" or first.kind != "nominal" or syntax.lower[name.end : name.end + 1] != [","]:
        return
    if name.role == "nsubj" and _is_plural(name.governor, syntax):
        return
    for second in chains.nodes[first.index + 1 :]:
        if second.start > syntax.right_edge[first.head]:
            return
        bare = not second.determiner
        alike = (
            bare or second.determiner == first.determiner or {first.determiner, second.determiner} == {"the", "owner"}
        )
        closed = syntax.lower[second.end : second.end + 1]
        if (
            second.kind == "nominal"
            and second.role == "conj"
            and second.governor == first.head
            and _between(first, second, syntax) in (["and"], ["and", "the"])
            and alike
            and (closed in ([","], [")"], [";"]) or (bare and closed in (["."], [])))
            and second.type == first.type
            and _types_fit(first, second)
        ):
            chains.join(name, second)


def _between(left: Node, right: Node, syntax: Syntax) -> list[str]:
    return syntax.lower[left.end : right.start]


def _is_plural(verb: int, syntax: Syntax) -> bool:
    """Whether a verb shows by its form that it has several subjects."""
    helpers = [syntax.lower[c] for c in syntax.children[verb] if syntax.dep[c] in {"aux", "aux:pass", "cop"}]
    return not {"are", "were", "have", "do"}.isdisjoint(helpers) or (
        not helpers and syntax.pos[verb] == "VERB" and syntax.lower[verb] == syntax.lemma[verb]
    )


def _is_bare(node: Node, syntax: Syntax) -> bool:
    """Whether a mention may be an apposition: no preposition leads to it, and it is no name in brackets."""
    led = any(syntax.dep[c] == "case" and c < node.start for c in syntax.children[node.head])
    return not led and not (node.kind == "name" and syntax.text[node.start - 1 : node.start] == ["("])


def _equal(left: Node, right: Node) -> bool:
    """Whether two mentions in apposition speak of one thing: two names do not, since places are listed like that."""
    kinds = {left.kind, right.kind}
    return "nominal" in kinds and "pronoun" not in kinds and left is not right and _types_fit(left, right)


def _types_fit(left: Node, right: Node, *, type_: str = "") -> bool:
    type_ = type_ or left.type
    one = left.number == right.number or not left.number or not right.number
    return near_types(type_, right.type) and (one or type_ != right.type)


def _join_of(node: Node, chains: Chains, syntax: Syntax) -> None:
    for other in chains.nodes[node.index + 1 : node.index + 4]:
        inside = other.end == node.end and other.kind == "name" and other.type in {"Place", "Country"}
        if inside and other.governor == node.head and syntax.lower[other.start - 1] == "of":
            chains.join(node, other)
