"""The graph as RDF: records to quads, and the store that holds them. Reading a finished graph takes no rdflib."""

from kg.rdf.dataset import quads
from kg.rdf.provenance import Run
from kg.rdf.store import Store

__all__ = ["Run", "Store", "quads"]
