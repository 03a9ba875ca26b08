"""Lemmas of single words with given parts of speech."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.lemmas import add_lemmatizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    add_lemmatizer(nlp)
    return nlp


@pytest.mark.parametrize(
    ("word", "pos", "lemma"),
    [
        ("is", "AUX", "be"),
        ("were", "AUX", "be"),
        ("been", "AUX", "be"),
        ("'re", "AUX", "be"),
        ("has", "AUX", "have"),
        ("did", "AUX", "do"),
        ("does", "AUX", "do"),
        ("wo", "AUX", "will"),
        ("could", "AUX", "could"),
        ("other", "ADJ", "other"),
        ("former", "ADJ", "former"),
        ("bigger", "ADJ", "big"),
        ("worst", "ADJ", "bad"),
        ("met", "VERB", "meet"),
        ("hopes", "VERB", "hope"),
        ("staging", "VERB", "stage"),
        ("fined", "VERB", "fine"),
        ("hopped", "VERB", "hop"),
        ("singing", "VERB", "sing"),
        ("hostages", "NOUN", "hostage"),
        ("press", "NOUN", "press"),
        ("buses", "NOUN", "bus"),
        ("bus", "NOUN", "bus"),
        ("discuss", "VERB", "discuss"),
        ("presses", "VERB", "press"),
        ("fines", "VERB", "fine"),
        ("forces", "NOUN", "force"),
        ("Kazan", "PROPN", "Kazan"),
    ],
)
def test_lemma(nlp: Language, word: str, pos: str, lemma: str) -> None:
    assert nlp(Doc(nlp.vocab, words=[word], pos=[pos]))[0].lemma_ == lemma
