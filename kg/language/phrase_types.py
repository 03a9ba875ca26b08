"""Which noun phrases may be mentions, and the class of what they speak of, told by the word at their head."""

from __future__ import annotations

from collections.abc import Sequence

from kg.gazetteer import ClassNouns, Gazetteer
from kg.language.syntax import Syntax

#: Relations in which a phrase takes part in what a sentence says.
ARGUMENTS = frozenset("nsubj nsubj:pass nsubj:outer obj iobj obl obl:agent nmod nmod:poss conj appos root".split())
#: Relations of a noun that heads no phrase of its own, or one that is no participant.
_INSIDE = frozenset("compound amod nmod:desc flat fixed goeswith nmod:unmarked obl:unmarked obl:tmod vocative".split())
#: Words that stand for persons without a noun: "several were injured", "the wounded", "others".
_COUNTS = frozenset("several some many all both those others dozens hundreds thousands scores".split())
_ONE = frozenset(["one", "another"])
_THE_MANY = frozenset("wounded dead injured missing poor rich elderly sick".split())
_THE_ONE = frozenset("accused deceased old".split())
#: Organizations that are named by a bare noun before another noun: "government officials", "police chief".
_BARE = frozenset("government police opposition military army parliament".split())
#: Types whose plural is a set of people rather than several of its kind.
_PLURAL_IS_GROUP = frozenset(["Person", "Organization", "Country"])
#: Nouns that are plural by form alone.
_PLURAL_FORM = frozenset(["force", "authority"])
#: What a noun for a person has where it stands for one: without any of it, it tells an office, a state or an idea.
_MARKS = frozenset(["det", "det:predet", "nummod", "nmod:poss", "flat", "appos", "cop"])
#: Nouns of a state that somebody is put in, and the verbs that say so: "held hostage".
_STATES = frozenset(["hostage", "captive", "prisoner"])
_PUT_IN = frozenset(["hold", "take", "keep"])
#: Persons' nouns that are an idea where they stand bare.
_IDEAS = frozenset(["justice"])


def phrase_type(
    i: int, syntax: Syntax, named: Sequence[bool], *, nouns: ClassNouns, gazetteer: Gazetteer
) -> str | None:
    """The class of what the phrase headed by word ``i`` speaks of; ``None`` where it is no mention.

    :param named: for each word whether it is part of a name.
    """
    if syntax.pos[i] in {"NOUN", "PROPN"}:
        return _noun_type(i, syntax, named, nouns, gazetteer)
    return _count_type(i, syntax) if syntax.dep[i] in ARGUMENTS else None


def is_predicate(i: int, syntax: Syntax, nouns: ClassNouns) -> bool:
    """Whether a bare noun says what somebody is and names nobody: "as *mayor*", "made her *mayor*", "held *hostage*".

    So does a noun inside the title itself: "secretary of *State*".
    """
    lemma, dep = syntax.lemma[i], syntax.dep[i]
    if syntax.lower[i] != lemma or any(syntax.dep[c] in _MARKS for c in syntax.children[i]):
        return False
    cases = {syntax.lower[c] for c in syntax.children[i] if syntax.dep[c] == "case"}
    above = syntax.head[i]
    if nouns.types.get(lemma) in {"Place", "Country"}:
        return syntax.text[i][:1].isupper() and cases == {"of"} and nouns.types.get(syntax.lemma[above]) == "Person"
    if nouns.types.get(lemma) != "Person":
        return False
    if (
        lemma in _IDEAS
        and syntax.text[i].islower()
        and not any(syntax.dep[c] == "compound" for c in syntax.children[i])
    ):
        return True
    if dep == "conj":
        return is_predicate(above, syntax, nouns)
    if lemma in _STATES and (syntax.lemma[above] in _PUT_IN or dep in {"acl", "advmod"}):
        return True
    second = dep == "obj" and any(syntax.dep[c] in {"obj", "iobj"} for c in syntax.children[above] if c < i)
    return dep == "xcomp" or second or "as" in cases


def _noun_type(i: int, syntax: Syntax, named: Sequence[bool], nouns: ClassNouns, gazetteer: Gazetteer) -> str | None:
    dep, lemma, word = syntax.dep[i], syntax.lemma[i], syntax.lower[i]
    if dep in _INSIDE:
        bare = dep == "compound" and lemma in _BARE and not syntax.children[i]
        return nouns.types.get(lemma) if bare else None
    if i + 1 < len(named) and named[i + 1] and _is_title(i, syntax):
        return None
    if syntax.text[i][:1].isupper() and gazetteer.people(syntax.text[i]):
        single = any(syntax.lower[c] in {"a", "an", "one", "another"} for c in syntax.children[i] if c < i)
        return "Person" if single and not word.endswith(("s", "men")) else "Group"
    label = nouns.types.get(lemma) or nouns.types.get(word)
    plural = lemma != word and word.endswith(("s", "men", "people", "children"))
    if plural and label in _PLURAL_IS_GROUP and lemma not in _PLURAL_FORM:
        return "Group"
    return label


def _is_title(i: int, syntax: Syntax) -> bool:
    """Whether a noun right before a name is a title of it: it has neither article nor owner."""
    start, _ = syntax.noun_phrase(i)
    bare = syntax.pos[start] not in {"DET", "PRON"} and syntax.dep[i] != "nmod:poss"
    return bare and (syntax.head[i + 1] == i or syntax.head[i] > i)


def _count_type(i: int, syntax: Syntax) -> str | None:
    """People told by their number or state: "three", "several", "the wounded", "the 74-year-old"."""
    pos, word, core = syntax.pos[i], syntax.lower[i], syntax.dep[i] in {"nsubj", "nsubj:pass", "obj"}
    if word in _ONE and pos in {"NUM", "PRON", "DET"}:
        return "Person" if core else None
    if word in _COUNTS or (pos == "NUM" and core and not _is_amount(i, syntax)):
        return "Group"
    people = pos == "ADJ" and (word in _THE_MANY or word in _THE_ONE or word.endswith("-old"))
    if not people or syntax.lower[syntax.noun_phrase(i)[0]] not in {"the", "a"}:
        return None
    return "Group" if word in _THE_MANY else "Person"


def _is_amount(i: int, syntax: Syntax) -> bool:
    """Whether a number counts money, shares or years rather than people."""
    near = {syntax.lower[j] for j in range(max(0, i - 1), min(len(syntax.lower), i + 2))}
    money = not near.isdisjoint({"$", "€", "£", "%", "percent", "million", "billion"})
    return money or syntax.lower[i] in {"one", "1"} or (len(syntax.lower[i]) == 4 and syntax.lower[i].isdigit())
