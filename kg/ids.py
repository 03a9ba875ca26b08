"""The only place that mints identifiers. Ids are hashes of content, so that the same input gives the same graph."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from kg.records import Attribution, Mention

#: The default base of all IRIs. RFC 2606 reserves example.org; set your own with ``--base-iri``.
BASE_IRI = "https://example.org/kg/"


def digest(*parts: object, length: int = 16) -> str:
    """A hexadecimal digest (SHA-256, cut to ``length`` digits) of the parts, each kept apart from the next."""
    state = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big") + data)
    return state.hexdigest()[:length]


def article_id(source: str | None, text: str) -> str:
    """The id of an article that brings none of its own."""
    return digest(source or "", text)


def statement_id(subject: Mention, relation: str, obj: Mention, attribution: Attribution | None, modality: str) -> str:
    """The id of a statement: a hash of what it says and where."""
    said_by = (attribution.source.start, attribution.source.end) if attribution else ""
    return digest(subject.id, relation, obj.id, said_by, modality)


def slug(name: str) -> str:
    """The readable part of an entity id: NFC, spaces to ``_``, without characters that IRIs (RFC 3987) refuse or SPARQL
    prefixed names need escaped; never empty.

    >>> slug("Musa Abu Marzouk"), slug("L'Équipe"), slug("</script>")
    ('Musa_Abu_Marzouk', 'L_Équipe', 'script')
    """
    text = unicodedata.normalize("NFC", name)
    kept = re.sub(r"[^\w-]+", "_", text).strip("_-")
    return kept[:80].strip("_-") or "entity"


@lru_cache(maxsize=1 << 10)
def _quoted(article: str) -> str:
    """An article's id as IRIs hold it; kept, because every span of the article asks."""
    return quote(article, safe="")


def entity_iri(base: str, entity: str) -> str:
    """An entity, by its id: the slug that :func:`slug` makes, so it needs no quoting."""
    return f"{base}entity/{entity}"


def article_iri(base: str, article: str) -> str:
    """An article, by its own id, which may hold any characters."""
    return f"{base}article/{_quoted(article)}"


def revision_iri(base: str, article: str, number: int) -> str:
    """What an article was before it was corrected, counted from 1."""
    return f"{base}revision/{_quoted(article)}.{number}"


def statement_iri(base: str, statement: str) -> str:
    """The node of a statement, by its id."""
    return f"{base}statement/{statement}"


def graph_iri(base: str, article: str, tier: str) -> str:
    """The named graph of one article and tier: ``facts``, ``claims`` or ``statements``."""
    return f"{base}graph/{_quoted(article)}/{tier}"


def span_iri(base: str, article: str, start: int, end: int) -> str:
    """A stretch of an article's text, offsets as in :class:`kg.records.Span`."""
    return f"{base}span/{_quoted(article)}.{start}-{end}"


def run_iri(base: str, *versions: str) -> str:
    """The run that read an article: the same for all that was read with the same versions."""
    return f"{base}run/{digest(*versions)}"


def entities_graph_iri(base: str) -> str:
    """The named graph that describes the entities."""
    return f"{base}graph/entities"


def vocabulary_graph_iri(base: str) -> str:
    """The named graph that describes the classes and relations used."""
    return f"{base}graph/vocabulary"


def articles_graph_iri(base: str) -> str:
    """The named graph that describes the articles."""
    return f"{base}graph/articles"
