"""One ontology file: its triples, and the line that a term is described on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.sax import SAXParseException

from rdflib import OWL, RDF, Graph, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax

from kg.errors import InputError, KGError
from kg.ontology.model import namespace_of

#: RDF formats by file suffix. OWL files are RDF/XML by long habit.
FORMATS = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".owl": "xml", ".xml": "xml", ".jsonld": "json-ld"}


@dataclass(eq=False)
class Source:
    """A parsed file."""

    path: Path
    text: str
    graph: Graph

    @cached_property
    def declared(self) -> frozenset[URIRef]:
        """The terms that the file gives a type, but for the ontology itself."""
        found = {term for term in self.graph.subjects(RDF.type) if isinstance(term, URIRef)}
        return frozenset(found - set(self.graph.subjects(RDF.type, OWL.Ontology)))

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """Where the file's own terms are: foreign ones are at most declared (as editors do) and not described."""
        return frozenset(namespace_of(term) for term in self.declared if set(self.graph.predicates(term)) != {RDF.type})

    @cached_property
    def lines(self) -> dict[str, int]:
        """The line on which each term, as it is written, first begins a line."""
        first: dict[str, int] = {}
        for number, line in enumerate(self.text.splitlines(), start=1):
            if term := re.match(r"<[^>]*>|[^\s\"'#;,.\[\]()@]+", line):
                first.setdefault(term[0], number)
        return first

    def written(self, term: URIRef) -> str:
        """The term with its prefix, where the file has one for it."""
        for prefix, namespace in self.graph.namespaces():
            rest = term.removeprefix(str(namespace))
            if rest != term and re.fullmatch(r"[\w-]+", rest):
                return f"{prefix}:{rest}"
        return f"<{term}>"

    def line(self, term: URIRef) -> int | None:
        """Where the term is described, if a line begins with it (as Turtle is usually written)."""
        return self.lines.get(self.written(term)) or self.lines.get(f"<{term}>")

    def where(self, term: URIRef) -> str:
        """File, line and term, for the reader of a fault."""
        line = self.line(term)
        return f"{self.path}{f':{line}' if line else ''}, {self.written(term)}"


#: What rdflib's parsers raise where a broken file makes them trip, beside the errors that they have for it.
TRIPPED = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError)

#: A declaration of an XML entity that refers to others.
NESTED = re.compile(r"""<!ENTITY\s[^>"']*(?:"[^"&]*&|'[^'&]*&)""")

#: A context of JSON-LD that is not in the file: a vocabulary does not reach out.
REMOTE = re.compile(r"""@(?:context|import)"\s*:\s*(?:\[[^\]{]*)?(?:\[[^\]]*,\s*)?\"""")


def read_source(path: Path) -> Source:
    """Parse one file.

    :raises InputError: if it is missing, not text, of an unknown format, or not well-formed; with the line.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise InputError("is of no known RDF format", where=str(path), fix=f"use one of {', '.join(FORMATS)}")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), fix="check the path") from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text", where=str(path), fix="save the file as UTF-8") from error
    if found := NESTED.search(text) if kind == "xml" else None:
        line = text.count("\n", 0, found.start()) + 1
        raise _not_well_formed(path, line, "an entity is made of others, which can make it endless")
    if found := REMOTE.search(text) if kind == "json-ld" else None:
        line = text.count("\n", 0, found.start()) + 1
        raise InputError(
            "takes its context from elsewhere", where=f"{path}:{line}", fix="write the context into the file"
        )
    graph = Graph()
    try:
        graph.parse(data=text, format=kind)
    except BadSyntax as error:
        line = error.lines + 1
        raise _not_well_formed(path, line, str(error.message)) from error
    except SAXParseException as error:
        raise _not_well_formed(path, error.getLineNumber(), str(error.getMessage())) from error
    except (ParserError, ValueError) as error:
        raise _not_well_formed(path, getattr(error, "lineno", None), str(error)) from error
    except TRIPPED as error:
        raise _not_well_formed(path, None, f"{type(error).__name__}: {error}") from error
    return Source(path, text, graph)


def _not_well_formed(path: Path, line: int | None, reason: str) -> KGError:
    return InputError(
        f"is not well-formed: {' '.join(reason.split())}",
        where=f"{path}:{line}" if line else str(path),
        fix="correct the syntax there or just before",
    )
