"""From the mentions of many articles to entities: which chains speak of the same thing, decided conservatively."""

from __future__ import annotations

from kg.resolve.cluster import resolve
from kg.resolve.compare import THRESHOLD, WEIGHTS, Match, Profile, compare

__all__ = ["THRESHOLD", "WEIGHTS", "Match", "Profile", "compare", "resolve"]
