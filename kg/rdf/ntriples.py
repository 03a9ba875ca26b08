"""Terms and triples as `N-Triples <https://www.w3.org/TR/n-triples/>`_ writes them.

A graph is made as strings: it has fifty triples a statement, and objects for all of them take longer than
anything else. A triple here is a line without its full stop.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.rdf.namespaces import XSD

#: What a literal cannot hold as it is: control characters, quotes, non-characters and half surrogate pairs.
ESCAPED: Final = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')
INTEGER: Final = f"^^{XSD.integer}"


@lru_cache(maxsize=1 << 16)
def iri(text: str) -> str:
    """An IRI in angle brackets; kept, because a graph says the same names over and over.

    :raises ValueError: for what is no absolute IRI.
    """
    return str(NamedNode(text))


def literal(text: str) -> str:
    """A plain string. Half surrogate pairs, which RDF has no place for, become U+FFFD."""
    if not ESCAPED.search(text):
        return f'"{text}"'
    try:
        return str(Literal(text))
    except ValueError:
        return str(Literal(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")))


def typed(text: str, datatype: NamedNode) -> str:
    """A value of that datatype; the text is one of its forms and needs no escapes."""
    return f'"{text}"^^{datatype}'


def integer(number: int) -> str:
    """An ``xsd:integer``."""
    return f'"{number}"{INTEGER}'
