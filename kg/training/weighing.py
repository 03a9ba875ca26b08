"""All that ``kg train verdict`` fits, in the order in which one builds on the other: how likely mentions are ones, the
verdict on a statement alone, and the forest that compares it with others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.extract import comparison, ends
from kg.extract import verdict as verdicts
from kg.reading import load_reader
from kg.training import ends as mentioned
from kg.training.annotated import item_records
from kg.training.forest import grow
from kg.training.relation_sources import ITEMS, NEWS, read_news, read_prose
from kg.training.stated import is_held_out
from kg.training.verdict import OF_ITEMS, Judged, fit, judged, write
from kg.vocabulary import load_vocabulary


def weigh(corpora: Path, *, items: Path | None = None, prose: Iterable[Path] = ()) -> str:
    """Fit on the corpora below a folder, and write the files that extraction reads. What was fitted on what.

    :param items: annotations of items of the Current Events portal, which the scorer has not learned from either.
    :param prose: folders with annotated articles beside those of the corpora, for mentions.
    :raises InputError: if the text of an item is missing.
    """
    reader = load_reader(load_vocabulary())
    news = [article.record for article in read_news(corpora / NEWS)]
    kept = [record for record in news if is_held_out(record["id"])]
    own = [article.record for path in prose for article in read_prose(path, weight=1.0)]
    teaching = [*(record for record in news if not is_held_out(record["id"])), *own]
    known, are = mentioned.read_mentions(reader, teaching)
    mentioned.write(ends.FILE, mentioned.fit(known, are), articles=len(teaching), mentions=len(are))
    ends.fitted.cache_clear()
    others = list(item_records(corpora / ITEMS, items)) if items else []

    def read(**options: float) -> tuple[list[Judged], list[float]]:
        found, more = (list(judged(reader, gold, **options)) for gold in (kept, others))
        return [*found, *more], [1.0] * len(found) + [OF_ITEMS] * len(more)

    found, counts = read(floor=0.0)
    articles = len(kept) + len(others)
    write(verdicts.FILE, fit(found, counts), articles=articles, statements=len(found))
    verdicts.fitted.cache_clear()
    grow(*read(), comparison.FILE)  # what stands beside a candidate is told by the new weights
    files = f"the weights are in {ends.FILE} and {verdicts.FILE}, the forest in {comparison.FILE}"
    return f"{len(are)} mentions and {len(found)} statements of {articles} articles weighed; {files}"
