from __future__ import annotations

import pytest

from kg.lexicon import Lexicon, load_lexicon
from kg.ontology import Ontology, load_ontology


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def lexicon(ontology: Ontology) -> Lexicon:
    return load_lexicon(ontology)
