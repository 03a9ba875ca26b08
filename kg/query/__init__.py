"""Questions to a graph: SPARQL 1.1, a file of it, or one of the stock queries.

Works on a finished graph alone: no language model, no rdflib.
"""

from kg.query.ask import query
from kg.query.stock import Stock, stock
from kg.query.table import FORMATS, Table, Triples

__all__ = ["FORMATS", "Stock", "Table", "Triples", "query", "stock"]
