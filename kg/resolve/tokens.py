"""What names have in common where they may be of one thing: tokens, by which blocks are built and found again.

A token is *shared* where any two that have it may be one; or it is a *handle* of a full name, by which a shorter name
*seeks* it: "Lund" seeks whoever begins or ends so, and two people called Lund have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.naming import SMALL, abbreviations, initials_of, is_acronym
from kg.resolve.persons import core, formal, halves, skeleton
from kg.resolve.profile import Profile
from kg.resolve.words import Words

#: What kind of token it is, and its words.
Token = tuple[object, ...]


def forms(profile: Profile) -> Iterator[Token]:
    """The names themselves."""
    for form in (*profile.forms, *profile.given):
        yield "words", form


def variants(profile: Profile) -> Iterator[Token]:
    """What two forms of one full name have in common."""
    if profile.known:
        yield "known", profile.known
    if profile.type == "Person":
        for form in profile.forms:
            yield from _person(core(form))
    elif profile.type == "Organization":
        for form in profile.forms:
            if len(form) > 1:
                yield "stem", form[:-1]
                yield "bag", bag(form)
            yield "stem", form


def bag(form: Words) -> Words:
    """The words of a name but small ones, in any order: the same for "Graz University" and "University of Graz"."""
    return tuple(sorted(word for word in form if word not in SMALL))


def _person(words: Sequence[str]) -> Iterator[Token]:
    if len(words) < 2:
        return
    first, last = words[0], words[-1]
    yield "ends", first, last
    yield "bag", tuple(sorted(words))
    for name in {first, *formal(first)} if len(first) > 1 else ():
        yield "nick", name, last
    for left, right in halves(tuple(words)):
        yield "halves", *sorted((left, right))
        yield "sound", skeleton(left), skeleton(right)
    yield "sound", skeleton(first), skeleton(last)
    for size in range(2, len(words) + 1):
        yield "part", *words[:size]
        yield "part", *words[-size:]


def initial(words: Words) -> Token:
    """What a name with an initial has in common with the names that it may stand for."""
    return "initial", words[0][0], words[-1]


def handles(profile: Profile) -> Iterator[Token]:
    """What shorter names find a full name by: its first and last words, also with what statements say of it; the
    letters of its acronym; its initial.
    """
    for handle in _ends(profile):
        yield handle
        for item in profile.context:
            yield in_context(handle, item)
    if profile.type == "Person":
        yield from (initial(words) for words in map(core, profile.forms) if len(words) > 1 and len(words[0]) > 1)
    else:
        for name in profile.names:
            yield from (("letters", letters) for letters in abbreviations(name) if len(letters) > 2)


def _ends(profile: Profile) -> Iterator[Token]:
    for form in profile.forms:
        if profile.type == "Person":
            words = core(form)
            ends: Iterable[Words] = (
                words[:1],
                words[-1:],
                words[-2:],
                *([(words[0], words[-1])] if len(words) > 2 else ()),
            )
        else:
            ends = (form, form[1:], form[:2], form[:-1])
        yield from ((profile.type, *part) for part in dict.fromkeys(ends) if part)


def sought(profile: Profile) -> Iterator[Token]:
    """The handles of what a name may be short for."""
    for form in profile.forms:
        handle = shortened(profile, form)
        yield handle
        for item in profile.context:
            yield in_context(handle, item)
        if profile.type == "Person" and len(words := core(form)) > 1 and len(words[0]) == 1:
            yield initial(words)
    if letters := acronym(profile):
        yield letters


def shortened(profile: Profile, form: Words) -> Token:
    """The handle of names that may be shortened to ``form``."""
    return (profile.type, *(core(form) if profile.type == "Person" else form))


def in_context(handle: Token, item: Token) -> Token:
    """A handle of names of which a statement says something: where many names have the handle, few have this."""
    return *handle, "|", *item


def acronym(profile: Profile) -> Token | None:
    """The handle of names that an acronym may stand for; ``None`` where it is none."""
    if profile.type != "Person" and profile.names and is_acronym(profile.names[0]):
        return "letters", initials_of(profile.names[0])
    return None
