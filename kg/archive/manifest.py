"""What an archive tells of itself."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ids import BASE_IRI, digest


@dataclass(frozen=True, slots=True)
class Manifest:
    """What holds for a whole graph.

    ``ontologies`` and ``lexicons`` name the user's own vocabulary files, copied into the graph folder; ``model``,
    ``ontology`` and ``lexicon`` say with what the articles were read (a version, two digests). ``learned``: the learned
    scorer of relations is asked beside the lexicon.
    """

    base: str = BASE_IRI
    ontologies: tuple[str, ...] = ()
    lexicons: tuple[str, ...] = ()
    model: str = ""
    ontology: str = ""
    lexicon: str = ""
    learned: bool = True

    @property
    def reader(self) -> str:
        """A digest of what an article's reading depends on, beside the article itself."""
        return digest(self.model, self.ontology, self.lexicon)
