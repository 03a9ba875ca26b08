"""The antecedent of a definite description and of a pronoun: agreement decides who may be it, salience who is."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.chains import Chain, Chains, Node, near_types
from kg.language.syntax import Syntax

#: Nouns that may take up any name of their type; others ("court", "ministry") only one that holds the noun or was called so.
_GENERAL = {
    "Organization": frozenset(
        "company firm group organization organisation party agency team club network newspaper movement militia airline bank "
        "outlet manufacturer maker retailer startup insurer charity body bloc alliance corporation automaker publisher label".split()
    ),
    "Country": frozenset("country nation state kingdom republic".split()),
    "Place": frozenset("city town village capital region province area island municipality".split()),
    "Person": frozenset("man woman politician boy girl teenager lawmaker actor actress singer".split()),
    "Group": frozenset(),
    "Event": frozenset(),
    "Work": frozenset(),
    "Product": frozenset(),
}
#: Nouns that take one another up.
_SYNONYMS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        [
            "attack strike raid assault airstrike bombing ambush",
            "talk negotiation discussion meeting",
            "fire blaze",
            "earthquake quake",
            "agreement deal accord pact treaty",
            "bill law legislation act measure",
            "explosion blast",
            "shooting shootout",
            "protest demonstration rally",
            "company firm corporation",
            "organization organisation",
            "aircraft plane airplane jet airliner",
            "ship vessel boat tanker",
            "country nation",
            "film movie",
            "study research paper",
            "murder killing",
            "ruling verdict decision judgment judgement",
            "victim casualty",
            "perpetrator attacker assailant gunman shooter suspect",
            "protester demonstrator protestor",
            "militant fighter insurgent",
            "spokesman spokesperson spokeswoman",
            "chairman chairwoman chair chairperson",
            "virus coronavirus disease outbreak",
            "regulation rule restriction policy",
        ]
    )
    for word in words.split()
}
#: Nouns that take up others of a narrower sense.
_COVERS = {
    "attack": frozenset(
        "stabbing shooting bombing shootout massacre murder killing explosion incident firefight".split()
    ),
    "incident": frozenset(
        "stabbing shooting attack crash collision accident explosion fire bombing shootout stampede killing murder".split()
    ),
    "accident": frozenset("crash collision derailment incident".split()),
    "crash": frozenset("accident collision incident".split()),
    "disaster": frozenset("earthquake flood fire crash hurricane tsunami landslide".split()),
    "storm": frozenset("hurricane typhoon cyclone".split()),
    "vessel": frozenset("submarine ferry frigate destroyer yacht".split()),
    "aircraft": frozenset("drone helicopter fighter bomber".split()),
    "vehicle": frozenset("car bus truck van lorry taxi".split()),
}
#: Modifiers that tell nothing apart.
_NEUTRAL = frozenset("suspected alleged entire whole late current then new said ongoing".split())
_SUBJECT = frozenset(["nsubj", "nsubj:pass", "nsubj:outer"])
_SAYING = frozenset(
    "say tell add state claim announce note explain write argue declare insist reply comment warn stress remark report confirm "
    "tweet recall continue conclude assert ask think believe admit".split()
)
_FIRST = frozenset(["i", "me", "my", "mine", "myself"])
_UNCLEAR = frozenset(["we", "us", "our", "ours", "ourselves", "you", "your"])
_REFLEXIVE = frozenset(["himself", "herself", "itself", "themselves"])
_POSSESSIVE = frozenset(["his", "her", "its", "their", "my"])
#: Types that each pronoun may stand for.
_TAKES = {
    "s": frozenset(["Organization", "Country", "Place", "Event", "Work", "Product"]),
    "p": frozenset(["Group", "Organization", "Country"]),
}


def resolve_description(node: Node, chains: Chains, syntax: Syntax) -> None:
    """Join "the group", "his wife", "the 74-year-old" to what it takes up, if there is exactly one best answer."""
    if len(chains.of(node).nodes) > 1:
        return
    if node.determiner == "owner":
        twin = _same_owner(node, chains, syntax)
        if twin:
            chains.join(twin, node)
        return
    if node.determiner not in {"the", "this"}:
        twin = next((n for n in _before(node, chains, sentences=30) if _same_words(n, node)), None)
        if twin:
            chains.join(twin, node)
        return
    if node.type == "Country" and not node.modifiers and node.lemma in _GENERAL["Country"]:
        country = _country_in_focus(node, chains)
        if country:
            chains.join(country, node)
        return
    for other in _before(node, chains, sentences=30):
        if _takes_up(node, other, chains, syntax):
            chains.join(other, node)
            return


def _same_words(other: Node, node: Node) -> bool:
    """Whether a phrase without "the" repeats another: a bare one ("police", "protesters"), or one of the headline."""
    if (
        other.kind != "nominal"
        or other.lemma != node.lemma
        or other.type != node.type
        or other.modifiers != node.modifiers
    ):
        return False
    bare = not node.determiner and not other.determiner == "a" and node.type in {"Group", "Organization"}
    headline = other.paragraph == 0 < node.paragraph and not other.determiner
    return headline or (bare and not any(word.isdigit() for word in node.modifiers))


def _country_in_focus(node: Node, chains: Chains) -> Node | None:
    """Which country "the country" is: the one its paragraph began with, or else the last paragraph that speaks of one.

    A story names its scene first; countries that come later are where people are from or turn to.
    """
    found: Node | None = None
    for other in _before(node, chains, sentences=8):
        if other.type != "Country" or other.kind == "pronoun" or (other.start <= node.start < other.end):
            continue
        if found is not None and other.paragraph != found.paragraph:
            break
        found = other
    return found


def _takes_up(node: Node, other: Node, chains: Chains, syntax: Syntax) -> bool:
    if other.kind == "pronoun" or (other.start <= node.start and node.end <= other.end):
        return False
    chain = chains.of(other)
    if node.gender and chain.gender and node.gender != chain.gender:
        return False
    near = node.sentence - other.sentence <= 3
    same_head = _same_head(node, other)
    if same_head:
        if not near_types(node.type, other.type) or (node.number and other.number and node.number != other.number):
            return False
        known = {word for n in chain.nodes for word in (*n.modifiers, *n.words, n.lemma)}
        return node.modifiers - _NEUTRAL <= known
    if node.type != other.type:
        return False
    known_heads = chain.heads | {word for name in chain.names for word in name}
    if node.type == "Person" and other.kind == "name":
        if node.lemma in chain.heads and node.modifiers <= known_heads | _words_before(chain, syntax):
            return True
        if node.lemma in {"old", "man", "woman"} or node.lemma.endswith("-old"):
            return near and bool(node.lemma != "woman" or chain.gender == "f") and node.modifiers.isdisjoint({"young"})
        return False
    if other.kind != "name" or not near or node.modifiers:
        return False
    if node.lemma in _GENERAL.get(node.type, ()):
        return not _is_specific(chain, node)
    return False


_SPECIFIC = frozenset(
    "court ministry parliament senate council committee commission university army navy police government congress department "
    "house forces force office hospital school college assembly airport river province street bridge sea strait ocean lake mountain "
    "governorate district county tower building prison station palace".split()
)


def _is_specific(chain: Chain, node: Node) -> bool:
    """Whether the chain's names tell that it is something else than the noun says ("the company" is no ministry)."""
    return any(word in _SPECIFIC and word != node.lemma for name in chain.names for word in name)


def _same_head(node: Node, other: Node) -> bool:
    if other.kind == "name":
        return bool(other.words) and other.type != "Person" and node.lemma == other.words[-1].rstrip("s")
    mine, its = _SYNONYMS.get(node.lemma), _SYNONYMS.get(other.lemma)
    return node.lemma == other.lemma or (mine is not None and mine == its) or other.lemma in _COVERS.get(node.lemma, ())


def _words_before(chain: Chain, syntax: Syntax) -> set[str]:
    """The lemmas of the titles before a chain's names."""
    return {
        syntax.lemma[i]
        for node in chain.nodes
        if node.kind == "name"
        for i in range(max(0, node.start - 6), node.start)
    }


def _same_owner(node: Node, chains: Chains, syntax: Syntax) -> Node | None:
    """An earlier phrase with the same head and owner: "his wife", "Ada's wife"."""
    owner = _owner(node, chains, syntax)
    if owner is None or node.number == "p":
        return None
    for other in _before(node, chains, sentences=30):
        if other.kind == "nominal" and other.lemma == node.lemma and other.determiner == "owner":
            its = _owner(other, chains, syntax)
            if (
                its is not None
                and chains.of(its) is chains.of(owner)
                and node.modifiers <= other.modifiers | {owner.lemma}
            ):
                return other
    return None


def _owner(node: Node, chains: Chains, syntax: Syntax) -> Node | None:
    owners = {c for c in syntax.children[node.head] if syntax.dep[c] == "nmod:poss"}
    return next((n for n in chains.nodes[node.index + 1 : node.index + 8] if n.head in owners), None)


def _before(node: Node, chains: Chains, *, sentences: int) -> Iterator[Node]:
    """The mentions before one, nearest first, no further back than some sentences or, in a digest, the paragraph."""
    for i in range(node.index - 1, -1, -1):
        other = chains.nodes[i]
        if node.sentence - other.sentence > sentences or (chains.digest and other.paragraph != node.paragraph):
            return
        yield other


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
    for other in _candidates(node, chains):
        if not _agrees(node, other, chains, word) or _bound(node, other, word, syntax):
            continue
        score = _salience(node, other, chains)
        if best is None or score > best[0]:
            best = (score, other)
    if best:
        chains.join(best[1], node)


def _candidates(node: Node, chains: Chains) -> Iterator[Node]:
    yield from _before(node, chains, sentences=3)
    for i in range(node.index + 1, len(chains.nodes)):  # "In his speech, the president …"
        other = chains.nodes[i]
        if other.sentence != node.sentence:
            return
        if other.role in _SUBJECT and other.kind == "name" and node.role == "nmod:poss":
            yield other


def _agrees(node: Node, other: Node, chains: Chains, word: str) -> bool:
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


def _salience(node: Node, other: Node, chains: Chains) -> float:
    chain = chains.of(other)
    distance = node.sentence - other.sentence
    score = -2.0 * distance - 3.0 * (node.paragraph - other.paragraph)
    if other.index > node.index:
        score -= 2.5
    if other.role in _SUBJECT:
        score += 3
    elif other.role in {"obj", "nmod:poss"}:
        score += 1
    elif other.role in {"nmod", "amod", "compound"}:
        score -= 1
    if other.kind == "pronoun":
        score += 1.5
    elif other.kind == "name":
        score += 0.5
    if node.gender and chain.gender == node.gender:
        score += 2
    if node.number == "p" and chain.type == "Group":
        score += 3
    score += 0.3 * min(len(chain.nodes), 5) - 0.02 * abs(node.index - other.index)
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
    found = [n for n in chains.nodes if n.head in subjects and n.start != node.start and chains.of(n).type == "Person"]
    if found:
        return found[0]
    for other in _before(node, chains, sentences=2):
        if syntax.lower[other.start] in _FIRST and len(chains.of(other).nodes) > 1:
            return other
        if other.role in _SUBJECT and syntax.lemma[other.governor] in _SAYING and chains.of(other).type == "Person":
            return other
    return None
