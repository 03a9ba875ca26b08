"""Which article of a graph a new text is a correction of.

An article's own id tells (``id`` in JSONL and front matter). One that brings none has an id made of its text, which a
correction changes: then source, title and date tell, if they are asked.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from kg.archive import Archive
from kg.ids import article_id
from kg.records import Article

Key: TypeAlias = tuple[str, str, object]


def recognised(articles: Sequence[Article], archive: Archive, *, update: bool = False) -> list[Article]:
    """The articles, with the ids of those in the archive that they are the same as.

    A text that was put in the place of an article before is that article. With ``update``, so is an article without an
    id of its own that has the source, the title and the date of just one in the archive, and is alone with them here.
    """
    if not any(_has_made_id(article) for article in articles):
        return list(articles)
    known = {article.id: article for article in archive.articles()}
    by_text = {article_id(it.source, it.text): it.id for it in known.values()}
    by_key: defaultdict[Key, list[str]] = defaultdict(list)
    for article in known.values():
        by_key[_key(article)].append(article.id)
    alike: defaultdict[Key, int] = defaultdict(int)
    for article in articles:
        alike[_key(article)] += 1

    def id_of(article: Article) -> str:
        if article.id in known or not _has_made_id(article):
            return article.id
        if article.id in by_text:
            return by_text[article.id]
        there = by_key.get(_key(article), ())
        if update and article.title and len(there) == alike[_key(article)] == 1:
            return there[0]
        return article.id

    return [dataclasses.replace(article, id=id_of(article)) for article in articles]


def _has_made_id(article: Article) -> bool:
    return article.id == article_id(article.source, article.text)


def _key(article: Article) -> Key:
    return (article.source or "", article.title, article.date)
