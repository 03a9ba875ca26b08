"""The words of stance in one parsed text: what modality and attribution are read from.

The vocabulary comes from the lexicon (entries whose sense refers to a modality or to a kind of attribution); here it is
looked up once per text. What a word is *about*, its content, is a matter of construction and the same for all words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.lexicon import StanceEntry
from kg.records import MODALITIES, Modality

#: Parts of speech of the parser in which an entry of the lexicon may appear (a participle is verb or adjective).
_APPEARS_AS: Mapping[str, frozenset[str]] = {
    "verb": frozenset({"VERB", "AUX", "ADJ"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adjective": frozenset({"ADJ", "VERB", "ADV", "NOUN"}),
    "adverb": frozenset({"ADV", "PART", "CCONJ", "DET", "ADJ", "SCONJ"}),
    "auxiliary": frozenset({"AUX", "VERB"}),
    "determiner": frozenset({"DET", "PRON", "CCONJ"}),
    "pronoun": frozenset({"PRON", "NOUN"}),
    "conjunction": frozenset({"SCONJ", "ADP", "ADV", "CCONJ"}),
    "adposition": frozenset({"ADP", "SCONJ", "VERB", "ADV"}),
}
_POS: Mapping[str, str] = {
    "VERB": "verb", "NOUN": "noun", "ADJ": "adjective", "ADV": "adverb", "AUX": "auxiliary", "DET": "determiner",
    "PRON": "pronoun", "SCONJ": "conjunction", "ADP": "adposition",
}  # fmt: skip
_CLAUSES = frozenset({"ccomp", "xcomp", "csubj"})
_NOMINALS = frozenset({"obl", "nmod", "advcl", "acl"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of stance: the modality it gives its content, the kind of attribution, and where its content stands.

    ``takes`` holds ``subject`` and ``object`` for these and prepositions for others; clauses are always content. Where
    there are ``fillers``, only a phrase headed by one of them is: "ended its *support*", but "ended the strike".
    """

    pos: str
    modality: Modality | None
    attribution: str | None
    takes: frozenset[str]
    fillers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StanceIndex:
    """The stance entries by their words: ``words[lemma][pos]``, and those of several words by the first of them."""

    words: Mapping[str, Mapping[str, Cue]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Cue], ...]]


def index_stance(entries: Iterable[StanceEntry]) -> StanceIndex:
    """Index the stance entries of a lexicon. Entries with the same words and part of speech become one cue."""
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    takes: dict[tuple[str, str], set[str]] = defaultdict(set)
    fillers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in entries:
        key = (entry.lemma.lower(), entry.pos)
        kinds[key].add(entry.kind)
        takes[key].update(_content_slots(entry))
        fillers[key].update(*(argument.fillers for frame in entry.frames for argument in frame.arguments))
    words: dict[str, dict[str, Cue]] = defaultdict(dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Cue]]] = defaultdict(list)
    for (lemma, pos), names in kinds.items():
        modalities = sorted(names & set(MODALITIES), key=MODALITIES.index)
        attribution = min(names - set(MODALITIES), default=None)
        modality = modalities[-1] if modalities else None
        slots, needed = frozenset(takes[lemma, pos]), frozenset(fillers[lemma, pos])
        cue = Cue(pos, modality, attribution, slots, needed)  # type: ignore[arg-type]
        first, *rest = lemma.split()
        if rest:
            phrases[first].append(((first, *rest), cue))
        else:
            words[lemma][pos] = cue
    return StanceIndex(words, {first: tuple(found) for first, found in phrases.items()})


def find_cues(doc: Doc, index: StanceIndex) -> dict[int, Cue]:
    """The cues of a text by the position of the token that heads them."""
    cues: dict[int, Cue] = {}
    for token in doc:
        cue = _single(token, index)
        if cue is not None and not _is_in_name(token):
            cues[token.i] = cue
    beginnings = index.phrases
    for token in doc:
        for words, cue in beginnings.get(token.lower_) or beginnings.get(token.lemma_.lower(), ()):
            parts = _phrase(token, words)
            if parts and not (cue.modality == "actual" and _leads_to_verb(parts)):
                for part in parts:
                    cues.pop(part.i, None)
                outer = [part for part in parts if part.head not in parts]
                introducing = [part for part in outer if part.dep_ in {"mark", "case"}]
                cues[next(iter(introducing or outer), token).i] = cue
    return cues


def weakest(modalities: Iterable[Modality]) -> Modality:
    """The weakest of the claims, ``actual`` where there is none."""
    return max(modalities, key=MODALITIES.index, default="actual")


def base(token: Token) -> str:
    """The dependency relation without its subtype."""
    return token.dep_.partition(":")[0]


def marker(token: Token) -> str | None:
    """The preposition or conjunction that introduces the phrase or clause of this token."""
    for child in token.lefts:
        if child.dep_ in {"case", "mark"}:
            return child.lower_
    return None


def carrier(trigger: Token) -> Token:
    """The word whose modality and time are the trigger's: for "talks *with* Oria" or "an *Orian* attack" the noun."""
    token = trigger
    if token.dep_ in {"case", "mark"}:
        token = token.head
        if base(token) in {"nmod", "obl"}:
            token = token.head
    while token.dep_ in {"amod", "compound", "nmod:poss"} and token.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    return token


def is_content(child: Token, cue: Cue) -> bool:
    """Whether this dependent of a cue is what the cue is about."""
    relation = base(child)
    if cue.fillers and child.lemma_.lower() not in cue.fillers:
        return False
    if relation in _CLAUSES:
        return child.dep_ != "csubj:pass" or cue.pos == "verb"
    if relation == "advcl" and cue.pos == "verb" and _is_complement(child, cue):
        return True
    introduced = marker(child)
    if cue.pos == "noun":
        if relation == "acl" and child.dep_ != "acl:relcl":
            return introduced in {"to", "that", None} or introduced in cue.takes
        return relation == "compound" or (relation in _NOMINALS and introduced in cue.takes)
    if relation == "obj" or child.dep_ == "nsubj:pass":
        return "object" in cue.takes
    if child.dep_ == "nsubj":
        return cue.pos == "adjective" or "subject" in cue.takes or (cue.modality == "actual" and "object" in cue.takes)
    if relation in {"obl", "nmod", "advcl", "acl"} and introduced is not None:
        return introduced in cue.takes
    return False


def _is_complement(clause: Token, cue: Cue) -> bool:
    """Whether a clause that the parser took for an adverbial one is what the verb above takes: "ceased *to support*".

    It follows the verb directly, or its object where the verb claims anything of its content: "asked them *to leave*".
    """
    verb, first = clause.head, clause.left_edge.i
    claims = cue.modality not in {None, "actual"}
    to = next((c for c in clause.lefts if c.lower_ == "to" and c.dep_ in {"mark", "aux"}), None)
    if to is None:
        behind = verb.i + 1 + any(c.dep_ == "compound:prt" and c.i == verb.i + 1 for c in verb.rights)
        return claims and first == behind and clause.doc[first].lower_.endswith("ing")
    between = clause.doc[verb.i + 1 : to.i]
    apart = any(token.is_punct or token.pos_ == "VERB" for token in between)
    return to.i == verb.i + 1 or (claims and verb.i < to.i and not apart)


def negates(token: Token, cues: Mapping[int, Cue]) -> bool:
    """Whether the token has a negator of its own ("not only" is none)."""
    return any(is_negator(child, cues) for child in token.children)


def is_negator(child: Token, cues: Mapping[int, Cue]) -> bool:
    """Whether this dependent negates its head."""
    cue = cues.get(child.i)
    if cue is None or cue.modality != "negated" or cue.pos not in {"adverb", "determiner", "conjunction", "adposition"}:
        return False
    following = child.nbor().lower_ if child.i + 1 < len(child.doc) else ""
    return following not in {"only", "just", "merely", "necessarily"} and child.dep_ not in {"conj", "parataxis"}


def _content_slots(entry: StanceEntry) -> Iterator[str]:
    for frame in entry.frames:
        for argument in frame.arguments:
            if argument.role in {"subject", "directObject"}:
                yield "object" if argument.role == "directObject" else "subject"
            yield from argument.markers


def _is_in_name(token: Token) -> bool:
    """ "the *No* Kings protests": a capital inside an entity."""
    return bool(token.ent_type_) and token.text[:1].isupper() and not token.is_sent_start


def _single(token: Token, index: StanceIndex) -> Cue | None:
    """The entry for a word: as an attribute, of the same part of speech, or of one that parsers take for another."""
    lower = token.lower_
    spelt = [lower, token.lemma_.lower()]
    if lower.endswith("ed") and token.pos_ == "ADJ":
        spelt += (lower.removesuffix("d"), lower.removesuffix("ed"))
    forms = [index.words[form] for form in spelt if form in index.words]
    if not forms or (token.dep_ in {"case", "fixed"} and token.pos_ != "ADP"):  # "*due* to rain"
        return None
    if token.dep_ == "mark" and "conjunction" in (entries := index.words.get(lower, {})):
        return entries["conjunction"]
    if token.dep_ == "amod" and "adjective" in forms[0]:
        return forms[0]["adjective"]
    if _is_misread_verb(token):
        return next((entries["verb"] for entries in forms if "verb" in entries), None)
    for entries in forms:
        cue = entries.get(_POS.get(token.pos_, ""))
        if cue is not None:
            return cue
    for entries in forms:
        for pos, cue in entries.items():
            if token.pos_ in _APPEARS_AS.get(pos, ()):
                return cue
    return None


def _leads_to_verb(phrase: list[Token]) -> bool:
    """ "they are *due to* meet" is another thing than "due to rain"."""
    last = phrase[-1]
    following = last.doc[last.i + 1].pos_ if last.i + 1 < len(last.doc) else ""
    return last.lower_ == "to" and (phrase[0].pos_ == "ADJ" or following in {"VERB", "AUX"})


def _is_misread_verb(token: Token) -> bool:
    """ "Local media *report* that ...", taken for one long noun: it has a clause and no article."""
    if token.pos_ != "NOUN" or base(token) not in {"root", "ccomp", "conj", "parataxis"}:
        return False
    relations = {child.dep_ for child in token.children}
    return "ccomp" in relations and "compound" in relations and not relations & {"det", "nmod:poss", "case", "cop"}


def _phrase(token: Token, words: tuple[str, ...]) -> list[Token] | None:
    """The tokens of a phrase that begins at this token: in a row, or a verb and its particle apart."""
    doc = token.doc
    row = [doc[token.i + k] for k in range(len(words)) if token.i + k < len(doc)]
    if len(row) == len(words) and all(
        word in {part.lower_, part.lemma_.lower()} for part, word in zip(row, words, strict=True)
    ):
        return row
    particles = [child for child in token.rights if child.dep_ == "compound:prt" and child.lower_ == words[1]]
    return [token, particles[0]] if particles and len(words) == 2 else None
