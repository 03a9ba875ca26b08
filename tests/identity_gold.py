"""The gold of identity across articles (``data/gold/identity``): short articles with confusable names, and a measure.

    python tests/identity_gold.py          # the figures, and every error

An article is its head (``# id:``, ``# source:``, ``# date:``) and its text, in which ``[[words|entity:Type]]`` marks a
mention; the type is given once. The ids of entities hold across all articles. Measured: with the mentions given,
and from the texts alone.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from records_factory import mention_kind, unmark

from kg.gazetteer import load_gazetteer
from kg.records import Article, ArticleRecord, Coverage, Mention, MentionKind, Resolution
from kg.resolve import resolve
from kg.resolve.measure import Agreement, b_cubed, pairwise

FOLDER = Path(__file__).parents[1] / "data/gold/identity"
Item = tuple[str, int, int]
_DETERMINERS = frozenset("the a an his her its their our my this that both".split())


def gold(folder: Path = FOLDER) -> list[ArticleRecord]:
    """The articles with their mentions; a chain is the id of an entity, over all articles."""
    return [record for path in sorted(folder.glob("*.txt")) for record in read(path.read_text(encoding="utf-8"))]


def read(text: str) -> Iterator[ArticleRecord]:
    for part in text.split("\n# id: ")[1:]:
        lines = part.splitlines()
        fields = dict(line[2:].split(": ", 1) for line in lines[1:] if line.startswith("# ") and ": " in line)
        marked = "\n".join(line for line in lines[1:] if line and not line.startswith("#"))
        plain, marks = unmark(marked)
        id = lines[0].strip()
        types = {chain: type_ for _, _, chain, type_ in marks if type_}
        mentions = tuple(
            sorted(
                Mention(start, end, plain[start:end], id, kind(plain[start:end]), types[chain], chain)
                for start, end, chain, _ in marks
            )
        )
        article = Article(id, "", plain, dt.date.fromisoformat(fields["date"]), fields["source"])
        yield ArticleRecord(article, mentions, (), Coverage(len(plain.split()), 0, 0, 0))


def kind(words: str) -> MentionKind:
    """As :func:`records_factory.mention_kind`, but for phrases at the beginning of a sentence."""
    return "nominal" if words.split()[0].lower() in _DETERMINERS and " " in words else mention_kind(words)


@dataclass(frozen=True)
class Measure:
    pairs: Agreement
    b3: Agreement
    errors: tuple[str, ...]

    def figures(self) -> dict[str, float]:
        return {
            "pair precision": self.pairs.precision,
            "pair recall": self.pairs.recall,
            "B3 precision": self.b3.precision,
            "B3 recall": self.b3.recall,
        }


def measure(records: list[ArticleRecord], found: Mapping[Item, str]) -> Measure:
    """Entities of names in the gold against those found for the same spans. The other mentions are coreference."""
    wanted, article, words = dict[Item, str](), dict[Item, str](), dict[Item, str]()
    for record in records:
        for m in record.mentions:
            if m.kind == "name" and m.type != "Country":
                item = (m.article, m.start, m.end)
                wanted[item], article[item], words[item] = m.chain, m.article, m.text
    errors = []
    items = sorted(wanted)
    for i, a in enumerate(items):
        for b in items[i + 1 :]:
            same, joined = wanted[a] == wanted[b], a in found and found[a] == found.get(b)
            if a[0] != b[0] and same != joined:
                what = "apart" if same else "wrong"
                lost = "".join(f", {words[item]} not found" for item in (a, b) if item not in found)
                errors.append(f"{what}: {words[a]} ({a[0]}), {words[b]} ({b[0]}){lost}")
    return Measure(pairwise(wanted, found, article), b_cubed(wanted, found), tuple(errors))


def given(records: list[ArticleRecord]) -> Measure:
    """With mentions and coreference within articles given."""
    return measure(records, entities(records, resolve(records)))


def from_texts(records: list[ArticleRecord]) -> Measure:
    """From the texts, with all that the language model gets wrong.

    A name is found where its span is; whether a country beside it is part of it ("Ghana's Supreme Court", the "Irish
    Green Party") the annotation guidelines leave open, so it is found with the country and without.
    """
    import kg.language
    from kg.reading import Reader
    from kg.vocabulary import load_vocabulary

    reader = Reader(kg.language.load(), load_vocabulary())
    found = list(reader.read([record.article for record in records]))
    return measure(records, dict(aligned(records, found, entities(found, resolve(found)))))


def aligned(
    gold: list[ArticleRecord], read: list[ArticleRecord], found: Mapping[Item, str]
) -> Iterator[tuple[Item, str]]:
    """What was found, and the gold's names that were found but for a country before or behind them."""
    yield from found.items()
    names = [m for record in read for m in record.mentions if m.kind == "name" and m.type != "Country"]
    ends = {(m.article, m.end): m for m in names}
    starts = {(m.article, m.start): m for m in names}
    for record in gold:
        for m in record.mentions:
            item, text = (m.article, m.start, m.end), record.article.text
            if m.kind != "name" or item in found:
                continue
            before, behind = ends.get((m.article, m.end)), starts.get((m.article, m.start))
            if before and is_country(text[min(m.start, before.start) : max(m.start, before.start)]):
                yield item, found[before.article, before.start, before.end]
            elif behind and is_country(text[min(m.end, behind.end) : max(m.end, behind.end)]):
                yield item, found[behind.article, behind.start, behind.end]


def is_country(words: str) -> bool:
    """Whether words are a country's, as they stand before a name or behind it: "Ghana's ", " of Ghana", "Irish "."""
    return load_gazetteer().meant(words.strip().removesuffix("'s").removeprefix("of ").strip()) is not None


def entities(records: list[ArticleRecord], resolution: Resolution) -> dict[Item, str]:
    return {(m.article, m.start, m.end): resolution.entity_of[m.id] for record in records for m in record.mentions}


def confusable(records: list[ArticleRecord]) -> int:
    """How many names are written like one of another entity, in part or in whole, or in several ways."""
    from kg.naming import name_words

    by_word: dict[str, set[str]] = {}
    written: dict[str, set[str]] = {}
    for record in records:
        for m in record.mentions:
            if m.kind == "name" and m.type != "Country":
                written.setdefault(m.chain, set()).add(m.text)
                for word in name_words(m.text):
                    by_word.setdefault(word, set()).add(m.chain)
    alike = {chain for chains in by_word.values() if len(chains) > 1 for chain in chains}
    return sum(len(names) for chain, names in written.items() if chain in alike or len(names) > 1)


def main() -> None:
    records = gold()
    say = sys.stdout.write
    say(f"{len(records)} articles, {confusable(records)} confusable names\n")
    for name, result in (("mentions given", given(records)), ("from the texts", from_texts(records))):
        say(f"{name}: {', '.join(f'{key} {value:.3f}' for key, value in result.figures().items())}\n")
        say("".join(f"  {error}\n" for error in result.errors))


if __name__ == "__main__":
    main()
