"""From a parsed document to statements: frames of the lexicon, who says so, how surely and with what limits."""

from __future__ import annotations

from kg.extract.candidates import Refused
from kg.extract.patterns import Match
from kg.extract.relations import Extraction, extract

__all__ = ["Extraction", "Match", "Refused", "extract"]
