"""How names of one thing vary: pure functions over words.

Coreference inside an article and resolution across articles both ask them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

#: Words before a person's name that are no part of it.
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative gov governor president "
    "premier chancellor minister prime deputy vice secretary mayor judge justice gen general lt lieutenant col "
    "colonel maj major capt captain sgt sergeant adm admiral cmdr commander brig brigadier marshal officer "
    "detective inspector sheriff rev reverend fr father bishop archbishop cardinal rabbi imam ayatollah sheikh "
    "sheik king queen prince princess emir sultan ambassador envoy spokesman spokeswoman spokesperson chairman "
    "chairwoman congressman congresswoman councillor attorney leader former acting interim then-president "
    "ex-president president-elect baroness countess duchess viscount viscountess madam hon honourable honorable "
    "monsignor mgr chaplain herr frau monsieur madame mme mlle senor senora señor señora dona doña signor signora "
    "ustad ustadh haji hajji datuk dato datin seri tengku tunku tunku daw mwalimu maulana mullah swami oberst "
    "oberstleutnant oberleutnant leutnant hauptmann feldwebel generalmajor generalleutnant coronel capitan "
    "capitán teniente comandante commandant capitaine marechal maréchal kolonel kapitein polkovnik colonello "
    "capitano tenente private corporal cadet commodore superintendent constable commissioner".split()
)
#: What follows a person's name and is no part of it; "Jr." and "II" are, since they tell father and son apart.
_SUFFIXES = frozenset("phd md mp qc kc".split())
#: Legal forms and the like at the end of a company's name.
COMPANY_WORDS = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc ag sa se nv bv gmbh spa oyj ab asa holdings "
    "group".split()
)
#: What may follow an organization's name without making it another one: "Ford Motor Company", "Labour Party".
_TAILS = COMPANY_WORDS | frozenset(
    "party air airlines airways motor motors systems foods industries technologies software electronics energy "
    "oil petroleum steel pharmaceuticals laboratories media news entertainment studios records bank insurance "
    "capital partners telecom telecoms telecommunications communications mobile networks broadcasting publishing "
    "shipping lines railways rail logistics construction engineering builders homes cement chemicals plastics "
    "textiles ceramics glass mining minerals metals aerospace aviation automotive breweries brewery dairies "
    "pharma biotech therapeutics robotics semiconductor semiconductors hotels resorts stores supermarkets retail "
    "properties estates realty developments ventures securities advisers consulting solutions services labs games "
    "pictures".split()
)
_UNIONS = {("united", "states"): "us", ("united", "nations"): "un", ("united", "kingdom"): "uk"}
#: Words that a name may do without.
SMALL = frozenset("of the for and in on to de du des la le los las del della der al a an & by with from".split())
#: Small words in the surnames of many languages.
PARTICLES = frozenset(
    "al el as ad an ar ash ben bin ibn abu de da di du la le van von der den ter del della dos".split()
)
_DASH = re.compile("[–‐]")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case in Latin letters without accents, dots and apostrophes' varieties; hyphens part words.

    >>> fold("Nicolás Maduro’s U.S. ex-aide"), fold("Øystein Łukasz")
    ("nicolas maduro's us ex aide", 'oystein lukasz')
    """
    plain = text
    if not text.isascii():
        plain = anyascii(_DASH.sub("-", unicodedata.normalize("NFKD", text).replace("’", "'").replace(".", "")))
    return " ".join(plain.replace(".", "").replace("-", " ").split()).lower()


@lru_cache(maxsize=1 << 16)
def name_words(text: str) -> tuple[str, ...]:
    """The words that tell a name apart: folded, without leading "the" and a possessive ending, unions by their letters.

    >>> name_words("The Hague’s"), name_words("al-Sharaa"), name_words("United States Congress")
    (('hague',), ('al', 'sharaa'), ('us', 'congress'))
    """
    words = fold(text).removesuffix("'s").removesuffix("'").replace(",", " ").replace('"', " ").split()
    for i in range(len(words) - 2, -1, -1) if "united" in words else ():
        if short := _UNIONS.get((words[i], words[i + 1])):
            words[i : i + 2] = [short]
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def person_words(text: str) -> tuple[str, ...]:
    """The words of a person's name, without titles before it and suffixes behind.

    >>> person_words("Prime Minister Boris Johnson"), person_words("Martin Luther King Jr.")
    (('boris', 'johnson'), ('martin', 'luther', 'king', 'jr'))
    """
    words = list(name_words(text))
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return tuple(words)


def organization_words(text: str) -> tuple[str, ...]:
    """The words of an organization's name, without the legal form.

    >>> organization_words("Nippon Steel Corp."), organization_words("the Ford Motor Company")
    (('nippon', 'steel'), ('ford', 'motor'))
    """
    words = list(name_words(text))
    while len(words) > 1 and words[-1] in COMPANY_WORDS:
        words.pop()
    return tuple("organization" if word == "organisation" else "center" if word == "centre" else word for word in words)


def is_person_name(text: str) -> bool:
    """Whether a person is called by name and not by office or description.

    >>> is_person_name("Charles de Gaulle"), is_person_name("Iran's ambassador"), is_person_name("Prime Minister")
    (True, False, False)
    """
    words = text.replace("’", "'").split()
    proper = all(not w[:1].islower() or w in PARTICLES or "-" in w or w in {"y", "and"} for w in words)
    return proper and "'s" not in text.replace("’", "'") and not all(w in TITLES for w in name_words(text))


def shortens_person(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether ``short`` is the beginning or the end of the longer name ``full``, or its first and last word.

    >>> shortens_person(("biden",), ("joe", "biden")), shortens_person(("joe", "biden"), ("joe", "r", "biden"))
    (True, True)
    >>> shortens_person(("abu",), ("musa", "abu", "marzouk"))
    False
    """
    if not 0 < len(short) < len(full) or all(word in PARTICLES for word in short):
        return False
    if full[-len(short) :] == short or full[: len(short)] == short:
        return True
    if len(short) == 1:  # "Sharaa" for "Ahmed al-Sharaa al-Golani" is left to the longer forms
        return False
    return (short[0], short[-1]) == (full[0], full[-1]) and _in_order(short, full)


def shortens_organization(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether ``short`` is ``full`` without what comes before it, with "of", "for" or "in" behind it, without what says
    that it is a firm or a party, or without its middle.

    >>> shortens_organization(("security", "council"), ("un", "security", "council"))
    True
    >>> shortens_organization(("supreme", "court"), ("supreme", "court", "of", "pakistan"))
    True
    >>> shortens_organization(("ford",), ("ford", "motor", "company"))
    True
    >>> shortens_organization(("goma", "airport"), ("goma", "international", "airport"))
    True
    >>> shortens_organization(("hamas",), ("hamas", "political", "bureau"))
    False
    """
    if not 0 < len(short) < len(full) or short[0] in SMALL:
        return False
    if full[-len(short) :] == short:
        return full[-len(short) - 1] not in SMALL
    if full[: len(short)] == short:
        return full[len(short)] in {"of", "for", "in"} or leaves_kind_out(short, full)
    return len(short) > 1 and (short[0], short[-1]) == (full[0], full[-1]) and _in_order(short, full)


def leaves_kind_out(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether ``short`` is ``full`` but for what says that it is a firm or a party, and of which trade.

    >>> leaves_kind_out(("ford",), ("ford", "motor", "company")), leaves_kind_out(("supreme",), ("supreme", "court"))
    (True, False)
    """
    return full[: len(short)] == short and _TAILS.issuperset(full[len(short) :])


def _in_order(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    rest = iter(full)
    return all(word in rest for word in short)


def is_acronym(text: str) -> bool:
    """Whether a name is written as one: "PLO", "U.S.", "BfV"; capitals prevail and there is no space in it."""
    letters = [c for c in text if c.isalpha()]
    return (
        2 <= len(letters) <= 8
        and " " not in text
        and sum(c.isupper() for c in letters) * 2 > len(letters)
        and letters[0].isupper()
    )


def abbreviates(acronym: str, name: str) -> bool:
    """Whether ``acronym`` is made of the first letters of ``name``, with or without its small words.

    >>> abbreviates("PLO", "Palestine Liberation Organization"), abbreviates("DRC", "Democratic Republic of the Congo")
    (True, True)
    >>> abbreviates("IS", "Islamic Jihad")
    False
    """
    return is_acronym(acronym) and initials_of(acronym) in abbreviations(name)


def initials_of(acronym: str) -> str:
    """The letters of an acronym, without points and case.

    >>> initials_of("U.S.")
    'us'
    """
    return "".join(c for c in fold(acronym) if c.isalnum())


def abbreviations(name: str) -> frozenset[str]:
    """The letters by which a name of several words may be abbreviated.

    >>> sorted(abbreviations("Bank of Ruritania"))
    ['bor', 'br']
    """
    if " " not in name.strip():
        return frozenset()
    words = [word for word in re.split(r"[^\w']+", fold(name)) if word and word != "'s"]
    everything = "".join(word[0] for word in words)
    content = "".join(word[0] for word in words if word not in SMALL)
    return frozenset([everything, content, everything[1:] if everything.startswith("t") else everything])
