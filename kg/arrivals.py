"""Articles as they come from those who read them, and what deriving needs of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.records import ArticleRecord

if TYPE_CHECKING:
    from kg.resolve import Chain


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What was just read, by article id: the records, so that they need not be had from the archive again, and the
    chains of each, which are worked out as it comes: while other articles are read all processors are in use, and one
    alone resolves.

    :param decided: people have said something of who is who. That bears upon chains, which are left to resolving then.
    """

    decided: bool = False
    records: dict[str, ArticleRecord] = field(default_factory=dict)
    chains: dict[str, list[Chain]] = field(default_factory=dict)

    def take(self, record: ArticleRecord) -> None:
        """Take in what one article says."""
        from kg.gazetteer import load_gazetteer
        from kg.resolve import Register, chains_of

        self.records[record.article.id] = record
        if not self.decided:
            self.chains[record.article.id] = chains_of(record, load_gazetteer(), Register())
