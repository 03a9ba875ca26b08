"""Readers of texts with annotated mentions and relations: the news, and items annotated apart from their text."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.errors import InputError
from kg.language.tokenizer import make_tokenizer
from kg.ontology import load_ontology
from kg.training.corpora import Example, lines
from kg.training.names import is_name, is_pronoun
from kg.training.stated import Statements, is_held_out


def read_news(path: Path) -> Iterator[list[Example]]:
    """The annotated news articles, one example a paragraph."""
    return _examples(map(json.loads, lines(path)))


def read_items(texts: Path, annotations: Path) -> Iterator[list[Example]]:
    """Items of a corpus whose annotations lie in a file of their own, as :func:`item_records` reads them."""
    return _examples(item_records(texts, annotations))


def item_records(texts: Path, annotations: Path) -> Iterator[dict[str, Any]]:
    """Records of items whose annotations lie in a file of their own, without their text, modalities and speakers.

    :param texts: JSON lines with ``id`` and ``text``.
    :param annotations: JSON lines with ``id``; ``entities``, id and type of each; ``mentions``, first character, end
        and entity of each; ``statements``, relation and numbers of the mentions that are subject and object of each.
    :raises InputError: if the text of an item is not there.
    """
    wanted = [json.loads(line) for line in lines(annotations)]
    found = {record["id"]: record["text"] for record in map(json.loads, lines(texts))}
    if missing := [item["id"] for item in wanted if item["id"] not in found]:
        raise InputError(f"no text for {missing[0]}", where=str(texts), fix="take the corpus that was annotated")
    return (_with_text(item, found[item["id"]]) for item in wanted)


def _with_text(item: Mapping[str, Any], text: str) -> dict[str, Any]:
    mentions = [{"start": start, "end": end, "entity": entity} for start, end, entity in item["mentions"]]
    statements = []
    for relation, *numbers in item["statements"]:
        subject, obj = (mentions[number] for number in numbers)
        ends = {"subject": subject["entity"], "object": obj["entity"]}
        spans = {f"{end}_span": [m["start"], m["end"]] for end, m in (("subject", subject), ("object", obj))}
        statements.append({"relation": relation, **ends, **spans})
    entities = [{"id": entity, "type": label} for entity, label in item["entities"].items()]
    return {"id": item["id"], "text": text, "entities": entities, "mentions": mentions, "statements": statements}


def _examples(records: Iterable[Mapping[str, Any]]) -> Iterator[list[Example]]:
    """Names, names inside names, nominals and relations of annotated articles. One example a paragraph.

    The boundaries of sentences are not annotated, those of paragraphs are. Articles that are held out teach no
    relations.
    """
    tokenizer = make_tokenizer()
    symmetric = load_ontology().symmetric
    for record in records:
        types = {entity["id"]: entity["type"] for entity in record["entities"]}
        mentions = [(m["start"], m["end"], types[m["entity"]], m["entity"]) for m in record["mentions"]]
        statements = Statements(record.get("statements", ()), symmetric)
        paragraphs: list[Example] = []
        offset = 0
        for paragraph in record["text"].split("\n\n"):
            end = offset + len(paragraph)
            inside = [mention for mention in mentions if offset <= mention[0] and mention[1] <= end]
            doc = tokenizer(paragraph)
            if any(not token.is_space for token in doc):
                paragraphs.append(_paragraph(record["id"], doc, offset, inside, statements))
            offset = end + 2
        yield paragraphs


def _paragraph(
    name: str, doc: Doc, offset: int, mentions: Sequence[tuple[int, int, str, str]], statements: Statements
) -> Example:
    """:param mentions: first character and end in the whole text, type, entity of each."""
    tokens = [token for token in doc if not token.is_space]
    starts, ends = [t.idx for t in tokens], [t.idx + len(t) for t in tokens]
    words = tuple(token.text for token in tokens)
    local = [(start - offset, end - offset, label) for start, end, label, _ in mentions]
    found: dict[tuple[int, int, str], tuple[tuple[int, int], str]] = {}
    for (start, end, label), mention in zip(local, mentions, strict=True):
        first, last = _covered(starts, ends, start, end)
        if first < last:
            found[first, last, mention[3]] = mention[:2], label
    spans = sorted(found, key=lambda span: (span[0], -span[1]))
    pairs = statements.between([(found[span][0], span[2], span[:2]) for span in spans], words)
    return Example(
        name,
        words,
        (),
        tuple(a > 0 and a == b for a, b in zip(starts, [0, *ends], strict=False)),
        tags={layer: iob(starts, ends, chosen) for layer, chosen in _layers(doc.text, local).items()},
        mentions=tuple(spans),
        scheme="news",
        types=tuple(found[span][1] for span in spans),
        pairs=None if is_held_out(name) else tuple(pairs),
    )


def _layers(text: str, mentions: Sequence[tuple[int, int, str]]) -> dict[str, list[tuple[int, int, str]]]:
    """Nested mentions as flat layers: outermost names, names inside those, outermost nominals. Pronouns are in none."""
    names = [m for m in mentions if is_name(text[m[0] : m[1]])]
    nominals = [m for m in mentions if not is_name(text[m[0] : m[1]]) and not is_pronoun(text[m[0] : m[1]])]
    outer = _outermost(names)
    return {
        "names": outer,
        "inner": _outermost([name for name in names if name not in outer]),
        "nominals": _outermost(nominals),
    }


def _outermost(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1], s[2])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _covered(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """First and end of the words that overlap the characters ``start``..``end``."""
    return bisect_right(ends, start), bisect_left(starts, end)


def iob(starts: Sequence[int], ends: Sequence[int], spans: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    """IOB2 tags of words that lie at ``starts``..``ends``, for spans given in the same offsets."""
    tags = ["O"] * len(starts)
    for start, end, label in spans:
        for n, i in enumerate(range(*_covered(starts, ends, start, end))):
            tags[i] = f"{'I' if n else 'B'}-{label}"
    return tuple(tags)
