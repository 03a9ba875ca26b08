"""From a parsed document to statements: frames of the lexicon, with who says so, how surely and under what conditions."""

from __future__ import annotations

from kg.extract.patterns import Match
from kg.extract.relations import Extraction, extract

__all__ = ["Extraction", "Match", "extract"]
