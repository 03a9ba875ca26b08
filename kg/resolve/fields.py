"""What somebody is by trade: words for occupations in fields, and which fields are near each other. Data in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields by the words for who works in them, and the pairs of fields that one career may span."""

    by_word: Mapping[str, str]
    near: frozenset[frozenset[str]]

    def of(self, words: Iterable[str]) -> frozenset[str]:
        """The fields that lower-case words tell of, singular or plural."""
        return frozenset(
            field for word in words if (field := self.by_word.get(word) or self.by_word.get(word.removesuffix("s")))
        )

    def distance(self, left: frozenset[str], right: frozenset[str]) -> int:
        """0 where they share a field or one is unknown, 1 where a career leads from one to the other, else 2."""
        if not left or not right or left & right:
            return 0
        return 1 if any(frozenset((a, b)) in self.near for a in left for b in right) else 2


@lru_cache(maxsize=1)
def load_fields() -> Fields:
    """The shipped table of fields."""
    by_word: dict[str, str] = {}
    near: set[frozenset[str]] = set()
    pairs = False
    for line in files("kg.resolve").joinpath("fields.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            pairs = pairs or line.strip() == "# near"
            continue
        first, _, rest = line.partition("\t")
        if pairs:
            near.add(frozenset((first, rest)))
        else:
            by_word.update(dict.fromkeys(rest.split(), first))
    return Fields(by_word, frozenset(near))
