"""The words and relations that articles are read with: ontology and lexicon, the shipped ones and the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KGError, VocabularyError
from kg.gazetteer import load_nouns
from kg.lexicon import Lexicon, load_lexicon
from kg.ontology import Ontology, load_ontology

LEXICON_ALONE = "+lexicon-alone"  # behind the version of a model whose scorer of relations is not asked


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What statements are made of, and the words that express it."""

    ontology: Ontology
    lexicon: Lexicon
    #: The user's lexicon files, whose nouns may denote classes too.
    files: tuple[Path, ...] = ()
    #: Whether the learned scorer of relations is a second witness beside the lexicon.
    learned: bool = True

    @property
    def model(self) -> str:
        """The version of the shipped language model, and whether its scorer of relations is asked.

        :raises MissingError: if the model is not there.
        """
        from kg.language import model_version  # with spaCy, which the rest of this module does without

        return model_version() + ("" if self.learned else LEXICON_ALONE)


def load_vocabulary(ontologies: Iterable[Path] = (), lexicons: Iterable[Path] = ()) -> Vocabulary:
    """The shipped ontology and lexicon with the user's own files.

    :raises VocabularyError: with all faults of all files of a kind.
    """
    ontology, files = load_ontology(*ontologies), tuple(lexicons)
    lexicon = load_lexicon(ontology, *files)
    nouns = load_nouns(*files).types
    faults = [
        KGError(f"the noun {noun!r} denotes {cls}, which is no class of the ontology", fix="correct ontolex:denotes")
        for noun, cls in sorted(nouns.items())
        if cls not in ontology.classes
    ]
    if faults:
        raise VocabularyError(faults)
    return Vocabulary(ontology, lexicon, files)
