"""What somebody is by trade: words for occupations in fields, and which fields are near each other. Data in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

#: Words for occupations that are given names as well.
_GIVEN_NAMES = frozenset("archer baker hunter king major marine mason porter prince princess queen sultan".split())


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields by the words for who works in them, by words that tell so only at the end of a title, those of two words
    joined by a hyphen, and the pairs of fields that one career may span.
    """

    by_word: Mapping[str, str]
    by_title: Mapping[str, str]
    near: frozenset[frozenset[str]]

    def of(self, words: Iterable[str]) -> frozenset[str]:
        """The fields that lower-case words tell of, singular or plural."""
        return frozenset(
            field for word in words if (field := self.by_word.get(word) or self.by_word.get(word.removesuffix("s")))
        )

    def titled(self, before: list[str]) -> tuple[str, int]:
        """The field that lower-case words, which stand before a name or for one, end with, and how many words tell it:
        "point guard", "left-back", "player-coach"; nothing, and none.
        """
        last = before[-1] if before else ""
        if last in self.by_title and before[-2:-1] == ["the"]:  # "at *the centre* Ada Lund spoke"
            return "", 0
        parts = last.split("-")
        for word, size in (("-".join(before[-2:]), 2), (last, 1), (parts[-1], 1), (parts[0], 1)):
            if field := self.by_title.get(word) or self.by_word.get(word):
                return field, size
        return "", 0

    def is_title(self, word: str) -> bool:
        """Whether a word before a full name tells what somebody is, and is hardly a given name itself."""
        word = word.lower()
        return word not in _GIVEN_NAMES and (word in self.by_word or word in self.by_title)

    def distance(self, left: frozenset[str], right: frozenset[str]) -> int:
        """0 where they share a field or one is unknown, 1 where a career leads from one to the other, else 2."""
        if not left or not right or left & right:
            return 0
        return 1 if any(frozenset((a, b)) in self.near for a in left for b in right) else 2


@lru_cache(maxsize=1)
def load_fields() -> Fields:
    """The shipped table of fields."""
    words: dict[str, dict[str, str]] = {"": {}, "before a name": {}}
    near: set[frozenset[str]] = set()
    part = ""
    for line in files("kg").joinpath("occupations.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            part = title if (title := line.removeprefix("#").strip()) in ("before a name", "near") else part
            continue
        first, _, rest = line.partition("\t")
        if part == "near":
            near.add(frozenset((first, rest)))
        else:
            words[part].update(dict.fromkeys(rest.split(), first))
    return Fields(words[""], words["before a name"], frozenset(near))
