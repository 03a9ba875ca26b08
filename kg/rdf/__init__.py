"""The graph as RDF: records to named graphs, and the store that holds them. A finished graph is read without rdflib."""

from kg.rdf.dataset import graphs, quads
from kg.rdf.lines import sorted_triples
from kg.rdf.provenance import Run
from kg.rdf.store import Store

__all__ = ["Run", "Store", "graphs", "quads", "sorted_triples"]
