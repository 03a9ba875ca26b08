"""The mentions of one chain of one article, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.records import Mention
from kg.resolve.profile import Profile
from kg.resolve.words import Key


@dataclass(slots=True)
class Chain:
    """The mentions of one chain of one article, and what they tell. ``key`` is the same for all of one full name."""

    article: str
    chain: str
    mentions: list[Mention] = field(default_factory=list)
    type: str = ""
    names: Mapping[str, int] = field(default_factory=dict)
    key: Key = ()
    profile: Profile = field(init=False)

    @property
    def own(self) -> bool:
        """Whether its name does not tell it apart from others."""
        return self.key[0] == "own"
