"""The vocabulary: which kinds of entity there are and which relations an article can state between them.

It is data (``ontologies/news.ttl``, OWL 2 in Turtle). A user's file is read the same way and extends it.
"""

from kg.ontology.describe import describe, short
from kg.ontology.load import load_ontology, vocabulary_path
from kg.ontology.model import ENTITY_TYPES, NAMESPACE, Class, Ontology, Property, Term, local_name

__all__ = [
    "ENTITY_TYPES",
    "NAMESPACE",
    "Class",
    "Ontology",
    "Property",
    "Term",
    "describe",
    "load_ontology",
    "local_name",
    "short",
    "vocabulary_path",
]
