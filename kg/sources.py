"""What a build is given: files, folders and articles, and how it tells how far it has come."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kg.errors import InputError, KGError
from kg.ids import BASE_IRI
from kg.records import Article, ArticleRecord

Source: TypeAlias = str | os.PathLike[str] | Article


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come. ``record`` is what was just read of an article."""

    stage: Literal["documents", "articles", "entities"]
    done: int
    total: int
    record: ArticleRecord | None = None


def check_base(base: str | None) -> str | None:
    """``base``, if IRIs can start with it.

    :raises InputError: if it is not an absolute IRI that ends in ``/`` or ``#``.
    """
    if base is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+[/#]", base):
        raise InputError(
            f"the base IRI {base!r} cannot start an IRI", fix=f"give an absolute IRI that ends in / or #, as {BASE_IRI}"
        )
    return base


def read_sources(
    sources: Iterable[Source], tell: Callable[[Progress], None], on_error: Callable[[KGError], None] | None
) -> list[Article]:
    """All articles, so that faults are told before the long work, whose length is then known."""
    from kg.documents import read_documents
    from kg.documents.checks import check_text

    articles: list[Article] = []
    paths: list[str | os.PathLike[str]] = []
    for source in sources:
        if not isinstance(source, Article):
            paths.append(source)
            continue
        try:
            check_text(source.text, f"article {source.id}")
        except InputError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            articles.append(source)
    for article in read_documents(paths, on_error=on_error):
        articles.append(article)
        tell(Progress("documents", len(articles), 0))
    return articles
