"""From the mentions of many articles to entities: which chains speak of the same thing, decided conservatively."""

from __future__ import annotations

from kg.resolve.compare import CONFLICTS, POSSIBLE, THRESHOLD, WEIGHTS, compare
from kg.resolve.decisions import Decision, read_decisions, write_decisions
from kg.resolve.profile import Match, Profile
from kg.resolve.register import Entry, Register, register_of
from kg.resolve.resolving import resolve

__all__ = [
    "CONFLICTS",
    "POSSIBLE",
    "THRESHOLD",
    "WEIGHTS",
    "Decision",
    "Entry",
    "Match",
    "Profile",
    "Register",
    "compare",
    "read_decisions",
    "register_of",
    "resolve",
    "write_decisions",
]
