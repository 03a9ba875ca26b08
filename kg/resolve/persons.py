"""How two names of persons relate: the words of each, folded and without titles, in the order written.

Names differ by what is left out (a middle name, a particle, a second surname), by form (an initial, a nickname), by
order (family name first) and by spelling (one name in several transliterations). Some differences prove two persons:
two middle names, father and son by "Jr.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nicknames import NickNamer
from rapidfuzz.distance import JaroWinkler

from kg.naming import PARTICLES, shortens_person

Words = tuple[str, ...]

#: What tells father and son apart, by the place in the line that it gives.
GENERATIONS = {"sr": 1, "senior": 1, "i": 1, "jr": 2, "junior": 2, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_SERVANT = re.compile("abd(?:[aeu][lrsnd])?")  # "Abd al-Rahman", "Abdul Rahman", "Abdel Rahman"
#: Surnames of most people in China as Pinyin writes them; of one syllable, as many given names are too.
_CHINESE = frozenset(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng "
    "han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren yao shen zhong cui tan "
    "fan liao jia xia fu fang zou xiong bai meng qin qiu hou yan shi long wan duan qian tao".split()
)
_SYLLABLE = re.compile("[^aeiou]*[aeiou]+(?:n|ng|r)?")
_ALIKE = 0.82  # Jaro-Winkler similarity that two spellings of a name reach, beside the same consonants


def person_names(left: Words, right: Words) -> str | None:
    """The relation of two names, or ``None``: they are of different persons.

    >>> person_names(("ada", "lund"), ("ada", "marie", "lund")), person_names(("a", "lund"), ("ada", "lund"))
    ('middle_name', 'initials')
    >>> person_names(("ada", "karin", "lund"), ("ada", "marie", "lund")) is None
    True
    >>> person_names(("moammar", "gadhafi"), ("muammar", "al", "qaddafi"))
    'spelling'
    >>> person_names(("kang", "seo", "yeon"), ("kang", "seoyeon"))
    'particles'
    """
    if left == right:
        return "same_name" if len(left) > 1 else "short_name"
    a, b = without_generation(left), without_generation(right)
    if a == b:
        return "same_name" if len(a) > 1 else "short_name"
    core_a, core_b = _core(a), _core(b)
    if min(len(core_a), len(core_b)) < 2:
        short, long = sorted((a, b), key=len)
        between = len(short) == 1 and len(core(long)) > 2 and short[0] == core(long)[-2]  # of two surnames the first
        return "short_name" if core_a == core_b or between or shortens_person(short, long) else None
    if core_a == core_b:
        return "particles"
    if sorted(core_a) == sorted(core_b):
        return "name_order"
    short, long = sorted((core_a, core_b), key=lambda words: (len(words), words))
    return _left_out(short, long) or _other_form(short, long) or _run_together(short, long)


def _left_out(short: Words, long: Words) -> str | None:
    """What the shorter name does without."""
    if len(short) == len(long):
        return None
    if short[-1] == long[-1] and short[0] == long[0]:
        return "middle_name" if _middles_fit(short[1:-1], long[1:-1]) else None
    if long[: len(short)] == short or long[-len(short) :] == short:
        return "part_of_name"
    return None


def _other_form(short: Words, long: Words) -> str | None:
    """Given names as initials or nicknames, and other spellings, word by word."""
    first, last = (short[0], long[0]), (short[-1], long[-1])
    if not _middles_fit(short[1:-1], long[1:-1]):
        return None
    if first[0] == first[1] and last[0] == last[1]:
        return "middle_name"
    if last[0] == last[1] and _initial(*first):
        shortened = [word for word in (short if len(short[0]) == 1 else long)[:-1] if len(word) == 1]
        return "two_initials" if len(short) == len(long) and len(shortened) > 1 else "initials"
    if last[0] == last[1] and _nickname(*sorted(first)):
        return "nickname"
    if all(x == y or respelt(x, y) for x, y in (first, last)):
        return "spelling"
    return None


def _run_together(short: Words, long: Words) -> str | None:
    """Two words of one name that the other writes as one, or parts elsewhere ("Seo-yeon Kang", "Kang Seoyeon")."""
    for left in halves(short):
        for right in halves(long):
            if left == right or left == right[::-1]:
                return "particles" if left == right else "name_order"
            if all(x == y or respelt(x, y) for x, y in zip(left, right, strict=True)):
                return "spelling"
    return None


def halves(words: Words) -> Iterator[tuple[str, str]]:
    """A name of two or three words as two, the words of each run together; initials belong to no word.

    >>> list(halves(("kang", "seo", "yeon")))
    [('kangseo', 'yeon'), ('kang', 'seoyeon')]
    """
    if len(words) < 4 and min(map(len, words)) > 1:
        yield from (("".join(words[:size]), "".join(words[size:])) for size in range(len(words) - 1, 0, -1))


def _middles_fit(short: Words, long: Words) -> bool:
    """Whether middle names can be those of one person: in order from the first, initials for names."""
    if short and not any(short[0] == word or _initial(short[0], word) or respelt(short[0], word) for word in long[:1]):
        return False
    rest = iter(long)
    return all(any(word == other or _initial(word, other) or respelt(word, other) for other in rest) for word in short)


def _initial(left: str, right: str) -> bool:
    return left[0] == right[0] and 1 in (len(left), len(right))


@lru_cache(maxsize=1)
def _nicknamer() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=1 << 16)
def _nickname(left: str, right: str) -> bool:
    """Whether one is short for the other, or both for the same name ("Bill" and "Will")."""
    names = _nicknamer()
    return right in names.nicknames_of(left) or left in names.nicknames_of(right)


def formal(name: str) -> frozenset[str]:
    """The given names that ``name`` may be short for."""
    return frozenset(_nicknamer().canonicals_of(name))


@lru_cache(maxsize=1 << 16)
def respelt(left: str, right: str) -> bool:
    """Whether two words may be spellings of one name: the same consonants by sound, and alike to the eye.

    >>> respelt("zelensky", "zelenskyy"), respelt("mohammed", "muhammad"), respelt("petrov", "petrova")
    (True, True, False)
    """
    return (
        min(len(left), len(right)) > 2
        and left.endswith("a") == right.endswith("a")  # men's and women's names
        and skeleton(left) == skeleton(right)
        and JaroWinkler.similarity(_vowels(left), _vowels(right)) >= _ALIKE
    )


def _vowels(word: str) -> str:
    """Vowels that transliterations exchange, as one, and initial letters that they write in several ways."""
    word = re.sub(r"^(gh|kh|q|g|k)", "k", word)
    return re.sub(r"[aeiouy]+", "a", word)


_SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in [
        (r"^(ye|yo|je|ie)", "a"),
        (r"shch|sch|sh|tch|tsch|ch", "s"),
        (r"dzh|dj", "j"),
        (r"ph", "f"),
        (r"gh|kh|ck|q|g|c", "k"),
        (r"dh|th|d", "t"),
        (r"ts|tz|z", "s"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"^[aeiouy]", "a"),
        (r"(?<=.)[aeiouyhj]", ""),
        (r"(.)\1+", r"\1"),
    ]
)


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants of a folded word by sound, whichever way its transliteration writes them.

    >>> skeleton("gaddafi"), skeleton("qadhafi"), skeleton("evgeny") == skeleton("yevgeniy")
    ('ktf', 'ktf', True)
    """
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


@lru_cache(maxsize=1 << 16)
def tells_little(words: Words) -> bool:
    """Whether thousands have a name: a Chinese surname and a given name of one syllable, written without tones.

    >>> tells_little(("zhang", "wei")), tells_little(("xi", "jinping")), tells_little(("wang", "lund"))
    (True, False, False)
    """
    return len(words) == 2 and any(
        family in _CHINESE and bool(_SYLLABLE.fullmatch(given)) for family, given in (words, words[::-1])
    )


def _core(words: Words) -> Words:
    """The words that are no particles, unless there are no others; "Abdel" is the beginning of the word behind it.

    >>> _core(("abdel", "aziz", "al", "kahtani"))
    ('abdulaziz', 'kahtani')
    """
    found = [word for word in words if word not in PARTICLES]
    for place in range(len(found) - 2, -1, -1):
        if len(found) > 2 and _SERVANT.fullmatch(found[place]):
            found[place : place + 2] = [f"abdul{found[place + 1]}"]
    return tuple(found) or words


def core(words: Words) -> Words:
    """A name's words without particles and what tells father and son apart."""
    return _core(without_generation(words))


def without_generation(words: Words) -> Words:
    """A name without "Jr." or "III"."""
    return words[:-1] if len(words) > 2 and words[-1] in GENERATIONS else words


def generation(words: Words) -> int:
    """The place in the line that a name gives, or 0."""
    return GENERATIONS.get(words[-1], 0) if len(words) > 2 or words[-1:] in (("ii",), ("iii",)) else 0
