"""kg turns news articles into a knowledge graph whose every statement keeps its sentence, its speaker and its doubt.

>>> import kg
>>> graph = kg.build(["articles/"], "graph")  # doctest: +SKIP
>>> graph.query("SELECT ?who ?by { ?who kg:heldBy ?by }")  # doctest: +SKIP

Importing this package is cheap: the language model, the store and the libraries behind them load when first used.
"""

from kg.build import add, build, remove, replace
from kg.errors import KGError
from kg.graph import Graph
from kg.graph import open_graph as open
from kg.version import __version__

__all__ = ["Graph", "KGError", "__version__", "add", "build", "open", "remove", "replace"]
