"""From the mentions of many articles to entities: which chains speak of the same thing, decided conservatively."""

from __future__ import annotations

from kg.resolve.chain import Chain
from kg.resolve.chains import chains_of
from kg.resolve.compare import CONFLICTS, POSSIBLE, THRESHOLD, compare
from kg.resolve.corroboration import corroborate
from kg.resolve.decisions import Decision, read_decisions, write_decisions
from kg.resolve.evidence import context_weights
from kg.resolve.inputs import Identity, read_identity
from kg.resolve.profile import Match, Profile
from kg.resolve.register import Entry, Register, register_of
from kg.resolve.relations import NAMES
from kg.resolve.resolving import resolve, resolve_changes
from kg.resolve.state import State, load_state, save_state

__all__ = [
    "CONFLICTS",
    "NAMES",
    "POSSIBLE",
    "THRESHOLD",
    "Chain",
    "Decision",
    "Entry",
    "Identity",
    "Match",
    "Profile",
    "Register",
    "State",
    "chains_of",
    "compare",
    "context_weights",
    "corroborate",
    "load_state",
    "read_decisions",
    "read_identity",
    "register_of",
    "resolve",
    "resolve_changes",
    "save_state",
    "write_decisions",
]
