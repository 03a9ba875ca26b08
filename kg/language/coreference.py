"""Which mentions of an article speak of the same entity. The spaCy component ``kg_coreference``.

Rules from the surest to the weakest: names that are spelled alike or shorten one another, what stands in apposition or
after a copula, definite descriptions, pronouns. Precision first: where two antecedents are as good, none is taken.
A neural model may take the place of this component; what it must keep: every span of ``doc.spans["mentions"]`` gets
its chain in ``span.id_`` ("c1", "c2", …) and the type of its chain as ``span.label_``.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.gazetteer import ClassNouns, Gazetteer, load_gazetteer, load_nouns
from kg.language.antecedents import resolve_description, resolve_pronoun
from kg.language.chains import Chain, Chains, Node, near_types, read_nodes
from kg.language.mentions import MENTIONS
from kg.language.syntax import Syntax
from kg.naming import abbreviates, is_acronym, shortens_organization, shortens_person


#: Nouns that a place's name follows with "of".
_PLACE_NOUNS = frozenset("city town village state province region district island port municipality county".split())


@Language.factory("kg_coreference", requires=["token.dep", "doc.spans"], assigns=["doc.spans"])
def make_coreference(nlp: Language, name: str) -> Coreference:
    """The component."""
    return Coreference(nouns=load_nouns(), gazetteer=load_gazetteer())


class Coreference:
    """Gives every mention its chain. A pronoun whose antecedent is not found is no mention of anything and is left out."""

    def __init__(self, *, nouns: ClassNouns, gazetteer: Gazetteer) -> None:
        self.nouns, self.gazetteer = nouns, gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Set the chains of ``doc``."""
        spans = list(doc.spans[MENTIONS])
        syntax = Syntax.of(doc)
        nodes = read_nodes(spans, syntax, nouns=self.nouns, gazetteer=self.gazetteer)
        chains = Chains(nodes)
        join_names(chains)
        chains.digest = is_digest(chains)
        join_neighbours(chains, syntax)
        for node in nodes:
            if node.kind == "nominal":
                resolve_description(node, chains, syntax)
            elif node.kind == "pronoun":
                resolve_pronoun(node, chains, syntax)
        join_predicates(chains, syntax)
        doc.spans[MENTIONS] = _relabel(doc, chains)
        return doc


def _relabel(doc: Doc, chains: Chains) -> list[Span]:
    ids: dict[int, str] = {}
    types: dict[int, str] = {}
    kept: list[Span] = []
    for node in chains.nodes:
        chain = chains.of(node)
        if node.kind == "pronoun" and all(other.kind == "pronoun" for other in chain.nodes):
            continue
        key = id(chain)
        if key not in ids:
            ids[key], types[key] = f"c{len(ids) + 1}", chain.type
        kept.append(Span(doc, node.start, node.end, label=types[key], span_id=ids[key]))
    return kept


def join_names(chains: Chains) -> None:
    """Join names: alike, the same country, acronyms with their long form, and short forms with the one full name they fit."""
    names = [node for node in chains.nodes if node.kind == "name"]
    first: dict[object, list[Node]] = defaultdict(list)
    for node in names:
        keys: list[object] = [node.words] if node.words else []
        if node.country:
            keys = [node.country]
        for key in keys:
            twin = next((other for other in first[key] if _alike(other, node)), None)
            if twin:
                chains.join(twin, node)
            else:
                first[key].append(node)
    _join_acronyms(chains, names)
    _join_short(chains, names)


def _alike(left: Node, right: Node) -> bool:
    """Whether two names of the same words are one name, in spite of unlike types."""
    pair = {left.type, right.type}
    if len(pair) == 1:
        return True
    if len(left.words) > 1:
        return not (pair & {"Person", "Group"} and "Country" in pair)
    return near_types(left.type, right.type)


def _join_acronyms(chains: Chains, names: list[Node]) -> None:
    long = [node for node in names if " " in node.text]
    for node in names:
        if not is_acronym(node.text) or node.country:
            continue
        fitting = {
            id(chains.of(other)): other
            for other in long
            if near_types(node.type, other.type) and abbreviates(node.text, other.text)
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
            if any(shortens(node.words, name) for name in chain.names):
                fitting[id(chain)] = chain
        if len(fitting) == 1:
            chains.join(next(iter(fitting.values())).nodes[0], node)
        elif len(fitting) > 1 and node.type == "Person":
            before = [chain for chain in fitting.values() if any(n.index < node.index for n in chain.nodes)]
            titled = [chain for chain in before if node.titles & chain.heads]
            choice = titled if len(titled) == 1 else before
            if len(choice) == 1:
                chains.join(choice[0].nodes[0], node)


def is_digest(chains: Chains) -> bool:
    """Whether the paragraphs tell of different things: fewer than a third share a name, countries aside, with the one before."""
    named: dict[int, set[int]] = defaultdict(set)
    for node in chains.nodes:
        named[node.paragraph] |= {id(chains.of(node))} if node.kind == "name" and node.type != "Country" else set()
    blocks = [named[paragraph] for paragraph in sorted(named)]
    shared = sum(not left.isdisjoint(right) for left, right in pairwise(blocks))
    return len(blocks) > 3 and shared * 3 < len(blocks) - 1


def join_neighbours(chains: Chains, syntax: Syntax) -> None:
    """Join what grammar sets equal: "the PLO (Palestine …)", "Ada, the countess", "Ada is the countess"."""
    by_head: dict[int, list[Node]] = defaultdict(list)
    by_start = {node.start: node for node in reversed(chains.nodes)}
    for node in chains.nodes:
        by_head[node.head].append(node)
    joined: set[int] = set()
    for node in chains.nodes:
        if node.kind == "name":
            _join_bracketed(node, by_start, chains, syntax)
        after = by_start.get(node.end)
        if after and node.kind == "nominal" and after.kind == "name" and _types_fit(node, after):
            chains.join(node, after)  # "his wife Ada"
            joined.add(node.index)
        between = by_start.get(node.end + 1) if syntax.lower[node.end : node.end + 1] == [","] else None
        if between and _in_commas(node, between, syntax):
            chains.join(node, between)  # "Ada, the countess of …, said"
            joined |= {n.index for n in (node, between) if n.kind == "nominal"}
    for node in chains.nodes:
        if node.role == "appos" and node.index not in joined:
            for other in by_head.get(node.governor, ()):
                if _equal(node, other) and other.index not in joined:
                    chains.join(other, node)
        if node.kind == "nominal" and node.lemma in _PLACE_NOUNS:
            _join_of(node, chains, syntax)  # "the city of Utrecht"


def join_predicates(chains: Chains, syntax: Syntax) -> None:
    """Join subject and predicate noun: "Ada is the countess", "who became a countess", "serves as countess"."""
    by_head: dict[int, list[Node]] = defaultdict(list)
    for node in chains.nodes:
        by_head[node.head].append(node)
    for node in chains.nodes:
        verb = _predicator(node, syntax)
        if node.kind != "nominal" or verb is None or _unsure(verb, syntax):
            continue
        for child in syntax.children[verb]:
            if syntax.dep[child] in {"nsubj", "nsubj:pass"}:
                relative = syntax.lower[child] in {"who", "which", "that"} and syntax.dep[verb] == "acl:relcl"
                for subject in by_head.get(syntax.head[verb] if relative else child, ()):
                    if subject is not node and _types_fit(subject, node, type_=chains.of(subject).type):
                        chains.join(subject, node)


def _predicator(node: Node, syntax: Syntax) -> int | None:
    """The word whose subject a noun is said of: itself with a copula, "become" above it, "serve" where "as" leads to it."""
    children = syntax.children[node.head]
    if any(syntax.dep[c] == "cop" for c in children):
        return node.head
    verb = syntax.lemma[node.governor]
    if node.role == "xcomp" and verb in {"become", "remain"}:
        return node.governor
    if node.role == "obl" and verb in {"serve", "act"} and any(syntax.lower[c] == "as" for c in children):
        return node.governor
    return None


def _unsure(verb: int, syntax: Syntax) -> bool:
    """Whether what a verb says is denied, doubted or still to come."""
    return any(
        syntax.lower[c] in {"not", "n't", "never", "no"}
        or (syntax.dep[c] == "aux" and syntax.lower[c] in {"may", "might", "could", "would", "should", "will", "can"})
        for c in syntax.children[verb]
    )


def _in_commas(left: Node, right: Node, syntax: Syntax) -> bool:
    """Whether a name and a phrase of one person or organization stand side by side between commas."""
    kinds = {left.kind, right.kind}
    if kinds != {"name", "nominal"} or left.type not in {"Person", "Organization"} or left.type != right.type:
        return False
    closed = syntax.lower[right.end : right.end + 1]
    return (
        _types_fit(left, right) and closed in ([","], ["."], [")"], [";"], []) and "conj" not in {left.role, right.role}
    )


def _join_bracketed(node: Node, by_start: dict[int, Node], chains: Chains, syntax: Syntax) -> None:
    """A name in brackets right behind another is its short or long form if one of the two is an acronym."""
    if syntax.text[node.end : node.end + 1] != ["("] or not (other := by_start.get(node.end + 1)):
        return
    closed = syntax.text[other.end : other.end + 1] == [")"]
    if closed and other.kind == "name" and near_types(node.type, other.type):
        if is_acronym(other.text) or (is_acronym(node.text) and abbreviates(node.text, other.text)):
            chains.join(node, other)


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
