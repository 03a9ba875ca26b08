"""The antecedent of a definite description: what "the group", "his wife" or "the 74-year-old" takes up."""

from __future__ import annotations

from kg.language.coreference.chains import Chain, Chains, near_types
from kg.language.coreference.nodes import Node
from kg.language.syntax import Syntax

#: Nouns that may take up any name of their type; others ("court") only a name that holds the noun or was called so.
_GENERAL = {
    "Organization": frozenset(
        "company firm group organization organisation party agency team club network newspaper movement militia "
        "airline bank outlet manufacturer maker retailer startup insurer charity body bloc alliance corporation "
        "automaker publisher label".split()
    ),
    "Country": frozenset("country nation state kingdom republic".split()),
    "Place": frozenset("city town village capital region province area island municipality".split()),
    "Person": frozenset("man woman politician boy girl teenager lawmaker actor actress singer".split()),
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
        "stabbing shooting attack crash collision accident explosion fire bombing shootout stampede killing "
        "murder".split()
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
#: Words in names that a noun hints at.
_HINTS = {
    **dict.fromkeys(
        ["newspaper", "paper", "outlet", "network", "broadcaster"],
        frozenset(
            "times post journal news herald guardian telegraph tribune gazette press tv mail daily radio".split()
        ),
    ),
    "airline": frozenset("airlines airways air".split()),
    "bank": frozenset(["bank"]),
    "party": frozenset("party front union movement".split()),
}
#: Words in a name that tell what it names.
_SPECIFIC = frozenset(
    "court ministry parliament senate council committee commission university army navy police government congress "
    "department house forces force office hospital school college assembly airport river province street bridge sea "
    "strait ocean lake mountain governorate district county tower building prison station palace".split()
)


def resolve_description(node: Node, chains: Chains, syntax: Syntax) -> None:
    """Join "the group", "his wife", "the 74-year-old" to what it takes up, if that is clear."""
    if len(chains.of(node).nodes) > 1:
        return
    before = chains.before(node, sentences=30)
    if node.determiner == "owner":
        found = _same_owner(node, chains, syntax)
    elif node.determiner not in {"the", "this"}:
        found = next((n for n in before if _same_words(n, node)), None)
    elif node.type == "Country" and not node.modifiers and node.lemma in _GENERAL["Country"]:
        found = _country_in_focus(node, chains)
    else:
        found = next((n for n in before if _takes_up(node, n, chains, syntax)), None) or _by_kind(node, chains)
    if found:
        chains.join(found, node)


def _by_kind(node: Node, chains: Chains) -> Node | None:
    """The name that a noun takes up by its type alone ("the company"): the only one near, or the one the noun hints at.

    Among several organizations, only a subject stands out enough; of places the nearest is meant.
    """
    if node.modifiers or node.lemma not in _GENERAL.get(node.type, ()):
        return None
    near: dict[int, Node] = {}
    for other in chains.before(node, sentences=3):
        chain = chains.of(other)
        clash = node.gender and chain.gender and node.gender != chain.gender
        around = other.start <= node.start and node.end <= other.end
        if other.kind == "name" and other.type == node.type and not (clash or around or _is_specific(chain, node)):
            near.setdefault(id(chain), other)
    named = [n for n in near.values() if not _HINTS.get(node.lemma, frozenset()).isdisjoint(n.words)]
    standing = named or list(near.values())
    if node.type == "Organization" and len(standing) > 1:
        standing = [n for n in standing if n.role in {"nsubj", "nsubj:pass"}]
    return standing[0] if len(standing) == 1 or (standing and node.type != "Organization") else None


def _same_words(other: Node, node: Node) -> bool:
    """Whether a phrase without "the" repeats another: a bare one ("police", "protesters"), or one of the headline."""
    if (
        other.kind != "nominal"
        or other.lemma != node.lemma
        or other.type != node.type
        or other.modifiers != node.modifiers
    ):
        return False
    bare = not node.determiner and other.determiner != "a" and node.type in {"Group", "Organization"}
    headline = other.paragraph == 0 < node.paragraph and not other.determiner
    return headline or (bare and not any(word.isdigit() for word in node.modifiers))


def _country_in_focus(node: Node, chains: Chains) -> Node | None:
    """Which country "the country" is: the one its paragraph began with, or else the last paragraph that speaks of one.

    A story names its scene first; countries that come later are where people are from or turn to.
    """
    found: Node | None = None
    for other in chains.before(node, sentences=8):
        if other.type != "Country" or other.kind == "pronoun" or (other.start <= node.start < other.end):
            continue
        if found is not None and other.paragraph != found.paragraph:
            break
        found = other
    return found


def _takes_up(node: Node, other: Node, chains: Chains, syntax: Syntax) -> bool:
    """Whether a description repeats another's noun, or the title or age that a person is known by."""
    if other.kind == "pronoun" or (other.start <= node.start and node.end <= other.end):
        return False
    chain = chains.of(other)
    if node.gender and chain.gender and node.gender != chain.gender:
        return False
    if _same_head(node, other):
        number = not node.number or not other.number or node.number == other.number
        known = {word for n in chain.nodes for word in (*n.modifiers, *n.words, n.lemma)}
        return near_types(node.type, other.type) and number and node.modifiers - _NEUTRAL <= known
    if not node.type == other.type == "Person" or other.kind != "name":
        return False
    known = chain.heads | {word for name in chain.names for word in name} | _words_before(chain, syntax)
    if node.lemma in chain.heads and node.modifiers <= known:
        return True
    aged = node.lemma in {"old", "man", "woman"} or node.lemma.endswith("-old")
    return aged and node.sentence - other.sentence <= 3 and (node.lemma != "woman" or chain.gender == "f")


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
    for other in chains.before(node, sentences=30):
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
