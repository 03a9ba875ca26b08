"""The shipped words of stance, read once."""

from __future__ import annotations

from functools import lru_cache

from kg.extract.stance import StanceIndex, index_stance
from kg.lexicon import read_lexicon
from kg.ontology import load_ontology, vocabulary_path


@lru_cache(maxsize=1)
def stance() -> StanceIndex:
    lexicon = read_lexicon(load_ontology(), [vocabulary_path("lexicon-en-stance.ttl")])
    return index_stance(lexicon.stance)
