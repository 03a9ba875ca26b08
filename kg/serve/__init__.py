"""A graph over HTTP: SPARQL, pages, a REST API. Reading only. Needs the extra ``serve``."""

from kg.serve.settings import Settings

__all__ = ["Settings"]
