"""Other names of organizations that everybody knows, so that articles do not explain them. Data in a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from kg.naming import organization_words
from kg.resolve.words import Words


@lru_cache(maxsize=1)
def other_names() -> Mapping[Words, frozenset[Words]]:
    """For the folded words of a name in full, those of its other names."""
    found: dict[Words, frozenset[Words]] = {}
    for line in files("kg.resolve").joinpath("organizations.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            full, _, other = line.partition("\t")
            found[organization_words(full)] = frozenset(map(organization_words, other.split("|")))
    return found
